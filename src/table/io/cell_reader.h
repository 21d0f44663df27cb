// SPDX-License-Identifier: Apache-2.0
// The cells of one column of a stretch, in the order of its rows.
#pragma once
#include "table/io/csv_column.h"
#include "table/io/csv_split.h"

namespace panelist {

// Gives the cells to the builder. Numbers, dates and truth values also go to cells[0 ..), which may be null for a builder
// of texts; a builder that fails leaves the rest unset.
void read_cells(const SplitStretch& stretch, std::size_t column, ColumnBuilder& builder, double* cells);

}  // namespace panelist
