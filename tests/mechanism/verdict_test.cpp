// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/verdict.h"

#include <gmock/gmock.h>

namespace panelist {
namespace {

Coefficient coefficient(double estimate, double p) {
  Coefficient result{};
  result.estimate = estimate;
  result.p_value = p;
  return result;
}

// One mediator with effects a, b, c' and their p values.
Mediation mediation_of(const Coefficient& a, const Coefficient& b, const Coefficient& direct) {
  Mediation mediation;
  MediationPath path{};
  path.a = a;
  path.b = b;
  path.indirect.estimate = a.estimate * b.estimate;
  path.indirect.sobel_p = 0.2;
  mediation.paths.push_back(path);
  mediation.direct_effect = direct;
  mediation.total_effect = coefficient(direct.estimate + path.indirect.estimate, 0.001);
  return mediation;
}

std::string verdict_of(Mediation mediation) {
  judge(MediationSpec{}, mediation);
  return mediation.verdict;
}

TEST(Verdict, FollowsTheSignsAndTheSignificanceOfThePaths) {
  EXPECT_EQ(verdict_of(mediation_of(coefficient(2, 0.01), coefficient(3, 0.01), coefficient(4, 0.01))),
            "partial");
  EXPECT_EQ(verdict_of(mediation_of(coefficient(2, 0.01), coefficient(3, 0.01), coefficient(4, 0.3))),
            "full");
  EXPECT_EQ(verdict_of(mediation_of(coefficient(2, 0.01), coefficient(3, 0.01), coefficient(-9, 0.01))),
            "suppression");
  EXPECT_EQ(verdict_of(mediation_of(coefficient(2, 0.2), coefficient(3, 0.01), coefficient(4, 0.01))),
            "none");
}

TEST(Verdict, TakesTheBootstrapWhenOnePathIsNotSignificant) {
  Mediation mediation = mediation_of(coefficient(2, 0.08), coefficient(3, 0.01), coefficient(4, 0.01));
  BootstrapIntervals intervals{};
  intervals.bca_low = 0.5;
  intervals.bca_high = 9;
  intervals.percentile_low = -0.1;
  intervals.percentile_high = 9;
  mediation.paths[0].indirect.bootstrap = intervals;
  EXPECT_EQ(verdict_of(mediation), "partial");
  judge(MediationSpec{}, mediation);
  EXPECT_THAT(mediation.verdict_text,
              testing::HasSubstr("the bootstrap interval percentile [-0.1000, 9.000] includes zero"));
  MediationSpec percentile;
  percentile.bca = false;
  judge(percentile, mediation);
  EXPECT_EQ(mediation.verdict, "none");
  EXPECT_THAT(mediation.verdict_text, testing::HasSubstr("includes zero"));
}

TEST(Verdict, SaysTheShareInWords) {
  Mediation mediation = mediation_of(coefficient(2, 0.01), coefficient(3, 0.01), coefficient(6, 0.01));
  judge(MediationSpec{}, mediation);
  EXPECT_THAT(mediation.verdict_text, testing::HasSubstr("50.0 % of the total effect"));
  mediation.total_effect.p_value = 0.4;
  judge(MediationSpec{}, mediation);
  EXPECT_THAT(mediation.verdict_text, testing::HasSubstr("total effect is not significant"));
}

TEST(Verdict, JudgesSeveralMediatorsByTheirTotal) {
  Mediation mediation = mediation_of(coefficient(2, 0.01), coefficient(3, 0.01), coefficient(6, 0.01));
  mediation.paths.push_back(mediation.paths[0]);
  IndirectEffect total{};
  total.estimate = 12;
  total.sobel_p = 0.3;
  mediation.total_indirect = total;
  EXPECT_EQ(verdict_of(mediation), "none");
}

TEST(Verdict, TakesTheTestsWhenTheBootstrapHasNoInterval) {
  Mediation mediation = mediation_of(coefficient(2, 0.08), coefficient(3, 0.01), coefficient(4, 0.01));
  BootstrapIntervals none{};
  none.replicates = 1;
  none.bca_low = none.bca_high = none.percentile_low = none.percentile_high = missing_value;
  mediation.paths[0].indirect.bootstrap = none;
  judge(MediationSpec{}, mediation);
  EXPECT_EQ(mediation.verdict, "none");
  EXPECT_THAT(mediation.verdict_text, testing::HasSubstr("Sobel's test gives p = 0.200"));
  EXPECT_THAT(mediation.verdict_text, testing::Not(testing::HasSubstr("zero")));
}

}  // namespace
}  // namespace panelist
