// SPDX-License-Identifier: Apache-2.0
// Columns of a dense positive semidefinite matrix that are independent of those before them.
//
// A Cholesky factor is grown column by column. Where what is left of a column is too small for sums of squares to tell
// from rounding, `share_left` looks at its rows.
#pragma once
#include <functional>
#include <vector>

#include "linalg/matrix.h"

namespace panelist::engine {

struct KeptColumns {
  const std::vector<Index>& columns;
  Matrix transposed;  // of the Cholesky factor of their part of the matrix
  // h, one entry a column of the matrix, becomes the solution on the kept columns, zero elsewhere.
  void solve(Vector& h) const;
};
// Share of the sum of squares of column j that the kept ones leave, measured on the rows.
using ShareLeft = std::function<double(Index j, const KeptColumns& kept)>;

// `diagonal`: sums of squares of the columns before anything was eliminated.
std::vector<Index> independent_columns(const Matrix& S, const Vector& diagonal, const ShareLeft& share_left);

}  // namespace panelist::engine
