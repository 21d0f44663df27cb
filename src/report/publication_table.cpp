// SPDX-License-Identifier: Apache-2.0
#include "report/publication_table.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/tables/words.h"
#include "report/writers/cell_text.h"

namespace panelist {

Cell Cell::of_text(std::string text, int span, Alignment align) {
  Cell cell;
  cell.kind = text.empty() ? CellKind::empty : CellKind::text;
  cell.text = std::move(text);
  cell.span = span;
  cell.align = align;
  return cell;
}

Cell Cell::of_number(CellKind kind, double value, int decimals, std::string source) {
  Cell cell;
  cell.kind = kind;
  cell.value = value;
  cell.decimals = decimals;
  cell.source = std::move(source);
  return cell;
}

Cell Cell::of_flag(bool yes) {
  Cell cell;
  cell.kind = CellKind::flag;
  cell.value = yes ? 1 : 0;
  return cell;
}

int PublicationTable::columns() const {
  int most = 0;
  for (const TableRow& row : rows) {
    int sum = 0;
    for (const Cell& cell : row.cells) sum += cell.span;
    most = std::max(most, sum);
  }
  return most;
}

std::string format_cell(const Cell& cell, const PublicationTable& table, const std::string& minus) {
  return cell_text(cell, table, minus).whole();
}

bool is_numeric(const Cell& cell) {
  return cell.kind != CellKind::empty && cell.kind != CellKind::text && cell.kind != CellKind::flag;
}

namespace {

// Decimals that show `digits` significant ones; whole numbers keep all of theirs.
int decimals_for(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return std::max(0, digits - 1);
  const std::string text =
      fmt::format("{:.{}e}", std::abs(value), digits - 1);  // rounds 9.99 up before it is placed
  return std::clamp(digits - 1 - std::stoi(text.substr(text.find('e') + 1)), 0, 15);
}

constexpr int least_p_decimals = 2, most_p_decimals = 4;  // the latter by significant digits

int decimals_of_p(const Cell& cell, const PublicationTable& table, double p) {
  if (table.look.significant > 0)
    return std::clamp(decimals_for(p, table.look.significant), least_p_decimals, most_p_decimals);
  if (cell.decimals >= 0) return std::max(cell.decimals, least_p_decimals);
  return table.look.p_decimals > 0 ? table.look.p_decimals : std::max(table.decimals, least_p_decimals);
}

constexpr int most_digits = 8;  // of a large number in fixed notation

// 1052424.4492 is printed as 1052424.4.
int fewer_for_large(double value, int decimals) {
  if (!(std::abs(value) >= 1e4) || !std::isfinite(value)) return decimals;
  const auto before = static_cast<int>(fixed(std::floor(std::abs(value)), 0).size());
  return std::min(decimals, std::max(0, most_digits - before));
}

int decimals_of(const Cell& cell, const PublicationTable& table, double value) {
  if (cell.kind == CellKind::p_value) return decimals_of_p(cell, table, value);
  const bool whole = cell.kind == CellKind::count && value == std::floor(value);
  if (whole && cell.decimals < 0) return 0;
  if (table.look.significant > 0 && cell.kind != CellKind::count)
    return decimals_for(value, table.look.significant);
  return cell.decimals >= 0 ? cell.decimals : fewer_for_large(value, table.decimals);
}

}  // namespace

int decimals_of(const Cell& cell, const PublicationTable& table) {
  return decimals_of(cell, table, cell.value);
}

bool needs_significant_digits(double value, int decimals) {
  if (value == 0 || !std::isfinite(value)) return false;
  if (std::abs(value) >= 1e15) return true;
  return fixed(value, decimals).find_first_of("123456789") == std::string::npos;
}

namespace {

constexpr int fewest_digits = 2;

std::string number_text(double value, int decimals, const std::string& minus) {
  if (std::isnan(value)) return "";
  if (std::isinf(value)) return value < 0 ? minus + "∞" : "∞";
  const std::string text =
      needs_significant_digits(value, decimals) ? significant(value, fewest_digits) : fixed(value, decimals);
  return minus == "-" ? text : replace_all(text, "-", minus);
}

// "0.0312", "<0.0001"; without leading zeros ".031", "< .001".
std::string p_text(const Cell& cell, const PublicationTable& table, const std::string& minus) {
  const int decimals = decimals_of(cell, table);
  const double last = std::pow(10.0, -decimals);
  const bool below = cell.value >= 0 && cell.value < last;
  std::string text = below ? fixed(last, decimals) : number_text(cell.value, decimals, minus);
  if (!table.look.leading_zero && text.starts_with("0.")) text.erase(0, 1);
  if (!below) return text;
  return (table.look.leading_zero ? "<" : "< ") + text;
}

std::string body_text(const Cell& cell, const PublicationTable& table, const std::string& minus) {
  switch (cell.kind) {
    case CellKind::empty:
      return "";
    case CellKind::text:
      return cell.text;
    case CellKind::flag:
      return table_word(table, cell.value != 0 ? "yes" : "no");
    case CellKind::interval: {
      if (std::isnan(cell.value) || std::isnan(cell.value2)) return "";
      return number_text(cell.value, decimals_of(cell, table, cell.value), minus) + ", " +
             number_text(cell.value2, decimals_of(cell, table, cell.value2), minus);
    }
    case CellKind::p_value:
      return p_text(cell, table, minus);
    default:
      return number_text(cell.value, decimals_of(cell, table), minus);
  }
}

}  // namespace

CellText cell_text(const Cell& cell, const PublicationTable& table, const std::string& minus) {
  CellText parts;
  parts.body = body_text(cell, table, minus);
  if (parts.body.empty()) return parts;
  parts.stars.assign(static_cast<std::size_t>(std::max(0, cell.stars)), '*');
  if (cell.bracket == Bracket::round) parts.open = "(", parts.close = ")";
  if (cell.bracket == Bracket::square) parts.open = "[", parts.close = "]";
  return parts;
}

Alignment alignment_of(const Cell& cell, int column) {
  if (cell.align != Alignment::automatic) return cell.align;
  return column == 0 ? Alignment::left : Alignment::center;
}

std::size_t header_rows(const PublicationTable& table) {
  std::size_t count = 0;
  while (count < table.rows.size() && table.rows[count].header) ++count;
  return count;
}

namespace {

std::string roman(int number) {
  static constexpr std::pair<int, std::string_view> letters[] = {
      {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"},
      {40, "XL"},  {10, "X"},   {9, "IX"},  {5, "V"},    {4, "IV"},  {1, "I"}};
  std::string out;
  for (const auto& [value, letter] : letters)
    for (; number >= value; number -= value) out += letter;
  return out;
}

// "{}" of a style's own words, which are checked when it is read, filled in order.
std::string filled(std::string text, const std::vector<std::string>& parts) {
  std::size_t at = 0;
  for (const std::string& part : parts) {
    at = text.find("{}", at);
    if (at == std::string::npos) break;
    text.replace(at, 2, part);
    at += part.size();
  }
  return text;
}

}  // namespace

std::string table_word(const PublicationTable& table, const std::string& key) {
  const auto own = table.look.words.find(key);
  return own == table.look.words.end() ? std::string(word(key, table.lang)) : own->second;
}

std::string numbered_words(const PublicationTable& table) {
  if (table.number == 0) return "";
  const std::string number = table.look.roman_numbers ? roman(table.number) : std::to_string(table.number);
  return filled(table_word(table, "table"), {number});
}

std::string continued_words(const PublicationTable& table) {
  return filled(std::string(word("continued", table.lang)), {numbered_words(table)});
}

std::string caption_of(const PublicationTable& table) {
  if (table.number == 0) return table.title;
  if (table.title.empty()) return numbered_words(table);
  const std::string number = table.look.roman_numbers ? roman(table.number) : std::to_string(table.number);
  return filled(table_word(table, "table_title"), {number, table.title});
}

namespace {

// Control characters of ASCII and of Latin-1, and the separators of lines and paragraphs.
bool breaks_lines(std::string_view point) {
  const auto first = static_cast<unsigned char>(point[0]);
  if (point.size() == 1) return first < 0x20 || first == 0x7F;
  if (point.size() == 2) return first == 0xC2 && static_cast<unsigned char>(point[1]) < 0xA0;
  return point == "\u2028" || point == "\u2029";
}

}  // namespace

std::string clean_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = code_point_length(text, i);
    const std::string_view point = text.substr(i, length);
    if (!valid_utf8(point))
      clean += "\xEF\xBF\xBD";
    else if (breaks_lines(point))
      clean += ' ';
    else if (point == "\xEF\xBF\xBE" || point == "\xEF\xBF\xBF")
      clean += "\xEF\xBF\xBD";
    else
      clean += point;
    i += length;
  }
  return clean;
}

}  // namespace panelist
