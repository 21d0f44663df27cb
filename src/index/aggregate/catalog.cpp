// SPDX-License-Identifier: Apache-2.0
#include "index/aggregate/aggregate.h"

namespace panelist {

const std::vector<Aggregation>& aggregations() {
  static const std::vector<Aggregation> catalog = {
      {"arithmetic", "weighted mean", nullptr, arithmetic_mean, true},
      {"geometric", "weighted geometric mean", nullptr, geometric_mean, true},
      {"harmonic", "weighted harmonic mean", nullptr, harmonic_mean, true},
      {"topsis", "closeness to the ideal", learn_ideals, topsis},
      {"vikor", "compromise of the sum and the largest regret, turned so that larger is better", learn_vikor,
       vikor},
      {"grey", "grey relational grade", learn_grey, grey_relation},
      {"rsr", "rank-sum ratio", learn_rank_sums, rank_sum_ratio},
      {"mpi", "Mazziotta-Pareto, penalty for imbalance", nullptr, mazziotta_pareto, false, "zscore"},
      {"ampi", "Mazziotta-Pareto over time, on min-max cells", nullptr, adjusted_mazziotta_pareto, false,
       "minmax"},
  };
  return catalog;
}

const Aggregation* find_aggregation(std::string_view name) {
  for (const Aggregation& aggregation : aggregations())
    if (aggregation.name == name) return &aggregation;
  return nullptr;
}

std::vector<std::string> aggregation_names() {
  std::vector<std::string> names;
  for (const Aggregation& aggregation : aggregations()) names.emplace_back(aggregation.name);
  return names;
}

}  // namespace panelist
