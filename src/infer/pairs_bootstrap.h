// SPDX-License-Identifier: Apache-2.0
// Pairs cluster bootstrap of a linear combination c'b = r after least squares with absorbed effects: whole clusters are
// drawn with replacement, and every copy of a cluster has levels of its own in the effects nested in the clusters.
//
//   b* from the clusters drawn;  t* = (c'b* - c'b) / se*;  p = share(|t*| >= |t|), ties from (1 - 1e-10) |t| on
//   set         c'b -+ q se, q the size of t* that a share of 1 - level exceeds      (symmetric percentile-t)
//   percentile  the quantiles of c'b* at (1 - level)/2 and its complement, order statistics
// How: with m_g the copies of cluster g, A_g = P_g'W P_g, S_g = P_g'W u_g of cluster_design.h,
//   b* - b = A*^- sum m_g S_g,  A* = sum m_g A_g;  scores S_g - A_g (b* - b); the factor of se* is that of the sample
// A draw in which the combination is not identified, or fitted without error, is counted and left out.
// Errors  infer.least_squares_only infer.one_cluster infer.crossing_effects infer.no_variance usage.not_available
// Cost    n p^2 + reps (p^3 / 3 + G p^2), p the regressors and the dummies of crossing effects
// Source  Cameron, Gelbach & Miller (2008), REStat 90(3)
// Agrees  a loop of refits on the rows drawn (tests/infer)
#pragma once
#include <cstdint>

#include "infer/inference.h"

namespace panelist {

struct PairsSpec {
  Vector weights;    // c, k
  double value = 0;  // r
  const Grouping* cluster = nullptr;
  std::int64_t reps = 9999;
  double level = 0.95;
};

struct PairsBootstrap {
  double estimate = missing_value, std_error = missing_value;  // clustered, of the sample
  double bootstrap_error = missing_value;                      // standard deviation of c'b*
  double statistic = missing_value, p_value = missing_value;
  std::pair<double, double> interval, percentile;
  std::int64_t undefined = 0;
  Vector estimates, statistics;  // by replicate; missing where undefined
};

PairsBootstrap pairs_bootstrap(const Context& context, const Fit& fit, const SmallSample& rules,
                               const PairsSpec& spec);
// How often each cluster is drawn in a replicate.
std::vector<int> pairs_counts(const Context& context, Level clusters, std::int64_t replicate);

}  // namespace panelist
