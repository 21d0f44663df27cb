// SPDX-License-Identifier: Apache-2.0
#include "report/publication_table.h"

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

int decimals_of(const Cell& cell, const PublicationTable& table) {
  if (cell.decimals >= 0) return cell.decimals;
  const bool whole = cell.kind == CellKind::count && cell.value == std::floor(cell.value);
  return whole ? 0 : table.decimals;
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

std::string body_text(const Cell& cell, const PublicationTable& table, const std::string& minus) {
  switch (cell.kind) {
    case CellKind::empty:
      return "";
    case CellKind::text:
      return cell.text;
    case CellKind::flag:
      return std::string(word(cell.value != 0 ? "yes" : "no", table.lang));
    case CellKind::interval: {
      const int decimals = decimals_of(cell, table);
      if (std::isnan(cell.value) || std::isnan(cell.value2)) return "";
      return number_text(cell.value, decimals, minus) + ", " + number_text(cell.value2, decimals, minus);
    }
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

std::string caption_of(const PublicationTable& table) {
  if (table.number == 0) return table.title;
  if (table.title.empty()) return format_words("table", table.lang, table.number);
  return format_words("table_title", table.lang, table.number, table.title);
}

std::string clean_text(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = code_point_length(text, i);
    const std::string_view point = text.substr(i, length);
    const auto byte = static_cast<unsigned char>(point[0]);
    const bool control = length == 1 && (byte < 0x20 || byte == 0x7F);
    if (control)
      clean += ' ';
    else if (!valid_utf8(point) || point == "\xEF\xBF\xBE" || point == "\xEF\xBF\xBF")
      clean += "\xEF\xBF\xBD";
    else
      clean += point;
    i += length;
  }
  return clean;
}

}  // namespace panelist
