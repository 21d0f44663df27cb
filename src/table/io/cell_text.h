// SPDX-License-Identifier: Apache-2.0
// What one cell of a text file says: nothing, a number, a truth value.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace panelist {

// Without blanks at both ends, the full-width and no-break ones included.
std::string_view trim_blanks(std::string_view text);

struct NumberStyle {
  char decimal = '.';
  char thousands = ',';
};

struct CellNumber {
  double value = 0;
  bool whole = false;         // written as an integer
  bool leading_zero = false;  // "007": a code, not a number
  bool inexact = false;       // an integer beyond 2^53
  bool thousands = false;     // had thousands marks
};

// The cell as a number. Thousands marks are read only where they stand right: 1,234,567.8
bool parse_cell_number(std::string_view text, const NumberStyle& style, CellNumber& number);
// "inf", "-Infinity", "∞", or beyond the range of doubles (1e400): no number that can be computed with.
bool is_infinite_number(std::string_view text);
std::optional<double> parse_cell_boolean(std::string_view text);
// A date, also with a midnight after it ("2020-01-31 00:00:00").
std::optional<double> parse_cell_date(std::string_view text);

// "数据来源：…", "Note: …": a line below a table, not a row of it.
bool is_footnote(std::string_view text);

// The codes that stand for a missing cell.
class MissingCodes {
 public:
  explicit MissingCodes(const std::vector<std::string>& given);  // the usual ones when empty
  // Index of the code in names(), or -1. The empty cell is always missing: index 0.
  [[nodiscard]] int find(std::string_view text) const;
  [[nodiscard]] const std::vector<std::string>& names() const { return codes_; }
  // One of the codes is itself a number (-999), so codes go before numbers.
  [[nodiscard]] bool shadow_numbers() const { return shadow_numbers_; }
  // One of the codes reads as a number, a date or a truth value.
  [[nodiscard]] bool shadow_values() const { return shadow_values_; }

 private:
  std::vector<std::string> codes_;
  std::size_t longest_ = 0;
  bool shadow_numbers_ = false;
  bool shadow_values_ = false;
};

}  // namespace panelist
