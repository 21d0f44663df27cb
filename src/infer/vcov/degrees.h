// SPDX-License-Identifier: Apache-2.0
// Counting parameters and degrees of freedom by the rules of the packages (private to the room).
//
//   fixest        k + sum G_q - (Q - 1), less (G_q - 1) of every effect nested in a cluster (one stays counted)
//   reghdfe       k + df_a + 1{an effect is nested}, df_a = levels not nested less connected components by pairs
//   ivreg2-small  k + max(df_a, 1{effects})                     (ivreghdfe)
//   xtreg         clustered: k + rank of the effects beyond the unit's + 1
//   areg, stata   k + exact rank of the effects
#pragma once
#include <vector>

#include "infer/ledger.h"
#include "infer/vcov.h"

namespace panelist {

using Clusters = std::vector<const Grouping*>;

// Degrees of freedom absorbed by effects that are nested in no cluster, by reghdfe's rule (constant included).
struct AbsorbedDegrees {
  double df = 0;
  bool any_nested = false;
  std::vector<CountedPart> parts;  // sum to df
};
AbsorbedDegrees absorbed_degrees(const Fit& fit, const Clusters& clusters);
// ivreghdfe's sdofminus: the above, but one when all effects are nested, zero without effects.
double instrumental_absorbed(const Fit& fit, const Clusters& clusters);

// What K of the preset is the sum of; nothing when the preset applies no factor.
std::vector<CountedPart> counted_parts(const Fit& fit, const Clusters& clusters, const SmallSample& rules);
// K of the preset; 0 when the preset applies no factor.
double counted_parameters(const Fit& fit, const Clusters& clusters, const SmallSample& rules);
// df of t and of F's denominator, K as counted above.
double reference_degrees(const Fit& fit, const Clusters& clusters, const SmallSample& rules, double k);
// Smallest number of groups over the clustering variables.
double smallest_groups(const Clusters& clusters);

}  // namespace panelist
