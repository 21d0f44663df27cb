// SPDX-License-Identifier: Apache-2.0
// UTF-8, LF, quotes where they are needed; missing is an empty field. Reading it gives the same table back.
#include "table/io/cell_text.h"
#include "table/io/formats.h"
#include "table/spreadsheet_text.h"

namespace panelist {
namespace {

bool needs_quotes(std::string_view text, char separator) {
  for (const char c : text) {
    if (c == separator || c == '"' || c == '\n' || c == '\r') return true;
  }
  return trim_blanks(text).size() != text.size();
}

void append_field(std::string& out, std::string_view text, char separator) {
  if (!needs_quotes(text, separator)) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void append_row(std::string& out, const std::vector<const Column*>& columns, std::size_t row,
                char separator) {
  bool blank = true;
  std::string line;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) line += separator;
    const bool is_text = columns[i]->is_text();
    const std::string text = is_text ? guarded_text(columns[i]->text_at(row)) : columns[i]->text_at(row);
    blank = blank && text.empty();
    append_field(line, text, separator);
  }
  if (blank) out += "\"\"";  // a line of separators alone would be no row
  out += line;
  out += '\n';
}

}  // namespace

std::string csv_bytes(const Table& table, char separator) {
  std::string out;
  std::vector<const Column*> columns;
  for (std::size_t i = 0; i < table.columns(); ++i) {
    if (i > 0) out += separator;
    append_field(out, guarded_text(table.names()[i]), separator);
    columns.push_back(&table.at(table.names()[i]));
  }
  out += '\n';
  for (std::size_t row = 0; row < table.rows(); ++row) append_row(out, columns, row, separator);
  return out;
}

}  // namespace panelist
