// SPDX-License-Identifier: Apache-2.0
// What writers share: a cell's text in its parts, and the grid of a table.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "report/publication_table.h"

namespace panelist {

// "(" "0.0351" "***" ")": writers put stars as superscripts and align on the number.
struct CellText {
  std::string open, body, stars, close;
  [[nodiscard]] std::string whole() const { return open + body + stars + close; }
};
CellText cell_text(const Cell& cell, const PublicationTable& table, const std::string& minus);

bool is_numeric(const Cell& cell);  // holds a value to be aligned as a number
// The decimals a numeric cell prints with.
int decimals_of(const Cell& cell, const PublicationTable& table);
// A non-zero value that `decimals` would print as zero, or one too large for plain notation.
bool needs_significant_digits(double value, int decimals);

// left, center or right for a cell that starts in `column`.
Alignment alignment_of(const Cell& cell, int column);

// Number of leading header rows.
std::size_t header_rows(const PublicationTable& table);

// "Table 5. Baseline", "" when there is neither.
std::string caption_of(const PublicationTable& table);
// "Table 5", "" without a number.
std::string numbered_words(const PublicationTable& table);
// "Table 5 (continued)"
std::string continued_words(const PublicationTable& table);
// A fixed word in the table's language and style.
std::string table_word(const PublicationTable& table, const std::string& key);

// Text fit for any format: control characters and separators of lines become spaces, invalid UTF-8 and what XML cannot
// hold U+FFFD.
std::string clean_text(std::string_view text);

}  // namespace panelist
