// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <memory>

#include "base/distribution.h"
#include "estimate/estimator.h"
#include "infer/panel_tests.h"

namespace panelist {
namespace {

std::shared_ptr<const ModelFrame> without_effects(const ModelFrame& frame) {
  auto pooled = std::make_shared<ModelFrame>(frame);
  pooled->effects.clear();
  if (frame.intercept) return pooled;
  pooled->intercept = true;
  FrameColumns& columns = pooled->exogenous;
  SharedColumns values(frame.n());
  values.append(Vector(Vector::Ones(frame.n())));
  for (Index j = 0; j < columns.values.cols(); ++j) values.append(columns.values.col(j));
  columns.values = values;
  columns.names.insert(columns.names.begin(), "(Intercept)");
  columns.sets.insert(columns.sets.begin(), "");
  return pooled;
}

// n^2/(2(sum T^2 - n)) and A of the header.
struct LagrangeParts {
  double scale = 0, excess = 0;
};

LagrangeParts lagrange_parts(const Fit& pooled, const Grouping& unit) {
  Vector sums = Vector::Zero(unit.size()), counts = Vector::Zero(unit.size());
  for (std::size_t row = 0; row < unit.level.size(); ++row) {
    sums(unit.level[row]) += pooled.residuals(static_cast<Index>(row));
    counts(unit.level[row]) += 1;
  }
  const double n = counts.sum();
  return {n * n / (2 * (counts.squaredNorm() - n)), sums.squaredNorm() / pooled.residuals.squaredNorm() - 1};
}

}  // namespace

Fit pooled_fit(const Context& context, const Fit& fit) {
  if (fit.iv != nullptr || fit.glm != nullptr)
    throw Error("infer.least_squares_only", "tests of the effects are for least squares without instruments",
                "drop the instruments or the family to test the effects");
  return estimate(context, without_effects(*fit.frame));
}

TestResult effects_f_test(const Context& context, const Fit& fit) {
  const Fit pooled = pooled_fit(context, fit);
  TestResult test;
  test.name = "effects_f";
  test.df1 = pooled.df_residual() - fit.df_residual();
  test.df2 = fit.df_residual();
  if (test.df1 <= 0) {
    test.note = "the regression absorbs no effects to test";
    return test;
  }
  test.statistic = (pooled.rss - fit.rss) / test.df1 / (fit.rss / test.df2);
  test.p_value = f_upper(test.statistic, test.df1, test.df2);
  return test;
}

TestResult breusch_pagan_lm(const Fit& pooled, const Grouping& unit) {
  const LagrangeParts parts = lagrange_parts(pooled, unit);
  TestResult test;
  test.name = "breusch_pagan_lm";
  test.df1 = 1;
  test.statistic = parts.scale * parts.excess * parts.excess;
  test.p_value = chi2_upper(test.statistic, 1);
  return test;
}

TestResult honda_lm(const Fit& pooled, const Grouping& unit) {
  const LagrangeParts parts = lagrange_parts(pooled, unit);
  TestResult test;
  test.name = "honda_lm";
  test.statistic = std::sqrt(parts.scale) * parts.excess;
  test.p_value = normal_cdf(-test.statistic);
  test.note = "one-sided normal";
  return test;
}

}  // namespace panelist
