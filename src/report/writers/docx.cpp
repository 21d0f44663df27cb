// SPDX-License-Identifier: Apache-2.0
// Word (ECMA-376 WordprocessingML): a real three-line table. Rules are cell borders, spans are gridSpan, nothing is
// merged vertically (that stops page breaks), head rows repeat, stars are superscript runs, rows keep together.
#include <fmt/format.h>

#include "base/text.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"
#include "report/writers/column_parts.h"
#include "report/writers/column_widths.h"
#include "report/writers/word.h"
#include "report/writers/zip_archive.h"

namespace panelist {

namespace {

constexpr int thick = 12, thin = 6;                          // eighths of a point
constexpr int portrait_text = 9026, landscape_text = 13958;  // A4 less margins, in twips
constexpr int landscape_height = 9026;
constexpr double usual_size = 10.5;  // of letters in points
constexpr double smallest_size = 7;  // of a table that must fit its page
constexpr double size_of_parts = 8;  // of one that does not, over several pages

constexpr std::string_view content_types =
    "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
    "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
    "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>"
    "<Override PartName=\"/word/styles.xml\" ContentType=\"application/"
    "vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
constexpr std::string_view package_relations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    "officeDocument\" Target=\"word/document.xml\"/></Relationships>";
constexpr std::string_view document_relations =
    "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    "styles\" Target=\"styles.xml\"/></Relationships>";
constexpr std::string_view styles =
    "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults>"
    "<w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New "
    "Roman\" w:eastAsia=\"宋体\"/><w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/></w:rPr></w:rPrDefault>"
    "<w:pPrDefault><w:pPr><w:spacing w:before=\"0\" w:after=\"0\"/></w:pPr></w:pPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Caption\"><w:name w:val=\"caption\"/><w:basedOn "
    "w:val=\"Normal\"/>"
    "<w:pPr><w:keepNext/><w:spacing w:before=\"120\" w:after=\"60\"/><w:jc w:val=\"center\"/></w:pPr>"
    "<w:rPr><w:b/></w:rPr></w:style>"
    // A caption below a picture is not kept with what follows it.
    "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"FigureCaption\"><w:name w:val=\"Figure "
    "caption\"/>"
    "<w:basedOn w:val=\"Caption\"/><w:pPr><w:keepNext w:val=\"0\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"TableNote\"><w:name w:val=\"Table Note\"/>"
    "<w:basedOn w:val=\"Normal\"/><w:pPr><w:keepLines/></w:pPr><w:rPr><w:sz w:val=\"18\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Title\"><w:name w:val=\"Title\"/><w:basedOn w:val=\"Normal\"/>"
    "<w:pPr><w:spacing w:after=\"240\"/><w:jc w:val=\"center\"/></w:pPr><w:rPr><w:b/><w:sz "
    "w:val=\"32\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:basedOn "
    "w:val=\"Normal\"/>"
    "<w:pPr><w:keepNext/><w:spacing w:before=\"360\" w:after=\"120\"/><w:outlineLvl w:val=\"0\"/></w:pPr>"
    "<w:rPr><w:b/><w:sz w:val=\"26\"/></w:rPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Reading\"><w:name w:val=\"Reading\"/><w:basedOn "
    "w:val=\"Normal\"/>"
    "<w:pPr><w:spacing w:before=\"60\" w:after=\"60\"/></w:pPr></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"TableofFigures\"><w:name w:val=\"table of figures\"/>"
    "<w:basedOn w:val=\"Normal\"/></w:style>"
    "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal "
    "Table\"/><w:tblPr>"
    "<w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/>"
    "<w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style></w:styles>";

constexpr std::string_view note_size = "w:sz w:val=\"18\"";

// The style sheet in the table's own fonts and size.
std::string dressed(std::string sheet, const TableLook& look) {
  if (look.size > 0) {
    const auto half_points = [](double points) { return fmt::format("\"{}\"", std::lround(2 * points)); };
    sheet = replace_all(sheet, "\"21\"", half_points(look.size));
    const std::size_t note = sheet.find("\"TableNote\"");
    sheet.replace(sheet.find(note_size, note), note_size.size(),
                  "w:sz w:val=" + half_points(std::max(6.0, look.size - 1.5)));
  }
  if (!look.font_zh.empty()) sheet = replace_all(sheet, "宋体", xml_escape(look.font_zh));
  return look.font.empty() ? sheet : replace_all(sheet, "Times New Roman", xml_escape(look.font));
}

double size_of(const PublicationTable& table) { return table.look.size > 0 ? table.look.size : usual_size; }

// A twentieth of a point; half a letter's height is 10 of them a point.
double twips_per_half_letter(double size) { return 10 * size; }

double in_half_points(double size) { return std::floor(2 * size) / 2; }

// Letters with which all rows of a turned table stand on one page, where readable ones do; rows of Chinese text are the highest.
double size_of_height(const PublicationTable& table, double usual) {
  const double lines = static_cast<double>(table.rows.size()) + 3;
  const double size = in_half_points(landscape_height / (26 * lines));
  return size >= size_of_parts ? std::min(size, usual) : usual;
}

// Letters with which the narrowest columns fit the page; half points, as Word has them.
double fitting_size(const PublicationTable& table, int text) {
  const double least = least_width(column_needs(table));
  const double usual = text == landscape_text ? size_of_height(table, size_of(table)) : size_of(table);
  if (least * twips_per_half_letter(usual) <= text) return usual;
  return in_half_points(text / twips_per_half_letter(least));
}

std::vector<int> widths_in_word(const PublicationTable& table, int text, double size) {
  std::vector<int> widths;
  const double unit = twips_per_half_letter(size);
  for (const double width : column_widths(column_needs(table), text / unit))
    widths.push_back(static_cast<int>(width * unit));
  return widths;
}

class WordTable {
 public:
  // `size`: of letters in points; 0 = those of the document.
  WordTable(const PublicationTable& table, int text, double size)
      : table_(table),
        columns_(table.columns()),
        size_(size),
        widths_(widths_in_word(table, text, size > 0 ? size : size_of(table))) {}

  std::string element() const {
    if (columns_ == 0) return "";
    std::string out =
        "<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/><w:jc w:val=\"center\"/>"
        "<w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/><w:right w:w=\"80\" "
        "w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>";
    for (int i = 0; i < columns_; ++i) out += fmt::format("<w:gridCol w:w=\"{}\"/>", column_width(i));
    out += "</w:tblGrid>";
    for (std::size_t i = 0; i < table_.rows.size(); ++i) out += row(i);
    return out + "</w:tbl>";
  }

 private:
  int column_width(int column) const { return widths_[static_cast<std::size_t>(column)]; }

  std::string row(std::size_t i) const {
    const TableRow& source = table_.rows[i];
    std::string out = "<w:tr><w:trPr><w:cantSplit/>";
    if (i < header_rows(table_)) out += "<w:tblHeader/>";
    out += "</w:trPr>";
    int column = 0;
    for (const Cell& one : source.cells) {
      out += cell(one, i, column);
      column += one.span;
    }
    if (column < columns_) {
      Cell rest;
      rest.span = columns_ - column;
      out += cell(rest, i, column);
    }
    return out + "</w:tr>";
  }

  static std::string border(const char* side, int size) {
    return size == 0 ? ""
                     : fmt::format("<w:{} w:val=\"single\" w:sz=\"{}\" w:space=\"0\" w:color=\"000000\"/>",
                                   side, size);
  }

  std::string borders(const Cell& one, std::size_t i) const {
    const TableRow& source = table_.rows[i];
    const std::size_t heads = header_rows(table_);
    const int above = i == 0 ? thick : source.rule_above != Rule::none || i == heads ? thin : 0;
    const bool under_span = source.rule_under_spans && one.span > 1 && one.kind != CellKind::empty;
    const int below = i + 1 == table_.rows.size() ? thick : under_span || i + 1 == heads ? thin : 0;
    if (above == 0 && below == 0) return "";
    return "<w:tcBorders>" + border("top", above) + border("bottom", below) + "</w:tcBorders>";
  }

  std::string cell(const Cell& one, std::size_t i, int column) const {
    int width = 0;
    for (int k = column; k < column + one.span; ++k) width += column_width(k);
    std::string out = fmt::format("<w:tc><w:tcPr><w:tcW w:w=\"{}\" w:type=\"dxa\"/>", width);
    if (one.span > 1) out += fmt::format("<w:gridSpan w:val=\"{}\"/>", one.span);
    out += borders(one, i) + (breaks(one) ? "" : "<w:noWrap/>") +
           "<w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:keepNext/><w:jc w:val=\"";
    const Alignment align = alignment_of(one, column);
    out += align == Alignment::left ? "left" : align == Alignment::right ? "right" : "center";
    return out + "\"/></w:pPr>" + runs(one) + "</w:p></w:tc>";
  }

  static bool breaks(const Cell& one) { return !is_numeric(one) || one.kind == CellKind::interval; }

  std::string runs(const Cell& one) const {
    const CellText text = cell_text(one, table_, "−");
    std::string look = std::string(one.bold ? "<w:b/>" : "") + (one.italic ? "<w:i/>" : "");
    if (size_ > 0)
      look += fmt::format("<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>", std::lround(2 * size_));
    return word_run(text.open + text.body, look) +
           word_run(text.stars, look + "<w:vertAlign w:val=\"superscript\"/>") + word_run(text.close, look);
  }

  const PublicationTable& table_;
  int columns_;
  double size_;
  std::vector<int> widths_;
};

constexpr std::size_t kept_notes = 6;

// The first notes stay with their table; many notes may go on over the page, or the table would leave half of one empty.
std::string note(const std::string& text, bool kept) {
  return std::string("<w:p><w:pPr><w:pStyle w:val=\"TableNote\"/>") + (kept ? "<w:keepNext/>" : "") +
         "</w:pPr>" + word_run(text) + "</w:p>";
}

// A table that no letters make fit its page stands in parts under one another, each after "Table 2 (continued)".
std::string elements_of(const PublicationTable& table) {
  const int text = takes_turned_page(table) ? landscape_text : portrait_text;
  const double size = fitting_size(table, text);
  if (size >= std::min(smallest_size, size_of(table)))
    return WordTable(table, text, size < size_of(table) ? size : 0).element();
  std::string out;
  const double unit = twips_per_half_letter(std::min(size_of_parts, size_of(table)));
  for (const PublicationTable& part : column_parts(table, text / unit)) {
    if (!out.empty())
      out += "<w:p><w:pPr><w:keepNext/><w:pageBreakBefore/><w:jc w:val=\"center\"/></w:pPr>" +
             word_run(continued_words(table), "<w:b/>") + "</w:p>";
    out += WordTable(part, text, std::min(size_of_parts, size_of(table))).element();
  }
  return out;
}

}  // namespace

std::string word_run(const std::string& text, const std::string& properties) {
  if (text.empty()) return "";
  const std::string look = properties.empty() ? "" : "<w:rPr>" + properties + "</w:rPr>";
  return "<w:r>" + look + "<w:t xml:space=\"preserve\">" + xml_escape(text) + "</w:t></w:r>";
}

std::string word_paragraph(const char* style, const std::string& runs) {
  return fmt::format("<w:p><w:pPr><w:pStyle w:val=\"{}\"/></w:pPr>{}</w:p>", style, runs);
}

std::string word_section(bool wide) {
  const char* page = wide ? "<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"
                          : "<w:pgSz w:w=\"11906\" w:h=\"16838\"/>";
  return fmt::format(
      "<w:sectPr>{}<w:pgMar w:top=\"1440\" w:right=\"1440\" w:bottom=\"1440\" w:left=\"1440\" "
      "w:header=\"720\" w:footer=\"720\" w:gutter=\"0\"/></w:sectPr>",
      page);
}

std::string word_table(const PublicationTable& table) {
  std::string out = elements_of(table);
  for (std::size_t i = 0; i < table.notes.size(); ++i)
    out += note(table.notes[i], i + 1 < table.notes.size() && i + 1 < kept_notes);
  return out;
}
bool takes_turned_page(const PublicationTable& table) {
  return table.look.landscape ||
         least_width(column_needs(table)) * twips_per_half_letter(size_of(table)) > portrait_text;
}
std::string word_styles(const TableLook& look) {
  return std::string(xml_declaration) + dressed(std::string(styles), look);
}

namespace {

std::string document_of(const PublicationTable& table) {
  std::string out(xml_declaration);
  out += "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>";
  const std::string caption = caption_of(table);
  if (!caption.empty()) out += word_paragraph("Caption", word_run(caption));
  return out + word_table(table) + "<w:p/>" + word_section(takes_turned_page(table)) +
         "</w:body></w:document>";
}

}  // namespace

std::string write_docx(const PublicationTable& table) {
  ZipArchive archive;
  archive.add("[Content_Types].xml", std::string(xml_declaration) + std::string(content_types));
  archive.add("_rels/.rels", std::string(xml_declaration) + std::string(package_relations));
  archive.add("word/_rels/document.xml.rels", std::string(xml_declaration) + std::string(document_relations));
  archive.add("word/document.xml", document_of(table));
  archive.add("word/styles.xml", word_styles(table.look));
  return archive.finish();
}

}  // namespace panelist
