// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "scratch.h"
#include "table/date.h"

namespace panelist {
namespace {

Table read_text(const std::string& text, const ReadOptions& options = {}, ReadReport* report = nullptr) {
  return read_table(scratch_file("read.csv", text), options, report);
}

TEST(Csv, TypesColumnsByTheirCells) {
  const Table table = read_text("name,year,x,ok,day\nA,2015,1.5,true,2020-01-31\nB,2016,2,FALSE,2020/2/1\n");
  EXPECT_EQ(table.at("name").kind(), ColumnKind::text);
  EXPECT_EQ(table.at("year").kind(), ColumnKind::integer);
  EXPECT_EQ(table.at("x").kind(), ColumnKind::real);
  EXPECT_EQ(table.at("ok").kind(), ColumnKind::boolean);
  EXPECT_EQ(table.at("ok").values(), (std::vector<double>{1, 0}));
  EXPECT_EQ(table.at("day").kind(), ColumnKind::date);
  EXPECT_EQ(table.at("day").text_at(1), "2020-02-01");
  EXPECT_EQ(table.source_rows, (RowNumbers{2, 3}));
}

TEST(Csv, ReadsQuotedSeparatorsQuotesAndNewlinesInFields) {
  const Table table = read_text("a,b\n\"x,y\",\"he said \"\"no\"\"\"\n\"two\nlines\",z\nlast,w\n");
  EXPECT_EQ(table.at("a").text_at(0), "x,y");
  EXPECT_EQ(table.at("b").text_at(0), "he said \"no\"");
  EXPECT_EQ(table.at("a").text_at(1), "two\nlines");
  EXPECT_EQ(table.source_rows, (RowNumbers{2, 3, 5}));
}

TEST(Csv, TakesQuotesInsideOrAroundPartOfACellAsText) {
  const Table table = read_text("a,b\n5\" pipe,1\n\"x\" y,2\n \"z\" ,3\n");
  EXPECT_EQ(table.at("a").text_at(0), "5\" pipe");
  EXPECT_EQ(table.at("a").text_at(1), "\"x\" y");
  EXPECT_EQ(table.at("a").text_at(2), "z");
}

TEST(Csv, ReadsByteOrderMarksAndAllLineEnds) {
  for (const std::string text : {"\xEF\xBB\xBF"
                                 "a,b\r\n1,2\r\n\r\n\r\n",
                                 "a,b\r1,2\r", "a,b\n1,2", "\n\na,b\n1,2\n,\n"}) {
    const Table table = read_text(text);
    EXPECT_EQ(table.names(), (std::vector<std::string>{"a", "b"})) << text;
    EXPECT_EQ(table.rows(), 1u) << text;
    EXPECT_EQ(table.at("b").values()[0], 2) << text;
  }
}

TEST(Csv, ReadsUtf16WithEitherByteOrder) {
  std::string little = "\xFF\xFE", big = "\xFE\xFF";
  for (const char16_t unit : std::u16string(u"省份,x\n北京,1\n")) {
    little += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
    big += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
  }
  EXPECT_EQ(read_text(little).at("省份").text_at(0), "北京");
  EXPECT_EQ(read_text(big).at("省份").text_at(0), "北京");
}

TEST(Csv, DetectsGb18030AndSaysSo) {
  ReadReport report;
  // 省份,年份,产值 / 北京,2015,1.5 / 内蒙古,2015,2
  const std::string text =
      "\xCA\xA1\xB7\xDD,\xC4\xEA\xB7\xDD,\xB2\xFA\xD6\xB5\n\xB1\xB1\xBE\xA9,2015,1."
      "5\n\xC4\xDA\xC3\xC9\xB9\xC5,2015,2\n";
  const Table table = read_text(text, {}, &report);
  EXPECT_EQ(table.at("省份").text_at(1), "内蒙古");
  EXPECT_EQ(table.at("产值").values()[0], 1.5);
  EXPECT_EQ(report.encoding, "gb18030");
  EXPECT_TRUE(has_code(report.notes, "data.encoding_detected"));
}

TEST(Csv, RefusesBytesThatAreNoTextWithTheirPlace) {
  const Diagnostic damaged = reading_failure(scratch_file("read.csv", "a,b\n北京,1\n上海\xFF,2\n广东,3\n"));
  EXPECT_EQ(damaged.code, "data.encoding");
  EXPECT_NE(damaged.message.find("byte 20 (line 3) is 0xFF"), std::string::npos) << damaged.message;
  EXPECT_FALSE(damaged.hint.empty());
  const Diagnostic latin = reading_failure(scratch_file("read.csv", "a,b\ncaf\xE9,1\n"));
  EXPECT_EQ(latin.code, "data.encoding");
  ReadOptions options;
  options.encoding = "latin-1";
  EXPECT_EQ(read_text("a,b\ncaf\xE9,1\n", options).at("a").text_at(0), "café");
  EXPECT_EQ(reading_failure(scratch_file("read.csv", std::string("a,b\n1,\0\n", 8))).code, "data.encoding");
}

TEST(Csv, GuessesTheSeparator) {
  for (const char separator : {',', ';', '\t', '|'}) {
    std::string text = "name_x_value\nA_1_2\nB_3_4\n";
    std::replace(text.begin(), text.end(), '_', separator);
    ReadReport report;
    const Table table = read_text(text, {}, &report);
    EXPECT_EQ(table.names(), (std::vector<std::string>{"name", "x", "value"}));
    EXPECT_EQ(has_code(report.notes, "data.separator_detected"), separator != ',');
  }
}

TEST(Csv, ReadsDecimalCommasAndThousandsMarks) {
  ReadReport report;
  const Table german = read_text("name;x;y\nA;1,5;1.234,5\nB;2,25;12.345.678\n", {}, &report);
  EXPECT_EQ(german.at("x").values(), (std::vector<double>{1.5, 2.25}));
  EXPECT_EQ(german.at("y").values(), (std::vector<double>{1234.5, 12345678}));
  EXPECT_TRUE(has_code(report.notes, "data.decimal_detected"));
  const Table english = read_text("name,x\nA,\"1,234.5\"\nB,\"12,345,678\"\nC,7\n", {}, &report);
  EXPECT_EQ(english.at("x").values(), (std::vector<double>{1234.5, 12345678, 7}));
  EXPECT_TRUE(has_code(report.notes, "data.thousands_marks"));
  ReadOptions point;
  point.decimal = '.';
  EXPECT_TRUE(read_text("name,x\nA,\"1,23\"\n", point).at("x").is_text());
}

TEST(Csv, ReadsTheUsualMissingCodesAndSaysSo) {
  ReadReport report;
  const Table table = read_text("a,b\n1,x\nNA,NA\nNaN,--\n.,…\n—,null\n,\"\"\n", {}, &report);
  EXPECT_EQ(table.rows(), 6u);
  EXPECT_EQ(table.at("a").kind(), ColumnKind::integer);
  EXPECT_EQ(table.at("a").count_missing(), 5u);
  EXPECT_EQ(table.at("b").count_missing(), 5u);
  ASSERT_TRUE(has_code(report.notes, "data.missing_codes"));
  EXPECT_NE(report.notes.items()[0].message.find("`NA` (2 cells)"), std::string::npos);
}

TEST(Csv, MissingCodesGivenReplaceTheUsualOnes) {
  ReadOptions options;
  options.missing = {"-999"};
  const Table table = read_text("a,b\n-999,NA\n2,x\n", options);
  EXPECT_TRUE(std::isnan(table.at("a").values()[0]));
  EXPECT_EQ(table.at("b").text_at(0), "NA");
}

TEST(Csv, KeepsCodesWithLeadingZerosAndLongIntegersAsText) {
  ReadReport report;
  const Table table = read_text("id,zip,long,x\n1,0010,123456789012345678,0.5\n2,20,1,0\n", {}, &report);
  EXPECT_EQ(table.at("zip").text_at(0), "0010");
  EXPECT_EQ(table.at("zip").text_at(1), "20");
  EXPECT_EQ(table.at("long").text_at(0), "123456789012345678");
  EXPECT_EQ(table.at("x").kind(), ColumnKind::real);
  EXPECT_TRUE(has_code(report.notes, "data.codes_as_text"));
}

TEST(Csv, WarnsOfAColumnThatIsNearlyNumeric) {
  ReadReport report;
  std::string text = "x\n";
  for (int i = 0; i < 20; ++i) text += std::to_string(i) + "\n";
  const Table table = read_text(text + "n.a.\n", {}, &report);
  EXPECT_TRUE(table.at("x").is_text());
  ASSERT_TRUE(has_code(report.notes, "data.mixed_column"));
  EXPECT_NE(report.notes.items()[0].message.find("\"n.a.\", first in row 22"), std::string::npos);
}

TEST(Csv, RefusesRaggedRowsWithTheirLine) {
  const Diagnostic longer = reading_failure(scratch_file("read.csv", "a,b\n1,2\n1,2,3\n"));
  EXPECT_EQ(longer.code, "data.ragged_row");
  EXPECT_NE(longer.message.find("line 3"), std::string::npos);
  EXPECT_EQ(reading_failure(scratch_file("read.csv", "a,b\n1\n")).code, "data.ragged_row");
  EXPECT_EQ(read_text("a,b,\n1,2,\n3,4,\n").columns(), 2u);  // separators at the line ends
}

TEST(Csv, RefusesDuplicateHeadingsAndNamesEmptyOnes) {
  EXPECT_EQ(reading_failure(scratch_file("read.csv", "a,a\n1,2\n")).code, "data.duplicate_column");
  EXPECT_EQ(read_text(",x\n1,2\n").names()[0], "column_1");
}

TEST(Csv, RefusesEmptyFilesFoldersAndAbsentFiles) {
  EXPECT_EQ(reading_failure(scratch_file("read.csv", "")).code, "data.empty");
  EXPECT_EQ(reading_failure(scratch_file("read.csv", "\n\n \n")).code, "data.empty");
  EXPECT_EQ(reading_failure(testing::TempDir()).code, "data.is_directory");
  EXPECT_EQ(reading_failure(scratch_path("absent.csv")).code, "data.file_not_found");
  EXPECT_EQ(reading_failure(scratch_file("odd.parquet", "x")).code, "data.unknown_format");
  EXPECT_EQ(reading_failure(scratch_file("read.csv", "a\n\"open\n")).code, "data.unclosed_quote");
}

TEST(Csv, RefusesAnEndlessLineBeforeItFillsMemory) {
  const std::string path = scratch_path("endless.csv");
  {
    std::ofstream file(path, std::ios::binary);
    file.seekp((std::int64_t{1} << 30) - 1);  // sparse: no disk is used
    file.put('x');
  }
  EXPECT_EQ(reading_failure(path).code, "data.line_too_long");
  std::remove(path.c_str());
}

TEST(Csv, SkipsRowsAboveTheHeader) {
  ReadOptions options;
  options.skip_rows = 2;
  const Table table = read_text("Table 1\nunit: yuan\na,b\n1,2\n", options);
  EXPECT_EQ(table.at("b").values()[0], 2);
  EXPECT_EQ(table.source_rows[0], 4u);
}

TEST(Csv, HeaderAloneIsATableWithoutRows) {
  const Table table = read_text("a,b\n");
  EXPECT_EQ(table.rows(), 0u);
  EXPECT_EQ(table.columns(), 2u);
}

TEST(Csv, ReadsTheExampleData) {
  ReadReport report;
  const std::string folder = std::string(PANELIST_SOURCE_DIR) + "/examples/digital-trade/data/";
  const Table economy = read_table(folder + "economy.csv", {}, &report);
  EXPECT_EQ(economy.at("province_zh").text_at(0), "北京");
  EXPECT_EQ(economy.at("gdp_100m").kind(), ColumnKind::real);
  const Panel panel = make_panel(economy, {"province", "year"});
  EXPECT_EQ(panel.unit_names.size(), 31u);
  EXPECT_TRUE(panel.balanced);
}

TEST(Csv, RecognisesARowOfUnitsUnderTheNames) {
  ReadReport report;
  const std::string text = "地区,年份,GDP\n,,亿元\n北京,2020,1.5\n北京,2021,1.7\n";
  const Table table = read_table(scratch_file("units.csv", text), {}, &report);
  EXPECT_TRUE(table.at("GDP").is_text());
  ASSERT_TRUE(has_code(report.notes, "data.second_header"));
  for (const Diagnostic& note : report.notes.items()) {
    if (note.code != "data.second_header") continue;
    EXPECT_NE(note.message.find("\"亿元\" in row 2"), std::string::npos) << note.message;
    EXPECT_NE(note.hint.find("delete row 2"), std::string::npos) << note.hint;
  }
  ReadReport without;
  read_table(scratch_file("later.csv", "a\n1\nx\n2\n3\n4\n5\n6\n"), {}, &without);
  EXPECT_FALSE(has_code(without.notes, "data.second_header"));
  EXPECT_TRUE(has_code(without.notes, "data.mixed_column"));
}

TEST(Csv, RefusesInfiniteNumbersInAColumnOfNumbersAndSaysWhere) {
  for (const char* word : {"inf", "-Inf", "Infinity", "1e400", "-1e999"}) {
    const std::string path =
        scratch_file("infinite.csv", std::string("a,b\n1,x\n2.5,y\n") + word + ",z\n4,w\n");
    const Diagnostic failure = reading_failure(path);
    EXPECT_EQ(failure.code, "data.infinite_number") << word;
    EXPECT_NE(failure.message.find("row 4"), std::string::npos) << failure.message;
    EXPECT_NE(failure.message.find(word), std::string::npos) << failure.message;
    EXPECT_FALSE(failure.hint.empty());
    ReadOptions options;
    options.missing = {word};
    EXPECT_TRUE(std::isnan(read_table(path, options).at("a").cells()[2]));
    options = {};
    options.columns.needed = {"b"};
    EXPECT_EQ(read_table(path, options).columns(), 1u);
  }
}

TEST(Csv, ReadsNumbersBelowTheRangeOfDoublesAsNearlyZeroAndWordsAmongTextsAsText) {
  const Table table = read_table(scratch_file("tiny.csv", "a,b\n1e-400,inf\n2,north\n-3e-500,2\n"));
  ASSERT_FALSE(table.at("a").is_text());
  EXPECT_EQ(table.at("a").cells()[0], 0);
  EXPECT_EQ(table.at("a").cells()[2], 0);
  EXPECT_TRUE(table.at("b").is_text());
}

}  // namespace
}  // namespace panelist
