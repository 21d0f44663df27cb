// SPDX-License-Identifier: Apache-2.0
// HTML: a <table> with real spans and scopes; alone in a page, or as one element of the report page.
#include <fmt/format.h>

#include "base/text.h"
#include "report/page/assets.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"
#include "report/writers/html_style.h"

namespace panelist {

std::string html_escape(std::string_view raw) {
  std::string out;
  for (const char letter : clean_text(raw)) switch (letter) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += letter;
    }
  return out;
}

namespace {

std::string content(const Cell& cell, const PublicationTable& table) {
  const CellText text = cell_text(cell, table, "−");
  std::string out = html_escape(text.open + text.body);
  if (!text.stars.empty()) out += "<sup>" + text.stars + "</sup>";
  out += html_escape(text.close);
  if (cell.bold) out = "<b>" + out + "</b>";
  if (cell.italic) out = "<i>" + out + "</i>";
  return out;
}

std::string classes(const Cell& cell, int column, bool ruled) {
  const Alignment align = alignment_of(cell, column);
  std::string names = align == Alignment::left ? "l" : align == Alignment::right ? "r" : "c";
  if (is_numeric(cell) && cell.kind != CellKind::interval) names += " n";
  if (ruled && cell.span > 1 && cell.kind != CellKind::empty) names += " u";
  return names;
}

std::string element(const Cell& cell, const PublicationTable& table, const TableRow& row, int column) {
  const bool row_head = !row.header && column == 0 && cell.kind == CellKind::text;
  const bool head = row_head || (row.header && cell.kind != CellKind::empty);
  std::string out = head ? "<th" : "<td";
  if (row_head) out += R"( scope="row")";
  if (head && !row_head) out += cell.span > 1 ? R"( scope="colgroup")" : R"( scope="col")";
  if (cell.span > 1) out += fmt::format(R"( colspan="{}")", cell.span);
  out += fmt::format(R"( class="{}">)", classes(cell, column, row.rule_under_spans));
  return out + content(cell, table) + (head ? "</th>" : "</td>");
}

std::string line(const TableRow& row, const PublicationTable& table) {
  std::string out = row.rule_above != Rule::none ? R"(<tr class="rule">)" : "<tr>";
  int column = 0;
  for (const Cell& cell : row.cells) {
    out += element(cell, table, row, column);
    column += cell.span;
  }
  return out + "</tr>\n";
}

}  // namespace

namespace {

// Quotes and backslashes would end the names of fonts.
std::string family_name(const std::string& font) {
  return "&quot;" + html_escape(replace_all(replace_all(font, "\\", ""), "\"", "")) + "&quot;,";
}

std::string own_style(const TableLook& look) {
  std::string style;
  if (!look.font.empty() || !look.font_zh.empty())
    style += "font-family:" + (look.font.empty() ? "&quot;Times New Roman&quot;," : family_name(look.font)) +
             (look.font_zh.empty() ? "" : family_name(look.font_zh)) + "serif;";
  if (look.size > 0) style += fmt::format("font-size:{}pt;", shortest(look.size));
  return style.empty() ? "" : " style=\"" + style + "\"";
}

}  // namespace

std::string html_table(const PublicationTable& table, bool sortable) {
  std::string out =
      fmt::format("<table class=\"publication{}\" lang=\"{}\" id=\"{}\"{}>\n", sortable ? " sortable" : "",
                  html_escape(table.lang), html_escape(table.id), own_style(table.look));
  const std::string caption = caption_of(table);
  if (!caption.empty()) out += "<caption>" + html_escape(caption) + "</caption>\n";
  const std::size_t heads = header_rows(table);
  out += "<thead>\n";
  for (std::size_t i = 0; i < heads; ++i) out += line(table.rows[i], table);
  out += "</thead>\n<tbody>\n";
  for (std::size_t i = heads; i < table.rows.size(); ++i) out += line(table.rows[i], table);
  out += "</tbody>\n";
  if (!table.notes.empty()) {
    out += fmt::format("<tfoot>\n<tr><td colspan=\"{}\" class=\"l\">\n", std::max(1, table.columns()));
    for (const std::string& note : table.notes) out += "<p>" + html_escape(note) + "</p>\n";
    out += "</td></tr>\n</tfoot>\n";
  }
  return out + "</table>\n";
}

std::string write_html(const PublicationTable& table) {
  return html_page_head(caption_of(table), table.lang) + html_table(table) + "</body>\n</html>\n";
}

std::string html_page_head(const std::string& title, const std::string& lang) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n",
      html_escape(lang), html_escape(title), table_css());
}

}  // namespace panelist
