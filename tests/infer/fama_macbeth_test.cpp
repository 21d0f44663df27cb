// SPDX-License-Identifier: Apache-2.0
// Fama-MacBeth against plm's pmg (tests/reference/panel_tests) and sums written out.
#include "estimate/fama_macbeth.h"

#include "infer/programs.h"
#include "panel_reference.h"

namespace panelist {
namespace {

Estimation averaged(const std::string& design, const std::string& vcov = "iid",
                    const std::string& formula = "invest ~ value + capital",
                    const std::string& ssc = "fixest") {
  return estimate_request(
      grunfeld_design(design),
      {.formula = formula, .vcov = vcov, .ssc = ssc, .panel = grunfeld_keys, .family = "fmb"});
}

std::string code_of(const ModelRequest& request, const std::string& design = "full") {
  try {
    estimate_request(grunfeld_design(design), request);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

TEST(FamaMacbeth, AveragesAreThoseOfPlm) {
  for (const std::string design : {"full", "short"}) {
    const Estimation e = averaged(design);
    int at = 0;
    for (const char* term : {"(Intercept)", "value", "capital"}) {
      const std::string number = std::to_string(++at);
      expect_oracle(coefficient_of(e, term).estimate, design + " fmb coef " + number);
      expect_oracle(coefficient_of(e, term).std_error, design + " fmb se " + number);
    }
    EXPECT_EQ(e.vcov.df, 19);
    EXPECT_EQ(e.fit->periods->count(), 20);
  }
}

TEST(FamaMacbeth, EachPeriodIsItsOwnRegression) {
  const Estimation all = averaged("full");
  const Estimation one = estimate_request(grunfeld_design("full"),
                                          {.formula = "invest ~ value + capital", .where = "year == 1937"});
  const PeriodRegressions& periods = *all.fit->periods;
  EXPECT_EQ(periods.period[2], 2);
  EXPECT_EQ(periods.rows(2), 11);
  EXPECT_NEAR(periods.r2(2), one.goodness.r2, 1e-12);
  for (Index j = 0; j < 3; ++j)
    EXPECT_NEAR(periods.coefficients(2, j), one.fit->coefficients(j),
                1e-9 * std::abs(one.fit->coefficients(j)));
}

// sum_l w_l sum_t (b_t - b)(b_t-l - b), over T(T-1); the same as sandwich's NeweyWest of a regression on a constant.
TEST(FamaMacbeth, NeweyWestFollowsTheCoefficientsOfThePeriods) {
  const Estimation e = averaged("full", "nw(2)");
  const Vector d = e.fit->periods->coefficients.col(1).array() - e.fit->coefficients(1);
  const double sum =
      d.squaredNorm() + 2 * (2.0 / 3 * d.tail(19).dot(d.head(19)) + 1.0 / 3 * d.tail(18).dot(d.head(18)));
  EXPECT_NEAR(coefficient_of(e, "value").std_error, std::sqrt(sum / (20 * 19)), 1e-14);
  const Estimation none = averaged("full", "nw(0)");
  EXPECT_NEAR(coefficient_of(none, "value").std_error, coefficient_of(averaged("full"), "value").std_error,
              1e-15);
}

TEST(FamaMacbeth, RulesChangeFactorAndDistribution) {
  const Estimation plain = averaged("full", "iid", "invest ~ value + capital", "none");
  EXPECT_EQ(plain.vcov.factor, 1);
  const Estimation normal = averaged("full", "iid", "invest ~ value + capital", "ivreg2");
  EXPECT_TRUE(std::isinf(normal.vcov.df));
  EXPECT_TRUE(errors_of_programs({}, normal).empty());
}

TEST(FamaMacbeth, PeriodsThatCannotEstimateEveryTermAreLeftOut) {
  const Estimation e = averaged("full", "iid", "invest ~ value + ifelse(year > 1940, capital, 0)");
  EXPECT_EQ(e.fit->periods->left_out, 6);
  EXPECT_EQ(e.fit->periods->count(), 14);
  ASSERT_FALSE(e.warnings.empty());
  EXPECT_EQ(e.warnings.front().first, "estimate.periods_left_out");
}

TEST(FamaMacbeth, TermsThatNoPeriodCanEstimateAreDropped) {
  const Estimation e = averaged("full", "iid", "invest ~ value + year + capital");
  ASSERT_EQ(e.fit->dropped.size(), 1U);
  EXPECT_EQ(e.fit->dropped.front().term, "year");
  EXPECT_EQ(e.fit->k(), 3);
  EXPECT_EQ(e.fit->periods->left_out, 0);
}

TEST(FamaMacbeth, WhatItCannotDoIsNamed) {
  const std::string formula = "invest ~ value + capital";
  EXPECT_EQ(code_of({.formula = formula, .family = "fmb"}), "usage.missing_option");
  EXPECT_EQ(code_of({.formula = formula, .vcov = "cluster(firm)", .panel = grunfeld_keys, .family = "fmb"}),
            "vcov.not_available");
  EXPECT_EQ(code_of({.formula = formula, .vcov = "nw(20)", .panel = grunfeld_keys, .family = "fmb"}),
            "infer.too_few_periods");
  EXPECT_EQ(code_of({.formula = formula, .where = "year == 1940", .panel = grunfeld_keys, .family = "fmb"}),
            "infer.too_few_periods");
  EXPECT_EQ(
      code_of(
          {.formula = formula, .where = "firm == 'General Motors'", .panel = grunfeld_keys, .family = "fmb"}),
      "estimate.all_dropped");
  EXPECT_EQ(code_of({.formula = formula + " | firm", .panel = grunfeld_keys, .family = "fmb"}),
            "estimate.not_for_panels");
  EXPECT_EQ(code_of({.formula = formula, .weights = "value", .panel = grunfeld_keys, .family = "fmb"}),
            "infer.unweighted_only");
  for (const char* test : {"hausman", "pesaran_cd", "dw", "effects_f", "condition", "breusch_pagan"})
    EXPECT_EQ(code_of({.formula = formula, .panel = grunfeld_keys, .family = "fmb", .tests = {test}}),
              "infer.least_squares_only")
        << test;
  const Estimation e = estimate_request(grunfeld_design("full"), {.formula = formula,
                                                                  .panel = grunfeld_keys,
                                                                  .family = "fmb",
                                                                  .tests = {"wald(value, capital)", "llc"}});
  EXPECT_EQ(e.requested.size(), 2U);
}

}  // namespace
}  // namespace panelist
