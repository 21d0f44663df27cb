// SPDX-License-Identifier: Apache-2.0
#include "table/statistics.h"

#include <algorithm>
#include <cmath>

namespace panelist {

double percentile_of_sorted(const std::vector<double>& sorted, double p) {
  if (sorted.empty()) return missing_value;
  const auto n = static_cast<double>(sorted.size());
  double h = n * p / 100.0;
  // p comes out of shares such as 1 - 0.05: rounding must not turn an integer h into its upper neighbour.
  if (std::abs(h - std::round(h)) < 1e-9 * std::max(1.0, h)) h = std::round(h);
  if (h <= 0) return sorted.front();
  if (h >= n) return sorted.back();
  const auto below = static_cast<std::size_t>(std::floor(h));
  if (h == std::floor(h)) return (sorted[below - 1] + sorted[below]) / 2.0;
  return sorted[below];
}

namespace {

std::vector<double> sorted_present(const std::vector<double>& values) {
  std::vector<double> present;
  present.reserve(values.size());
  for (const double value : values) {
    if (!std::isnan(value)) present.push_back(value);
  }
  std::sort(present.begin(), present.end());
  return present;
}

struct Cuts {
  double low, high;
};

Cuts tail_cuts(const std::vector<double>& values, double share) {
  const std::vector<double> sorted = sorted_present(values);
  return {percentile_of_sorted(sorted, 100.0 * share), percentile_of_sorted(sorted, 100.0 * (1.0 - share))};
}

// Replaces what lies strictly outside the cuts and counts it.
template <typename Replacement>
std::vector<double> treat_tails(const std::vector<double>& values, double share, std::size_t* count,
                                Replacement replacement) {
  const Cuts cuts = tail_cuts(values, share);
  std::vector<double> treated = values;
  std::size_t touched = 0;
  for (double& value : treated) {
    if (!(value < cuts.low || value > cuts.high)) continue;  // also leaves missing alone
    value = replacement(value, cuts);
    ++touched;
  }
  if (count != nullptr) *count = touched;
  return treated;
}

struct Moments {
  double mean = missing_value, m2 = missing_value, m3 = missing_value, m4 = missing_value;
};

// Central moments in two passes, divided by n.
Moments central_moments(const std::vector<double>& present, double sum) {
  Moments moments;
  const auto n = static_cast<double>(present.size());
  moments.mean = sum / n;
  double rest = 0;
  for (const double value : present) rest += value - moments.mean;
  moments.mean += rest / n;
  double m2 = 0, m3 = 0, m4 = 0;
  for (const double value : present) {
    const double gap = value - moments.mean;
    m2 += gap * gap;
    m3 += gap * gap * gap;
    m4 += gap * gap * gap * gap;
  }
  moments.m2 = m2 / n;
  moments.m3 = m3 / n;
  moments.m4 = m4 / n;
  return moments;
}

}  // namespace

double percentile(std::vector<double> values, double p) {
  return percentile_of_sorted(sorted_present(values), p);
}

std::vector<double> winsorise(const std::vector<double>& values, double share, std::size_t* moved) {
  return treat_tails(values, share, moved,
                     [](double value, const Cuts& cuts) { return value < cuts.low ? cuts.low : cuts.high; });
}

std::vector<double> trim_tails(const std::vector<double>& values, double share, std::size_t* removed) {
  return treat_tails(values, share, removed, [](double, const Cuts&) { return missing_value; });
}

Summary summarise(const std::string& name, const std::vector<double>& values) {
  Summary summary;
  summary.name = name;
  const std::vector<double> sorted = sorted_present(values);
  summary.n = sorted.size();
  summary.missing = values.size() - sorted.size();
  if (sorted.empty()) return summary;
  summary.sum = 0;
  for (const double value : sorted) summary.sum += value;
  const Moments moments = central_moments(sorted, summary.sum);
  const auto n = static_cast<double>(summary.n);
  summary.mean = moments.mean;
  if (summary.n > 1) summary.sd = std::sqrt(moments.m2 * n / (n - 1));
  summary.min = sorted.front();
  summary.max = sorted.back();
  summary.p25 = percentile_of_sorted(sorted, 25);
  summary.p50 = percentile_of_sorted(sorted, 50);
  summary.p75 = percentile_of_sorted(sorted, 75);
  if (moments.m2 > 0) {
    summary.skewness = moments.m3 / std::pow(moments.m2, 1.5);
    summary.kurtosis = moments.m4 / (moments.m2 * moments.m2);
  }
  return summary;
}

}  // namespace panelist
