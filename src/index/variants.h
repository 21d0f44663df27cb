// SPDX-License-Identifier: Apache-2.0
// The conventions that a published index could as well have been built by: every normalisation (minmax, zscore, rank,
// percentile) with every weighting (entropy, equal, critic, cv_normalised, sd), mean (arithmetic, geometric), rule for
// zeros of entropies (limit, 1e-4, 0.01) and pool (all, year), those of the index itself among them; and the index without
// each of its indicators. Some combinations have no meaning (entropies and geometric means of z-scores): building them
// throws.
#pragma once
#include "index/index.h"

namespace panelist {

struct IndexVariant {
  std::vector<std::string> choices;  // "normalise: minmax", "weights: entropy", ...
  IndexConventions conventions;
  IndexSystem system;
  std::string left_out;  // the indicator, "" for a convention
  bool own = false;      // the conventions of the index itself
};

std::vector<IndexVariant> convention_variants(const IndexSystem& system, const IndexConventions& own);
std::vector<IndexVariant> left_out_variants(const IndexSystem& system, const IndexConventions& own);

}  // namespace panelist
