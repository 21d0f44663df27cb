// SPDX-License-Identifier: Apache-2.0
// The answer of a run against a tight solve of the same data.
//
//   error of coefficients   max_j |b_j - b*_j| / se*_j,  se* of equal variances
//   error of column j       || v~_j - v~*_j ||
//   reported bound          of a column: AbsorbReport::errors; of the coefficients: Fit::error_bound_se
// The bound of a column holds when its error is not above it by more than the tight solve's own bound, that of the
// coefficients when no error is above it. The tight solve comes from the same solver, so it is tested by what does
// not depend on it: `orthogonality`, the largest share of a tight column that the means of one factor still explain.
#pragma once
#include "absorb/absorber.h"

namespace panelist::bench {

struct Problem {
  std::vector<AbsorbFactor> factors;
  Matrix V;  // y and the regressors
};

struct Tight {
  Matrix residual;  // v~*
  AbsorbReport report;
  Vector b, se;
  Matrix bread;  // (X~'X~)^-1
  double sigma = 0;
  Index rank = 0;
  double orthogonality = 0;
};
Tight solve_tightly(const Context& context, const Problem& problem);

// Coefficients of the first column of a residual on the others.
Vector coefficients_of(const Context& context, const Matrix& residual);
double error_in_standard_errors(const Tight& tight, const Vector& b);

struct Accuracy {
  double coefficients = 0;               // standard errors
  double columns = 0, column_bound = 0;  // relative to the column, worst
  bool bound_is_known = false, bound_holds = true;
};
Accuracy accuracy_of(const Context& context, const Tight& tight, const Matrix& residual,
                     const AbsorbReport& report);

}  // namespace panelist::bench
