// SPDX-License-Identifier: Apache-2.0
#include "infer/u_shape.h"

#include "oracle.h"

namespace panelist {
namespace {

UShape shape_of(const std::string& formula, std::optional<std::pair<double, double>> range = {}) {
  const Estimation estimation = shape_oracle().estimate(shape_model(formula));
  return u_shape(*estimation.fit, estimation.vcov, "x", 0.95, range);
}

TEST(UShapes, AgreeWithExplicitFormulas) {
  for (const char* formula : {"v ~ x + I(x^2) + z | unit + year", "v ~ poly(x,2) + z | unit + year",
                              "v ~ x + x:x + z | unit + year", "v ~ x + I(x*x) + z | unit + year"}) {
    const UShape shape = shape_of(formula);
    const auto expected = [](const char* quantity) { return shape_oracle().at("ushape", quantity); };
    EXPECT_TRUE(shape.inverted);
    EXPECT_TRUE(shape.inside);
    expect_close(shape.low.slope, expected("slope_low"), formula);
    expect_close(shape.low.t, expected("t_low"), formula);
    expect_close(shape.high.slope, expected("slope_high"), formula);
    expect_close(shape.high.t, expected("t_high"), formula);
    expect_close(shape.t, expected("t"), formula);
    expect_close(shape.p_value, expected("p"), formula);
    expect_close(shape.extreme, expected("extreme"), formula);
    expect_close(shape.extreme_se, expected("extreme_se"), formula);
    ASSERT_EQ(shape.fieller.form, "interval");
    expect_close(shape.fieller.parts[0].first, expected("fieller_low"), formula);
    expect_close(shape.fieller.parts[0].second, expected("fieller_high"), formula);
  }
}

TEST(UShapes, HaveNoPWhereTheExtremePointIsOutside) {
  const UShape shape = shape_of("v ~ x + I(x^2) + z | unit + year", std::pair(0.0, 1.0));
  EXPECT_FALSE(shape.inside);
  EXPECT_TRUE(std::isnan(shape.p_value));
  EXPECT_GT(shape.high.p_value, 0.5);
}

TEST(UShapes, OfTheNegativeOutcomeAreTheOtherShapeWithTheSameNumbers) {
  const UShape shape = shape_of("v ~ x + I(x^2) + z | unit + year");
  const UShape other = shape_of("I(-v) ~ x + I(x^2) + z | unit + year");
  EXPECT_FALSE(other.inverted);
  expect_close(other.p_value, shape.p_value, "p");
  expect_close(other.extreme, shape.extreme, "extreme");
}

TEST(UShapes, WithAFlatSquareHaveNoBoundedSet) {
  const UShape shape = shape_of("z ~ x + I(x^2) | unit + year");
  EXPECT_NE(shape.fieller.form, "interval");
}

TEST(UShapes, AreATestByName) {
  EstimationSpec spec = shape_model("v ~ x + I(x^2) + z | unit + year");
  spec.tests = {read_test_request("u_shape(x)"), read_test_request("u_shape(x, low=0, high=1)")};
  const Estimation estimation = shape_oracle().estimate(spec);
  ASSERT_EQ(estimation.requested.size(), 2U);
  expect_close(estimation.requested[0].test->p_value, shape_oracle().at("ushape", "p"), "p");
  EXPECT_TRUE(std::isnan(estimation.requested[1].test->p_value));
  const bool said = std::any_of(estimation.warnings.begin(), estimation.warnings.end(),
                                [](const auto& warning) { return warning.first == "infer.extreme_outside"; });
  EXPECT_TRUE(said);
}

TEST(UShapes, NeedASquareAndARange) {
  EXPECT_EQ(code_of([] { shape_of("v ~ x + z | unit"); }), "infer.no_square");
  EXPECT_EQ(code_of([] { shape_of("v ~ w + z | unit"); }), "infer.unknown_term");
  EXPECT_EQ(code_of([] { shape_of("v ~ x + I(x^2) | unit", std::pair(2.0, 2.0)); }), "infer.bad_range");
}

}  // namespace
}  // namespace panelist
