// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/distribution.h"
#include "infer/unit_roots/moments.h"
#include "infer/unit_roots/regressions.h"
#include "infer/unit_roots/tests.h"

namespace panelist {
namespace {

// Variance of the changes with their autocovariances, Bartlett weights, over T - 1.
double long_run_variance(const Vector& y, Deterministic terms, Index bandwidth) {
  const Index T = y.size();
  Vector changes = y.tail(T - 1) - y.head(T - 1);
  if (terms != Deterministic::none) changes.array() -= changes.mean();
  if (terms == Deterministic::trend) {
    const Vector trend =
        Vector::LinSpaced(T - 1, -0.5 * static_cast<double>(T - 2), 0.5 * static_cast<double>(T - 2));
    changes -= trend.dot(changes) / trend.squaredNorm() * trend;
  }
  double sum = changes.squaredNorm();
  for (Index lag = 1; lag <= std::min(bandwidth, T - 2); ++lag)
    sum += 2 * (1 - static_cast<double>(lag) / static_cast<double>(bandwidth + 1)) *
           changes.tail(T - 1 - lag).dot(changes.head(T - 1 - lag));
  return sum / static_cast<double>(T - 1);
}

void require_balanced(const UnitRegressions& all, const UnitRootRequest& asked) {
  const Index length = all.series.front().values.size();
  for (const UnitSeries& one : all.series)
    if (one.values.size() != length)
      throw Error(
          "infer.unbalanced",
          fmt::format("the test `{}` is for balanced panels: {} has {} periods, {} has {}", asked.written,
                      name_of(all.series.front(), asked), length, name_of(one, asked), one.values.size()),
          "choose a span that every unit covers, or take ips or fisher", "option --tests");
}

// The pooled regression of changes on levels, orthogonalised and in standard errors of their unit.
struct Pooled {
  double slope = 0, std_error = 0, sigma2 = 0, rows = 0;
};

Pooled pooled_regression(const Context& context, const UnitRegressions& all, Deterministic terms) {
  double cross = 0, square = 0, changes = 0;
  Pooled pooled;
  for (std::size_t u = 0; u < all.series.size(); ++u) {
    const DickeyFuller& own = all.regressions[u];
    const Orthogonalised parts = orthogonalised(context, all.series[u].values, own.lags, terms);
    cross += parts.level.dot(parts.changes) / own.sigma2;
    square += parts.level.squaredNorm() / own.sigma2;
    changes += parts.changes.squaredNorm() / own.sigma2;
    pooled.rows += own.rows;
  }
  pooled.slope = cross / square;
  pooled.sigma2 = (changes - pooled.slope * cross) / pooled.rows;
  pooled.std_error = std::sqrt(pooled.sigma2 / square);
  return pooled;
}

double mean_ratio(const UnitRegressions& all, const UnitRootRequest& asked, Index bandwidth) {
  double sum = 0;
  for (std::size_t u = 0; u < all.series.size(); ++u)
    sum += std::sqrt(long_run_variance(all.series[u].values, asked.terms, bandwidth) /
                     all.regressions[u].sigma2);
  return sum / all.units();
}

}  // namespace

RequestedTest levin_lin_chu_test(const Context& context, const EstimationSpec&, const Estimation& estimation,
                                 const TestRequest& request) {
  const UnitRootRequest asked =
      read_unit_root_request(request, VarianceDivisor::rows, {"moments", "bandwidth"});
  require_units(estimation, request);
  const UnitRegressions all = regress_units(context, estimation, asked);
  require_balanced(all, asked);
  const auto T = static_cast<double>(all.shortest());
  const Index bandwidth =
      asked.bandwidth >= 0 ? asked.bandwidth : static_cast<Index>(std::round(3.21 * std::cbrt(T)));
  const Pooled pooled = pooled_regression(context, all, asked.terms);
  const double rows_a_unit = pooled.rows / all.units();
  const double length = asked.moments_by_periods ? T : rows_a_unit;
  const LlcMoments moments = llc_moments(length, asked.terms);
  const double t = pooled.slope / pooled.std_error;
  const double shift = pooled.rows * mean_ratio(all, asked, bandwidth) / pooled.sigma2 * pooled.std_error;
  TestResult test = described(all, asked, request);
  test.statistic = (t - shift * moments.mean) / moments.deviation;
  test.p_value = normal_cdf(test.statistic);
  const std::vector<std::pair<std::string, double>> details = {
      {"rho", pooled.slope}, {"t", t}, {"bandwidth", static_cast<double>(bandwidth)}};
  test.details.insert(test.details.end(), details.begin(), details.end());
  test.note += "; against one common rho below zero, one-sided";
  if (length < shortest_of_llc) test.note += "; its moments begin at 25 periods, those are used";
  return {request.written, test, {}};
}

}  // namespace panelist
