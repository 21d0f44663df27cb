// SPDX-License-Identifier: Apache-2.0
#include "index/normalise.h"

#include "base/text.h"
#include "index/available.h"

namespace panelist {
namespace {

double target_of(const Indicator& indicator) {
  if (std::isfinite(indicator.target)) return indicator.target;
  throw Error("index.target_required", "`" + indicator.code + "` has the direction `=` and no target",
              "give it a target, or the direction + or -", "indicator " + indicator.code);
}

void check_interval(const Indicator& indicator) {
  if (indicator.low <= indicator.high) return;
  throw Error("index.interval_required", "`" + indicator.code + "` has the direction `~` and no interval",
              "give it the two ends, low not above high", "indicator " + indicator.code);
}

}  // namespace

Vector distance(const VectorView& x, const Indicator& indicator) {
  if (indicator.direction == '=') return (x.array() - target_of(indicator)).abs();
  check_interval(indicator);
  return (indicator.low - x.array()).max(x.array() - indicator.high).max(0.0);
}

bool is_constant(double min, double max) {
  return !(max - min > 1e-13 * std::max(std::abs(min), std::abs(max)));
}

Vector oriented(const VectorView& x, const Indicator& indicator) {
  if (indicator.direction == '+') return x;
  return indicator.direction == '-' ? Vector(-x) : Vector(-distance(x, indicator));
}

namespace {

// Cells that are missing stay so.
NormalisedColumn scaled_observed(const Normalisation& normalisation, const ColumnScale& scale,
                                 const VectorView& x, const Indicator& indicator, bool cap) {
  const std::vector<Index> seen = observed_cells(x);
  NormalisedColumn column = scaled(normalisation, scale, Vector(x(seen)), indicator, cap);
  const Vector values = column.values;
  column.values = Vector::Constant(x.size(), missing_value);
  column.values(seen) = values;
  return column;
}

}  // namespace

NormalisedColumn scaled(const Normalisation& normalisation, const ColumnScale& scale, const VectorView& x,
                        const Indicator& indicator, bool cap) {
  NormalisedColumn column;
  if (!x.allFinite()) return scaled_observed(normalisation, scale, x, indicator, cap);
  if (scale.constant) {
    column.values = Vector::Zero(x.size());
    return column;
  }
  column.values = normalisation.apply(scale, x, indicator);
  if (!normalisation.unit_range) return column;
  const bool fixed = indicator.min.has_value() || indicator.max.has_value();
  const Index beyond = (column.values.array() < 0 || column.values.array() > 1).count();
  (cap || fixed ? column.moved : column.outside) = beyond;
  if (cap || fixed) column.values = column.values.array().max(0).min(1);
  return column;
}

Vector rescaled(const Vector& x) {
  const double min = x.minCoeff(), max = x.maxCoeff();
  if (is_constant(min, max)) return Vector::Zero(x.size());
  return (x.array() - min) / (max - min);
}

Vector rank_shares(const Vector& x) {
  const Normalisation& ranks = *find_normalisation("rank");
  return ranks.apply(ranks.learn(x, Indicator{}), x, Indicator{});
}

std::optional<ZeroRule> zero_rule(const std::string& text) {
  if (text == "limit") return ZeroRule{};
  const bool smooth = text.rfind("smooth:", 0) == 0;
  const std::optional<double> a = parse_number(smooth ? text.substr(7) : text);
  if (!a.has_value() || !(*a >= 0) || (smooth && *a >= 1)) return std::nullopt;
  return smooth ? ZeroRule{*a, 1 - *a} : ZeroRule{*a, 1};
}

}  // namespace panelist
