// SPDX-License-Identifier: Apache-2.0
// The normalisations of the catalog: formulas in index/normalisation.h.
#pragma once
#include "index/normalisation.h"

namespace panelist {

// Smallest and largest value, constant when nothing varies.
ColumnScale observed_range(const Vector& x);

ColumnScale learn_min_max(const Vector& reference, const Indicator&);
Vector apply_min_max(const ColumnScale&, const VectorView& x, const Indicator&);
ColumnScale learn_z_scores(const Vector& reference, const Indicator&);
Vector apply_z_scores(const ColumnScale&, const VectorView& x, const Indicator&);
ColumnScale learn_order(const Vector& reference, const Indicator&);
Vector apply_rank(const ColumnScale&, const VectorView& x, const Indicator&);
Vector apply_percentile(const ColumnScale&, const VectorView& x, const Indicator&);
Vector apply_borda(const ColumnScale&, const VectorView& x, const Indicator&);
ColumnScale learn_target(const Vector& reference, const Indicator&);
Vector apply_target(const ColumnScale&, const VectorView& x, const Indicator&);
ColumnScale learn_max(const Vector& reference, const Indicator&);
Vector apply_max(const ColumnScale&, const VectorView& x, const Indicator&);
ColumnScale learn_none(const Vector& reference, const Indicator&);
Vector apply_none(const ColumnScale&, const VectorView& x, const Indicator&);

}  // namespace panelist
