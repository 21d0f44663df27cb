// SPDX-License-Identifier: Apache-2.0
// Excel (ECMA-376 SpreadsheetML): numbers stay numbers; stars and brackets live in the number format
// (0.0000"***", "("0.0000")"), spans are merged cells, title and notes are merged rows above and below.
#include <fmt/format.h>

#include <numeric>

#include "base/text.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"
#include "report/writers/column_widths.h"
#include "report/writers/sheet_styles.h"
#include "report/writers/zip_archive.h"

namespace panelist {

namespace {

constexpr std::string_view content_types =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"
    "<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"
    "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
constexpr std::string_view package_relations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
constexpr std::string_view workbook_relations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    "styles\" Target=\"styles.xml\"/></Relationships>";

std::string column_name(int column) {
  std::string name;
  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    name.insert(name.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return name;
}

std::string quoted(const std::string& text) { return text.empty() ? "" : "\"" + text + "\""; }

// The number format that prints a cell as the other writers do; a minus stands inside the brackets.
std::string number_format(const CellText& text) {
  if (text.body.starts_with('<')) return quoted(text.whole());
  std::string digits = "0";
  if (text.body.find('e') != std::string::npos) {
    digits = "0.0E+00";
  } else if (const std::size_t point = text.body.find('.'); point != std::string::npos) {
    digits = (text.body.starts_with('.') ? "." : "0.") + std::string(text.body.size() - point - 1, '0');
  }
  const std::string after = quoted(text.stars + text.close);
  const std::string positive = quoted(text.open) + digits + after;
  return text.open.empty() ? positive : positive + ";" + quoted(text.open + "-") + digits + after;
}

// Sheet names: at most 31 characters, none of []:*?/\ and no apostrophe.
std::string sheet_name(const PublicationTable& table) {
  std::string name;
  int length = 0;
  const std::string source = clean_text(table.id.empty() ? "Table" : table.id);
  for (std::size_t i = 0; i < source.size() && length < 31; ++length) {
    const std::size_t bytes = code_point_length(source, i);
    const bool barred = std::string_view("[]:*?/\\'").find(source[i]) != std::string_view::npos;
    name += barred ? "_" : source.substr(i, bytes);
    i += bytes;
  }
  return name;
}

// Beyond this Excel takes the whole file for damaged.
bool fits_excel(double value) { return std::abs(value) <= 9.99999999999999e307; }

constexpr double widest = 22, widest_first = 46;  // characters of a column; longer texts take several lines

class Sheet {
 public:
  explicit Sheet(const PublicationTable& table) : table_(table), columns_(std::max(1, table.columns())) {
    const ColumnNeeds needs = column_needs(table);
    for (std::size_t c = 0; c < needs.wide.size(); ++c)
      widths_.push_back(std::min(needs.wide[c], std::max(c == 0 ? widest_first : widest, needs.narrow[c])) +
                        2);
    widths_.resize(static_cast<std::size_t>(columns_), 14);
  }

  void write() {
    if (const std::string caption = caption_of(table_); !caption.empty()) {
      SheetFormat format;
      format.bold = format.wrap = true;
      add_wide_row(caption, format, height_of(lines_of(caption, 0.9 * whole_width()), 15));
    }
    for (std::size_t i = 0; i < table_.rows.size(); ++i) add_row(i);
    for (const std::string& note : table_.notes) {
      SheetFormat format;
      format.small = format.wrap = true;
      add_wide_row(note, format, height_of(lines_of(note, 1.1 * whole_width()), 13));
    }
  }

  std::string xml() const {
    std::string out(xml_declaration);
    out +=
        "<worksheet "
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetPr><pageSetUpPr "
        "fitToPage=\"1\"/></sheetPr>";
    out += "<sheetViews><sheetView workbookViewId=\"0\" showGridLines=\"0\"/></sheetViews>";
    out += "<cols>";
    for (std::size_t c = 0; c < widths_.size(); ++c)
      out += fmt::format("<col min=\"{0}\" max=\"{0}\" width=\"{1}\" customWidth=\"1\"/>", c + 1,
                         fixed(widths_[c], 1));
    out += "</cols><sheetData>" + rows_ + "</sheetData>";
    if (merged_ > 0) out += fmt::format("<mergeCells count=\"{}\">{}</mergeCells>", merged_, merges_);
    return out + "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToHeight=\"0\"/></worksheet>";
  }

  std::string styles() const { return styles_.xml(table_.look); }

 private:
  double whole_width() const { return std::accumulate(widths_.begin(), widths_.end(), 0.0); }

  static std::size_t lines_of(const std::string& text, double width) {
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::ceil(text_width(text) / width)));
  }

  // Not every program grows rows by what stands in them, and none those with merged cells.
  static std::string height_of(std::size_t lines, std::size_t of_line) {
    return lines < 2 ? "" : fmt::format(" ht=\"{}\" customHeight=\"1\"", of_line * lines);
  }

  std::size_t lines_of(const TableRow& row) const {
    std::size_t lines = 1, column = 0;
    for (const Cell& cell : row.cells) {
      if (cell.kind == CellKind::text && cell.span == 1)
        lines = std::max(lines, lines_of(cell.text, widths_[column] - 1.5));
      column += static_cast<std::size_t>(cell.span);
    }
    return lines;
  }

  std::string place(int column) const { return column_name(column) + std::to_string(line_); }

  void merge(int column, int span) {
    if (span < 2) return;
    merges_ += fmt::format("<mergeCell ref=\"{}:{}\"/>", place(column), place(column + span - 1));
    ++merged_;
  }

  // Excel reads _x0041_ as A.
  static std::string escaped(const std::string& text) {
    std::string out;
    const auto is_code = [&](std::size_t at) {
      return text.compare(at, 2, "_x") == 0 && at + 6 < text.size() && text[at + 6] == '_' &&
             text.find_first_not_of("0123456789abcdefABCDEF", at + 2) == at + 6;
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (is_code(at)) out += "_x005F";
      out += text[at];
    }
    return xml_escape(out);
  }

  static std::string text_cell(const std::string& at, int style, const std::string& text) {
    if (text.empty()) return fmt::format("<c r=\"{}\" s=\"{}\"/>", at, style);
    return fmt::format("<c r=\"{}\" s=\"{}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                       at, style, escaped(text));
  }

  void add_wide_row(const std::string& text, const SheetFormat& format, const std::string& height) {
    ++line_;
    rows_ += fmt::format("<row r=\"{}\"{}>", line_, height) +
             text_cell(place(0), styles_.number_of(format), text) + "</row>";
    merge(0, columns_);
  }

  void add_row(std::size_t i) {
    ++line_;
    rows_ += fmt::format("<row r=\"{}\"{}>", line_, height_of(lines_of(table_.rows[i]), 15));
    int column = 0;
    for (const Cell& cell : table_.rows[i].cells) {
      add_cell(cell, i, column);
      column += cell.span;
    }
    for (; column < columns_; ++column) add_cell(Cell{}, i, column);
    rows_ += "</row>";
  }

  void add_cell(const Cell& cell, std::size_t i, int column) {
    const CellText text = cell_text(cell, table_, "-");
    const bool number = is_numeric(cell) && cell.kind != CellKind::interval && fits_excel(cell.value);
    SheetFormat format = format_of(cell, i, column);
    if (number) format.number = number_format(text);
    const int style = styles_.number_of(format);
    rows_ +=
        number ? fmt::format("<c r=\"{}\" s=\"{}\"><v>{}</v></c>", place(column), style, shortest(cell.value))
               : text_cell(place(column), style, text.whole());
    for (int more = 1; more < cell.span; ++more) rows_ += text_cell(place(column + more), style, "");
    merge(column, cell.span);
  }

  SheetFormat format_of(const Cell& cell, std::size_t i, int column) const {
    const TableRow& row = table_.rows[i];
    const std::size_t heads = header_rows(table_);
    const Alignment align = alignment_of(cell, column);
    SheetFormat format;
    format.align = align == Alignment::left ? 'l' : align == Alignment::right ? 'r' : 'c';
    format.above = i == 0 ? 2 : row.rule_above != Rule::none || i == heads ? 1 : 0;
    const bool under_span = row.rule_under_spans && cell.span > 1 && cell.kind != CellKind::empty;
    format.below = i + 1 == table_.rows.size() ? 2 : under_span ? 1 : 0;
    const double width = widths_[static_cast<std::size_t>(column)];
    format.wrap = cell.kind == CellKind::text && cell.span == 1 && text_width(cell.text) > width - 1.5;
    format.bold = cell.bold;
    format.italic = cell.italic;
    return format;
  }

  const PublicationTable& table_;
  int columns_;
  std::vector<double> widths_;  // characters
  int line_ = 0, merged_ = 0;
  std::string rows_, merges_;
  SheetStyles styles_;
};

std::string workbook(const PublicationTable& table) {
  return std::string(xml_declaration) +
         fmt::format(
             "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
             "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">"
             "<sheets><sheet name=\"{}\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
             xml_escape(sheet_name(table)));
}

}  // namespace

std::string write_xlsx(const PublicationTable& table) {
  Sheet sheet(table);
  sheet.write();
  ZipArchive archive;
  archive.add("[Content_Types].xml", std::string(xml_declaration) + std::string(content_types));
  archive.add("_rels/.rels", std::string(xml_declaration) + std::string(package_relations));
  archive.add("xl/workbook.xml", workbook(table));
  archive.add("xl/_rels/workbook.xml.rels", std::string(xml_declaration) + std::string(workbook_relations));
  archive.add("xl/styles.xml", sheet.styles());
  archive.add("xl/worksheets/sheet1.xml", sheet.xml());
  return archive.finish();
}

}  // namespace panelist
