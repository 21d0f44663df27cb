// SPDX-License-Identifier: Apache-2.0
// Wild cluster bootstrap of linear restrictions R b = r (q x k) after least squares with absorbed effects.
//
//   y*_g = x_g b + v_g u_g,   one v_g a cluster of the draws;   t* = (R b* - R b) / se*(R b*), F* for q > 1
//   restricted (WCR): b and u of the fit that obeys R b = r;  unrestricted (WCU): of the fit itself
//   weights   rademacher +-1 | webb six points +-sqrt(1/2), +-1, +-sqrt(3/2) | mammen two points | normal
//   type      11  u as they are, CV1 variance                      (WCR-C, "classic")
//             31  u of cluster g from the fit without cluster g, CV1 (WCR-S)
//             13  u as they are, CV3 (jackknife) variance           (WCR-V)
//             33  both                                              (WCR-B)
//   CV1 has the factor of the small-sample rules; CV3 = (G-1)/G sum_g (b_(g) - b)(b_(g) - b)'
//   p symmetric = share(|t*| >= |t|);  equal-tailed = 2 min(share(t* <= t), share(t* >= t)), at most 1
// Ties: rounding must not decide whether a replicate that reproduces the statistic counts, so >= holds from
//   (1 - 1e-10) |t| on. Of the 2^G sign changes of G <= log2(reps) clusters each is taken once, the identity included.
// Confidence set: the values r that the test does not reject at 1 - level (q = 1), by inversion on the same draws;
//   ends at infinity and several intervals are possible.
// How: with S_g = x_g'W u_g everything is linear in v, so each replicate costs G min(G, k), not n:
//   R b* - R b = R B S v;   score of cluster c: R B (1{g=c} S_g - X_c'W X_c B S) v
//   Effects that cross the clusters: the pieces 1_c x B R' are absorbed once each (type 11), or their dummies stand
//   among the regressors (types 31, 13, 33; at most 300).
// With instruments (2SLS, type 11, one restriction c'b = r): the wild restricted efficient bootstrap,
//   y*_g = X*_g b_r + v_g u1_g,   Y2*_g = (Z pi)_g + v_g u2_g,   one v_g for both equations
//   b_r  coefficients that obey c'b = r (LIML of an over-identified equation, else 2SLS; WCU: nothing is imposed)
//   u1   y - X b_r;  pi and u2 = Y2 - Z pi of the regression of Y2 on all instruments and u1 (efficient)
//   t* of 2SLS on the data made, CV1; or Anderson-Rubin's statistic of one endogenous regressor. The set is inverted
//   with new data at each value: the draws are the same. Effects as above (bootstrap/efficient_maps.h)
// Errors  infer.least_squares_only .one_cluster .too_few_clusters .no_variance .cluster_decides .crossing_effects
//         usage.not_available
// Cost    n k^2 + reps G min(G, k); blocks of replicates on threads, the same numbers for any thread count
// Source  Cameron, Gelbach & Miller (2008), REStat 90(3); Roodman, MacKinnon, Nielsen & Webb (2019), Stata J. 19(1);
//         MacKinnon, Nielsen & Webb (2023), J. Applied Econometrics 38(5); Webb (2023), Can. J. Econ. 56(3)
//         Davidson & MacKinnon (2010), JBES 28(1), with instruments; Finlay & Magnusson (2019), with clusters
// Agrees  Stata's boottest (tests/reference/wild_boottest), explicit matrices in R, a loop of refits (tests/infer)
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "infer/inference.h"

namespace panelist {

enum class WildWeights { rademacher, webb, mammen, normal };

struct WildSpec {
  Matrix restrictions;                // q x k
  Vector values;                      // q
  const Grouping* cluster = nullptr;  // of the variance
  const Grouping* draws = nullptr;    // one weight a group; null: as `cluster`
  std::int64_t reps = 9999;
  WildWeights weights = WildWeights::rademacher;
  bool jackknife_scores = false;    // types 31 and 33
  bool jackknife_variance = false;  // types 13 and 33
  bool restricted = true;
  bool equal_tailed = false;  // which p decides, and which is inverted
  double level = 0.95;
  bool anderson_rubin = false;  // with instruments: the statistic is Anderson-Rubin's, not t
  bool find_set = true;
};

struct WildBootstrap {
  double estimate = missing_value, std_error = missing_value;  // of the one restriction
  double statistic = missing_value;                            // t, or F for q > 1
  double df1 = missing_value, df2 = missing_value;             // q and G - 1
  double p_value = missing_value;                              // the one asked for
  double p_symmetric = missing_value, p_equal_tailed = missing_value;
  std::int64_t reps = 0;       // taken
  std::int64_t undefined = 0;  // of them with a variance of zero: in no share
  bool enumerated = false;
  Vector statistics;  // t* or F* of each replicate; missing where undefined
  std::optional<ConfidenceSet> set;
};

// Refuses a model whose method has no wild bootstrap.
void require_wild_method(const Fit& fit);
WildBootstrap wild_bootstrap(const Context& context, const Fit& fit, const SmallSample& rules,
                             const WildSpec& spec);

// The weights of one replicate: the same whoever asks.
Vector wild_weights(const Context& context, WildWeights kind, Level groups, std::int64_t replicate,
                    bool enumerated);
// All sign changes of that many groups fit into the replicates.
bool wild_enumerates(WildWeights kind, Level groups, std::int64_t reps);

}  // namespace panelist
