// SPDX-License-Identifier: Apache-2.0
// How large must the correlation of the errors of M and Y be to explain an indirect effect away?
//
//   M = a X + ... + e_M,   Y = c' X + b M + ... + e_Y,   rho = corr(e_M, e_Y), zero under sequential ignorability
//   ACME(rho) = a (b - rho/sqrt(1 - rho^2) s),   s^2 = RSS_Y / RSS_M
//             = (a s_1/s_2) [r - rho sqrt((1 - r^2)/(1 - rho^2))], s_1 and s_2 the residual deviations of the equations of
//               Y without M and of M, r the correlation of their residuals (Imai, Keele & Yamamoto 2010)
//   zero at rho = r = b / sqrt(b^2 + s^2)
//   R2 products at zero: of what is left unexplained R*_M^2 R*_Y^2 = r^2; of the whole variances
//               r^2 (1 - R_M^2)(1 - R_Y^2), R2 of the equations of M and of Y with M, within under effects
//   delta      variance of ACME(rho) with rho fixed: a, b and s jointly, from the rows' scores; at rho = 0 the delta
//              error of the mediation. iid: s independent of a and b, var s = s^2/n (normal errors)
// Several mediators one at a time: e_M the error of M given X, the controls and the other mediators; rho is then the
// correlation of that with e_Y. No interaction of X and M.
// Errors  mechanism.least_squares_only
// Source  Imai, Keele & Yamamoto (2010), Statistical Science 25(1); Imai & Yamamoto (2013), Political Analysis 21(2)
// Agrees  base R with explicit residuals (tests/mechanism)
#pragma once
#include "mechanism/mediation.h"

namespace panelist {

struct IndirectAt {
  double rho, estimate, std_error, low, high;
};

struct CorrelatedErrors {
  std::string mediator;
  double rho_at_zero;                      // r
  double residual_product, total_product;  // of R2, at zero
  double ratio;                            // s
  std::vector<IndirectAt> curve;           // rho = -.95, -.9, ..., .95
  // The largest |rho| of the curve below which the interval excludes zero on both sides of rho = 0; 0 without any.
  double rho_significant = 0;
};

// One a mediator, in order.
std::vector<CorrelatedErrors> correlated_errors(const Context& context, const Mediation& mediation);

}  // namespace panelist
