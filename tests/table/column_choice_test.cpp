// SPDX-License-Identifier: Apache-2.0
// Reading some columns gives of them what reading all gives, and reading in pieces what one run gives.
#include <gtest/gtest.h>

#include <bit>

#include "scratch.h"

namespace panelist {
namespace {

void expect_same_column(const Column& a, const Column& b, const std::string& name) {
  ASSERT_EQ(a.kind(), b.kind()) << name;
  ASSERT_EQ(a.size(), b.size()) << name;
  if (a.is_text()) {
    EXPECT_EQ(a.codes(), b.codes()) << name;
    EXPECT_EQ(a.dictionary(), b.dictionary()) << name;
    return;
  }
  for (std::size_t row = 0; row < a.size(); ++row)
    ASSERT_EQ(std::bit_cast<std::uint64_t>(a.cells()[row]), std::bit_cast<std::uint64_t>(b.cells()[row]))
        << name << " row " << row;
}

void expect_same(const Table& some, const Table& all) {
  EXPECT_EQ(some.source_rows, all.source_rows);
  EXPECT_EQ(some.source, all.source);
  for (const std::string& name : some.names()) expect_same_column(some.at(name), all.at(name), name);
}

// Columns of every kind; every `step`-th row has something odd, so that pieces begin at odd places.
std::string varied_text(std::size_t rows, std::size_t step, const std::string& line_end = "\n") {
  std::string text = "id,name,x,day,code,late,remark,flag" + line_end;
  for (std::size_t row = 0; row < rows; ++row) {
    const std::string number = std::to_string(row * 7919 % 100003);
    const bool odd = row % step == step - 1;
    text += number + (odd ? ",\"a, \"\"b\"\"" + line_end + "c\"," : ",北京" + std::to_string(row % 7) + ",");
    text += odd ? " -1e-3 ," : "-0." + number + ",";
    text += odd ? "2020-02-29," : "2019-01-0" + std::to_string(1 + row % 9) + ",";
    text += odd ? "0" + number + "," : number + ",";
    text += row + 1 == rows ? "word," : number + ".5,";
    text += odd ? "\"" + line_end + line_end + ",\"," : "plain,";
    text += (odd ? "NA" : row % 2 == 0 ? "true" : "FALSE") + line_end;
    if (odd) text += line_end + ",,,,,,," + line_end;
  }
  return text + "Source: nobody,,,,,,," + line_end;
}

Table read_some(const std::string& path, int threads, const std::set<std::string>& needed = {},
                const std::vector<std::string>& missing = {}) {
  ReadOptions options;
  options.threads = threads;
  options.columns.needed = needed;
  options.missing = missing;
  return read_table(path, options);
}

// A missing code that reads as a date makes the reader go through the text in one run.
const std::vector<std::string> one_run = {"NA", "1600-01-01"};

TEST(ColumnChoice, GivesTheSameCellsAsAFullRead) {
  for (const std::size_t step : {std::size_t{3}, std::size_t{50000}}) {
    const std::string path = scratch_file("some.csv", varied_text(60000, step));
    const Table all = read_some(path, 1, {}, one_run);
    ASSERT_EQ(all.rows(), 60000u);
    EXPECT_EQ(all.at("day").kind(), ColumnKind::date);
    EXPECT_EQ(all.at("flag").kind(), ColumnKind::boolean);
    EXPECT_EQ(all.at("code").kind(), ColumnKind::text);
    EXPECT_EQ(all.at("late").kind(), ColumnKind::text);
    for (const int threads : {1, 2, 3}) {
      const Table pieces = read_some(path, threads);
      EXPECT_EQ(pieces.columns(), all.columns());
      expect_same(pieces, all);
      const Table some = read_some(path, threads, {"late", "x", "name"});
      EXPECT_EQ(some.names(), (std::vector<std::string>{"name", "x", "late"}));
      expect_same(some, all);
      expect_same(read_some(path, threads, {"flag", "day", "code"}), all);
    }
  }
}

TEST(ColumnChoice, HoldsForOtherLineEnds) {
  for (const std::string line_end : {"\r\n", "\r"}) {
    const std::string path = scratch_file("ends.csv", varied_text(60000, 999, line_end));
    expect_same(read_some(path, 2, {"id", "flag", "name"}), read_some(path, 1, {}, one_run));
  }
}

TEST(ColumnChoice, ReadsAMarkedFileAndOneWithoutALastLineEnd) {
  std::string text = varied_text(60000, 1000);
  text.resize(text.find("Source: ") - 1);
  const std::string path = scratch_file("marked.csv", "\xEF\xBB\xBF" + text);
  const Table all = read_some(path, 1, {}, one_run);
  EXPECT_EQ(all.names().front(), "id");
  expect_same(read_some(path, 2), all);
  expect_same(read_some(path, 2, {"id", "flag"}), all);
}

TEST(ColumnChoice, ReadsAllWhenAColumnIsNotThere) {
  const std::string path = scratch_file("few.csv", "a,b,c\n1,2,3\n");
  EXPECT_EQ(read_some(path, 1, {"a", "d"}).columns(), 3u);
  EXPECT_EQ(read_some(path, 1, {"a", "c"}).columns(), 2u);
  ReadOptions options;
  options.columns = {{"a"}, {"b", "d"}};
  EXPECT_EQ(read_table(path, options).names(), (std::vector<std::string>{"a", "b"}));
}

// What a read of one column on two threads says of the text; a full read in one run must say it too.
Diagnostic failure_of(const std::string& text) {
  const std::string path = scratch_file("wrong.csv", text);
  ReadOptions some, full;
  some.threads = 2;
  some.columns.needed = {"id"};
  full.missing = one_run;
  const Diagnostic found = reading_failure(path, some);
  EXPECT_EQ(found.message, reading_failure(path, full).message);
  return found;
}

TEST(ColumnChoice, StillSeesWrongRowsAndBytes) {
  const std::string text = varied_text(60000, 1000);
  const std::size_t middle = text.find("\n,,,,,,,\n", text.size() / 2) + 1;
  const auto with = [&](const std::string& inserted) { return std::string(text).insert(middle, inserted); };
  EXPECT_EQ(failure_of(with("1,2\n")).code, "data.ragged_row");
  EXPECT_EQ(failure_of(with("1,2,3,4,5,6,7,8,9\n")).code, "data.ragged_row");
  EXPECT_EQ(failure_of(with("\xFF\xFE")).code, "data.encoding");
  EXPECT_EQ(failure_of(with(std::string(1, '\0'))).code, "data.encoding");
  EXPECT_EQ(failure_of(text + "1,\"never closed\n").code, "data.unclosed_quote");
}

}  // namespace
}  // namespace panelist
