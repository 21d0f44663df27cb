// SPDX-License-Identifier: Apache-2.0
// The report as a Word document, ready to edit: captions are numbered by SEQ fields inside bookmarks, sentences refer to
// them by REF fields, the contents are fields as well; each shows its text before Word updates it.
#include <fmt/format.h>

#include "report/report_page.h"
#include "report/tables/words.h"
#include "report/writers/cell_text.h"
#include "report/writers/word.h"
#include "report/writers/zip_archive.h"

namespace panelist {

namespace {

constexpr double emu_per_millimetre = 36000;
constexpr double widest_picture = 159;  // millimetres: A4 less margins

constexpr std::string_view office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view package = "http://schemas.openxmlformats.org/package/2006";

// A complex field that shows `shown` until it is updated.
std::string field(const std::string& instruction, const std::string& shown) {
  return "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> " +
         xml_escape(instruction) + " </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>" +
         shown + "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
}

class WordReport {
 public:
  explicit WordReport(const ReportPage& page) : page_(page), lang_(page.lang.empty() ? "en" : page.lang) {}

  std::string write() {
    const std::string document = whole_document();
    ZipArchive archive;
    archive.add("[Content_Types].xml", content_types());
    archive.add("_rels/.rels", relations({{"officeDocument", "word/document.xml"}}));
    std::vector<std::pair<std::string, std::string>> parts = {{"styles", "styles.xml"}};
    for (std::size_t i = 0; i < pictures_.size(); ++i) parts.emplace_back("image", picture_name(i));
    archive.add("word/_rels/document.xml.rels", relations(parts));
    archive.add("word/document.xml", document);
    archive.add("word/styles.xml", word_styles(page_.look));
    for (std::size_t i = 0; i < pictures_.size(); ++i) archive.add("word/" + picture_name(i), *pictures_[i]);
    return archive.finish();
  }

 private:
  // --- the package
  static std::string picture_name(std::size_t i) { return fmt::format("media/figure-{}.png", i + 1); }

  static std::string content_types() {
    const std::string word = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
    return std::string(xml_declaration) +
           fmt::format(
               "<Types xmlns=\"{0}/content-types\"><Default Extension=\"rels\" ContentType=\"application/"
               "vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
               "ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/>"
               "<Override PartName=\"/word/document.xml\" ContentType=\"{1}document.main+xml\"/>"
               "<Override PartName=\"/word/styles.xml\" ContentType=\"{1}styles+xml\"/></Types>",
               package, word);
  }

  static std::string relations(const std::vector<std::pair<std::string, std::string>>& parts) {
    std::string out =
        std::string(xml_declaration) + fmt::format("<Relationships xmlns=\"{}/relationships\">", package);
    for (std::size_t i = 0; i < parts.size(); ++i)
      out += fmt::format("<Relationship Id=\"rId{}\" Type=\"{}/{}\" Target=\"{}\"/>", i + 1, office,
                         parts[i].first, parts[i].second);
    return out + "</Relationships>";
  }

  // --- the document
  std::string whole_document() {
    std::string out =
        std::string(xml_declaration) +
        fmt::format(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
            "xmlns:r=\"{}\" xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/"
            "wordprocessingDrawing\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
            "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><w:body>",
            office);
    out += word_paragraph("Title", word_run(page_.title)) + contents();
    for (const ReportTable& table : page_.tables) out += table_block(table);
    out += turn(false);
    for (std::size_t i = 0; i < page_.pictures.size() && i < page_.figures.size(); ++i)
      out += figure_block(page_.figures[i], page_.pictures[i]);
    out += list("report_warnings", warnings()) + list("report_conventions", page_.conventions) +
           list("report_origin", origin());
    return out + word_section(false) + "</w:body></w:document>";
  }

  std::string heading(const char* key) const {
    return word_paragraph("Heading1", word_run(std::string(word(key, lang_))));
  }

  std::string contents() const {
    std::vector<std::string> tables, figures;
    for (const ReportTable& each : page_.tables)
      tables.push_back(link(bookmark("Table", each.table.id), caption_of(each.table)));
    for (const Figure& each : page_.figures)
      if (!page_.pictures.empty()) figures.push_back(link(bookmark("Figure", each.id), figure_caption(each)));
    return contents_of("report_tables", "Table", tables) + contents_of("report_figures", "Figure", figures);
  }

  static std::string link(const std::string& target, const std::string& text) {
    return "<w:hyperlink w:anchor=\"" + target + "\">" + word_run(text) + "</w:hyperlink>";
  }

  // One field over a paragraph for each entry.
  std::string contents_of(const char* key, const char* sequence,
                          const std::vector<std::string>& entries) const {
    if (entries.empty()) return "";
    std::string out = heading(key);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      std::string runs = entries[i];
      if (i == 0)
        runs = fmt::format(
                   "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> "
                   "TOC \\h "
                   "\\z \\c \"{}\" </w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
                   sequence) +
               runs;
      if (i + 1 == entries.size()) runs += "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
      out += word_paragraph("TableofFigures", runs);
    }
    return out;
  }

  // Letters, digits and _, at most forty: what Word takes as a name; no two alike.
  std::string bookmark(const char* kind, const std::string& id) const {
    std::string name = std::string(kind) + "_";
    for (const char letter : id) {
      const bool plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                         (letter >= '0' && letter <= '9');
      name += plain ? letter : '_';
    }
    if (name.size() > 40 || name.find_first_not_of('_', std::string_view(kind).size()) == std::string::npos)
      name = fmt::format("{}_{:08x}", kind, crc32_of(id));
    return name;
  }

  struct CaptionParts {
    std::string before, number, after;
    bool roman = false;
  };

  // The words of the style around the number.
  static CaptionParts parts_of(const PublicationTable& table) {
    const std::string all = caption_of(table), numbered = numbered_words(table);
    const std::size_t alone = table_word(table, "table").find("{}");
    const std::size_t behind = table_word(table, "table").size() - alone - 2;
    const std::string number = numbered.substr(alone, numbered.size() - alone - behind);
    const std::size_t at = table_word(table, table.title.empty() ? "table" : "table_title").find("{}");
    return {all.substr(0, at), number, all.substr(at + number.size()), table.look.roman_numbers};
  }

  CaptionParts parts_of(const Figure& figure) const {
    const std::string title = figure.title.empty() ? "" : (lang_ == "zh" ? "　" : ". ") + figure.title;
    return {lang_ == "zh" ? "图" : "Figure ", std::to_string(figure.number), title};
  }

  // "Table 5" as a bookmark around a SEQ field, then the title.
  std::string caption(const char* kind, const std::string& id, int number, const CaptionParts& parts) {
    const bool table = std::string_view(kind) == "Table";
    int& last = table ? last_table_ : last_figure_;
    std::string instruction = std::string("SEQ ") + kind + (parts.roman ? " \\* ROMAN" : " \\* ARABIC");
    if (number != last + 1) instruction += fmt::format(" \\r {}", number);
    last = number;
    ++bookmarks_;
    return word_paragraph(
        table ? "Caption" : "FigureCaption",
        fmt::format("<w:bookmarkStart w:id=\"{0}\" w:name=\"{1}\"/>{2}{3}<w:bookmarkEnd w:id=\"{0}\"/>{4}",
                    bookmarks_, bookmark(kind, id), word_run(parts.before),
                    field(instruction, word_run(parts.number)), word_run(parts.after)));
  }

  std::string table_block(const ReportTable& each) {
    const PublicationTable& table = each.table;
    std::string out = turn(takes_turned_page(table));
    out += caption("Table", table.id, table.number, parts_of(table)) + word_table(table);
    for (const ReportColumn& column : each.columns)
      if (!column.reading.empty()) out += reading(table, column);
    return out + "<w:p/>";
  }

  // Ends the section where the page turns: neighbours that lie the same way share one.
  std::string turn(bool wide) {
    if (wide == turned_) return "";
    const std::string end = "<w:p><w:pPr>" + word_section(turned_) + "</w:pPr></w:p>";
    turned_ = wide;
    return end;
  }

  std::string reading(const PublicationTable& table, const ReportColumn& column) const {
    const std::string name =
        lang_ == "zh" ? fmt::format("表{}", table.number) : fmt::format("Table {}", table.number);
    return word_paragraph(
        "Reading", field("REF " + bookmark("Table", table.id) + " \\h", word_run(name)) +
                       word_run(" " + column.heading + (lang_ == "zh" ? "：" : ": ") + column.reading));
  }

  std::string figure_caption(const Figure& figure) const {
    if (figure.title.empty()) return format_words("report_figure", lang_, figure.number);
    return format_words("report_figure_title", lang_, figure.number, figure.title);
  }

  std::string figure_block(const Figure& figure, const std::string& png) {
    const double width = std::min(figure.style.width_mm, widest_picture);
    const double height = figure.style.height_mm * width / figure.style.width_mm;
    pictures_.push_back(&png);
    const auto emu = [](double millimetres) { return std::llround(millimetres * emu_per_millimetre); };
    const std::string picture = fmt::format(
        "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{0}\" "
        "cy=\"{1}\"/>"
        "<wp:docPr id=\"{2}\" name=\"Figure {2}\" descr=\"{3}\"/><a:graphic><a:graphicData "
        "uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr "
        "id=\"{2}\" "
        "name=\"figure-{2}.png\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip "
        "r:embed=\"rId{4}\"/><a:stretch>"
        "<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"{0}\" "
        "cy=\"{1}\"/>"
        "</a:xfrm><a:prstGeom "
        "prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>",
        emu(width), emu(height), pictures_.size(), xml_escape(figure_caption(figure)), pictures_.size() + 1);
    std::string out =
        "<w:p><w:pPr><w:keepNext/><w:spacing w:before=\"240\"/><w:jc w:val=\"center\"/></w:pPr>" + picture +
        "</w:p>";
    out += caption("Figure", figure.id, figure.number, parts_of(figure));
    for (const std::string& note : figure.notes) out += word_paragraph("TableNote", word_run(note));
    return out;
  }

  std::vector<std::string> warnings() const {
    std::vector<std::string> all;
    for (const ReportWarning& warning : page_.warnings) {
      all.push_back(warning.text);
      if (warning.line > 0) all.back() += " (" + format_words("report_line", lang_, warning.line) + ")";
    }
    return all;
  }

  std::vector<std::string> origin() const {
    std::vector<std::string> all = page_.origin;
    for (const ReportInput& input : page_.inputs) all.push_back(input.path + " sha256 " + input.digest);
    return all;
  }

  std::string list(const char* key, const std::vector<std::string>& entries) const {
    if (entries.empty()) return "";
    std::string out = heading(key);
    for (const std::string& entry : entries) out += word_paragraph("Reading", word_run(entry));
    return out;
  }

  const ReportPage& page_;
  std::string lang_;
  std::vector<const std::string*> pictures_;
  int bookmarks_ = 0, last_table_ = 0, last_figure_ = 0;
  bool turned_ = false;  // the page that is being written lies on its side
};

}  // namespace

std::string write_report_docx(const ReportPage& page) { return WordReport(page).write(); }

}  // namespace panelist
