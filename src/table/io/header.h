// SPDX-License-Identifier: Apache-2.0
// Column names from the cells of a header row: line breaks become blanks, an empty cell becomes column_N.
// Errors  data.duplicate_column with the places
#pragma once
#include <string>
#include <vector>

namespace panelist {

std::vector<std::string> header_names(const std::vector<std::string>& cells, const std::string& file);

}  // namespace panelist
