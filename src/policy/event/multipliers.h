// SPDX-License-Identifier: Apache-2.0
// Standard errors and a band from influence functions by random multipliers of clusters.
//
//   R*_j = sum_c v_c S_cj,  S_cj = sum of influence of estimate j over cluster c, divided by the units; v as in
//   infer/wild_bootstrap.h (rademacher, mammen); where all sign changes fit into the draws each is taken once
//   se_j = (q75 - q25 of R*_j) / (z75 - z25);  c = the level's quantile of max_j |R*_j| / se_j, not below the normal's
//   quantiles by percentile() (table/statistics.h)
// Cost    draws x clusters x estimates
// Source  Callaway & Sant'Anna (2021), J. Econometrics 225(2), algorithm 1
#pragma once
#include "base/context.h"
#include "infer/wild_bootstrap.h"

namespace panelist {

struct MultiplierSpec {
  WildWeights weights = WildWeights::rademacher;
  int draws = 999;
};

// R*: a row a draw, a column an estimate.
Matrix multiplier_draws(const Context& context, const Matrix& sums, const MultiplierSpec& spec);
Vector multiplier_errors(const Matrix& draws);
double multiplier_critical(const Matrix& draws, const Vector& std_errors, double level);

}  // namespace panelist
