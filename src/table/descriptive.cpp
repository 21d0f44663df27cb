// SPDX-License-Identifier: Apache-2.0
#include "table/descriptive.h"

#include <numeric>

#include "base/distribution.h"
#include "table/statistics.h"

namespace panelist {

namespace {

// 1-based ranks, ties at their mean.
std::vector<double> average_ranks(const std::vector<double>& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
  std::vector<double> ranks(values.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin + 1;
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    for (std::size_t i = begin; i < end; ++i) ranks[order[i]] = 0.5 * static_cast<double>(begin + end + 1);
    begin = end;
  }
  return ranks;
}

double mean_of(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double pearson(const std::vector<double>& x, const std::vector<double>& y) {
  const double x_mean = mean_of(x), y_mean = mean_of(y);
  double xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double a = x[i] - x_mean, b = y[i] - y_mean;
    xx += a * a, yy += b * b, xy += a * b;
  }
  const double spread = std::sqrt(xx) * std::sqrt(yy);
  return spread > 0 ? std::clamp(xy / spread, -1.0, 1.0) : missing_value;
}

GroupMean group_mean(const std::vector<double>& values) {
  const Summary summary = summarise("", values);
  return {summary.n, summary.mean, summary.sd};
}

}  // namespace

Association associate(const std::vector<double>& x, const std::vector<double>& y, AssociationKind kind) {
  std::vector<double> a, b;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (!std::isnan(x[i]) && !std::isnan(y[i])) a.push_back(x[i]), b.push_back(y[i]);
  Association out;
  out.n = a.size();
  if (out.n < 3) return out;
  out.r = kind == AssociationKind::pearson ? pearson(a, b) : pearson(average_ranks(a), average_ranks(b));
  const double df = static_cast<double>(out.n) - 2;
  if (std::abs(out.r) >= 1)
    out.p = 0;
  else if (!std::isnan(out.r))
    out.p = t_two_sided(out.r * std::sqrt(df / ((1 - out.r) * (1 + out.r))), df);
  return out;
}

Balance balance(const std::string& name, const std::vector<double>& first,
                const std::vector<double>& second) {
  Balance out;
  out.name = name;
  out.first = group_mean(first);
  out.second = group_mean(second);
  out.difference = out.first.mean - out.second.mean;
  if (out.first.n < 2 || out.second.n < 2) return out;
  const double v1 = out.first.sd * out.first.sd, v2 = out.second.sd * out.second.sd;
  const auto n1 = static_cast<double>(out.first.n), n2 = static_cast<double>(out.second.n);
  if (!(v1 + v2 > 0)) return out;
  out.normalised = out.difference / std::sqrt((v1 + v2) / 2);
  const double e1 = v1 / n1, e2 = v2 / n2;
  out.std_error = std::sqrt(e1 + e2);
  out.df = (e1 + e2) * (e1 + e2) / (e1 * e1 / (n1 - 1) + e2 * e2 / (n2 - 1));
  out.t = out.difference / out.std_error;
  out.p = t_two_sided(out.t, out.df);
  return out;
}

namespace {

// Of the slope on the group: each value less its group's mean, over the group's size.
void add_influences(const Clustered& group, const GroupMean& mean, double sign,
                    std::map<std::int32_t, double>& sums) {
  for (std::size_t i = 0; i < group.values.size(); ++i)
    if (!std::isnan(group.values[i]))
      sums[group.cluster[i]] += sign * (group.values[i] - mean.mean) / static_cast<double>(mean.n);
}

}  // namespace

Balance balance_by_cluster(const std::string& name, const Clustered& first, const Clustered& second) {
  Balance out = balance(name, first.values, second.values);
  out.std_error = out.t = out.df = out.p = missing_value;
  std::map<std::int32_t, double> sums;
  add_influences(first, out.first, 1, sums);
  add_influences(second, out.second, -1, sums);
  out.clusters = sums.size();
  const auto n = static_cast<double>(out.first.n + out.second.n), g = static_cast<double>(sums.size());
  if (std::isnan(out.normalised) || n < 3 || g < 2) return out;
  double squares = 0;
  for (const auto& [cluster, sum] : sums) squares += sum * sum;
  if (!(squares > 0)) return out;
  out.std_error = std::sqrt(squares * g / (g - 1) * (n - 1) / (n - 2));
  out.df = g - 1;
  out.t = out.difference / out.std_error;
  out.p = t_two_sided(out.t, out.df);
  return out;
}

std::vector<double> ranks_down(const std::vector<double>& values) {
  std::vector<double> sorted;
  for (const double value : values)
    if (!std::isnan(value)) sorted.push_back(value);
  std::sort(sorted.begin(), sorted.end());
  std::vector<double> ranks;
  for (const double value : values)
    ranks.push_back(
        std::isnan(value)
            ? missing_value
            : 1 + static_cast<double>(sorted.end() - std::upper_bound(sorted.begin(), sorted.end(), value)));
  return ranks;
}

std::vector<int> quantile_states(const std::vector<double>& values, int states) {
  std::vector<double> cuts;
  for (int k = 1; k < states; ++k) cuts.push_back(percentile(values, 100.0 * k / states));
  std::vector<int> out;
  for (const double value : values)
    out.push_back(std::isnan(value) ? 0
                                    : 1 + static_cast<int>(std::lower_bound(cuts.begin(), cuts.end(), value) -
                                                           cuts.begin()));
  return out;
}

Transitions transitions(const Panel& panel, const std::vector<int>& state,
                        const std::vector<std::size_t>& from, const Moves& moves) {
  const auto size = static_cast<std::size_t>(moves.states);
  Transitions counts(size, std::vector<double>(size, 0.0));
  for (const std::size_t row : from) {
    const std::int64_t later = panel.row_of(panel.unit[row], panel.time[row] + moves.steps * panel.step);
    if (later < 0) continue;
    const int before = state[row], after = state[static_cast<std::size_t>(later)];
    if (before == 0 || after == 0) continue;
    ++counts[static_cast<std::size_t>(before - 1)][static_cast<std::size_t>(after - 1)];
  }
  return counts;
}

}  // namespace panelist
