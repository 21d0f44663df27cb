// SPDX-License-Identifier: Apache-2.0
// Direction and scale of indicators; the rule for zeros.
#pragma once
#include "index/normalisation.h"

namespace panelist {

// Cells of a column under a learned scale. `moved`: cells beyond fixed goalposts (or beyond the learned ones under cap),
// set to them; `outside`: cells beyond learned goalposts, left there.
struct NormalisedColumn {
  Vector values;
  Index moved = 0, outside = 0;
};
NormalisedColumn scaled(const Normalisation& normalisation, const ColumnScale& scale, const VectorView& x,
                        const Indicator& indicator, bool cap);

// Larger is better: x, -x, or minus the distance to the target or the interval.
Vector oriented(const VectorView& x, const Indicator& indicator);
// The distance to the target or the interval.
Vector distance(const VectorView& x, const Indicator& indicator);
bool is_constant(double min, double max);
// (x - min)/(max - min); zeros when constant.
Vector rescaled(const Vector& x);
// (rank - 1)/(n - 1) with mean ranks.
Vector rank_shares(const Vector& x);

// "limit", a shift, "smooth:a" as z = shift + slope x'.
struct ZeroRule {
  double shift = 0, slope = 1;
};
std::optional<ZeroRule> zero_rule(const std::string& text);

}  // namespace panelist
