// SPDX-License-Identifier: Apache-2.0
#include "index/normalise.h"
#include "index/normalise/normalise.h"

namespace panelist {
namespace {

bool towards_a_point(const Indicator& indicator) {
  return indicator.direction == '=' || indicator.direction == '~';
}

}  // namespace

ColumnScale learn_target(const Vector& reference, const Indicator& indicator) {
  ColumnScale scale = learn_min_max(reference, indicator);
  if (towards_a_point(indicator)) return scale;
  if (!std::isfinite(indicator.target))
    throw Error("index.target_required", "`" + indicator.code + "` has no target to measure the distance to",
                "give it a target, or choose another normalisation", "indicator " + indicator.code);
  scale.centre = indicator.target;
  scale.spread = indicator.direction == '-' ? scale.max - indicator.target : indicator.target - scale.min;
  scale.constant = !(scale.spread > 0);
  return scale;
}

Vector apply_target(const ColumnScale& scale, const VectorView& x, const Indicator& indicator) {
  if (towards_a_point(indicator)) return apply_min_max(scale, x, indicator);
  const Vector way =
      indicator.direction == '-' ? Vector(scale.max - x.array()) : Vector(x.array() - scale.min);
  return (way.array() / scale.spread).min(1);
}

ColumnScale learn_max(const Vector& reference, const Indicator& indicator) {
  ColumnScale scale = learn_min_max(reference, indicator);
  if (!towards_a_point(indicator) && !(scale.min > 0 || (indicator.direction == '+' && scale.min >= 0)))
    throw Error(
        "index.not_positive",
        "`" + indicator.code + "` has values that are not above zero, which have no share of the best",
        "use normalise = \"minmax\"", "indicator " + indicator.code);
  return scale;
}

Vector apply_max(const ColumnScale& scale, const VectorView& x, const Indicator& indicator) {
  if (towards_a_point(indicator)) return apply_min_max(scale, x, indicator);
  return indicator.direction == '-' ? Vector(scale.min / x.array()) : Vector(x / scale.max);
}

}  // namespace panelist
