// SPDX-License-Identifier: Apache-2.0
// What a generalised linear model sees of a frame: outcome, offset, weights by row.
#pragma once
#include "estimate/estimator.h"

namespace panelist::glm {

struct Sample {
  SharedVector outcome;
  Vector offset;   // or empty
  Vector weights;  // the user's, as used; or empty
  [[nodiscard]] Index rows() const { return outcome.size(); }
  [[nodiscard]] const double* weights_from(Index first) const {
    return weights.size() > 0 ? weights.data() + first : nullptr;
  }
  [[nodiscard]] double offset_at(Index i) const { return offset.size() > 0 ? offset(i) : 0.0; }
};

// Rows of a block, and how many blocks there are.
constexpr Index block_rows = 4096;
inline Index blocks_of(Index rows) { return (rows + block_rows - 1) / block_rows; }
inline Index rows_of(Index block, Index rows) { return std::min(block_rows, rows - block * block_rows); }

// Sum over blocks, folded in order: the same for any number of threads. body(first, rows) -> double
template <typename Body>
double sum_over_blocks(const Context& context, Index rows, const Body& body) {
  std::vector<double> parts(static_cast<std::size_t>(blocks_of(rows)));
  for_each_block(context, blocks_of(rows), [&](std::int64_t block) {
    parts[static_cast<std::size_t>(block)] = body(block * block_rows, rows_of(block, rows));
  });
  double sum = 0.0;
  for (const double part : parts) sum += part;
  return sum;
}

}  // namespace panelist::glm
