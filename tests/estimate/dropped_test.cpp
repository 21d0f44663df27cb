// SPDX-License-Identifier: Apache-2.0
// What cannot be estimated, and what is said of it.
#include <chrono>

#include "frames.h"

namespace panelist {
namespace {

using testing::coefficient;
using testing::FrameBuilder;
using testing::noise;

constexpr Index rows = 270;

// A balanced panel of 30 units and 9 years.
std::vector<std::string> unit_names() {
  std::vector<std::string> names;
  for (Index i = 0; i < rows; ++i) names.push_back(std::to_string(i / 9));
  return names;
}

std::vector<std::string> year_names() {
  std::vector<std::string> names;
  for (Index i = 0; i < rows; ++i) names.push_back(std::to_string(2014 + i % 9));
  return names;
}

Vector by_unit(std::uint64_t seed) {
  const Vector values = noise(30, seed);
  Vector v(rows);
  for (Index i = 0; i < rows; ++i) v(i) = values(i / 9);
  return v;
}

Vector by_year(std::uint64_t seed) {
  const Vector values = noise(9, seed);
  Vector v(rows);
  for (Index i = 0; i < rows; ++i) v(i) = values(i % 9);
  return v;
}

std::string code_of(const FrameBuilder& builder) {
  try {
    static_cast<void>(builder.fit());
  } catch (const Error& error) {
    EXPECT_FALSE(error.diagnostic().message.empty());
    EXPECT_FALSE(error.diagnostic().hint.empty());
    return error.diagnostic().code;
  }
  return "none";
}

TEST(Dropped, LaterListedCollinearTermGoesAndNamesTheOthers) {
  const Vector a = noise(rows, 1);
  const Vector b = noise(rows, 2);
  const Fit fit =
      FrameBuilder(noise(rows, 3)).intercept().x("a", a).x("b", b).x("sum", a + b).x("copy", a).fit();
  ASSERT_EQ(fit.dropped.size(), 2U);
  EXPECT_EQ(fit.dropped[0].term, "sum");
  EXPECT_EQ(fit.dropped[0].code, "collinear");
  EXPECT_EQ(fit.dropped[0].with, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(fit.dropped[1].with, (std::vector<std::string>{"a"}));
  EXPECT_EQ(fit.names, (std::vector<std::string>{"(Intercept)", "a", "b"}));
}

TEST(Dropped, RegressorConstantWithinAnEffectIsAbsorbedByIt) {
  const Fit fit = FrameBuilder(noise(rows, 4))
                      .x("x", noise(rows, 5))
                      .x("area", by_unit(6))
                      .x("rate", by_year(7))
                      .x("both", by_unit(8) + by_year(9))
                      .effect("unit", unit_names())
                      .effect("year", year_names())
                      .fit();
  ASSERT_EQ(fit.dropped.size(), 3U);
  EXPECT_EQ(fit.dropped[0].code, "absorbed");
  EXPECT_EQ(fit.dropped[0].with, (std::vector<std::string>{"unit"}));
  EXPECT_EQ(fit.dropped[1].with, (std::vector<std::string>{"year"}));
  EXPECT_EQ(fit.dropped[2].with, (std::vector<std::string>{"unit", "year"}));
  EXPECT_EQ(fit.k(), 1);
}

TEST(Dropped, ConstantRegressorIsConstant) {
  const Vector seven = Vector::Constant(rows, 0.7);
  for (const bool effects : {false, true}) {
    FrameBuilder builder(noise(rows, 10));
    if (!effects) builder.intercept();
    builder.x("c", seven).x("x", noise(rows, 11));
    if (effects) builder.effect("unit", unit_names());
    const Fit fit = builder.fit();
    ASSERT_EQ(fit.dropped.size(), 1U);
    EXPECT_EQ(fit.dropped[0].term, "c");
    EXPECT_EQ(fit.dropped[0].code, "constant");
  }
}

TEST(Dropped, ConstantRegressorStaysWithoutInterceptAndEffects) {
  const Fit fit = FrameBuilder(noise(rows, 12)).x("c", Vector::Constant(rows, 2.0)).fit();
  EXPECT_EQ(fit.k(), 1);
  EXPECT_NEAR(fit.coefficients(0), fit.outcome.mean() / 2.0, 1e-15);
  EXPECT_NEAR(fit.tss, fit.outcome.squaredNorm(), 1e-12);
}

TEST(Dropped, SmallVariationWithinEffectsIsKept) {
  const Vector within = noise(rows, 13);
  const Vector x = 1e4 * by_unit(14) + 1e-3 * within;
  const Fit fit = FrameBuilder(within).x("x", x).effect("unit", unit_names()).fit();
  EXPECT_TRUE(fit.dropped.empty());
  EXPECT_NEAR(fit.coefficients(0), 1e3, 1e-4);
}

TEST(Dropped, CollinearAfterAbsorptionGoes) {
  const Vector a = noise(rows, 15);
  const Fit fit = FrameBuilder(noise(rows, 16))
                      .x("a", a)
                      .x("b", 3.0 * a + 1e3 * by_unit(17))
                      .effect("unit", unit_names())
                      .fit();
  ASSERT_EQ(fit.dropped.size(), 1U);
  EXPECT_EQ(fit.dropped[0].term, "b");
  EXPECT_EQ(fit.dropped[0].code, "collinear");
  EXPECT_EQ(fit.dropped[0].with, (std::vector<std::string>{"a"}));
}

TEST(Errors, NameWhatIsMissing) {
  const Vector x = noise(rows, 18);
  const Vector y = noise(rows, 19);
  EXPECT_EQ(code_of(FrameBuilder(Vector()).intercept()), "estimate.no_rows");
  EXPECT_EQ(code_of(FrameBuilder(y).x("area", by_unit(20)).effect("unit", unit_names())),
            "estimate.all_dropped");
  EXPECT_EQ(code_of(FrameBuilder(y.head(2)).intercept().x("x", x.head(2))), "estimate.no_degrees_of_freedom");
  EXPECT_EQ(code_of(FrameBuilder(y).intercept().endogenous("x", x)), "estimate.no_instruments");
  EXPECT_EQ(code_of(FrameBuilder(y)
                        .intercept()
                        .endogenous("x", x)
                        .endogenous("v", noise(rows, 21))
                        .instrument("z", noise(rows, 22))),
            "estimate.not_identified");
}

TEST(Errors, CountWhatLeavesNoDegreesOfFreedom) {
  try {
    static_cast<void>(FrameBuilder(noise(3, 23)).intercept().x("a", noise(3, 24)).x("b", noise(3, 25)).fit());
    FAIL() << "three rows cannot estimate three coefficients with an error";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "estimate.no_degrees_of_freedom");
    EXPECT_THAT(error.diagnostic().message, ::testing::HasSubstr("3 observations"));
    EXPECT_THAT(error.diagnostic().message, ::testing::HasSubstr("3 coefficients"));
  }
}

TEST(TwoStage, EndogenousThatIsACombinationOfExogenousGoes) {
  const Vector c = noise(rows, 26);
  const Vector x = noise(rows, 27);
  const Fit fit = FrameBuilder(noise(rows, 28))
                      .intercept()
                      .x("c", c)
                      .endogenous("twice", 2.0 * c)
                      .endogenous("x", x)
                      .instrument("z", x + noise(rows, 29))
                      .fit();
  ASSERT_EQ(fit.dropped.size(), 1U);
  EXPECT_EQ(fit.dropped[0].term, "twice");
  EXPECT_EQ(fit.dropped[0].with, (std::vector<std::string>{"c"}));
  EXPECT_EQ(fit.iv->endogenous_names, (std::vector<std::string>{"x"}));
}

TEST(TwoStage, CollinearInstrumentGoesWithANote) {
  const Vector c = noise(rows, 30);
  const Vector z = noise(rows, 31);
  const Fit fit = FrameBuilder(noise(rows, 32))
                      .intercept()
                      .x("c", c)
                      .endogenous("x", z + noise(rows, 33))
                      .instrument("z", z)
                      .instrument("again", z - c)
                      .fit();
  ASSERT_EQ(fit.warnings.size(), 1U);
  EXPECT_EQ(fit.warnings[0].first, "estimate.instrument_dropped");
  EXPECT_THAT(fit.warnings[0].second, ::testing::HasSubstr("`again`"));
  EXPECT_EQ(fit.iv->instrument_names, (std::vector<std::string>{"z"}));
}

TEST(Warnings, NameAConstantOutcome) {
  const Fit fit = FrameBuilder(Vector::Constant(rows, 3.3)).intercept().x("x", noise(rows, 34)).fit();
  ASSERT_EQ(fit.warnings.size(), 1U);
  EXPECT_EQ(fit.warnings[0].first, "estimate.constant_outcome");
  EXPECT_NEAR(coefficient(fit, "x"), 0.0, 1e-14);
}

TEST(Regression, TakesAPerfectFit) {
  const Vector x = noise(rows, 35);
  const Fit fit = FrameBuilder(2.0 + 3.0 * x.array()).intercept().x("x", x).fit();
  EXPECT_NEAR(coefficient(fit, "x"), 3.0, 1e-14);
  EXPECT_NEAR(goodness_of_fit(fit).r2, 1.0, 1e-14);
  EXPECT_LT(goodness_of_fit(fit).sigma, 1e-14);
}

TEST(Regression, OfASmallPanelTakesMicroseconds) {
  FrameBuilder builder(noise(rows, 40));
  for (std::uint64_t j = 0; j < 8; ++j) builder.x("x" + std::to_string(j), noise(rows, 50 + j));
  const auto frame = builder.effect("unit", unit_names()).effect("year", year_names()).frame();
  const auto start = std::chrono::steady_clock::now();
  double sum = 0.0;
  for (int repeat = 0; repeat < 100; ++repeat) sum += estimate(Context{}, frame).rss;
  const std::chrono::duration<double, std::micro> passed = std::chrono::steady_clock::now() - start;
  RecordProperty("microseconds_a_fit", std::to_string(passed.count() / 100.0));
  EXPECT_NEAR(sum / 100.0, estimate(Context{}, frame).rss, 1e-10);
}

TEST(Regression, TakesEffectsAlone) {
  const Fit fit = FrameBuilder(noise(rows, 36)).effect("unit", unit_names()).fit();
  EXPECT_EQ(fit.k(), 0);
  EXPECT_EQ(fit.dof.absorbed, 30);
  EXPECT_NEAR(fit.rss, fit.tss_within, 1e-12);
}

TEST(Warnings, NameAPerfectFitOnce) {
  const Vector x = noise(rows, 35);
  const Fit fit = FrameBuilder(2.0 + 3.0 * x.array()).intercept().x("x", x).fit();
  ASSERT_EQ(fit.warnings.size(), 1U);
  EXPECT_EQ(fit.warnings[0].first, "estimate.perfect_fit");
  EXPECT_TRUE(FrameBuilder(noise(rows, 36)).intercept().x("x", x).fit().warnings.empty());
}

TEST(Regression, RefusesNumbersWhoseSquaresLeaveTheRange) {
  for (const double unit : {1e160, 1e-170}) {
    try {
      (void)FrameBuilder(unit * noise(rows, 37)).intercept().x("x", noise(rows, 38)).fit();
      FAIL() << unit;
    } catch (const Error& error) {
      EXPECT_EQ(error.diagnostic().code, "estimate.not_finite") << unit;
    }
  }
  EXPECT_TRUE(std::isfinite(
      coefficient(FrameBuilder(1e140 * noise(rows, 37)).intercept().x("x", noise(rows, 38)).fit(), "x")));
}

TEST(Goodness, OfAConstantOutcomeHasNoLogLikelihood) {
  const Fit fit = FrameBuilder(Vector::Constant(rows, 2)).intercept().x("x", noise(rows, 34)).fit();
  EXPECT_FALSE(std::isinf(goodness_of_fit(fit).log_likelihood));
}

}  // namespace
}  // namespace panelist
