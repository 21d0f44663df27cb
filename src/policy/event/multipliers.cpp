// SPDX-License-Identifier: Apache-2.0
#include "policy/event/multipliers.h"

#include <cmath>

#include "base/distribution.h"
#include "table/statistics.h"

namespace panelist {

Matrix multiplier_draws(const Context& context, const Matrix& sums, const MultiplierSpec& spec) {
  const auto clusters = static_cast<Level>(sums.rows());
  const bool all = wild_enumerates(spec.weights, clusters, spec.draws);
  const Index count = all ? Index{1} << clusters : spec.draws;
  Matrix draws(count, sums.cols());
  Task task(context, "multiplier bootstrap", count);
  for (Index draw = 0; draw < count; ++draw) {
    draws.row(draw) = wild_weights(context, spec.weights, clusters, draw, all).transpose() * sums;
    task.advance();
  }
  return draws;
}

Vector multiplier_errors(const Matrix& draws) {
  const double range = normal_quantile(0.75) - normal_quantile(0.25);
  Vector errors(draws.cols());
  for (Index j = 0; j < draws.cols(); ++j) {
    const std::vector<double> values(draws.col(j).begin(), draws.col(j).end());
    errors[j] = (percentile(values, 75) - percentile(values, 25)) / range;
  }
  return errors;
}

double multiplier_critical(const Matrix& draws, const Vector& std_errors, double level) {
  std::vector<double> largest;
  for (Index draw = 0; draw < draws.rows(); ++draw) {
    double most = 0;
    for (Index j = 0; j < draws.cols(); ++j)
      if (std_errors[j] > 0) most = std::max(most, std::abs(draws(draw, j)) / std_errors[j]);
    largest.push_back(most);
  }
  if (largest.empty() || draws.cols() == 0) return missing_value;
  return std::max(normal_quantile(0.5 * (1 + level)), percentile(std::move(largest), 100 * level));
}

}  // namespace panelist
