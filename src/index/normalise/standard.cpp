// SPDX-License-Identifier: Apache-2.0
#include "index/normalise.h"
#include "index/normalise/normalise.h"

namespace panelist {

ColumnScale learn_none(const Vector& reference, const Indicator& indicator) {
  ColumnScale scale = observed_range(reference);
  const Vector better = oriented(reference, indicator);
  scale.constant = scale.constant || is_constant(better.minCoeff(), better.maxCoeff());
  return scale;
}

Vector apply_none(const ColumnScale& /*scale*/, const VectorView& x, const Indicator& indicator) {
  return oriented(x, indicator);
}

ColumnScale learn_z_scores(const Vector& reference, const Indicator& indicator) {
  ColumnScale scale = learn_none(reference, indicator);
  const Vector better = oriented(reference, indicator);
  scale.centre = better.mean();
  const Vector centred = better.array() - scale.centre;
  if (!scale.constant)
    scale.spread = std::sqrt(centred.squaredNorm() / static_cast<double>(reference.size() - 1));
  return scale;
}

Vector apply_z_scores(const ColumnScale& scale, const VectorView& x, const Indicator& indicator) {
  return (oriented(x, indicator).array() - scale.centre) / scale.spread;
}

}  // namespace panelist
