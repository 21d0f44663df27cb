// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <vector>

#include "absorb/absorber.h"

namespace panelist {

// Component of every level of every factor with an intercept, named by a root node. At least one factor has one.
struct LevelComponents {
  std::vector<std::vector<Index>> root;  // per factor, per level
  Index nodes = 0;
};
LevelComponents level_components(const std::vector<AbsorbFactor>& factors);

// Effects fit the same when a constant moves from a later factor to the first one within a connected component (of the
// graph of all factors with intercepts). Moves them so that each later factor has mean zero over its levels in each
// component.
void normalise_effects(const std::vector<AbsorbFactor>& factors, std::vector<Matrix>& effects);

}  // namespace panelist
