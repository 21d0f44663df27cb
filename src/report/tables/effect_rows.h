// SPDX-License-Identifier: Apache-2.0
// Rows of an effect made of several coefficients: the estimate with the stars of the delta method, its error in
// parentheses, and the interval (bootstrap percentiles, else Monte Carlo) in square brackets.
#pragma once
#include "report/build_table.h"

namespace panelist {

// The interval between two missing ends is an empty cell. `source` points at a list of two.
Cell interval_cell(double low, double high, const std::string& source);
// Percentiles of the bootstrap, else of Monte Carlo draws; `source` points at the effect.
Cell interval_of_effect(const IndirectEffect& effect, const std::string& source);
Cell starred_effect(double estimate, double p, const std::string& source, const StarLevels& stars);

// Where an effect stands: the column among those after the labels, of `columns`.
struct EffectPlace {
  std::size_t column = 0, columns = 1;
  std::string source;  // of the effect in the table's object in results.json
};
void add_effect_rows(const std::string& label, const IndirectEffect& effect, const EffectPlace& place,
                     const StarLevels& stars, PublicationTable& table);

// What stands under such estimates, as in `effect`.
std::string effect_rows_note(const IndirectEffect& effect, const std::string& lang);

// "M1 -> M2" with the mediators' labels and the arrow of tables.
std::string path_label(const std::string& path, const Labels& labels);

}  // namespace panelist
