// SPDX-License-Identifier: Apache-2.0
// Benefit of the doubt: every row gets the weights that make its own score largest while no reference row scores above
// one under them.
//
//   S_i = max_w w'x_i  subject to  w'x_k <= 1 for every reference row k, w >= 0
//   and, where asked for, low <= w_j x_ij / w'x_i <= high for every indicator j
// Shapes  x of n x m cells not below zero
// Cost    a simplex of m columns and one row for each reference row that no other one dominates, by row
// Errors  index.negative_values; index.infeasible_shares (m low > 1, m high < 1: no weights but zero)
// Source  Melyn and Moesen (1991); Cherchye, Moesen, Rogge and Van Puyenbroeck (2007)
#pragma once
#include "linalg/matrix.h"

namespace panelist {

struct ShareBounds {
  double low = 0, high = 1;
};
struct Envelope {
  Vector score;    // n
  Matrix weights;  // n x m, each row's own
};
Envelope benefit_of_the_doubt(const Matrix& x, const Matrix& reference, const ShareBounds& bounds);

// Largest c'w subject to A w <= b, w >= 0, b >= 0. Throws index.unbounded when there is none.
Vector largest(const Vector& c, const Matrix& a, const Vector& b);

}  // namespace panelist
