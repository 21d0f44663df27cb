// SPDX-License-Identifier: Apache-2.0
// Connected components of graphs whose nodes are levels of factors and whose edges are rows.
#pragma once
#include <vector>

#include "linalg/levels.h"

namespace panelist {

class DisjointSets {
 public:
  explicit DisjointSets(Index size);
  Index find(Index node);
  // True when they were apart.
  bool join(Index a, Index b);

 private:
  std::vector<Index> parent_;
};

// Component of each level of `a` (ids 0 .. count-1 in order of first level) and of each level of `b`.
struct BipartiteComponents {
  Level count = 0;
  std::vector<Level> of_a, of_b;
};

BipartiteComponents bipartite_components(const Levels& a, const Levels& b, Level a_levels, Level b_levels);

}  // namespace panelist
