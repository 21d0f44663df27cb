// SPDX-License-Identifier: Apache-2.0
#include "index/weight/weight.h"

namespace panelist {

const std::vector<Weighting>& weightings() {
  static const std::vector<Weighting> catalog = {
      {"entropy", "one minus the Shannon entropy of each indicator's shares", "Shannon (1948)",
       entropy_weights, false, true, entropy_weights_of_sums},
      {"equal", "the same weight for every indicator", "OECD and JRC (2008)", equal_weights, false, false,
       equal_weights_of_sums},
      {"given", "the weights of the indicator list, rescaled to sum to one", "OECD and JRC (2008)",
       given_weights, false, false, given_weights_of_sums},
      {"critic", "standard deviation times the sum of one minus the correlations",
       "Diakoulaki, Mavrotas and Papayannakis (1995)", critic_weights},
      {"cv", "standard deviation over the mean of the raw values", "Pearson (1896)", variation_weights},
      {"cv_normalised", "standard deviation over the mean of the normalised values", "Pearson (1896)",
       variation_weights_of_normalised},
      {"sd", "standard deviation of the normalised values", "Diakoulaki, Mavrotas and Papayannakis (1995)",
       deviation_weights},
      {"gini", "Gini coefficient of the normalised values", "Gini (1912)", gini_weights},
      {"merec", "what the removal of the indicator changes", "Keshavarz-Ghorabaee et al. (2021)",
       merec_weights},
      {"factor", "squared loadings of the varimax factors with eigenvalues above one",
       "Nicoletti, Scarpetta and Boylaud (2000)", factor_weights},
      {"ahp", "principal eigenvector of pairwise comparisons", "Saaty (1980)", comparison_weights},
      {"correlation", "the smallest correlation with the index as large as can be",
       "Paruolo, Saisana and Saltelli (2013)", correlation_weights},
      {"bod", "every row its own most favourable weights", "Cherchye et al. (2007)", envelope_weights, true},
      {"combined", "several methods combined", "Wang and Luo (2010)", combined_weights},
  };
  return catalog;
}

const Weighting* find_weighting(std::string_view name) {
  for (const Weighting& weighting : weightings())
    if (weighting.name == name) return &weighting;
  return nullptr;
}

std::vector<std::string> index_methods() {
  std::vector<std::string> names;
  for (const Weighting& weighting : weightings()) names.emplace_back(weighting.name);
  names.emplace_back("pca");
  return names;
}

Vector shares_of(const Vector& w) {
  const double sum = w.sum();
  if (!(sum > 0)) return Vector::Constant(w.size(), 1.0 / static_cast<double>(w.size()));
  return w / sum;
}

}  // namespace panelist
