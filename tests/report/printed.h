// SPDX-License-Identifier: Apache-2.0
// What a table shows, as text.
#pragma once
#include <string>
#include <vector>

#include "report/publication_table.h"

namespace panelist {

inline std::vector<std::string> first_column(const PublicationTable& table) {
  std::vector<std::string> names;
  for (const TableRow& row : table.rows) names.push_back(format_cell(row.cells[0], table));
  return names;
}

inline std::vector<std::string> printed(const TableRow& row, const PublicationTable& table) {
  std::vector<std::string> texts;
  for (std::size_t i = 1; i < row.cells.size(); ++i) texts.push_back(format_cell(row.cells[i], table));
  return texts;
}

// The cells right of the row of that name; empty when there is none.
inline std::vector<std::string> printed_row(const PublicationTable& table, const std::string& name) {
  for (const TableRow& row : table.rows)
    if (format_cell(row.cells[0], table) == name) return printed(row, table);
  return {};
}

}  // namespace panelist
