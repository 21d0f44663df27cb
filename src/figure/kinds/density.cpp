// SPDX-License-Identifier: Apache-2.0
#include "figure/kinds/density.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace panelist::figure {

namespace {

constexpr std::size_t points = 256, bins = 4096, most_exact = 10'000;

// R's quantile type 7.
double quantile(const std::vector<double>& sorted, double share) {
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

double silverman_bandwidth(const std::vector<double>& sorted) {
  const auto n = static_cast<double>(sorted.size());
  const double mean = std::accumulate(sorted.begin(), sorted.end(), 0.0) / n;
  double squares = 0;
  for (const double value : sorted) squares += (value - mean) * (value - mean);
  const double sd = std::sqrt(squares / (n - 1));
  const double spread = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.34;
  return 0.9 * (spread > 0 ? std::min(sd, spread) : sd) * std::pow(n, -0.2);
}

struct Mass {
  std::vector<double> at, weight;
};

Mass binned(const std::vector<double>& sorted) {
  if (sorted.size() <= most_exact) return {sorted, std::vector<double>(sorted.size(), 1.0)};
  Mass mass{std::vector<double>(bins), std::vector<double>(bins, 0.0)};
  const double low = sorted.front(), step = (sorted.back() - low) / (bins - 1);
  for (std::size_t i = 0; i < bins; ++i) mass.at[i] = low + step * static_cast<double>(i);
  for (const double value : sorted) {
    const double place = (value - low) / step;
    const auto below = std::min(static_cast<std::size_t>(place), bins - 2);
    const double share = place - static_cast<double>(below);
    mass.weight[below] += 1 - share;
    mass.weight[below + 1] += share;
  }
  return mass;
}

}  // namespace

Density kernel_density(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  if (values.empty() || values.front() == values.back()) return {};
  Density density;
  const double h = density.bandwidth = silverman_bandwidth(values);
  const double from = values.front() - 3 * h, to = values.back() + 3 * h;
  const double scale = 1 / (static_cast<double>(values.size()) * h * std::sqrt(2 * std::numbers::pi));
  const Mass mass = binned(values);
  for (std::size_t i = 0; i < points; ++i) {
    const double x = from + (to - from) * static_cast<double>(i) / (points - 1);
    double sum = 0;
    for (std::size_t j = 0; j < mass.at.size(); ++j)
      if (const double z = (x - mass.at[j]) / h; std::abs(z) < 38)
        sum += mass.weight[j] * std::exp(-0.5 * z * z);
    density.x.push_back(x);
    density.y.push_back(sum * scale);
  }
  return density;
}

}  // namespace panelist::figure
