// SPDX-License-Identifier: Apache-2.0
// What the reference rows of an index taught: how outliers are treated, goalposts, weights. It is applied to any rows
// and may be kept in a file: the scores of a later year then stand on the scale of the earlier ones.
//
// File  JSON: "panelist" "frozen index", version 1, name, conventions, and by indicator code, direction, treatment, scale
//       and weight. Applying needs the same indicators, by code, in the same tree; numbers are kept at full precision,
//       so the same data give the same scores to the bit.
//       Pools by year or unit keep their own, by name; pca keeps means, standard deviations, loadings and the range of the
//       whole and of each node. bod has no weights that hold for other rows: a row is scored against the rows beside it.
// Errors  index.not_freezable (bod)  index.unknown_pool (a year or unit it did not learn)  index.frozen_file (not such a file, another version)
//         index.frozen_mismatch (the study's indicators or tree differ)
#pragma once
#include "index/components.h"
#include "index/normalisation.h"
#include "index/treat.h"
#include "index/weigh.h"

namespace panelist {

// Goalposts and weights of one year or unit.
struct LearnedPool {
  std::string name;
  std::vector<ColumnScale> scale;
  LearnedWeights weights;
};

struct LearnedIndex {
  std::vector<ColumnTreatment> treatment;  // by indicator
  std::vector<ColumnScale> scale;
  LearnedWeights weights;
  std::map<std::string, double> node_weights{};  // as given
  std::vector<PairComparison> comparisons{};
  std::vector<LearnedPool> pools{};  // of pools by year or unit, in place of scale and weights
  std::optional<LearnedComponents> components{};
};

// The system an index was built on, without the indicators that screening left out.
IndexSystem system_of_index(const IndexResult& index);

// The text of the file.
std::string frozen_text(const IndexResult& index);
// An index without rows, fit for apply_index. `origin` names the file in errors.
IndexResult frozen_index(const std::string& text, const std::string& origin);
// Throws index.frozen_mismatch unless both have the same indicators in the same tree.
void check_same_system(const IndexResult& frozen, const IndexSystem& system);

}  // namespace panelist
