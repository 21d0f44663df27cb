// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "index/normalise.h"
#include "index/normalise/normalise.h"

namespace panelist {
namespace {

bool towards_a_point(const Indicator& indicator) {
  return indicator.direction == '=' || indicator.direction == '~';
}

// Fixed ends that leave no room between them, or beyond the values observed at the other end.
void check_goalposts(const ColumnScale& scale, const Indicator& indicator) {
  const bool both = indicator.min.has_value() && indicator.max.has_value();
  const bool one = indicator.min.has_value() || indicator.max.has_value();
  if (!one || scale.min < scale.max || (!both && scale.min == scale.max)) return;
  throw Error("index.goalposts",
              "the goalposts of `" + indicator.code + "` leave no room: min " + shortest(scale.min) +
                  ", max " + shortest(scale.max) + (both ? "" : " (one of them observed)"),
              "min lies below max; a smaller value that is better takes the direction -",
              "indicator " + indicator.code);
}

}  // namespace

ColumnScale observed_range(const Vector& x) {
  ColumnScale scale;
  scale.min = x.minCoeff();
  scale.max = x.maxCoeff();
  scale.constant = is_constant(scale.min, scale.max);
  return scale;
}

ColumnScale learn_min_max(const Vector& reference, const Indicator& indicator) {
  ColumnScale scale = observed_range(reference);
  if (towards_a_point(indicator)) {
    scale.spread = distance(reference, indicator).maxCoeff();
    scale.constant = scale.constant || !(scale.spread > 0);
    return scale;
  }
  scale.min = indicator.min.value_or(scale.min);
  scale.max = indicator.max.value_or(scale.max);
  check_goalposts(scale, indicator);
  scale.constant = is_constant(scale.min, scale.max);
  return scale;
}

Vector apply_min_max(const ColumnScale& scale, const VectorView& x, const Indicator& indicator) {
  if (towards_a_point(indicator)) return 1 - distance(x, indicator).array() / scale.spread;
  const Vector share = (x.array() - scale.min) / (scale.max - scale.min);
  return indicator.direction == '-' ? Vector(1 - share.array()) : share;
}

}  // namespace panelist
