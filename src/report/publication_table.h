// SPDX-License-Identifier: Apache-2.0
// The one table model: header rows with column spans, body cells holding typed values, note blocks. No
// format.
//
// Writers only render; rounding happens in the writer (format_cell), significance is decided before rounding.
// A non-zero value never prints as zero: when `decimals` would show only zeros the cell gets significant
// digits, and a p-value below the last decimal prints as "<0.0001". A number with five digits or more before the point
// has fewer decimals: eight digits in all. p-values have two decimals at least. Each row covers all columns: the spans of its cells sum to columns().
#pragma once
#include <map>
#include <string>
#include <vector>

#include "table/column.h"

namespace panelist {

enum class CellKind { empty, text, estimate, std_error, statistic, p_value, interval, count, number, flag };
enum class Bracket { none, round, square };
enum class Alignment { automatic, left, center, right };
enum class Rule { none, thin, thick };

struct Cell {
  CellKind kind = CellKind::empty;
  std::string text;  // text, plain Unicode, escaped by writers; flag: "" (words come from the language)
  double value = missing_value;   // numeric kinds; flag: 1 yes, 0 no
  double value2 = missing_value;  // interval: upper end
  int stars = 0;                  // 0-3
  int decimals = -1;              // -1: the table's default
  Bracket bracket = Bracket::none;
  int span = 1;
  Alignment align = Alignment::automatic;
  bool bold = false, italic = false;
  // JSON pointer of the value within the table's object in results.json: "/columns/0/coefficients/2/estimate".
  // A run of a study puts the place of the table before it: "/tables/4/columns/0/...". `source2`: of value2.
  std::string source, source2;

  static Cell of_text(std::string text, int span = 1, Alignment align = Alignment::automatic);
  static Cell of_number(CellKind kind, double value, int decimals = -1, std::string source = "");
  static Cell of_flag(bool yes);
};

struct TableRow {
  std::vector<Cell> cells;
  bool header = false;
  Rule rule_above = Rule::none;
  bool rule_under_spans = false;  // thin partial rules under spanning header cells
  bool panel_heading = false;     // "Panel A: ..." row
};

// How a table is dressed: fonts, page, fixed words of its style.
struct TableLook {
  std::string font, font_zh;   // "" = Times New Roman, SimSun
  double size = 0;             // of letters in points; 0 = the format's own
  bool landscape = false;      // a page of its own, turned
  bool roman_numbers = false;  // Table II
  bool leading_zero = true;    // of p-values; without it "< .001" is spaced as well
  int p_decimals = 0;          // of p-values; 0 = those of the table
  int significant =
      0;  // digits of all numbers but counts, in place of decimals; p-values up to four decimals
  std::map<std::string, std::string> words;  // in place of those of the language: "yes", "table"
  bool operator==(const TableLook&) const = default;
};

struct PublicationTable {
  std::string id;  // "baseline"
  int number = 0;
  std::string title;
  std::vector<TableRow> rows;      // header rows first
  std::vector<std::string> notes;  // each a paragraph, plain Unicode
  int decimals = 4;
  std::string lang = "en";
  std::string style = "plain";
  TableLook look;
  std::string label;  // for cross references; "" = "tab:" and the id
  [[nodiscard]] int columns() const;
};

// The printed text of a cell: rounding, stars, brackets, yes/no words; `minus` is "-" or U+2212.
std::string format_cell(const Cell& cell, const PublicationTable& table, const std::string& minus = "-");

}  // namespace panelist
