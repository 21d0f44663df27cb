// SPDX-License-Identifier: Apache-2.0
// Markdown pipe tables: one head line is allowed, further head rows follow in bold; a span is its text and blanks.
#include "base/text.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"

namespace panelist {

namespace {

std::string escape(std::string_view raw) {
  std::string out;
  for (const char letter : clean_text(raw)) {
    if (std::string_view("\\`*_[]<>|~$&#^=").find(letter) != std::string_view::npos) out += '\\';
    out += letter;
  }
  return out;
}

// A paragraph must not begin as a list, a heading rule or a number of a list.
std::string paragraph(std::string_view raw) {
  std::string text = escape(raw);
  if (text.empty()) return text;
  if (text[0] == '-' || text[0] == '+') return "\\" + text;
  const std::size_t digits = text.find_first_not_of("0123456789");
  if (digits > 0 && digits != std::string::npos && (text[digits] == '.' || text[digits] == ')'))
    text.insert(digits, "\\");
  return text;
}

std::string line(const TableRow& row, const PublicationTable& table, int columns, bool bold) {
  std::string out = "|";
  int at = 0;
  for (const Cell& cell : row.cells) {
    const std::string text = escape(format_cell(cell, table, "−"));
    const bool strong = !text.empty() && (bold || cell.bold);
    out += " " + (strong ? "**" + text + "**" : text) + " |";
    for (int more = 1; more < cell.span; ++more) out += "  |";
    at += cell.span;
  }
  for (; at < columns; ++at) out += "  |";
  return out + "\n";
}

}  // namespace

std::string write_markdown(const PublicationTable& table) {
  const int columns = table.columns();
  if (columns == 0) return "";
  std::string out;
  const std::string caption = caption_of(table);
  if (!caption.empty()) out += "**" + escape(caption) + "**\n\n";
  const std::size_t heads = header_rows(table);
  out += heads > 0 ? line(table.rows[0], table, columns, false) : line({}, table, columns, false);
  out += "|:---|";
  for (int i = 1; i < columns; ++i) out += ":---:|";
  out += "\n";
  for (std::size_t i = heads > 0 ? 1 : 0; i < table.rows.size(); ++i)
    out += line(table.rows[i], table, columns, i < heads);
  for (const std::string& note : table.notes) out += "\n" + paragraph(note) + "\n";
  return out;
}

}  // namespace panelist
