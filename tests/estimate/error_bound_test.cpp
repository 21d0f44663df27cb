// SPDX-License-Identifier: Apache-2.0
// The bound on the error of coefficients, against the error itself: absorption stopped early and the exact solution.
#include "frames.h"

namespace panelist {
namespace {

using testing::FrameBuilder;
using testing::noise;
using testing::random_levels;

constexpr Index rows = 600;

// A chain of firms with few movers, so that iterations come slowly; endogenous when `with_instruments`.
FrameBuilder chained_panel(std::uint64_t seed, bool with_instruments) {
  Random random(seed, "chain", 0);
  std::vector<std::string> worker, firm;
  Vector slow(rows);
  for (Index i = 0; i < rows; ++i) {
    const Index w = i / 4;
    worker.push_back(std::to_string(1000 + w));
    const Index f = std::min<Index>(w / 3 + (i % 4 == 3 && random.below(3) == 0 ? 1 : 0), 60);
    firm.push_back(std::to_string(1000 + f));
    slow(i) = 0.05 * static_cast<double>(f);
  }
  const Vector a = noise(rows, seed + 1) + 3.0 * slow, b = noise(rows, seed + 2) - a;
  const Vector u = noise(rows, seed + 3);
  FrameBuilder builder(a + 0.5 * b + 5.0 * slow + u);
  builder.x("a", a);
  if (with_instruments) {
    const Vector z = noise(rows, seed + 4);
    builder.endogenous("e", z + 0.7 * u + slow)
        .instrument("z", z)
        .instrument("z2", z + noise(rows, seed + 5));
  } else {
    builder.x("b", b);
  }
  return builder.effect("worker", worker)
      .effect("firm", firm)
      .effect("year", random_levels(rows, 7, seed + 6));
}

EstimateOptions stopped_at(double tolerance) {
  EstimateOptions options;
  options.absorb.tolerance = tolerance;
  options.absorb.dense_levels = 1;
  return options;
}

double largest_error_in_se(const Fit& fit, const Fit& exact) {
  const double sigma = std::sqrt(exact.rss / exact.df_residual());
  double largest = 0.0;
  for (Index j = 0; j < exact.k(); ++j) {
    largest = std::max(largest, std::abs(fit.coefficients(j) - exact.coefficients(j)) /
                                    (sigma * std::sqrt(exact.bread(j, j))));
  }
  return largest;
}

class ErrorBound : public ::testing::TestWithParam<int> {};

TEST_P(ErrorBound, IsNeverBelowTheErrorAndOfSecondOrder) {
  for (const bool with_instruments : {false, true}) {
    const auto frame = chained_panel(static_cast<std::uint64_t>(100 * GetParam()), with_instruments).frame();
    const Fit exact = estimate({}, frame);
    double before = 0.0;
    for (const double tolerance : {1e-1, 1e-2, 1e-4, 1e-9}) {
      const Fit fit = estimate({}, frame, stopped_at(tolerance));
      EXPECT_LE(largest_error_in_se(fit, exact), fit.error_bound_se) << tolerance;
      EXPECT_LT(fit.error_bound_se, 50.0 * tolerance * tolerance * rows + 1e-9);
      if (before > 0.0) {
        EXPECT_LE(fit.error_bound_se, before);
      }
      before = fit.error_bound_se;
    }
  }
}
TEST(ErrorBounds, AboveTheirPromiseAreSaid) {
  const auto frame = chained_panel(7, false).frame();
  const auto said = [](const Fit& fit) {
    return std::any_of(fit.warnings.begin(), fit.warnings.end(),
                       [](const auto& warning) { return warning.first == "estimate.inaccurate"; });
  };
  EXPECT_TRUE(said(estimate({}, frame, stopped_at(1e-2))));
  EXPECT_FALSE(said(estimate({}, frame, stopped_at(1e-9))));
  EXPECT_FALSE(said(estimate({}, frame)));
}

TEST(Weights, WhoseSumIsBeyondNumbersAreScaled) {
  const Vector x = noise(rows, 1), y = x + noise(rows, 2);
  const Fit plain = FrameBuilder(y).intercept().x("x", x).fit();
  const Fit huge = FrameBuilder(y).intercept().x("x", x).weights(Vector::Constant(rows, 1e308)).fit();
  EXPECT_NEAR(testing::coefficient(huge, "x"), testing::coefficient(plain, "x"), 1e-13);
}

INSTANTIATE_TEST_SUITE_P(Seeds, ErrorBound, ::testing::Range(1, 31));

TEST(Dropped, AColumnOfTwoEffectsTogetherNamesThoseTwo) {
  const std::vector<std::string> a = random_levels(rows, 20, 1), b = random_levels(rows, 9, 2);
  Vector sum(rows), alone(rows);
  for (Index i = 0; i < rows; ++i) {
    const auto at = static_cast<std::size_t>(i);
    sum(i) = std::stod(a[at]) - 2.0 * std::stod(b[at]);
    alone(i) = std::stod(b[at]);
  }
  for (const EstimateOptions& options : {EstimateOptions{}, stopped_at(1e-2), stopped_at(1e-9)}) {
    const Fit fit = estimate({},
                             FrameBuilder(noise(rows, 3))
                                 .x("x", noise(rows, 4))
                                 .x("sum", sum)
                                 .x("alone", alone)
                                 .effect("a", a)
                                 .effect("b", b)
                                 .effect("c", random_levels(rows, 5, 6))
                                 .frame(),
                             options);
    ASSERT_EQ(fit.dropped.size(), 2U);
    EXPECT_EQ(fit.dropped[0].with, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(fit.dropped[1].with, (std::vector<std::string>{"b"}));
    EXPECT_EQ(fit.names, std::vector<std::string>{"x"});
  }
}

}  // namespace
}  // namespace panelist
