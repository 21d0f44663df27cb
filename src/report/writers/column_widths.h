// SPDX-License-Identifier: Apache-2.0
// Widths of a printed table's columns, by what stands in them: no number is broken, words only where room is short.
//
//   narrow[c] = the longest piece that must not break (a number whole, a word, two Chinese characters)
//   wide[c]   = the longest whole text
//   width[c]  = wide, scaled up to the page, where that fits; else narrow and a share of what is left in proportion to
//               wide - narrow. Columns of numbers are as wide as one another.
// Units are halves of a letter's height: a digit is one, a Chinese character two.
#pragma once
#include <vector>

#include "report/publication_table.h"

namespace panelist {

double text_width(const std::string& text);

struct ColumnNeeds {
  std::vector<double> narrow, wide;
};
ColumnNeeds column_needs(const PublicationTable& table);
// What the narrowest columns take together.
double least_width(const ColumnNeeds& needs);
// Of a page `total` wide, in the same units; they add up to it.
std::vector<double> column_widths(const ColumnNeeds& needs, double total);

}  // namespace panelist
