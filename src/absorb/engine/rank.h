// SPDX-License-Identifier: Apache-2.0
// The exact rank of the dummies of several factors, without solving anything.
//
//   nullity = components of the graph of e and f + dimension of { g : the cycles of that graph leave g alone }
//
// A null vector gives every level a number so that each row adds up to zero. Levels of the two largest factors e and f
// follow from one another along rows; a cycle leaves one linear condition on g, the numbers of all other levels. The
// conditions are collected modulo the prime 2^31 - 1 until they leave only the constants of the other factors (the
// usual case, after few rows), or until a random solution g fits every row. Their rank modulo the prime is never above
// the true one, and below it only if the prime divides a minor: never seen. Weights do not enter.
#pragma once
#include <vector>

#include "absorb/engine/layout.h"

namespace panelist::engine {

// Components of the bipartite graph of two factors; stops as soon as one is left. `by` orders the rows by
// one, b are the levels of the other per row.
Index components_of(const LevelOrder& by, const Level* b, Index b_levels);
// The same from the cells in which they meet.
Index components_of(const Incidence& cells, Index b_levels);

// Redundant levels of each factor after those before it, in the order given. Where the others of three or more factors
// have too many levels, see null_space.h; `exact` is false when that cannot tell either (the largest pairwise count is
// given then, a lower bound).
// `known` is how the solver has laid out the same factors, when it has.
struct KnownCells {
  const Layout* layout = nullptr;
  const Cells* cells = nullptr;
};
std::vector<FactorDegrees> degrees_of(const Context& context, const std::vector<AbsorbFactor>& factors,
                                      const KnownCells& known = {});

}  // namespace panelist::engine
