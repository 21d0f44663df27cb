// SPDX-License-Identifier: Apache-2.0
// How many null vectors three and more factors have beyond those that the two largest share, when the others have too
// many levels for conditions on cycles (rank.h).
//
//   contracted   two rows of one level of e and one of f that differ in one other factor only put two of its levels
//                equal in every null vector: such levels become one. Exact, one pass over the rows.
//   pairs        constant on the components that a factor forms with each of the two largest: counted, not searched.
//   projected    a - a^ is a null vector, when D a^ = D a: random a, a^ by the solver. The rank of what it says of the
//                other factors is their share of the null space, certain where the pivots leave a wide gap.
#pragma once
#include <vector>

#include "absorb/engine/layout.h"

namespace panelist::engine {

// Another factor with levels put equal: ids per row, numbered on.
struct ContractedFactor {
  std::vector<Level> level;
  Index levels = 0;
};
// `by` orders the rows by e, `f` are the levels of f per row, `others` the rest.
std::vector<ContractedFactor> contracted(const LevelOrder& by, const Level* f,
                                         const std::vector<Part>& others);

struct NullSpace {
  Index dimension = 0;
  bool certain = false;
};
// Of the null space of all `factors`, the part on the levels of `others` (positions).
NullSpace projected_null_space(const Context& context, const std::vector<AbsorbFactor>& factors,
                               const std::vector<std::size_t>& others);

}  // namespace panelist::engine
