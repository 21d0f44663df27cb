// SPDX-License-Identifier: Apache-2.0
// RFC 4180: the cells as printed, CRLF, every row as wide as the table, a span repeated in each of its columns.
// A byte-order mark is written when the text is not plain ASCII: Excel needs it to read UTF-8, others skip it.
// Spreadsheet programs read "(0.0351)" as a negative number and run "=x" as a formula: round brackets become square,
// and texts are guarded (table/spreadsheet_text.h).
// Title and notes are not cells; they are in every other format.
#include "base/text.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"
#include "table/spreadsheet_text.h"

namespace panelist {

namespace {

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos && text == trim(text)) return text;
  return "\"" + replace_all(text, "\"", "\"\"") + "\"";
}

bool plain_ascii(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

namespace {

std::string printed(Cell cell, const PublicationTable& table) {
  if (cell.bracket == Bracket::round) cell.bracket = Bracket::square;
  const std::string text = clean_text(format_cell(cell, table));
  return cell.kind == CellKind::text ? guarded_text(text) : text;
}

}  // namespace

std::string write_csv(const PublicationTable& table) {
  const auto columns = static_cast<std::size_t>(table.columns());
  std::string out;
  for (const TableRow& row : table.rows) {
    std::vector<std::string> fields;
    for (const Cell& cell : row.cells)
      fields.insert(fields.end(), static_cast<std::size_t>(cell.span), field(printed(cell, table)));
    fields.resize(columns);
    const std::string line = join(fields, ",");
    out += (line.empty() ? "\"\"" : line) + "\r\n";  // a blank line would be no row
  }
  return plain_ascii(out) ? out : "\xEF\xBB\xBF" + out;
}

}  // namespace panelist
