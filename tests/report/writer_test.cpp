// SPDX-License-Identifier: Apache-2.0
#include "report/writer.h"

#include <nlohmann/json.hpp>
#include <random>

#include "office_readers.h"
#include "report/result_json.h"
#include "report/writers/cell_text.h"
#include "sample.h"
#include "table/spreadsheet_text.h"

namespace panelist {
namespace {

using readers::expected_rows;
using readers::ReadTable;
using readers::Spans;
using testing::HasSubstr;
using testing::Not;

std::string write(std::string_view format, const PublicationTable& table) {
  const TableWriter* writer = find_table_writer(format);
  if (writer == nullptr) throw std::runtime_error("no such writer");
  return writer->write(table);
}

// One table with every kind of cell, spans of several widths, brackets, stars and numbers of all sizes.
PublicationTable every_cell() {
  PublicationTable table;
  table.id = "every";
  table.number = 3;
  table.title = "All & everything";
  TableRow head;
  head.header = head.rule_under_spans = true;
  head.cells = {Cell::of_text(""), Cell::of_text("Left", 2, Alignment::center), Cell::of_text("Right")};
  table.rows.push_back(head);
  TableRow numbers;
  numbers.header = true;
  numbers.cells = {Cell::of_text("VARIABLES"), Cell::of_text("(1)"), Cell::of_text("(2)"),
                   Cell::of_text("(3)")};
  table.rows.push_back(numbers);
  int stars = 0;
  for (const double value : {0.3846, -0.9272, 3.2e-7, -4.0e-9, 12345.678, 0.0, missing_value}) {
    TableRow row;
    row.cells = {Cell::of_text("row " + std::to_string(stars)), Cell::of_number(CellKind::estimate, value),
                 Cell::of_number(CellKind::std_error, value), Cell::of_number(CellKind::statistic, value, 2)};
    row.cells[1].stars = stars++ % 4;
    row.cells[2].bracket = Bracket::round;
    row.cells[3].bracket = Bracket::square;
    table.rows.push_back(row);
  }
  TableRow mixed;
  mixed.rule_above = Rule::thin;
  mixed.cells = {Cell::of_text("Mixed"), Cell::of_flag(true), Cell::of_number(CellKind::count, 270), Cell{}};
  table.rows.push_back(mixed);
  TableRow interval;
  interval.cells = {Cell::of_text("Interval"), Cell::of_number(CellKind::interval, -0.1), Cell{},
                    Cell::of_flag(false)};
  interval.cells[1].value2 = 0.2;
  interval.cells[1].bracket = Bracket::square;
  table.rows.push_back(interval);
  TableRow wide;
  wide.cells = {Cell::of_text("Equality"), Cell::of_number(CellKind::p_value, 0.31)};
  wide.cells[1].span = 3;
  table.rows.push_back(wide);
  table.notes = {"First note, 100% <true>.", "Second note."};
  return table;
}

void expect_read_back(const ReadTable& read, const PublicationTable& table, const std::string& minus,
                      Spans spans) {
  EXPECT_EQ(read.rows, expected_rows(table, minus, spans));
  EXPECT_EQ(read.notes, table.notes);
}

// What the csv writer makes of cells that spreadsheet programs would read as something else.
PublicationTable for_spreadsheets(PublicationTable table) {
  for (TableRow& row : table.rows)
    for (Cell& cell : row.cells) {
      if (cell.bracket == Bracket::round) cell.bracket = Bracket::square;
      if (cell.kind == CellKind::text) cell.text = guarded_text(clean_text(cell.text));
    }
  return table;
}

TEST(Writers, TexHasMathForCommonSymbolsAndNamesTheEngineForOthers) {
  PublicationTable table;
  table.title = "β ≈ √2";
  table.rows.push_back({{Cell::of_text("x")}});
  EXPECT_THAT(write("tex", table), HasSubstr("$\\beta$ $\\approx$ $\\surd$2"));
  EXPECT_THAT(write("tex", table), testing::Not(HasSubstr("xelatex")));
  table.title = "Ж";
  EXPECT_THAT(write("tex", table), HasSubstr("xelatex"));
}

TEST(Writers, CsvKeepsBracketsAndFormulasFromSpreadsheets) {
  PublicationTable table;
  TableRow row;
  row.cells = {Cell::of_text("=cmd|' /C calc'!A0"), Cell::of_number(CellKind::std_error, 0.1567),
               Cell::of_number(CellKind::number, -0.25), Cell::of_text("-2 years")};
  row.cells[1].bracket = Bracket::round;
  table.rows.push_back(row);
  EXPECT_EQ(write("csv", table), "'=cmd|' /C calc'!A0,[0.1567],-0.2500,'-2 years\r\n");
}

void expect_all_formats_read_back(const PublicationTable& table) {
  const std::string caption = "Table " + std::to_string(table.number) + ". " + table.title;
  const ReadTable html = readers::read_html(write("html", table));
  expect_read_back(html, table, "−", Spans::kept);
  EXPECT_EQ(html.caption, caption);
  const ReadTable tex = readers::read_tex(write("tex", table));
  expect_read_back(tex, table, "−", Spans::kept);
  EXPECT_EQ(tex.caption, table.title);
  const ReadTable markdown = readers::read_markdown(write("md", table));
  expect_read_back(markdown, table, "−", Spans::blanks);
  EXPECT_EQ(markdown.caption, caption);
  EXPECT_EQ(readers::read_csv(write("csv", table)),
            expected_rows(for_spreadsheets(table), "-", Spans::repeated));
  const ReadTable docx = readers::read_docx(write("docx", table));
  expect_read_back(docx, table, "−", Spans::kept);
  EXPECT_EQ(docx.caption, caption);
  const ReadTable xlsx = readers::read_xlsx(write("xlsx", table), true, table.notes.size()).table;
  expect_read_back(xlsx, table, "-", Spans::kept);
  EXPECT_EQ(xlsx.caption, caption);
}

TEST(Writers, ATableComesBackFromItsJsonWithNothingLost) {
  PublicationTable table = every_cell();
  table.rows[2].cells[1].source = "/tables/0/columns/0/coefficients/0/estimate";
  table.rows[3].panel_heading = true;
  table.rows[4].cells[0].italic = table.rows[5].cells[0].bold = true;
  const sample::Instruments instruments;
  for (const PublicationTable& made : {table, regression_table(instruments.spec)}) {
    const PublicationTable back = table_from_json(to_json(made));
    for (const TableWriter& writer : table_writers())
      EXPECT_EQ(writer.write(back), writer.write(made)) << writer.name;
  }
}

TEST(Writers, ReadBackWhatTheyWrote) { expect_all_formats_read_back(every_cell()); }

TEST(Writers, ReadBackRegressionTablesWithSpans) {
  const sample::Baseline plain("plain");
  expect_all_formats_read_back(regression_table(plain.spec));
  const sample::Instruments instruments;
  expect_all_formats_read_back(regression_table(instruments.spec));
}

std::string random_label(std::mt19937& random) {
  static const std::vector<std::string> pieces = {
      "&",    "<",   ">",  "\"", "'",      "\\", "{",    "}",       "_",  "%",   "$",           "#",
      "^",    "~",   "|",  "`",  "*",      "[",  "]",    "-",       "--", "---", ",",           ";",
      "=",    "+",   "@",  "!",  "?",      ".",  "1",    "a",       "Z",  " ",   "\\\\",        "&amp;",
      "<!--", "]]>", "中", "文", "，",     "。", "é",    "e\u0301", "ß",  "😀",  "👩‍🔬", "α",
      "²",    "−",   "×",  "≤",  "\u00A0", "“",  "${x}", "\\item ", "%%", "//",  "''",          "x"};
  std::uniform_int_distribution<std::size_t> piece(0, pieces.size() - 1), length(1, 12);
  std::string label;
  for (std::size_t i = length(random); i > 0; --i) label += pieces[piece(random)];
  const std::string_view trimmed = trim(label);
  return trimmed.empty() ? "x" : std::string(trimmed);
}

TEST(Writers, AnyUnicodeLabelSurvivesEveryFormat) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    PublicationTable table = every_cell();
    table.title = random_label(random);
    for (TableRow& row : table.rows)
      for (Cell& cell : row.cells)
        if (cell.kind == CellKind::text) cell.text = random_label(random);
    for (std::string& note : table.notes) note = random_label(random);
    expect_all_formats_read_back(table);
    if (HasFailure()) FAIL() << "round " << round;
  }
}

std::string markdown_cell(const std::string& text, bool bold = false) {
  PublicationTable table;
  table.rows.resize(2);
  table.rows[0].header = true;
  table.rows[0].cells = {Cell::of_text("head")};
  table.rows[1].cells = {Cell::of_text(text)};
  table.rows[1].cells[0].bold = bold;
  const std::vector<std::string> lines = split(write("md", table), '\n');
  return lines[2].substr(2, lines[2].size() - 4);
}

TEST(Markdown, EscapesWhatWouldRenderAsSomethingElse) {
  EXPECT_EQ(markdown_cell("a|b"), "a\\|b");
  EXPECT_EQ(markdown_cell("*a*"), "\\*a\\*");
  EXPECT_EQ(markdown_cell("_a_"), "\\_a\\_");
  EXPECT_EQ(markdown_cell("~~a~~"), "\\~\\~a\\~\\~");
  EXPECT_EQ(markdown_cell("`a`"), "\\`a\\`");
  EXPECT_EQ(markdown_cell("<b>"), "\\<b>");
  EXPECT_EQ(markdown_cell("&lt;"), "\\&lt;");
  EXPECT_EQ(markdown_cell("[a](b)"), "[a\\](b)");
  EXPECT_EQ(markdown_cell("$x$"), "\\$x\\$");
  EXPECT_EQ(markdown_cell("\\%"), "\\\\%");
  EXPECT_EQ(markdown_cell("0.03***", true), "**0.03\\*\\*\\***");
}

TEST(Markdown, LeavesAloneWhatRendersAsItself) {
  for (const std::string text :
       {"0.0351***", "(0.0351)", "[0.01, 0.05]", "a = b", "1/VIF", "a^2", "#1", "R&D", "p<0.01", "a > b",
        "gdp_100m", "C:\\data", "5 ~ 6", "100 $", "a * b", "region::West", "-0.5"})
    EXPECT_EQ(markdown_cell(text), text);
}

TEST(Markdown, NotesStayParagraphs) {
  const auto note = [](const std::string& text) {
    PublicationTable table;
    table.rows.resize(1);
    table.rows[0].cells = {Cell::of_text("x")};
    table.notes = {text};
    const std::string out = write("md", table);
    return out.substr(out.rfind("\n\n") + 2, out.size() - out.rfind("\n\n") - 3);
  };
  for (const std::string text : {"- a", "+ a", "* a", "---", "# a", "> a", "[a]: b", "|a"})
    EXPECT_EQ(note(text), "\\" + text);
  EXPECT_EQ(note("1. a"), "1\\. a");
  EXPECT_EQ(note("2) a"), "2\\) a");
  for (const std::string text : {"-0.5 a", "*** p<0.01, ** p<0.05, * p<0.1", "1.5 a", "#1", "[a] b"})
    EXPECT_EQ(note(text), text);
}

TEST(Writers, ControlCharactersAndBrokenUtf8AreReplaced) {
  PublicationTable table = every_cell();
  table.rows[2].cells[0].text = "a\x01\nb\xFF\xC3";
  PublicationTable clean = table;
  clean.rows[2].cells[0].text = "a  b\xEF\xBF\xBD\xEF\xBF\xBD";
  for (const char* format : {"html", "docx", "xlsx", "tex", "md", "text"})
    EXPECT_EQ(write(format, table), write(format, clean)) << format;
}

TEST(Writers, SameTableGivesTheSameBytes) {
  for (const TableWriter& writer : table_writers())
    EXPECT_EQ(writer.write(every_cell()), writer.write(every_cell())) << writer.name;
}

TEST(Writers, EmptyTableIsWrittenByAll) {
  const PublicationTable empty;
  for (const TableWriter& writer : table_writers()) EXPECT_NO_THROW(writer.write(empty)) << writer.name;
}

TEST(Excel, KeepsNumbersNumericWithStarsInTheFormat) {
  const PublicationTable table = every_cell();
  const std::string bytes = write("xlsx", table);
  const readers::ReadSheet sheet = readers::read_xlsx(bytes, true, table.notes.size());
  EXPECT_EQ(sheet.values[3][1], -0.9272);
  EXPECT_EQ(sheet.values[4][2], 3.2e-7);
  const std::vector<std::string> formats = readers::cell_number_formats(bytes);
  EXPECT_THAT(formats, testing::Contains("0.0E+00\"**\""));
  EXPECT_THAT(formats, testing::Contains("\"(\"0.0000\")\";\"(-\"0.0000\")\""));
}

TEST(Word, HasThreeLinesRepeatedHeadsAndNoVerticalMerge) {
  const pugi::xml_document document = readers::read_xml(write("docx", every_cell()), "word/document.xml");
  const pugi::xml_node table = document.child("w:document").child("w:body").child("w:tbl");
  std::vector<pugi::xml_node> rows;
  for (const pugi::xml_node& row : table.children("w:tr")) rows.push_back(row);
  const auto border = [](const pugi::xml_node& row, const char* side) {
    return row.child("w:tc").child("w:tcPr").child("w:tcBorders").child(side).attribute("w:sz").as_int();
  };
  EXPECT_EQ(border(rows.front(), "w:top"), 12);
  EXPECT_EQ(border(rows[1], "w:bottom"), 6);
  EXPECT_EQ(border(rows.back(), "w:bottom"), 12);
  EXPECT_FALSE(rows[0].child("w:trPr").child("w:tblHeader").empty());
  EXPECT_FALSE(rows[1].child("w:trPr").child("w:tblHeader").empty());
  EXPECT_TRUE(rows[2].child("w:trPr").child("w:tblHeader").empty());
  EXPECT_TRUE(document.select_node("//w:vMerge").node().empty());
  EXPECT_FALSE(document.select_node("//w:vertAlign[@w:val='superscript']").node().empty());
}

TEST(Tex, SaysWhatItNeedsAndAsksForChineseOnlyWhenThereIsSome) {
  PublicationTable table = every_cell();
  EXPECT_TRUE(write("tex", table).starts_with("% Packages: "));
  EXPECT_THAT(write("tex", table), Not(HasSubstr("ctex")));
  EXPECT_THAT(write("tex", table), HasSubstr("\\cmidrule(lr){2-3}"));
  table.title = "数字贸易";
  EXPECT_THAT(write("tex", table), HasSubstr("xelatex"));
}

TEST(Csv, HasAByteOrderMarkOnlyWithNonAscii) {
  PublicationTable table = every_cell();
  EXPECT_FALSE(write("csv", table).starts_with("\xEF\xBB\xBF"));
  table.rows[2].cells[0].text = "数字贸易";
  EXPECT_TRUE(write("csv", table).starts_with("\xEF\xBB\xBF"));
}

TEST(Text, AlignsDecimalPointsAndCountsChineseDouble) {
  PublicationTable table;
  table.rows.resize(3);
  table.rows[0].header = true;
  table.rows[0].cells = {Cell::of_text("变量"), Cell::of_text("(1)")};
  table.rows[1].cells = {Cell::of_text("DT"), Cell::of_number(CellKind::estimate, 0.5)};
  table.rows[1].cells[1].stars = 3;
  table.rows[2].cells = {Cell::of_text("规模"), Cell::of_number(CellKind::std_error, 12.25)};
  table.rows[2].cells[1].bracket = Bracket::round;
  EXPECT_EQ(write("text", table),
            "=================\n"
            "变量      (1)\n"
            "-----------------\n"
            "DT      0.5000***\n"
            "规模  (12.2500)\n"
            "=================\n");
}

}  // namespace
}  // namespace panelist
