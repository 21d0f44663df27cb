// SPDX-License-Identifier: Apache-2.0
#include "infer/inference.h"

#include "base/distribution.h"
#include "reference.h"

namespace panelist {
namespace {

// Three terms with a known covariance.
struct Known {
  Fit fit;
  Vcov vcov;
};
Known known_model() {
  Known known;
  known.fit.names = {"(Intercept)", "x1", "log(x)", "L.x1"};
  known.fit.sets = {"", "controls", "", ""};
  known.fit.coefficients = Vector{{1.0, 2.0, -0.5, 0.25}};
  known.vcov.matrix =
      Matrix{{0.04, 0.01, 0, 0}, {0.01, 0.25, 0.02, 0.1}, {0, 0.02, 0.01, 0}, {0, 0.1, 0, 0.16}};
  known.vcov.df = 10;
  return known;
}

TEST(Inference, GivesTStatisticsIntervalsAndF) {
  const Known known = known_model();
  const Inference inference = infer(known.fit, known.vcov, 0.9);
  const Coefficient& x1 = inference.coefficients[1];
  EXPECT_EQ(x1.set, "controls");
  EXPECT_DOUBLE_EQ(x1.std_error, 0.5);
  EXPECT_DOUBLE_EQ(x1.statistic, 4);
  EXPECT_DOUBLE_EQ(x1.p_value, t_two_sided(4, 10));
  EXPECT_NEAR(x1.conf_high - x1.estimate, 1.812461122811676 * 0.5, 1e-12);
  const Vector b = known.fit.coefficients.tail(3);
  const double wald = b.dot(known.vcov.matrix.bottomRightCorner(3, 3).inverse() * b);
  EXPECT_NEAR(inference.f.statistic, wald / 3, 1e-12);
  EXPECT_EQ(inference.f.df1, 3);
  EXPECT_EQ(inference.f.df2, 10);
}

TEST(Inference, InfiniteDegreesOfFreedomAreTheNormal) {
  Known known = known_model();
  known.vcov.df = std::numeric_limits<double>::infinity();
  const Inference inference = infer(known.fit, known.vcov);
  EXPECT_DOUBLE_EQ(inference.coefficients[1].p_value, normal_two_sided(4));
  EXPECT_NEAR(inference.f.p_value, chi2_upper(3 * inference.f.statistic, 3), 1e-15);
}

TEST(Inference, ARankDeficientCovarianceLowersDf1) {
  Known known = known_model();
  const Vector direction{{0.0, 1.0, 1e6, 1e-6}};  // units far apart
  known.vcov.matrix = direction * direction.transpose();
  const TestResult f = infer(known.fit, known.vcov).f;
  EXPECT_EQ(f.df1, 1);
  EXPECT_NE(f.note.find("rank 1"), std::string::npos);
}

TEST(WaldTest, TestsTheNamedTerms) {
  const Known known = known_model();
  const TestResult one = wald_test(known.fit, known.vcov, {"x1"});
  EXPECT_DOUBLE_EQ(one.statistic, 16);
  EXPECT_EQ(one.df1, 1);
  EXPECT_EQ(wald_test(known.fit, known.vcov, {"x1", "x1"}).df1, 1);
}

TEST(WaldTest, AnUnknownTermNamesTheNearest) {
  const Known known = known_model();
  try {
    wald_test(known.fit, known.vcov, {"log(y)"});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "infer.unknown_term");
    EXPECT_EQ(error.diagnostic().hint, "did you mean `log(x)`?");
  }
}

TEST(LinearCombination, ReadsTermsNumbersAndParentheses) {
  const Known known = known_model();
  const auto estimate = [&](const std::string& text) {
    return linear_combination(known.fit, known.vcov, text).estimate;
  };
  EXPECT_DOUBLE_EQ(estimate("x1 - L.x1"), 1.75);
  EXPECT_DOUBLE_EQ(estimate("x1-L.x1"), 1.75);
  EXPECT_DOUBLE_EQ(estimate("2*(x1 + 3*L.x1) / 4"), 1.375);
  EXPECT_DOUBLE_EQ(estimate("`log(x)` + x1 = 1"), 0.5);
  EXPECT_DOUBLE_EQ(estimate("-log(x)"), 0.5);
  EXPECT_DOUBLE_EQ(estimate("(Intercept) + 1e-1*x1"), 1.2);
  EXPECT_DOUBLE_EQ(estimate("1.5e+1*x1"), 30);
}

TEST(LinearCombination, StandardErrorIsThatOfTheForm) {
  const Known known = known_model();
  const LinearCombination sum = linear_combination(known.fit, known.vcov, "x1 - 2*L.x1");
  EXPECT_DOUBLE_EQ(sum.std_error, std::sqrt(0.25 + 4 * 0.16 - 4 * 0.1));
  EXPECT_DOUBLE_EQ(sum.p_value, t_two_sided(sum.estimate / sum.std_error, 10));
  EXPECT_DOUBLE_EQ((sum.conf_high + sum.conf_low) / 2, sum.estimate);
}

TEST(LinearCombination, SaysWhatIsWrong) {
  const Known known = known_model();
  const auto code = [&](const std::string& text) -> std::string {
    try {
      linear_combination(known.fit, known.vcov, text);
      return "";
    } catch (const Error& error) {
      return error.diagnostic().code;
    }
  };
  EXPECT_EQ(code("x1 * L.x1"), "infer.combination_syntax");
  EXPECT_EQ(code("1 / x1"), "infer.combination_syntax");
  EXPECT_EQ(code("x1 / 0"), "infer.combination_syntax");
  EXPECT_EQ(code("x1 +"), "infer.combination_syntax");
  EXPECT_EQ(code("(x1"), "infer.combination_syntax");
  EXPECT_EQ(code("x1 x1"), "infer.combination_syntax");
  EXPECT_EQ(code("3"), "infer.combination_syntax");
  EXPECT_EQ(code(""), "infer.combination_syntax");
  EXPECT_EQ(code("x2"), "infer.unknown_term");
  EXPECT_EQ(code("x1b"), "infer.unknown_term");
  EXPECT_EQ(code("`x2` + 1"), "infer.unknown_term");
}

}  // namespace
}  // namespace panelist
