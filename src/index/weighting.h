// SPDX-License-Identifier: Apache-2.0
// The catalog of weightings: what each sees and gives.
#pragma once
#include "index/index.h"

namespace panelist {

// What a weighting sees: columns that are not constant, of the reference rows.
struct WeightingInput {
  const Matrix& z;            // rows x m, normalised, after the rule for zeros
  const Matrix& raw;          // the same cells before normalising (of nodes: their scores)
  const IndexSystem& system;  // the m indicators, or the children of a node as such
  const IndexConventions& conventions;
};
struct WeightingOutput {
  Vector weight;                       // m, sums to one
  Vector entropy{};                    // of those that have it
  double consistency = missing_value;  // ratio CR of comparisons
};
// Sums over the reference rows by column, folded by blocks of rows_per_block rows: all that some weightings need.
struct WeightingSums {
  Index rows = 0;
  Vector z{}, z_log{};  // sum z, sum z ln z
  const IndexSystem& system;
};
struct Weighting {  // catalog entry of weightings
  std::string_view name, summary, source;
  WeightingOutput (*weigh)(const WeightingInput&) = nullptr;
  bool by_row = false;     // bod: every row is scored by weights of its own
  bool zero_rule = false;  // takes logarithms of shares: conventions.zero applies, cells must not be negative
  WeightingOutput (*of_sums)(const WeightingSums&) = nullptr;  // of those that need no more
};
const std::vector<Weighting>& weightings();
const Weighting* find_weighting(std::string_view name);

}  // namespace panelist
