// SPDX-License-Identifier: Apache-2.0
// Weights and scores of one pool (all rows, one year, one unit) from its normalised cells.
#pragma once
#include "index/index.h"
#include "index/nodes.h"

namespace panelist {

struct PoolScores {
  Vector weight;              // m, global, sums to 1
  Vector local;               // m, within the dimension (flat: global)
  Vector entropy;             // m, missing where the weighting has none
  Vector score;               // n
  Vector node_weight;         // per node
  Matrix contribution, part;  // n x nodes: part of the score; score in the node's own terms
  bool all_constant = false;
};

// n x m: x as normalised, of which scores are taken; z after the zero rule, of which weights are learned. constant:
// columns without variation (weight 0).
struct PoolCells {
  Matrix x, z;
  std::vector<bool> constant;
};
PoolScores score_pool(const PoolCells& cells, const IndexSystem& system, const IndexConventions& conventions,
                      const Weighting& weighting);

}  // namespace panelist
