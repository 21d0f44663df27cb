// SPDX-License-Identifier: Apache-2.0
// Which effects absorb a column that all of them together do: the fewest, in the order given. One effect is tried
// before two, two before all.
#pragma once
#include "estimate/fit.h"

namespace panelist {

struct AbsorbedColumn {
  std::string name;
  SharedVector given;  // before absorption
  double limit = 0.0;  // weighted norm that counts as nothing left
};

std::vector<DroppedTerm> absorbed_terms(const Context& context, const std::vector<AbsorbFactor>& factors,
                                        const Vector& weights, const std::vector<AbsorbedColumn>& columns);

}  // namespace panelist
