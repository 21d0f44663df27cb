// SPDX-License-Identifier: Apache-2.0
#include "infer/vcov/kernel.h"

#include <cmath>
#include <numbers>

namespace panelist {
namespace {

double parzen(double z) {
  if (z >= 1) return 0;
  return z <= 0.5 ? 1 - 6 * z * z * (1 - z) : 2 * (1 - z) * (1 - z) * (1 - z);
}

double quadratic_spectral(double z) {
  const double a = 1.2 * std::numbers::pi * z;
  return 3 / (a * a) * (std::sin(a) / a - std::cos(a));
}

}  // namespace

double kernel_weight(std::string_view kernel, std::int64_t lag, double lags) {
  const auto distance = static_cast<double>(lag);
  if (lag == 0) return 1;
  const double z = distance / (lags + 1);
  if (kernel == "qs") return quadratic_spectral(z);
  if (distance > lags) return 0;
  if (kernel == "parzen") return parzen(z);
  return kernel == "truncated" ? 1 : 1 - z;
}

double default_lags(double periods) { return std::floor(4 * std::pow(periods / 100, 2.0 / 9)); }

// With V_i = s_i/2 + sum over earlier rows of the series of weight times their scores: S'V + V'S.
Matrix autocovariance_meat(const Series& sorted, std::string_view kernel, double lags) {
  const Matrix scores = sorted.scores.transpose();
  Matrix before = 0.5 * scores;
  for (Index i = 0; i < scores.cols(); ++i) {
    const auto row = static_cast<std::size_t>(i);
    for (Index j = i - 1; j >= 0; --j) {
      const auto earlier = static_cast<std::size_t>(j);
      if (sorted.series[earlier] != sorted.series[row]) break;
      const std::int64_t lag = sorted.time[row] - sorted.time[earlier];
      if (kernel != "qs" && static_cast<double>(lag) > lags) break;
      before.col(i) += kernel_weight(kernel, lag, lags) * scores.col(j);
    }
  }
  const Matrix half = scores * before.transpose();
  return half + half.transpose();
}

}  // namespace panelist
