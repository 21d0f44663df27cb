// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "base/file.h"
#include "scratch.h"
#include "table/date.h"
#include "table/io/xlsx_workbook.h"
#include "zip_file.h"

namespace panelist {
namespace {

const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

struct Book {
  std::string sheet;       // what stands in sheetData
  std::string after;       // what follows it
  std::string properties;  // attributes of workbookPr
  std::string strings =
      "<si><t>province</t></si><si><r><t>北</t></r><r><t>京</t></r><rPh><t>x</t></rPh></si>";
};

ZipParts parts_of(const Book& book) {
  const std::string kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  return {
      {"_rels/.rels", head + "<Relationships><Relationship Id=\"r1\" Type=\"" + kind +
                          "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml", head + "<workbook xmlns:r=\"" + kind + "\"><workbookPr " + book.properties +
                              "/><sheets><sheet name=\"数据\" sheetId=\"1\" r:id=\"r1\"/>"
                              "<sheet name=\"Notes\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       head + "<Relationships><Relationship Id=\"r1\" Type=\"" + kind +
           "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" "
           "Type=\"" +
           kind +
           "/worksheet\" Target=\"/xl/worksheets/sheet2.xml\"/>"
           "</Relationships>"},
      {"xl/sharedStrings.xml", head + "<sst>" + book.strings + "</sst>"},
      {"xl/styles.xml",
       head + "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m\"/>"
              "</numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/>"
              "</cellXfs></styleSheet>"},
      {"xl/worksheets/sheet1.xml",
       head + "<worksheet><sheetData>" + book.sheet + "</sheetData>" + book.after + "</worksheet>"},
      {"xl/worksheets/sheet2.xml",
       head + "<x:worksheet xmlns:x=\"y\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is>"
              "<x:t>only</x:t></x:is></x:c></x:row><x:row><x:c><x:v>7</x:v></x:c></x:row>"
              "</x:sheetData></x:worksheet>"},
  };
}

std::string text_cell(const std::string& place, const std::string& text) {
  return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

std::string write_book(const Book& book) { return scratch_file("book.xlsx", zip_file(parts_of(book))); }

Book typed_cells() {
  Book book;
  book.sheet =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>" + text_cell("B1", "day") + text_cell("C1", "ok") +
      text_cell("D1", "x") + text_cell("E1", "month") + "</row>" +
      "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c><c r=\"B3\" s=\"1\"><v>43861</v></c>"
      "<c r=\"C3\" t=\"b\"><v>1</v></c><c r=\"D3\" t=\"e\"><v>#N/A</v></c><c r=\"E3\" "
      "s=\"2\"><v>43831.5</v></c></row>"
      "<row r=\"4\"><c r=\"A4\" t=\"str\"><f>A3</f><v>上海</v></c><c r=\"B4\" s=\"1\"><v>43862</v></c>"
      "<c r=\"C4\" t=\"b\"><v>0</v></c><c r=\"D4\"><v>1.5E-3</v></c><c r=\"F4\"><f>1+1</f></c></row>";
  return book;
}

TEST(Xlsx, ReadsTypedCells) {
  ReadReport report;
  const Table table = read_table(write_book(typed_cells()), {}, &report);
  EXPECT_EQ(table.names(), (std::vector<std::string>{"province", "day", "ok", "x", "month"}));
  EXPECT_EQ(table.at("province").text_at(0), "北京");
  EXPECT_EQ(table.at("province").text_at(1), "上海");
  EXPECT_EQ(table.at("day").kind(), ColumnKind::date);
  EXPECT_EQ(table.at("day").text_at(0), "2020-01-31");
  EXPECT_EQ(table.at("ok").kind(), ColumnKind::boolean);
  EXPECT_EQ(table.at("ok").values(), (std::vector<double>{1, 0}));
  EXPECT_TRUE(std::isnan(table.at("x").values()[0]));
  EXPECT_EQ(table.at("x").values()[1], 0.0015);
  EXPECT_EQ(table.at("month").text_at(0), "2020-01-01");
  EXPECT_EQ(table.source_rows, (RowNumbers{3, 4}));
  EXPECT_TRUE(has_code(report.notes, "data.error_cells"));
  EXPECT_TRUE(has_code(report.notes, "data.formula_without_value"));
  EXPECT_TRUE(has_code(report.notes, "data.time_of_day"));
  EXPECT_TRUE(has_code(report.notes, "data.first_sheet"));
  EXPECT_EQ(report.sheets, (std::vector<std::string>{"数据", "Notes"}));
}

TEST(Xlsx, CountsDatesFrom1904WhenTheWorkbookSaysSo) {
  Book book = typed_cells();
  book.properties = "date1904=\"1\"";
  const Table table = read_table(write_book(book));
  EXPECT_EQ(table.at("day").text_at(0), "2024-02-01");  // 43861 days after 1904-01-01
  Workbook from_1900;
  EXPECT_EQ(date_text(from_1900.days(1)), "1900-01-01");
  EXPECT_EQ(date_text(from_1900.days(61)), "1900-03-01");
}

TEST(Xlsx, TellsDateFormatsFromNumberFormats) {
  for (const char* code :
       {"yyyy-mm-dd", "d/m/yy", "[$-804]yyyy\"年\"m\"月\"", "mmm", "yyyy", "m/d/yy h:mm"}) {
    EXPECT_TRUE(is_date_format(code)) << code;
  }
  for (const char* code :
       {"0.00", "General", "#,##0", "[Red]0.00", "0\"d\"", "h:mm:ss", "mm:ss", "Standard", "0_d", "@"}) {
    EXPECT_FALSE(is_date_format(code)) << code;
  }
}

TEST(Xlsx, ChoosesSheetsByNameOrNumber) {
  const std::string path = write_book(typed_cells());
  ReadOptions options;
  for (const char* sheet : {"Notes", "2"}) {
    options.sheet = sheet;
    const Table table = read_table(path, options);
    EXPECT_EQ(table.at("only").values(), (std::vector<double>{7}));
  }
  options.sheet = "Nots";
  const Diagnostic failure = reading_failure(path, options);
  EXPECT_EQ(failure.code, "data.unknown_sheet");
  EXPECT_EQ(failure.notes, (std::vector<std::string>{"sheets: 数据, Notes"}));
  EXPECT_NE(failure.hint.find("Notes"), std::string::npos);
  options.sheet = "3";
  EXPECT_EQ(reading_failure(path, options).code, "data.unknown_sheet");
}

TEST(Xlsx, SkipsTitlesFillsMergedCellsAndLeavesRemarksOut) {
  Book book;
  book.sheet =
      "<row r=\"1\">" + text_cell("A1", "Table 1") + "</row><row r=\"2\">" + text_cell("A2", "unit") +
      text_cell("B2", "year") + text_cell("C2", "x") + "</row><row r=\"3\">" + text_cell("A3", "a") +
      "<c r=\"B3\"><v>2015</v></c><c r=\"C3\"><v>1</v></c></row><row r=\"4\"><c r=\"B4\"><v>2016</v></c>" +
      text_cell("C4", "2.5") + "</row><row r=\"6\">" + text_cell("A6", "数据来源：国家统计局") + "</row>";
  book.after = "<mergeCells><mergeCell ref=\"A1:C1\"/><mergeCell ref=\"A3:A4\"/></mergeCells>";
  ReadReport report;
  const Table table = read_table(write_book(book), {}, &report);
  EXPECT_EQ(table.rows(), 2u);
  EXPECT_EQ(table.at("unit").text_at(1), "a");
  EXPECT_EQ(table.at("x").values(), (std::vector<double>{1, 2.5}));
  for (const char* code :
       {"data.title_rows", "data.merged_cells", "data.footnotes", "data.numbers_as_text"}) {
    EXPECT_TRUE(has_code(report.notes, code)) << code;
  }
}

TEST(Xlsx, RefusesTruncatedFiles) {
  const std::string whole = zip_file(parts_of(typed_cells()));
  for (const std::size_t length : {whole.size() - 1, whole.size() / 2, std::size_t{40}, std::size_t{4}}) {
    EXPECT_EQ(reading_failure(scratch_file("cut.xlsx", whole.substr(0, length))).code, "data.truncated")
        << length;
  }
  Book book = typed_cells();
  book.sheet += "<row><c";
  EXPECT_EQ(reading_failure(write_book(book)).code, "data.truncated");
}

TEST(Xlsx, RefusesEncryptedAndForeignFiles) {
  std::string encrypted = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(512, '\0');
  for (const char c : std::string("EncryptedPackage")) encrypted += {c, '\0'};
  const Diagnostic failure = reading_failure(scratch_file("secret.xlsx", encrypted));
  EXPECT_EQ(failure.code, "data.encrypted");
  EXPECT_NE(failure.hint.find("without a password"), std::string::npos);
  const std::string old = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + std::string(512, '\0');
  EXPECT_EQ(reading_failure(scratch_file("old.xls", old)).code, "data.unknown_format");
  EXPECT_EQ(reading_failure(scratch_file("text.xlsx", "a,b\n1,2\n")).code, "data.unknown_format");
  EXPECT_EQ(reading_failure(scratch_file("empty.xlsx", "")).code, "data.empty");
  EXPECT_EQ(reading_failure(scratch_file("word.xlsx", zip_file({{"word/document.xml", "<x/>"}}))).code,
            "data.unknown_format");
  EXPECT_EQ(reading_failure(write_book({})).code, "data.empty");
}

TEST(Xlsx, ReadsAWorkbookByItsContentWhateverItsName) {
  const std::string path = scratch_file("book.csv", zip_file(parts_of(typed_cells())));
  EXPECT_EQ(read_table(path).rows(), 2u);
}

TEST(Xlsx, RefusesASheetWithStrayCellsAtItsFarCorner) {
  Book book;
  for (int i = 1; i <= 9000; ++i) {
    const std::string row = std::to_string(i);
    std::string letters;
    for (int column = i; column > 0; column = (column - 1) / 26)
      letters.insert(0, 1, static_cast<char>('A' + (column - 1) % 26));
    book.sheet += "<row r=\"" + row + "\"><c r=\"" + letters + row + "\"><v>1</v></c></row>";
  }
  EXPECT_EQ(reading_failure(write_book(book)).code, "data.unreadable");
}

}  // namespace
}  // namespace panelist
