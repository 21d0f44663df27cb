// SPDX-License-Identifier: Apache-2.0
// Rows of an effect made of several coefficients: the estimate with stars (of the draws, else of the delta method), its error in
// parentheses, and the interval (bootstrap percentiles, else Monte Carlo) in square brackets.
#pragma once
#include "report/build_table.h"

namespace panelist {

// The interval between two missing ends is an empty cell. `source` points at a list of two.
Cell interval_cell(double low, double high, const std::string& source);
// Percentiles of the bootstrap, else of Monte Carlo draws; `source` points at the effect.
// [low, high] in square brackets, at source/0 and source/1; empty where there is none.
Cell interval_cell(double low, double high, const std::string& source);
Cell interval_of_effect(const IndirectEffect& effect, const std::string& source);
Cell starred_effect(double estimate, double p, const std::string& source, const StarLevels& stars);

// An effect, its column among those after the labels, and where it stands in the table's object in results.json.
struct PlacedEffect {
  const IndirectEffect* effect;
  std::size_t column;
  std::string source;
};
// One block of rows for effects side by side, of `columns` after the labels.
void add_effect_rows(const std::string& label, const std::vector<PlacedEffect>& effects, std::size_t columns,
                     const StarLevels& stars, PublicationTable& table);

// What stands under such estimates, as in `effect`.
std::string effect_rows_note(const IndirectEffect& effect, const std::string& lang);

// "M1 -> M2" with the mediators' labels and the arrow of tables.
std::string path_label(const std::string& path, const Labels& labels);

}  // namespace panelist
