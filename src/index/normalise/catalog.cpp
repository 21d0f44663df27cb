// SPDX-License-Identifier: Apache-2.0
#include "index/normalise/normalise.h"

namespace panelist {

const std::vector<Normalisation>& normalisations() {
  static const std::vector<Normalisation> catalog = {
      {"minmax", "share of the way from the worst to the best", learn_min_max, apply_min_max, true, true},
      {"zscore", "standard deviations from the mean", learn_z_scores, apply_z_scores},
      {"rank", "rank as a share, ties in the middle", learn_order, apply_rank, true},
      {"percentile", "share of the other rows that are worse", learn_order, apply_percentile, true},
      {"borda", "number of rows that are worse", learn_order, apply_borda},
      {"target", "share of the way from the worst to the target", learn_target, apply_target, false, true},
      {"max", "share of the best", learn_max, apply_max, false, true},
      {"none", "the values themselves, larger is better", learn_none, apply_none},
  };
  return catalog;
}

const Normalisation* find_normalisation(std::string_view name) {
  for (const Normalisation& normalisation : normalisations())
    if (normalisation.name == name) return &normalisation;
  return nullptr;
}

std::vector<std::string> normalisation_names() {
  std::vector<std::string> names;
  for (const Normalisation& normalisation : normalisations()) names.emplace_back(normalisation.name);
  return names;
}

}  // namespace panelist
