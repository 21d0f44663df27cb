// SPDX-License-Identifier: Apache-2.0
#include "index/normalise.h"

#include <numeric>

#include "base/text.h"

namespace panelist {
namespace {

double target_of(const Indicator& indicator) {
  if (std::isfinite(indicator.target)) return indicator.target;
  throw Error("index.target_required", "`" + indicator.code + "` has the direction `=` and no target",
              "give it a target, or the direction + or -", "indicator " + indicator.code);
}

// Distance to the target as a share of the largest one.
Vector near_target(const Vector& x, double target, bool& constant) {
  const Vector distance = (x.array() - target).abs();
  constant = is_constant(x.minCoeff(), x.maxCoeff()) || !(distance.maxCoeff() > 0);
  if (constant) return Vector::Zero(x.size());
  return 1 - distance.array() / distance.maxCoeff();
}

void min_max(const Vector& x, const Indicator& indicator, NormalisedColumn& column) {
  if (indicator.direction == '=') {
    column.values = near_target(x, target_of(indicator), column.constant);
    return;
  }
  column.min = indicator.min.value_or(column.min);
  column.max = indicator.max.value_or(column.max);
  column.constant = is_constant(column.min, column.max);
  if (column.constant) return;
  const Vector share = (x.array() - column.min) / (column.max - column.min);
  column.moved = (share.array() < 0 || share.array() > 1).count();
  column.values = share.array().max(0).min(1);
  if (indicator.direction == '-') column.values = 1 - column.values.array();
}

// (rank - 1)/(n - 1), ties share their mean rank.
Vector rank_shares(const Vector& x) {
  std::vector<Index> order(static_cast<std::size_t>(x.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return x(a) < x(b); });
  Vector shares(x.size());
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t end = begin;
    while (end < order.size() && x(order[end]) == x(order[begin])) ++end;
    const double mean_rank = (static_cast<double>(begin) + static_cast<double>(end) - 1) / 2;
    for (std::size_t i = begin; i < end; ++i)
      shares(order[i]) = mean_rank / static_cast<double>(x.size() - 1);
    begin = end;
  }
  return shares;
}

Vector z_scores(const Vector& x) {
  const Vector centred = x.array() - x.mean();
  return centred / std::sqrt(centred.squaredNorm() / static_cast<double>(x.size() - 1));
}

}  // namespace

bool is_constant(double min, double max) {
  return !(max - min > 1e-13 * std::max(std::abs(min), std::abs(max)));
}

Vector oriented(const Vector& x, const Indicator& indicator) {
  if (indicator.direction == '-') return -x;
  if (indicator.direction == '=') return -(x.array() - target_of(indicator)).abs();
  return x;
}

NormalisedColumn normalised(const Vector& x, const Indicator& indicator, const std::string& scale) {
  NormalisedColumn column;
  column.min = x.minCoeff();
  column.max = x.maxCoeff();
  column.constant = is_constant(column.min, column.max);
  column.values = Vector::Zero(x.size());
  if (scale == "minmax") {
    min_max(x, indicator, column);
  } else if (const Vector better = oriented(x, indicator);
             !(column.constant = column.constant || is_constant(better.minCoeff(), better.maxCoeff()))) {
    column.values = scale == "zscore" ? z_scores(better) : scale == "rank" ? rank_shares(better) : better;
  }
  return column;
}

Vector rescaled(const Vector& x) {
  const double min = x.minCoeff(), max = x.maxCoeff();
  if (is_constant(min, max)) return Vector::Zero(x.size());
  return (x.array() - min) / (max - min);
}

std::optional<ZeroRule> zero_rule(const std::string& text) {
  if (text == "limit") return ZeroRule{};
  const bool smooth = text.rfind("smooth:", 0) == 0;
  const std::optional<double> a = parse_number(smooth ? text.substr(7) : text);
  if (!a.has_value() || !(*a >= 0) || (smooth && *a >= 1)) return std::nullopt;
  return smooth ? ZeroRule{*a, 1 - *a} : ZeroRule{*a, 1};
}

}  // namespace panelist
