// SPDX-License-Identifier: Apache-2.0
// Identities that hold for any data.
#include <numeric>

#include "frames.h"

namespace panelist {
namespace {

using testing::coefficient;
using testing::FrameBuilder;
using testing::noise;
using testing::random_levels;

constexpr Index rows = 240;

std::vector<std::string> dummy_names(const std::vector<std::string>& levels) {
  std::set<std::string> names(levels.begin(), levels.end());
  return {names.begin(), names.end()};
}

Vector dummy(const std::vector<std::string>& levels, const std::string& level) {
  Vector d(static_cast<Index>(levels.size()));
  for (Index i = 0; i < d.size(); ++i) d(i) = levels[static_cast<std::size_t>(i)] == level ? 1.0 : 0.0;
  return d;
}

template <typename Values>
Values permuted(const Values& values, const std::vector<std::size_t>& order) {
  Values result = values;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if constexpr (std::is_same_v<Values, Vector>) {
      result(static_cast<Index>(i)) = values(static_cast<Index>(order[i]));
    } else {
      result[i] = values[order[i]];
    }
  }
  return result;
}

TEST(Effects, AreTheSameAsDummies) {
  const auto unit = random_levels(rows, 20, 1);
  const auto year = random_levels(rows, 6, 2);
  const Vector y = noise(rows, 3);
  const Vector x = noise(rows, 4);
  const Vector w = noise(rows, 5).array().abs() + 0.1;
  const Fit absorbed = FrameBuilder(y).x("x", x).effect("unit", unit).effect("year", year).weights(w).fit();
  FrameBuilder dummies(y);
  dummies.intercept().x("x", x).weights(w);
  for (const auto& level : dummy_names(unit)) dummies.x("u" + level, dummy(unit, level));
  for (const auto& level : dummy_names(year)) dummies.x("t" + level, dummy(year, level));
  const Fit explicit_fit = dummies.fit();
  EXPECT_EQ(explicit_fit.dropped.size(), 2U);
  EXPECT_NEAR(coefficient(absorbed, "x"), coefficient(explicit_fit, "x"), 1e-13);
  EXPECT_NEAR(absorbed.rss, explicit_fit.rss, 1e-11);
  EXPECT_NEAR(absorbed.tss, explicit_fit.tss, 1e-11);
  EXPECT_EQ(absorbed.df_residual(), explicit_fit.df_residual());
  EXPECT_NEAR(goodness_of_fit(absorbed).r2_adjusted, goodness_of_fit(explicit_fit).r2_adjusted, 1e-12);
  EXPECT_LT((absorbed.residuals - explicit_fit.residuals).norm(), 1e-12);
}

TEST(Regression, ObeysFrischWaughLovell) {
  const Vector y = noise(rows, 6);
  const Vector x = noise(rows, 7);
  const Vector z = noise(rows, 8) + 0.5 * x;
  const Fit whole = FrameBuilder(y).intercept().x("x", x).x("z", z).fit();
  const Vector y_left = FrameBuilder(y).intercept().x("z", z).fit().residuals;
  const Vector x_left = FrameBuilder(x).intercept().x("z", z).fit().residuals;
  const Fit partial = FrameBuilder(y_left).x("x", x_left).fit();
  EXPECT_NEAR(coefficient(whole, "x"), coefficient(partial, "x"), 1e-14);
  EXPECT_NEAR(whole.rss, partial.rss, 1e-11);
  EXPECT_NEAR(whole.bread(1, 1), partial.bread(0, 0), 1e-15);
}

TEST(Weights, OfFrequencyAreRepeatedRows) {
  const auto unit = random_levels(rows, 12, 9);
  const Vector y = noise(rows, 10);
  const Vector x = noise(rows, 11);
  Vector w(rows);
  std::vector<std::size_t> copies;
  for (Index i = 0; i < rows; ++i) {
    w(i) = static_cast<double>(1 + i % 3);
    copies.insert(copies.end(), static_cast<std::size_t>(w(i)), static_cast<std::size_t>(i));
  }
  Vector y_copies(static_cast<Index>(copies.size()));
  Vector x_copies = y_copies;
  std::vector<std::string> unit_copies;
  for (std::size_t i = 0; i < copies.size(); ++i) {
    y_copies(static_cast<Index>(i)) = y(static_cast<Index>(copies[i]));
    x_copies(static_cast<Index>(i)) = x(static_cast<Index>(copies[i]));
    unit_copies.push_back(unit[copies[i]]);
  }
  const Fit weighted = FrameBuilder(y).x("x", x).effect("unit", unit).weights(w, WeightType::frequency).fit();
  const Fit repeated = FrameBuilder(y_copies).x("x", x_copies).effect("unit", unit_copies).fit();
  EXPECT_EQ(weighted.n, repeated.n);
  EXPECT_NEAR(coefficient(weighted, "x"), coefficient(repeated, "x"), 1e-14);
  EXPECT_NEAR(weighted.bread(0, 0), repeated.bread(0, 0), 1e-16);
  EXPECT_NEAR(goodness_of_fit(weighted).sigma, goodness_of_fit(repeated).sigma, 1e-13);
  EXPECT_NEAR(goodness_of_fit(weighted).log_likelihood, goodness_of_fit(repeated).log_likelihood, 1e-9);
  EXPECT_NEAR(goodness_of_fit(weighted).r2, goodness_of_fit(repeated).r2, 1e-13);
}

TEST(Weights, OfAnyScaleGiveTheSameFit) {
  const Vector y = noise(rows, 12);
  const Vector x = noise(rows, 13);
  const Vector w = noise(rows, 14).array().abs() + 0.1;
  const Fit one = FrameBuilder(y).intercept().x("x", x).weights(w).fit();
  const Fit thousand = FrameBuilder(y).intercept().x("x", x).weights(1000.0 * w).fit();
  EXPECT_NEAR(one.weights.mean(), 1.0, 1e-14);
  EXPECT_NEAR(one.rss, thousand.rss, 1e-11);
  EXPECT_NEAR(goodness_of_fit(one).log_likelihood, goodness_of_fit(thousand).log_likelihood, 1e-10);
}

TEST(Regression, DoesNotDependOnTheOrderOfRows) {
  const auto unit = random_levels(rows, 20, 15);
  const auto year = random_levels(rows, 6, 16);
  const Vector y = noise(rows, 17);
  const Vector x = 1e4 + 100.0 * noise(rows, 18).array();
  const Vector z = noise(rows, 19) + 0.01 * x;
  std::vector<std::size_t> order(rows);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Random random(20, "order", 0);
  for (std::size_t i = order.size(); i > 1; --i)
    std::swap(order[i - 1], order[random.below(static_cast<std::uint32_t>(i))]);
  const auto build = [&](const std::vector<std::size_t>& o) {
    return FrameBuilder(permuted(y, o))
        .x("x", permuted(x, o))
        .x("z", permuted(z, o))
        .effect("unit", permuted(unit, o))
        .effect("year", permuted(year, o))
        .fit();
  };
  std::vector<std::size_t> identity(rows);
  std::iota(identity.begin(), identity.end(), std::size_t{0});
  const Fit one = build(identity);
  const Fit other = build(order);
  for (Index j = 0; j < 2; ++j) {
    EXPECT_NEAR(one.coefficients(j) / other.coefficients(j), 1.0, 1e-12);
    EXPECT_NEAR(one.bread(j, j) / other.bread(j, j), 1.0, 1e-12);
  }
  EXPECT_NEAR(one.rss / other.rss, 1.0, 1e-12);
}

TEST(Offset, IsSubtractedFromTheOutcome) {
  const Vector y = noise(rows, 21);
  const Vector x = noise(rows, 22);
  const Vector o = noise(rows, 23);
  const Fit with = FrameBuilder(y).intercept().x("x", x).offset(o).fit();
  const Fit without = FrameBuilder(y - o).intercept().x("x", x).fit();
  EXPECT_EQ(with.coefficients, without.coefficients);
  EXPECT_NEAR(with.mean_outcome, y.mean(), 1e-15);
  EXPECT_LT((fitted_values({}, with).fitted - (y - with.residuals)).norm(), 1e-13);
}

TEST(FittedValues, AddUpWithEffects) {
  const auto unit = random_levels(rows, 15, 24);
  const auto year = random_levels(rows, 5, 25);
  const Vector y = noise(rows, 26);
  const Vector x = noise(rows, 27);
  const FrameBuilder builder = FrameBuilder(y).x("x", x).effect("unit", unit).effect("year", year);
  const Fit fit = builder.fit();
  const FittedValues values = fitted_values({}, fit);
  Vector sum = fit.coefficients(0) * x;
  for (std::size_t q = 0; q < 2; ++q) {
    for (Index i = 0; i < rows; ++i) {
      sum(i) += values.effects[q](fit.frame->effects[q].group.level[static_cast<std::size_t>(i)], 0);
    }
  }
  EXPECT_LT((values.fitted - sum).norm(), 1e-11);
  EXPECT_NEAR(values.effects[1].sum(), 0.0, 1e-12);
}

TEST(TwoStage, WithTheRegressorAsItsOwnInstrumentIsLeastSquares) {
  const Vector y = noise(rows, 28);
  const Vector x = noise(rows, 29);
  const Vector z = noise(rows, 30);
  const Fit ols = FrameBuilder(y).intercept().x("x", x).x("z", z).fit();
  const Fit iv = FrameBuilder(y).intercept().x("z", z).endogenous("x", x).instrument("copy", x).fit();
  EXPECT_NEAR(coefficient(iv, "x"), coefficient(ols, "x"), 1e-13);
  EXPECT_NEAR(iv.rss, ols.rss, 1e-11);
  EXPECT_NEAR(iv.iv->first_stages[0].partial_r2, 1.0, 1e-13);
}

TEST(TwoStage, SolvesTheMomentEquations) {
  const auto unit = random_levels(rows, 15, 31);
  const Vector z1 = noise(rows, 32);
  const Vector z2 = noise(rows, 33);
  const Vector u = noise(rows, 34);
  const Vector x = z1 + 0.5 * z2 + u + noise(rows, 35);
  const Vector c = noise(rows, 36);
  const Fit fit = FrameBuilder(2.0 * x + c + u)
                      .x("c", c)
                      .endogenous("x", x)
                      .instrument("z1", z1)
                      .instrument("z2", z2)
                      .effect("unit", unit)
                      .fit();
  EXPECT_EQ(fit.names, (std::vector<std::string>{"x", "c"}));
  EXPECT_LT((fit.x.transpose() * fit.residuals).norm(), 1e-10);
  EXPECT_LT((fit.residuals - (fit.outcome - fit.structural * fit.coefficients)).norm(), 1e-12);
  EXPECT_LT((fit.bread - Matrix(fit.x.transpose() * fit.x).inverse()).norm(), 1e-14);
  const FirstStage& stage = fit.iv->first_stages[0];
  EXPECT_EQ(stage.names, (std::vector<std::string>{"z1", "z2", "c"}));
  Matrix Z(rows, 3);
  Z << fit.iv->instruments, fit.iv->included;
  EXPECT_LT((fit.iv->endogenous - Z * stage.coefficients - stage.residuals).norm(), 1e-12);
  EXPECT_LT((stage.bread - Matrix(Z.transpose() * Z).inverse()).norm(), 1e-14);
  EXPECT_GT(stage.r2, 0.0);
  EXPECT_LT(stage.r2, 1.0);
}

TEST(Scores, SumToZeroOverTheRows) {
  const Vector w = noise(rows, 37).array().abs() + 0.1;
  const Fit fit = FrameBuilder(noise(rows, 38)).intercept().x("x", noise(rows, 39)).weights(w).fit();
  EXPECT_LT(scores_of(fit).colwise().sum().norm(), 1e-12);
}

TEST(Catalog, FindsEstimatorsByName) {
  EXPECT_NE(find_estimator("ols"), nullptr);
  EXPECT_TRUE(find_estimator("2sls")->needs_instruments);
  EXPECT_EQ(find_estimator("tobit"), nullptr);
}

}  // namespace
}  // namespace panelist
