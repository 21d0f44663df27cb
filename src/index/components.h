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
// Weights, scores, nodes and the stage "normalised" of a started result.
void score_components(const IndexSystem& system, const Matrix& values, IndexResult& result);

}  // namespace panelist
