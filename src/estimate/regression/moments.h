// SPDX-License-Identifier: Apache-2.0
// Weighted sums of one column over blocks of rows, folded in order: the same for any number of threads.
#pragma once
#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist {

// Of w and v: sum w, mean, sum w v^2, sum w (v - mean)^2 (two passes over each block, blocks joined by Chan's rule).
struct Moments {
  double weight = 0, mean = 0, square = 0, variation = 0;
  void join(const Moments& other);
};

constexpr Index moment_rows = 8192;
inline Index moment_blocks(Index rows) { return (rows + moment_rows - 1) / moment_rows; }

Moments moments_of_block(const double* values, const double* weights, Index rows);
Moments moments_of(const Context& context, const VectorView& v, const VectorView& w);
double square_of(const Context& context, const VectorView& v, const VectorView& w);

}  // namespace panelist
