// SPDX-License-Identifier: Apache-2.0
// Rows by level of a factor: the compressed rows of an incidence matrix.
#pragma once
#include <cstdint>
#include <vector>

#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist::engine {

using Offset = std::uint32_t;  // position of a row or cell: fewer than 2^32 of them

// Weights are an array, or null when all are one.
inline double weight_of(const double* weight, std::size_t k) { return weight != nullptr ? weight[k] : 1.0; }

struct LevelOrder {
  bool sorted = false;         // rows already stand by level: `rows` is empty, position = row
  std::vector<Offset> starts;  // levels + 1
  std::vector<Offset> rows;    // positions by level, ascending within a level
};

LevelOrder order_by_level(const Context& context, const Level* level, Index n, Index levels);

// Cuts levels 0 .. levels-1 into `blocks` ranges of nearly equal numbers of entries: blocks + 1 ends.
std::vector<Index> balanced_cuts(const Offset* starts, Index levels, Index blocks);

// Blocks for a pass of `entries` that scatters into private copies of `targets` rows. Depends on sizes only, never on
// threads, so that sums fold in one order; copies stay a small share of the pass.
Index scatter_blocks(Index entries, Index targets);

// The context for a pass of that many entries: small passes are not worth a thread.
Context crew_for(const Context& context, Index entries);

}  // namespace panelist::engine
