// SPDX-License-Identifier: Apache-2.0
// A table with more columns than a page holds, as several under one another: each repeats the first column and takes as many
// of the others as fit; a cell over columns of two parts stands in both.
#pragma once
#include <vector>

#include "report/publication_table.h"

namespace panelist {

// Of a page `total` wide, in the units of column_widths.h. One part where all columns fit. Parts have no title, number or
// notes.
std::vector<PublicationTable> column_parts(const PublicationTable& table, double total);

}  // namespace panelist
