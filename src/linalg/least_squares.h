// SPDX-License-Identifier: Apache-2.0
// Least squares with an explicit rank decision.
//
//   minimise sum_i w_i (y_i - x_i'b)^2
//
// X n x k, y n (or Y n x m for several right sides), w n or empty. Columns are scaled to unit (weighted)
// norm, and centred when `centre` is set and the model has a constant; then a Householder QR decides rank
// column by column in the order given: a column is collinear when what the earlier kept columns leave of it
// is below `collinear_tolerance` times its norm (default 1e-9 of the column's own variation). The
// later-listed column goes. When the condition estimate of the scaled columns passes 1e6 the solution is
// refined with residuals in double-double until it stops improving (NIST StRD sets: at least 10 correct
// digits on Longley and Wampler). Result  coefficients (0 for dropped columns), kept (indices), bread =
// (X'WX)^-1 of the kept columns (k_kept x
//         k_kept), condition estimate, refinement steps taken.
// Errors  none: an empty rank is a result.
// Cost    2 n k^2, refinement 4 n k double-double operations a step.
#pragma once
#include <vector>

#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist {

struct LeastSquaresOptions {
  double collinear_tolerance = 1e-9;
  double refine_above_condition = 1e6;
  int constant_column = -1;  // index of an all-ones column in X: enables centring of the others
};

struct LeastSquares {
  std::vector<Index> kept;     // columns that stay, ascending
  std::vector<Index> dropped;  // columns found collinear, ascending
  Matrix coefficients;         // kept x m
  Matrix residuals;            // n x m, unweighted: y - X b, from the refined solution
  Matrix bread;                // kept x kept: (X'WX)^-1
  double condition = 1.0;      // estimate for the scaled (centred) columns
  int refinements = 0;
};

LeastSquares solve_least_squares(const Context& context, const MatrixView& X, const MatrixView& Y,
                                 const VectorView& w, const LeastSquaresOptions& options = {});

// Rank decision alone, same rule: the columns of X kept in the order given.
std::vector<Index> independent_columns(const MatrixView& X, const VectorView& w, double tolerance = 1e-9);

// Symmetric positive (semi)definite pseudo-inverse by eigen-decomposition; eigenvalues below
// tolerance * largest are taken as zero. rank_out receives the rank when not null.
Matrix symmetric_pseudo_inverse(const Matrix& A, double tolerance = 1e-12, Index* rank_out = nullptr);

}  // namespace panelist
