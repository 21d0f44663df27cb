// SPDX-License-Identifier: Apache-2.0
// Percentile, BC and BCa intervals of a column of draws.
#include <algorithm>

#include "base/distribution.h"
#include "mechanism/mediation/bootstrap.h"
#include "table/statistics.h"

namespace panelist {
namespace {

std::vector<double> finite_of(const Vector& values) {
  std::vector<double> finite;
  for (const double value : values)
    if (std::isfinite(value)) finite.push_back(value);
  return finite;
}

double standard_deviation(const std::vector<double>& values) { return summarise("", values).sd; }

// Efron (1987): acceleration from the skewness of the leave-one-out estimates.
double acceleration(const Vector& left_out) {
  const std::vector<double> values = finite_of(left_out);
  double mean = 0, squares = 0, cubes = 0;
  for (const double value : values) mean += value / static_cast<double>(values.size());
  for (const double value : values) {
    const double d = mean - value;
    squares += d * d;
    cubes += d * d * d;
  }
  return squares > 0 ? cubes / (6 * std::pow(squares, 1.5)) : 0;
}

// BCa with the acceleration, BC without. `draws` ascend.
void bias_corrected(const std::vector<double>& draws, const Vector& left_out, double estimate, double level,
                    BootstrapIntervals& intervals) {
  const auto below =
      std::count_if(draws.begin(), draws.end(), [&](double value) { return value < estimate; });
  const double z0 = normal_quantile(static_cast<double>(below) / static_cast<double>(draws.size()));
  const auto limit = [&](double probability, double a) {
    const double z = z0 + normal_quantile(probability);
    const double adjusted = 100 * normal_cdf(z0 + z / (1 - a * z));
    return std::isfinite(adjusted) ? percentile_of_sorted(draws, adjusted) : missing_value;
  };
  intervals.bc_low = limit((1 - level) / 2, 0);
  intervals.bc_high = limit((1 + level) / 2, 0);
  if (left_out.size() == 0) return;
  const double a = acceleration(left_out);
  intervals.bca_low = limit((1 - level) / 2, a);
  intervals.bca_high = limit((1 + level) / 2, a);
}

double two_sided_share(const Vector& draws) {
  double below = 1, above = 1, all = 1;
  for (const double draw : draws) {
    if (!std::isfinite(draw)) continue;
    below += draw <= 0;
    above += draw >= 0;
    all += 1;
  }
  return std::min(1.0, 2 * std::min(below, above) / all);
}

}  // namespace

BootstrapIntervals intervals_of(const Vector& draws, const Vector& left_out, double estimate, double level) {
  BootstrapIntervals intervals{};
  std::vector<double> finite = finite_of(draws);
  intervals.replicates = static_cast<int>(draws.size());
  intervals.failed = intervals.replicates - static_cast<int>(finite.size());
  intervals.percentile_low = intervals.percentile_high = intervals.std_error = missing_value;
  intervals.bca_low = intervals.bca_high = missing_value;
  if (finite.size() < 2) return intervals;
  intervals.std_error = standard_deviation(finite);
  if (finite.size() < fewest_draws) return intervals;
  std::sort(finite.begin(), finite.end());
  intervals.percentile_low = percentile_of_sorted(finite, 50 * (1 - level));
  intervals.percentile_high = percentile_of_sorted(finite, 50 * (1 + level));
  bias_corrected(finite, left_out, estimate, level, intervals);
  intervals.p_value = two_sided_share(draws);
  return intervals;
}

void say_failed_draws(const BootstrapIntervals& bootstrap, Diagnostics& notes) {
  const int left = bootstrap.replicates - bootstrap.failed;
  if (left < fewest_draws)
    notes.warning("mechanism.few_replicates",
                  std::to_string(left) + " bootstrap replicates are too few for an interval, which takes " +
                      std::to_string(fewest_draws) + ": the verdict is that of the tests",
                  {}, "take 1000 replicates or more");
  if (bootstrap.failed > 0)
    notes.warning("mechanism.failed_replicates",
                  std::to_string(bootstrap.failed) + " of " + std::to_string(bootstrap.replicates) +
                      " bootstrap replicates could not be estimated and are left out");
}

}  // namespace panelist
