// SPDX-License-Identifier: Apache-2.0
// Levels in sorted order: numbers ascending, text by code points; crossed factors by the first, then the second.
#pragma once
#include <string>
#include <vector>

#include "formula/expression/levels.h"
#include "formula/model_frame.h"

namespace panelist {

// Crossed raw levels of the values over the rows.
RawLevels raw_levels_of(const std::vector<const Value*>& values, const std::vector<std::size_t>& rows);
// No cell may be missing.
Grouping make_grouping(const std::string& name, const std::vector<const Value*>& values,
                       const std::vector<std::size_t>& rows);
// One cell in words: "West", "2014", "2020-06-30".
std::string cell_text(const Value& value, std::size_t row);

// As without_singletons; `counts` are observations per row (frequency weights) or null: a row that stands for
// several observations is no singleton.
std::vector<bool> kept_rows(const std::vector<std::vector<Level>>& groups, std::size_t rows,
                            const std::vector<double>* counts);

}  // namespace panelist
