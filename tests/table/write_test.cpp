// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/file.h"
#include "scratch.h"
#include "table/date.h"

namespace panelist {
namespace {

void expect_same_cells(const Table& written, const Table& read) {
  ASSERT_EQ(read.names(), written.names());
  ASSERT_EQ(read.rows(), written.rows());
  for (const std::string& name : written.names()) {
    const Column& expected = written.at(name);
    const Column& found = read.at(name);
    for (std::size_t row = 0; row < written.rows(); ++row) {
      ASSERT_EQ(found.is_missing(row), expected.is_missing(row)) << name << " row " << row;
      if (expected.is_missing(row)) continue;
      if (expected.is_text() || found.is_text()) {
        ASSERT_EQ(found.text_at(row), expected.text_at(row)) << name << " row " << row;
      } else {
        ASSERT_EQ(found.values()[row], expected.values()[row]) << name << " row " << row;
      }
    }
  }
}

Table sample_table() {
  Table table;
  table.set("province", Column::texts({"北京", "内蒙古", "", "he said \"no\", then\nleft"}));
  table.set("year", Column::numbers({2015, 2016, 2017, missing_value}, ColumnKind::integer));
  table.set("gdp", Column::numbers({0.1, -1e-300, missing_value, 12345678.9}));
  table.set("ok", Column::numbers({1, 0, missing_value, 1}, ColumnKind::boolean));
  table.set("day", Column::numbers({*parse_date("2020-02-29"), *parse_date("1999-12-31"), missing_value, 0},
                                   ColumnKind::date));
  return table;
}

// Texts a reader could take for something else are left out on purpose: numbers, dates, missing codes.
Table random_table(std::mt19937& random) {
  const std::vector<std::string> pieces = {"a", "\"", ",", "\n", "省", " ", ";", "\t", "é", "x"};
  const std::size_t rows = 1 + random() % 30;
  std::vector<std::string> texts(rows);
  std::vector<double> numbers(rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (random() % 4 != 0) {
      texts[row] = "t";
      for (std::size_t i = random() % 6; i > 0; --i) texts[row] += pieces[random() % pieces.size()];
    }
    numbers[row] = random() % 5 == 0 ? missing_value
                                     : std::ldexp(static_cast<double>(random()) - 2e9,
                                                  static_cast<int>(random() % 200) - 100);
  }
  Table table;
  table.set("text column", Column::texts(texts));
  table.set("x", Column::numbers(numbers));
  return table;
}

TEST(WriteTable, CsvAndTsvReadBackTheSame) {
  for (const char* name : {"same.csv", "same.tsv"}) {
    const std::string path = scratch_path(name);
    write_table(sample_table(), path);
    const Table read = read_table(path);
    expect_same_cells(sample_table(), read);
    EXPECT_EQ(read.at("day").kind(), ColumnKind::date);
    EXPECT_EQ(read.at("ok").kind(), ColumnKind::boolean);
  }
}

TEST(WriteTable, RandomTablesReadBackTheSameFromCsv) {
  std::mt19937 random(11);
  const std::string path = scratch_path("random.csv");
  ReadOptions options;
  options.separator = ',';
  options.decimal = '.';
  for (int repeat = 0; repeat < 300; ++repeat) {
    const Table table = random_table(random);
    write_table(table, path);
    expect_same_cells(table, read_table(path, options));
  }
}

TEST(WriteTable, ARowWithoutAnyCellSurvivesCsv) {
  Table table;
  table.set("x", Column::numbers({1, missing_value, 3}));
  write_table(table, scratch_path("one.csv"));
  expect_same_cells(table, read_table(scratch_path("one.csv")));
}

TEST(WriteTable, XlsxReadsBackTheSame) {
  const std::string path = scratch_path("same.xlsx");
  write_table(sample_table(), path);
  ReadReport report;
  const Table read = read_table(path, {}, &report);
  expect_same_cells(sample_table(), read);
  EXPECT_EQ(read.at("day").kind(), ColumnKind::date);
  EXPECT_EQ(read.at("ok").kind(), ColumnKind::boolean);
  EXPECT_EQ(report.sheets, (std::vector<std::string>{"data"}));
  EXPECT_EQ(read.source_rows[0], 2u);
}

TEST(WriteTable, DtaReadsBackTheSameWithChineseLabels) {
  const std::string path = scratch_path("same.dta");
  Table table = sample_table();
  Column gdp = table.at("gdp");
  gdp.label = "地区生产总值";
  table.set("gdp", gdp);
  Column east = Column::numbers({1, 0, 1, missing_value}, ColumnKind::integer);
  east.value_labels = {{0, "西部"}, {1, "东部"}};
  table.set("东部", east);
  write_table(table, path);
  ReadReport report;
  const Table read = read_table(path, {}, &report);
  expect_same_cells(table, read);
  EXPECT_EQ(read.at("gdp").label, "地区生产总值");
  EXPECT_EQ(read.at("东部").value_labels, east.value_labels);
  EXPECT_EQ(read.at("day").kind(), ColumnKind::date);
  EXPECT_EQ(report.format, "dta");
  EXPECT_EQ(report.encoding, "utf-8");
}

TEST(WriteTable, DtaRepairsNamesAndKeepsTheOldOneAsLabel) {
  const std::string path = scratch_path("names.dta");
  Table table;
  table.set("2015 gdp", Column::numbers({1}));
  table.set("_2015_gdp", Column::numbers({2}));
  table.set("if", Column::numbers({3}));
  table.set("a name that is far longer than thirty-two characters", Column::numbers({4}));
  write_table(table, path);
  const Table read = read_table(path);
  ASSERT_EQ(read.columns(), 4u);
  EXPECT_EQ(read.names()[0], "_2015_gdp_2");
  EXPECT_EQ(read.names()[1], "_2015_gdp");
  EXPECT_EQ(read.names()[2], "if_");
  EXPECT_EQ(read.at("if_").label, "if");
  EXPECT_EQ(read.at(read.names()[3]).values()[0], 4);
}

TEST(WriteTable, DtaKeepsLongTexts) {
  const std::string path = scratch_path("long.dta");
  Table table;
  table.set("text", Column::texts({std::string(5000, 'x'), "short", ""}));
  write_table(table, path);
  expect_same_cells(table, read_table(path));
}

TEST(WriteTable, SameTableGivesSameBytes) {
  for (const char* extension : {"csv", "xlsx", "dta"}) {
    const std::string first = scratch_path(std::string("first.") + extension);
    const std::string second = scratch_path(std::string("second.") + extension);
    write_table(sample_table(), first);
    write_table(sample_table(), second);
    EXPECT_EQ(read_file(first), read_file(second)) << extension;
  }
}

TEST(WriteTable, RefusesUnknownFormatsAndUnwritablePlaces) {
  const auto code_of = [](const std::string& path) {
    try {
      write_table(sample_table(), path);
    } catch (const Error& error) {
      return error.diagnostic().code;
    }
    return std::string();
  };
  EXPECT_EQ(code_of(scratch_path("table.pdf")), "output.unknown_format");
  EXPECT_EQ(code_of("/proc/no/such/folder/table.csv"), "output.cannot_write");
}

}  // namespace
}  // namespace panelist
