// SPDX-License-Identifier: Apache-2.0
// Principal components as a weighting: see the card of index.h.
#pragma once
#include "index/index.h"

namespace panelist {

// n x m, larger is better, as they are; constant columns are told apart by `varies`.
Matrix oriented_values(const Matrix& values, const IndexSystem& system);
std::vector<Index> varying_columns(const Matrix& values);
// Columns with mean 0 and n - 1 standard deviation 1.
Matrix standardised(const Matrix& values);

struct ComponentScores {
  PrincipalComponents components;  // loadings of the varying columns
  std::vector<Index> columns;      // varying columns
  Matrix z;                        // n x varying
  Vector coefficients;             // of F on z
  Vector score;                    // n, min-max
  Index worst = 0;                 // row with the smallest F
  double range = 0;                // max F - min F
};
ComponentScores component_scores(const Matrix& oriented);
// Smallest and largest part of F of a node, and its part in the worst row.
struct NodeRange {
  double low = 0, high = 0, worst = 0;
};
// What principal components learn of their rows.
struct LearnedComponents {
  PrincipalComponents components;
  std::vector<Index> columns;    // that vary
  Vector centre, spread;         // of these, oriented
  Vector coefficients;           // of F on z
  double low = 0, high = 0;      // of F
  std::vector<NodeRange> nodes;  // in the order of index_nodes
};
// Weights, scores, nodes and the stage "normalised" of a started result,
// of rows by what other rows taught (`frozen`), or they themselves. Answers what they learned.
LearnedComponents score_components(const IndexSystem& system, const Matrix& values,
                                   const LearnedComponents* frozen, IndexResult& result);

}  // namespace panelist
