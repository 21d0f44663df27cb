// SPDX-License-Identifier: Apache-2.0
// From the data to complete cells: denominators, screen, imputation.
#pragma once
#include "index/cells.h"

namespace panelist {

// The cells of an index as they come out of the data: denominators, screen, imputation.
struct Prepared {
  IndexSystem system;
  std::vector<std::size_t> rows;
  Matrix values;
  std::vector<IndexStage> stages;
  std::vector<std::pair<std::string, std::string>> warnings;
};
// Throws index.missing_cells and what screening and filling throw.
Prepared prepare(const IndexData& data, const IndexConventions& conventions);
// Cells of the rows that were filled in, by indicator that has some.
std::vector<ImputedCells> imputed_cells(const IndexSystem& system, const std::vector<std::size_t>& rows);

}  // namespace panelist
