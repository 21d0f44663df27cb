// SPDX-License-Identifier: Apache-2.0
// The whole tree: weights of every node's children, and means that differ by level.
#pragma once
#include "index/weigh.h"

namespace panelist {

// Is every score a weighted sum of indicators, whatever the levels?
bool arithmetic_throughout(const IndexConventions& conventions);
// Weights of every node's own children, from the lowest level up.
LearnedWeights learn_tree(const PoolCells& reference, const WeighingPlan& plan);
// What aggregations learn at every node, the index last.
std::vector<AggregationFrame> learn_frames(const Matrix& x, const Vector& weight, const IndexSystem& system,
                                           const IndexConventions& conventions);
PoolScores score_tree(const Matrix& x, const LearnedWeights& learned, const IndexSystem& system,
                      const IndexConventions& conventions);
// Node levels below the index: 0 flat, 1 dimensions, 2 sub-dimensions, ...
int height_of(const std::vector<Node>& nodes);

}  // namespace panelist
