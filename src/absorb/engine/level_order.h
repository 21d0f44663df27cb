// SPDX-License-Identifier: Apache-2.0
// Rows by level of a factor: the compressed rows of an incidence matrix.
#pragma once
#include <algorithm>
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

// Stable counting sort: place(i, position) for i = 0 .. n-1; returns where each level starts. Blocks of i count and
// place side by side.
template <typename Place>
std::vector<Offset> counting_order(const Context& context, const Level* level, Index n, Index levels,
                                   const Place& place);

// Cuts levels 0 .. levels-1 into `blocks` ranges of nearly equal numbers of entries: blocks + 1 ends.
std::vector<Index> balanced_cuts(const Offset* starts, Index levels, Index blocks);

// Blocks for a pass of `entries` that scatters into private copies of `targets` rows. Depends on sizes only, never on
// threads, so that sums fold in one order; copies stay a small share of the pass.
Index scatter_blocks(Index entries, Index targets);

// The context for a pass of that many entries: small passes are not worth a thread.
Context crew_for(const Context& context, Index entries);

template <typename Place>
std::vector<Offset> counting_order(const Context& context, const Level* level, Index n, Index levels,
                                   const Place& place) {
  const Index blocks = std::min<Index>(scatter_blocks(n, levels), 4);
  const auto size = static_cast<std::size_t>(levels);
  std::vector<std::vector<Offset>> next(static_cast<std::size_t>(blocks), std::vector<Offset>(size, 0));
  const Context crew = crew_for(context, n);
  for_each_block(crew, blocks, [&](std::int64_t b) {
    Offset* const count = next[static_cast<std::size_t>(b)].data();
    for (Index i = n * b / blocks; i < n * (b + 1) / blocks; ++i) ++count[level[i]];
  });
  std::vector<Offset> starts(size + 1, 0);
  Offset at = 0;
  for (std::size_t l = 0; l < size; ++l) {
    starts[l] = at;
    for (std::vector<Offset>& of_block : next) {
      const Offset count = of_block[l];
      of_block[l] = at;
      at += count;
    }
  }
  starts[size] = at;
  for_each_block(crew, blocks, [&](std::int64_t b) {
    Offset* const to = next[static_cast<std::size_t>(b)].data();
    for (Index i = n * b / blocks; i < n * (b + 1) / blocks; ++i) place(i, to[level[i]]++);
  });
  return starts;
}

}  // namespace panelist::engine
