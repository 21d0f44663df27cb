// SPDX-License-Identifier: Apache-2.0
// What solving leaves of error in the coefficients, in iid standard errors: an upper bound.
//
//   columns      v + e + f,  e in the span of the effects (absorption stopped), |e_j| <= d_j;  f rounding, |f_j| <= r_j
//   moments      the score columns x times the residual are off by at most
//                g_j = d_j (d_y + sum_l |b_l| d_l)        second order: e is orthogonal to every absorbed column
//   coefficient  |b^_j - b_j| / se_j <= [ sqrt(g'|A|g) + r_y + sum_l |b_l| r_l + sqrt(r'|A|r) |u| + noise ] / sigma
//                A the bread, noise the rounding of the least squares
// In 2SLS the score columns are combinations Z P: d_j = sum_l |P_lj| d_l, and the change of P adds
// sum_l |c_l| d_l (d_xj + sum_i |P_ij| d_i), c the coefficients of the residual on Z.
// All norms are weighted. Where robust standard errors are smaller than iid ones the bound grows by their ratio.
#pragma once
#include "estimate/regression/prepared.h"

namespace panelist {

struct ErrorParts {
  Vector score, structural;  // k: d of the columns of the score and of the equation
  Vector rounding;           // k: r
  Vector change;             // k: what the change of the projection adds to g
  double outcome = 0.0;      // d_y
  double outcome_rounding = 0.0;
  double noise = 0.0;
};

// The parts of a regression on absorbed columns.
ErrorParts error_parts(const PreparedColumns& x, const Preparation& prepared, double noise);
// The fit needs its coefficients, bread, residuals and degrees of freedom.
double error_bound_in_se(const Fit& fit, const ErrorParts& parts);
// Sets the bound of the fit and warns where it is above a hundred-millionth of a standard error.
void bound_error(Fit& fit, const ErrorParts& parts);

}  // namespace panelist
