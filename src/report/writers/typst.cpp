// SPDX-License-Identifier: Apache-2.0
// Typst: a figure that holds a table with true spans. Every text is a string of Typst's code, where only the backslash,
// the quote and control characters mean something, so that no label can become markup.
#include <fmt/format.h>

#include "base/text.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"
#include "report/writers/word.h"

namespace panelist {

namespace {

constexpr std::string_view thick = "0.08em", thin = "0.05em";

std::string string_of(std::string_view raw) {
  std::string text = replace_all(clean_text(raw), "\\", "\\\\");
  return "\"" + replace_all(text, "\"", "\\\"") + "\"";
}

class TypstTable {
 public:
  explicit TypstTable(const PublicationTable& table) : table_(table), columns_(table.columns()) {}

  std::string write() const {
    const std::string own = settings() + figure() + notes();
    return takes_turned_page(table_) ? "#page(flipped: true)[\n" + own + "]\n" : own;
  }

 private:
  // Set rules hold to the end of the block they stand in.
  std::string settings() const {
    const TableLook& look = table_.look;
    std::string parts;
    if (!look.font.empty() || !look.font_zh.empty())
      parts += fmt::format("font: ({}, {}), ", string_of(look.font.empty() ? "Times New Roman" : look.font),
                           string_of(look.font_zh.empty() ? "SimSun" : look.font_zh));
    if (look.size > 0) parts += fmt::format("size: {}pt, ", shortest(look.size));
    return fmt::format("#[\n#set text({}lang: {})\n#show figure.caption: it => it.body\n", parts,
                       string_of(table_.lang));
  }

  std::string figure() const {
    std::string out = "#figure(\n  kind: table,\n";
    if (const std::string caption = caption_of(table_); !caption.empty())
      out += fmt::format("  caption: figure.caption(position: top, {}),\n", string_of(caption));
    // A reference prints the whole of "Table 2".
    const std::string number = numbered_words(table_);
    out += number.empty() ? "  numbering: none,\n"
                          : fmt::format("  supplement: none, numbering: (..) => {},\n", string_of(number));
    out += "  " + table() + ")" + label() + "\n";
    return out;
  }

  // Letters, digits, hyphens and colons only.
  std::string label() const {
    const std::string name = table_.label.empty() ? "tab:" + table_.id : table_.label;
    std::string out;
    for (const char letter : name) {
      const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                         (letter >= '0' && letter <= '9') || letter == '-' || letter == ':';
      out += plain ? letter : '-';
    }
    return " <" + out + ">";
  }

  std::string table() const {
    std::string out = fmt::format("table(\n    columns: {}, stroke: none, align: center,\n", columns_);
    out += rule(0, columns_, thick);
    const std::size_t heads = header_rows(table_);
    if (heads > 0) out += "    table.header(\n";
    for (std::size_t i = 0; i < table_.rows.size(); ++i) {
      const TableRow& row = table_.rows[i];
      if (i > 0 && i == heads) out += "    ),\n";
      if (i > 0 && (i == heads || row.rule_above != Rule::none)) out += rule(0, columns_, thin);
      out += line(row);
      if (row.rule_under_spans) out += partial_rules(row);
    }
    if (heads > 0 && heads == table_.rows.size()) out += "    ),\n";
    return out + rule(0, columns_, thick) + "  )";
  }

  static std::string rule(int begin, int end, std::string_view stroke) {
    return fmt::format("    table.hline(start: {}, end: {}, stroke: {}),\n", begin, end, stroke);
  }

  static std::string partial_rules(const TableRow& row) {
    std::string out;
    int column = 0;
    for (const Cell& cell : row.cells) {
      if (cell.span > 1 && cell.kind != CellKind::empty) out += rule(column, column + cell.span, thin);
      column += cell.span;
    }
    return out;
  }

  std::string line(const TableRow& row) const {
    std::string out = "   ";
    int column = 0;
    for (const Cell& one : row.cells) {
      out += " " + cell(one, column) + ",";
      column += one.span;
    }
    if (column < columns_) out += fmt::format(" table.cell(colspan: {}, \"\"),", columns_ - column);
    return out + "\n";
  }

  std::string cell(const Cell& cell, int column) const {
    const std::string body = content(cell);
    const Alignment align = alignment_of(cell, column);
    std::string parts;
    if (cell.span > 1) parts += fmt::format("colspan: {}, ", cell.span);
    if (align != Alignment::center) parts += align == Alignment::left ? "align: left, " : "align: right, ";
    return parts.empty() ? body : "table.cell(" + parts + body + ")";
  }

  std::string content(const Cell& cell) const {
    const CellText text = cell_text(cell, table_, "−");
    std::string body = string_of(text.open + text.body);
    if (!text.stars.empty()) body += " + super(" + string_of(text.stars) + ")";
    if (!text.stars.empty() && !text.close.empty()) body += " + " + string_of(text.close);
    if (text.stars.empty()) body = string_of(text.open + text.body + text.close);
    if (cell.bold) body = "strong(" + body + ")";
    if (cell.italic) body = "emph(" + body + ")";
    return body;
  }

  std::string notes() const {
    std::string out;
    for (const std::string& note : table_.notes)
      out += "#block(text(size: 0.85em, " + string_of(note) + "))\n";
    return out + "]\n";
  }

  const PublicationTable& table_;
  int columns_;
};

}  // namespace

std::string write_typst(const PublicationTable& table) {
  return table.columns() == 0 ? "// A table without cells.\n" : TypstTable(table).write();
}

}  // namespace panelist
