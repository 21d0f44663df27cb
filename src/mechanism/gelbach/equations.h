// SPDX-License-Identifier: Apache-2.0
// The short and the full regression of a decomposition on one frame, and which columns are whose.
#pragma once
#include "mechanism/gelbach.h"

namespace panelist {

struct GelbachEquations {
  Estimation full, shorter;
  // Positions among the estimated terms of the full model, a list a group.
  std::vector<std::vector<Index>> channels;
};
GelbachEquations gelbach_equations(const Context& context, const GelbachSpec& spec, const Table& table,
                                   const Panel* panel, Diagnostics& notes);

}  // namespace panelist
