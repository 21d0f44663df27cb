// SPDX-License-Identifier: Apache-2.0
// Least squares by the normal equations in double-double: the squared condition number is paid out of 32 digits.
//
//   (X'WX) b = X'WY      residuals Y - X b with b kept in double-double
//
// X n x k of full rank (only the columns in `columns`), Y n x m, w n or empty. Columns are scaled by powers of two.
// Result  coefficients, residuals and (X'WX)^-1 rounded to double; solved = false when a pivot is not positive.
// Cost    about 12 n (k + m)^2 double operations
#pragma once
#include <vector>

#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist {

struct ExtendedSolution {
  bool solved = false;
  Matrix coefficients, residuals, bread;
};

struct WeightedProblem {
  const MatrixView& X;
  const MatrixView& Y;
  const VectorView& w;
};

ExtendedSolution solve_in_double_double(const Context& context, const WeightedProblem& problem,
                                        const std::vector<Index>& columns);

}  // namespace panelist
