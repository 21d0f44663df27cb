// SPDX-License-Identifier: Apache-2.0
// What a replicate is computed from (private to the room): everything is linear in the weights v of the clusters.
//
//   numerator      R b* - R b = N v              q x G
//   cluster c      D_c (1{g=c} S_g - A_c B S) v   rows c q .. c q + q - 1;  D_c = R B (CV1), R (A - A_c)^- (CV3)
// Residuals under the hypothesis are u + s h, s the statistic of the value tested when q = 1: part 0 and part 1.
#pragma once
#include <vector>

#include "infer/bootstrap/cluster_design.h"
#include "infer/wild_bootstrap.h"

namespace panelist {

// first * v - left (right * v); `first` is a diagonal when draws and variance have the same clusters.
struct ScoreMap {
  Vector diagonal;  // q G, or empty
  Matrix dense;     // q G x draws, or empty
  Matrix left;      // q G x p
  Matrix right;     // p x draws
  Index q = 1;
  [[nodiscard]] Matrix of(const Matrix& weights) const;
};

// One matrix where that is cheaper than two thin ones.
void join_where_cheaper(ScoreMap& map);

struct WildMaps {
  std::vector<Matrix> numerators;  // q x draws, per part
  std::vector<ScoreMap> scores;    // per part
  Vector difference;               // q: R b - r
  Matrix variance;                 // q x q, of R b
  double factor = 1;               // on the squared scores
};
WildMaps wild_maps(const Context& context, const Fit& fit, const SmallSample& rules, const WildSpec& spec);

}  // namespace panelist
