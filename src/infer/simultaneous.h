// SPDX-License-Identifier: Apache-2.0
// Critical value of a band that holds all of several estimates at once (sup-t).
//
//   band of estimate j   b_j -+ c se_j;   c = the level's quantile of max_j |z_j| / s,  z ~ N(0, R),  s^2 ~ chi2(df) / df
//   R = the correlation of the estimates; s is one number for all of them: their errors share their degrees of freedom
// Convention, the same for every band of the program:
//   root of R    by its eigenvalues; those below 1e-14 of the largest are zero, so that few numbers behind many estimates
//                are drawn as few numbers. Estimates without variance take no part
//   s            by inversion, so that df need be no whole number; infinite df: 1
//   quantile     percentile() of the draws (table/statistics.h)
//   never below the pointwise critical value, to which it is equal where R has rank one
// Draw r is the same whoever computes it. Missing without estimates that vary, or where df is missing.
// Cost    draws x estimates x rank
// Source  Montiel Olea & Plagborg-Moller (2019), J. Applied Econometrics 34(1)
// Agrees  the quantile of the studentised maximum of independent t by quadrature (tests/infer)
#pragma once
#include "base/context.h"
#include "linalg/matrix.h"
#include "table/column.h"

namespace panelist {

struct SimultaneousSpec {
  double df = missing_value;  // infinity: normal
  double level = 0.95;
  int draws = 10'000;
};

double simultaneous_critical(const Context& context, const Matrix& covariance, const SimultaneousSpec& spec);

}  // namespace panelist
