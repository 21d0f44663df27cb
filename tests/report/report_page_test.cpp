// SPDX-License-Identifier: Apache-2.0
#include "report/report_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace panelist {
namespace {

using testing::HasSubstr;
using testing::Not;

ReportTable table_named(const std::string& id) {
  ReportTable made;
  made.table.id = id;
  made.table.number = 2;
  made.table.title = "A & <B>";
  made.table.notes = {"a note </script>"};
  TableRow head;
  head.header = true;
  head.cells = {Cell::of_text("name"), Cell::of_text("value")};
  TableRow body;
  body.cells = {Cell::of_text("x_1"), Cell::of_number(CellKind::number, 2.5, 2)};
  made.table.rows = {head, body};
  return made;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(ReportPage, EscapesTitlesWarningsAndLinesOfTheStudy) {
  ReportPage page{.title = "A & B", .lang = "zh"};
  page.warnings = {{"<r>", 2}};
  page.study_name = "study.toml";
  page.study_text = "study = 1\ntitle = \"<i>\"\n";
  const std::string html = write_report_html(page);
  EXPECT_THAT(html, HasSubstr("<title>A &amp; B</title>"));
  EXPECT_THAT(html, HasSubstr("<li>&lt;r&gt; <a href=\"#line-2\">第 2 行</a></li>"));
  EXPECT_THAT(html, HasSubstr("<li id=\"line-2\"><code>title = &quot;&lt;i&gt;&quot;</code></li>"));
  EXPECT_THAT(html, Not(HasSubstr("line-3")));
}

TEST(ReportPage, ForbidsEveryRequestAndLinksOnlyToItself) {
  ReportPage page{.title = "T", .lang = "en"};
  page.tables = {table_named("one")};
  const std::string html = write_report_html(page);
  EXPECT_THAT(html, HasSubstr("default-src 'none'"));
  EXPECT_EQ(count_of(html, "href=\""), count_of(html, "href=\"#"));
  EXPECT_THAT(html, Not(HasSubstr("src=\"")));
}

TEST(ReportPage, ListsEveryTableInItsContentsAndKeepsNotesOutsideTheScrollingBox) {
  ReportPage page{.title = "T", .lang = "en"};
  page.tables = {table_named("one"), table_named("two")};
  page.tables[1].sortable = true;
  const std::string html = write_report_html(page);
  EXPECT_THAT(html, HasSubstr("<a href=\"#table-one\">Table 2. A &amp; &lt;B&gt;</a>"));
  EXPECT_THAT(html, HasSubstr("<article class=\"table\" id=\"table-two\">"));
  EXPECT_THAT(html, HasSubstr("</table>\n</div>\n<div class=\"notes\">\n<p>a note &lt;/script&gt;</p>"));
  EXPECT_EQ(count_of(html, "class=\"publication sortable\""), 1U);
}

TEST(ReportPage, HoldsTheTextsOfTheWritersForCopying) {
  ReportPage page{.title = "T", .lang = "en"};
  page.tables = {table_named("one")};
  const std::string html = write_report_html(page);
  const std::string begin = "<script type=\"application/json\" class=\"texts\">";
  const std::size_t at = html.find(begin);
  ASSERT_NE(at, std::string::npos);
  const std::string texts = html.substr(at + begin.size(), html.find("</script>", at) - at - begin.size());
  EXPECT_THAT(texts, HasSubstr("\\\\toprule"));
  EXPECT_THAT(texts, HasSubstr("x\\\\_1"));
  EXPECT_THAT(texts, HasSubstr("\\u003c"));
  EXPECT_THAT(texts, Not(HasSubstr("<")));
}

TEST(ReportPage, PutsTheStepsOfAllColumnsInOneWaterfall) {
  ReportPage page{.title = "T", .lang = "en"};
  ReportTable table = table_named("one");
  table.columns = {
      {"(1) y ~ x",
       "a sentence",
       {{"panel", missing_value, 10}, {"missing x", 3}, {"n", missing_value, 7}},
       {}},
      {"(2) y ~ z", "", {{"panel", missing_value, 10}, {"missing z", 4}, {"n", missing_value, 6}}, {}}};
  page.tables = {table};
  const std::string html = write_report_html(page);
  EXPECT_THAT(html, HasSubstr("<p><b>(1) y ~ x</b> a sentence</p>"));
  EXPECT_THAT(html, HasSubstr(">missing x</th><td class=\"r\">−3</td><td class=\"r\"></td>"));
  EXPECT_THAT(html, HasSubstr(">n</th><td class=\"r\">7</td><td class=\"r\">6</td>"));
  EXPECT_EQ(count_of(html, ">panel</th>"), 1U);
  EXPECT_LT(html.find(">missing z</th>"), html.find(">n</th>"));
}

TEST(ReportPage, HoldsFiguresAndTheirLibraryOnce) {
  Figure figure;
  figure.id = figure.kind = "bars";
  figure.number = 1;
  figure.title = "A </script><b>";
  figure.data.set("name", Column::texts({"</script>", "东部"}));
  figure.data.set("value", Column::numbers({1, 2}));
  const std::string html = write_report_html({.title = "T", .lang = "zh", .figures = {figure}});
  const std::string page = html.substr(0, html.find("<script>"));
  EXPECT_THAT(page, HasSubstr("\\u003c/script>"));
  EXPECT_THAT(page, HasSubstr("图1　A &lt;/script&gt;&lt;b&gt;"));
  EXPECT_THAT(page, HasSubstr("role=\"img\" aria-label=\"图1"));
  EXPECT_LT(html.size(), 2'000'000U);
  EXPECT_LT(write_report_html({.title = "T", .lang = "zh"}).size(), 40'000U);
}

TEST(ReportPage, NamesTheFileOfAFiguresData) {
  Figure figure;
  figure.id = figure.kind = "bars";
  figure.number = 1;
  figure.title = "A </script><b>";
  figure.data.set("name", Column::texts({"</script>", "东部"}));
  figure.data.set("value", Column::numbers({1, 2}));
  const std::string html = write_report_html(
      {.title = "T", .lang = "zh", .figures = {figure}, .figure_data = {"figure-01-<a>.csv"}});
  EXPECT_NE(html.find("数据：figure-01-&lt;a&gt;.csv"), std::string::npos);
}

TEST(ReportPage, PutsTheTitleOfATableOutsideTheScrollingBox) {
  ReportPage page{.title = "T", .lang = "en"};
  page.tables = {table_named("one")};
  const std::string html = write_report_html(page);
  EXPECT_THAT(html,
              HasSubstr("<h3 class=\"caption\">Table 2. A &amp; &lt;B&gt;</h3>\n<div class=\"scroll\""));
  EXPECT_THAT(html, Not(HasSubstr("<caption>")));
}

// Parts of a Word file stand uncompressed.
TEST(ReportInWord, NumbersCaptionsByFieldsInsideBookmarksThatItsReferencesName) {
  ReportPage page{.title = "A & B", .lang = "en"};
  page.tables = {table_named("main"), table_named("中文")};
  page.tables[1].table.number = 5;
  page.tables[0].columns = {{"(1) y ~ x", "a sentence", {}, {}}};
  const std::string word = write_report_docx(page);
  EXPECT_THAT(word, HasSubstr("w:name=\"Table_main\""));
  EXPECT_THAT(word, HasSubstr(" SEQ Table \\* ARABIC \\r 2 "));
  EXPECT_THAT(word, HasSubstr(" SEQ Table \\* ARABIC \\r 5 "));
  EXPECT_THAT(word, HasSubstr(" REF Table_main \\h "));
  EXPECT_THAT(word, HasSubstr(" TOC \\h \\z \\c \"Table\" "));
  EXPECT_THAT(word, HasSubstr("A &amp; B"));
  EXPECT_THAT(word, Not(HasSubstr("media/")));
  EXPECT_EQ(count_of(word, "<w:tbl>"), 2U);
  EXPECT_EQ(word, write_report_docx(page));
}

TEST(ReportInWord, CaptionsAreThoseOfTheStyle) {
  ReportPage page{.title = "T", .lang = "en"};
  page.tables = {table_named("main")};
  page.tables[0].table.number = 3;
  page.tables[0].table.look.roman_numbers = true;
  page.tables[0].table.look.words = {{"table", "TABLE {}"}, {"table_title", "TABLE {}—{}"}};
  const std::string word = write_report_docx(page);
  EXPECT_THAT(word, HasSubstr(" SEQ Table \\* ROMAN \\r 3 "));
  EXPECT_THAT(word, HasSubstr(">TABLE <"));
  EXPECT_THAT(word, HasSubstr(">III<"));
  EXPECT_THAT(word, HasSubstr(">—" + page.tables[0].table.title.substr(0, 1)));
}

TEST(ReportInWord, HoldsThePictureOfEachFigureWithItsCaption) {
  Figure figure;
  figure.id = figure.kind = "bars";
  figure.number = 1;
  figure.title = "One & two";
  ReportPage page{.title = "T", .lang = "zh", .figures = {figure}, .pictures = {"PNG bytes"}};
  const std::string word = write_report_docx(page);
  EXPECT_THAT(word, HasSubstr("word/media/figure-1.pngPNG bytes"));
  EXPECT_THAT(word, HasSubstr("r:embed=\"rId2\""));
  EXPECT_THAT(word, HasSubstr("descr=\"图1　One &amp; two\""));
  EXPECT_THAT(word, HasSubstr("<w:pStyle w:val=\"FigureCaption\"/>"));
  EXPECT_THAT(word, HasSubstr(" SEQ Figure \\* ARABIC "));
}

}  // namespace
}  // namespace panelist
