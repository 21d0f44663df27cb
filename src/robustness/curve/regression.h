// SPDX-License-Identifier: Apache-2.0
// One least squares in the coordinates of a basis: a few dozen numbers in place of all rows.
#pragma once
#include <string>
#include <vector>

#include "linalg/matrix.h"

namespace panelist {

// Columns of R that enter, in the order of the formula; `term` is the position of the term among them.
struct SmallRegression {
  const Matrix* R = nullptr;
  const Vector* rounding = nullptr;
  std::vector<Index> columns;
  Index term = 0;
  Vector outcome;        // its coordinates
  double remainder = 0;  // norm of what the basis leaves of it
};

struct SmallSolution {
  enum class Kind { solved, term_dropped, unclear } kind = Kind::solved;
  std::vector<Index> kept;     // positions among the columns
  std::vector<Index> dropped;  // likewise
  double estimate = 0, bread = 0;
  double square = 0;            // of the residuals, weighted
  Vector direction;             // c: of the term's column of X (X'WX)^-1
  Vector residual;              // d: of the residual
  Matrix triangle, orthogonal;  // of the kept columns, the term last

  // c of every kept coefficient: columns of Q T^-T.
  [[nodiscard]] Matrix directions() const;
};

SmallSolution solve_small(const SmallRegression& regression, double collinear_tolerance);

}  // namespace panelist
