// SPDX-License-Identifier: Apache-2.0
// Weights learned from the normalised cells of reference rows, and the scores they give to any rows.
#pragma once
#include "index/aggregation.h"
#include "index/nodes.h"
#include "index/weighting.h"

namespace panelist {

// n x m: x as normalised, of which scores are taken; z after the zero rule, of which weights are learned; raw before
// normalising. constant: columns without variation (weight 0).
struct PoolCells {
  Matrix x, z, raw;
  std::vector<bool> constant;
};

struct LearnedWeights {
  Vector weight;                                         // m, global, sums to 1
  Vector local;                                          // m, within the dimension (flat: global)
  Vector entropy;                                        // m, missing where the weighting has none
  Vector node_weight;                                    // per node
  Vector upper;                                          // two-step: of the dimensions
  std::vector<std::pair<double, double>> upper_range{};  // two-step, renormalised: smallest and largest score
  std::vector<AggregationFrame> frames{};  // per node, then the index; empty for arithmetic means
  std::vector<std::pair<std::string, double>> consistency{};
  bool all_constant = false;
};

struct PoolScores {
  Vector score;  // n
  Matrix contribution,
      part;  // n x nodes: part of the score (missing when it is no sum); score in the node's own terms
};

struct WeighingPlan {
  const IndexSystem& system;
  const IndexConventions& conventions;
  const Weighting& weighting;
};

// Weights of the columns `kept` (the others have none), within dimensions and by node; nothing else.
LearnedWeights weights_of_columns(const std::vector<Index>& kept, const WeightingOutput& out,
                                  const WeighingPlan& plan);
// Given weights of indicators (sum 1) with those of dimensions and nodes that follow from them.
LearnedWeights weights_as_learned(const Vector& weight, const IndexSystem& system);
// Positions of the columns that vary.
std::vector<Index> varying(const std::vector<Index>& columns, const std::vector<bool>& constant);
std::vector<Index> all_columns(Index count);

LearnedWeights learn_weights(const PoolCells& reference, const WeighingPlan& plan);
PoolScores score_rows(const Matrix& x, const LearnedWeights& learned, const IndexSystem& system,
                      const IndexConventions& conventions);

// Sums of products, plain means where there is no weight: what scores of nodes are made of.
double sum_over(const std::vector<Index>& columns, const Vector& values);
Vector weighted_sum(const std::vector<Index>& columns, const Matrix& cells, const Vector& weight);

// Weights of the columns listed, summing to one over them; columns without variation get none. When none varies, all
// get the same and the answer is false.
bool weigh_columns(const std::vector<Index>& columns, const PoolCells& cells, const WeighingPlan& plan,
                   LearnedWeights& learned, Vector& weight);

}  // namespace panelist
