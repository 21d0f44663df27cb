// SPDX-License-Identifier: Apache-2.0
// The indicators' values on the rows used: found, complete, denominated, winsorised.
#pragma once
#include "index/index.h"

namespace panelist {

struct IndexData {
  const IndexSystem& system;
  const Table& table;
  const Panel& panel;
  const std::vector<std::size_t>& rows;
};

// rows x indicators. Throws index.unknown_indicator, index.duplicate_indicator, index.not_numeric, index.no_rows,
// index.missing_cells (up to eight cells named by unit and time).
Matrix indicator_values(const IndexData& data);
// Pooled winsorising of every column.
Matrix winsorised(const Matrix& values, double share);
// "北京 2014": unit and time of a table row, or its number where there is no panel.
std::string row_name(const Panel& panel, std::size_t row);
// Pools: group of every row used and the groups' names ("" when pooled over all rows).
struct Pools {
  std::vector<std::vector<Index>> members;
  std::vector<std::string> names;
};
Pools make_pools(const std::string& pool, const IndexData& data);

}  // namespace panelist
