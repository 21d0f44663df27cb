// SPDX-License-Identifier: Apache-2.0
// Least squares with an explicit rank decision.
//
//   minimise sum_i w_i (y_i - x_i'b)^2
//
// X n x k, y n (or Y n x m for several right sides), w n or empty. With a constant column all others (and y) are
// centred. A Householder QR decides rank column by column in the order given, the constant first: a column is
// collinear when what the earlier kept columns leave of it is below `collinear_tolerance` (1e-9) times its own
// (centred) norm, or below what its rounding can hold (16 eps of its uncentred norm, or `rounding`). The
// later-listed column goes.
// When the expected error of a coefficient, relative to the larger of the coefficient and its standard error,
// passes `refine_above_error`, the problem is solved again by normal equations in double-double, whose residuals
// and inverse are rounded at the end (NIST StRD sets: more than 10 digits on every set).
// Given the cross products of [X Y] (no centring), their Cholesky factor takes the place of the QR when every column is
// clearly independent (more than 1e-4 of it left by those before) and the expected error, times the condition once more,
// stays below the limit: one pass over the rows less.
// Result  coefficients of the kept columns, kept and dropped (indices), bread = (X'WX)^-1 of the kept columns
//         (k_kept x k_kept), condition of the scaled columns, whether double-double was used (refinements).
// Errors  none: an empty rank is a result.
// Cost    2 n (k + m)^2; in double-double 12 n (k + m)^2 more
// Source  Golub & Van Loan (2013), 5.2 and 5.3; double_double.h
// Agrees  NIST StRD linear sets (tests/linalg/nist_test.cpp)
#pragma once
#include <vector>

#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist {

struct LeastSquaresOptions {
  double collinear_tolerance = 1e-9;
  double refine_above_error = 1e-11;
  int constant_column = -1;  // index of an all-ones column in X: enables centring of the others
  Vector rounding;           // k, or empty: weighted norm of the error each column carries from earlier steps
  Matrix products;           // [X Y]'W[X Y], or empty; only without a constant column
};

struct LeastSquares {
  std::vector<Index> kept;                     // columns that stay, ascending
  std::vector<Index> dropped;                  // columns found collinear, ascending
  std::vector<std::vector<Index>> depends_on;  // parallel to dropped: the kept columns it is a combination of
  Matrix coefficients;                         // kept x m
  Matrix residuals;                            // n x m, unweighted: y - X b, from the refined solution
  Matrix bread;                                // kept x kept: (X'WX)^-1
  double condition = 1.0;                      // ratio of singular values of the scaled (centred) columns
  int refinements = 0;                         // 1 when solved in double-double
  double noise = 0.0;  // rounding of the solution: coefficient j may be off by noise * sqrt(bread_jj)
};

LeastSquares solve_least_squares(const Context& context, const MatrixView& X, const MatrixView& Y,
                                 const VectorView& w, const LeastSquaresOptions& options = {});

// Rank decision alone, same rule without centring: the columns of X kept in the order given.
std::vector<Index> independent_columns(const MatrixView& X, const VectorView& w, double tolerance = 1e-9);

// Symmetric positive (semi)definite pseudo-inverse by eigen-decomposition; eigenvalues below
// tolerance * largest are taken as zero. rank_out receives the rank when not null.
Matrix symmetric_pseudo_inverse(const Matrix& A, double tolerance = 1e-12, Index* rank_out = nullptr);

}  // namespace panelist
