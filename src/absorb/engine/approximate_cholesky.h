// SPDX-License-Identifier: Apache-2.0
// Randomised approximate Cholesky of a graph Laplacian: M = L D L' with about as many entries as the graph has edges.
//
// Levels are eliminated by least current degree. The clique that elimination of v leaves among its neighbours is
// replaced by a random tree with the same expectation: neighbours in order of rising weight, each joined to one of
// the later ones drawn by weight,
//
//   edge (a, b) of weight w_a S_a / W,   S_a = weight after a, W = weight of v,   b drawn with probability w_b / S_a
//
// Degree one leaves nothing and degree two one exact edge, so that trees and paths are solved exactly, and cycles too.
// Draws come from a counter-based generator: the same factor for any number of threads. Any number of components.
// Source  Kyng and Sachdeva (2016); Gao, Kyng and Spielman (2023). Cost  m log m once, twice the entries a solution.
#pragma once
#include <cstdint>
#include <vector>

#include "absorb/engine/level_order.h"
#include "absorb/engine/row_block.h"

namespace panelist::engine {

// Of the draws, and of the probes that decide whether a graph gets a factor.
inline constexpr std::uint64_t graph_seed = 20260101;
// A factor costs about this many touched entries per edge to build.
inline constexpr double entries_per_edge = 60.0;

struct Edge {
  std::int32_t a, b;
  double weight;
};

class ApproximateCholesky {
 public:
  ApproximateCholesky() = default;
  // Parallel edges are allowed, loops are ignored.
  ApproximateCholesky(Index vertices, const std::vector<Edge>& edges, std::uint64_t seed);
  // x = M^+ r up to a constant in each component; rows first .. first + vertices of the blocks.
  void solve(const RowBlock& r, RowBlock& x, Index first) const;
  [[nodiscard]] Index entries() const { return static_cast<Index>(neighbour_.size()); }
  [[nodiscard]] Index vertices() const { return static_cast<Index>(vertex_.size()); }

 private:
  std::vector<std::int32_t> vertex_;     // in order of elimination
  std::vector<std::uint32_t> starts_;    // of its column
  std::vector<std::int32_t> neighbour_;  // by place in the order
  std::vector<double> share_;            // w_a / W
  std::vector<double> inverse_pivot_;    // 1 / W, 0 for the last of a component
};

}  // namespace panelist::engine
