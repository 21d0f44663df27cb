// SPDX-License-Identifier: Apache-2.0
#include "index/weight/weight.h"

namespace panelist {

const std::vector<Weighting>& weightings() {
  static const std::vector<Weighting> catalog = {
      {"entropy", "one minus the Shannon entropy of each indicator's shares", "Shannon (1948)",
       entropy_weights, true},
      {"equal", "the same weight for every indicator", "OECD and JRC (2008)", equal_weights},
      {"given", "the weights of the indicator list, rescaled to sum to one", "OECD and JRC (2008)",
       given_weights},
  };
  return catalog;
}

std::vector<std::string> index_methods() {
  std::vector<std::string> names;
  for (const Weighting& weighting : weightings()) names.emplace_back(weighting.name);
  names.emplace_back("pca");
  return names;
}

}  // namespace panelist
