// SPDX-License-Identifier: Apache-2.0
#include "table/io/columnar.h"

#include <gtest/gtest.h>

#include <bit>
#include <filesystem>
#include <random>
#include <sstream>

#include "scratch.h"

namespace panelist {
namespace {

Table sample() {
  const std::string path = scratch_file(
      "pcol.csv",
      "id,城市,x,day,code,flag,empty\n1,北京,0.1,2020-01-31,007,true,\n\n2,NA,-3e7,2021-02-01,01,false,NA\n");
  Table table = read_table(path);
  Column x = table.at("x");
  x.label = "a label";
  x.label_zh = "标签";
  x.unit = "km";
  x.source = "yearbook";
  x.value_labels = {{1, "one"}, {-2.5, ""}};
  table.set("x", x);
  return table;
}

std::string bytes_of(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

std::string written(const Table& table, const std::string& name) {
  const std::string path = scratch_path(name);
  write_table(table, path);
  return path;
}

TEST(Columnar, GivesBackTheTableAsItWas) {
  const Table table = sample();
  ReadReport report;
  const Table read = read_table(written(table, "whole.pcol"), {}, &report);
  EXPECT_EQ(report.format, "pcol");
  EXPECT_EQ(read.names(), table.names());
  EXPECT_EQ(read.source, table.source);
  EXPECT_EQ(read.source_rows, (RowNumbers{2, 4}));
  for (const std::string& name : table.names()) {
    const Column& a = table.at(name);
    const Column& b = read.at(name);
    ASSERT_EQ(a.kind(), b.kind()) << name;
    EXPECT_EQ(a.label + a.label_zh + a.unit + a.source, b.label + b.label_zh + b.unit + b.source);
    EXPECT_EQ(a.value_labels, b.value_labels);
    EXPECT_EQ(a.dictionary(), b.dictionary());
    EXPECT_EQ(a.codes(), b.codes());
    for (std::size_t row = 0; row < table.rows() && !a.is_text(); ++row)
      EXPECT_EQ(std::bit_cast<std::uint64_t>(a.cells()[row]), std::bit_cast<std::uint64_t>(b.cells()[row]));
  }
}

TEST(Columnar, IsTheSameBytesForTheSameTableAndAlignsItsBlocks) {
  const std::string first = bytes_of(written(sample(), "one.pcol"));
  EXPECT_EQ(first, bytes_of(written(sample(), "two.pcol")));
  EXPECT_EQ(first.substr(0, 8), columnar::mark);
  const double tenth = 0.1;
  const std::string cell(reinterpret_cast<const char*>(&tenth), sizeof tenth);
  EXPECT_EQ(first.find(cell) % columnar::alignment, 0u);
}

TEST(Columnar, ReadsTheColumnsAskedFor) {
  const std::string path = written(sample(), "some.pcol");
  ReadOptions options;
  options.columns.needed = {"x", "城市"};
  EXPECT_EQ(read_table(path, options).names(), (std::vector<std::string>{"城市", "x"}));
  options.columns.needed = {"x", "absent"};
  EXPECT_EQ(read_table(path, options).columns(), 7u);
}

TEST(Columnar, IsKnownByItsContent) {
  const std::string path = scratch_file("unnamed.csv", bytes_of(written(sample(), "named.pcol")));
  EXPECT_EQ(read_table(path).columns(), 7u);
}

TEST(Columnar, KeepsTablesWithoutRows) {
  Table table;
  table.set("a", Column::numbers({}));
  table.set("b", Column::coded({}, {}));
  const Table read = read_table(written(table, "none.pcol"));
  EXPECT_EQ(read.rows(), 0u);
  EXPECT_EQ(read.names(), table.names());
}

// Its numbers are looked at where the file is mapped; replacing a file leaves the old one to whoever has it.
TEST(Columnar, KeepsItsNumbersWhenTheFileIsReplacedOrRemoved) {
  const Table table = sample();
  const std::string path = written(table, "replaced.pcol");
  const Table read = read_table(path);
  Table other;
  other.set("x", Column::numbers({7, 8, 9}));
  write_table(other, path);
  EXPECT_EQ(read.at("x").cells()[1], table.at("x").cells()[1]);
  EXPECT_EQ(read_table(path).at("x").cells()[2], 9);
  std::filesystem::remove(path);
  EXPECT_EQ(read.at("day").cells()[0], table.at("day").cells()[0]);
}

TEST(Columnar, RefusesFilesCutShort) {
  const std::string whole = bytes_of(written(sample(), "cut.pcol"));
  for (std::size_t length = 8; length < whole.size(); length += 7)
    EXPECT_EQ(reading_failure(scratch_file("cut.pcol", whole.substr(0, length))).code, "data.truncated")
        << length;
  EXPECT_EQ(reading_failure(scratch_file("cut.pcol", whole + "x")).code, "data.truncated");
}

TEST(Columnar, RefusesDamageWhereverItIs) {
  const std::string whole = bytes_of(written(sample(), "damaged.pcol"));
  std::mt19937 random(5);
  std::size_t refused = 0, gap = 0;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ static_cast<char>(1 + random() % 255));
    const std::string code = reading_failure(scratch_file("damaged.pcol", damaged)).code;
    refused += code.empty() ? 0 : 1;
    gap += whole[at] == 0 && code.empty() ? 1 : 0;
  }
  EXPECT_EQ(refused + gap, whole.size());  // what is not noticed lies between blocks
  EXPECT_GT(refused, whole.size() / 2);
}

TEST(Columnar, RefusesOtherVersionsAndForeignFiles) {
  std::string other = bytes_of(written(sample(), "other.pcol"));
  other[columnar::version_at] = 2;
  EXPECT_EQ(reading_failure(scratch_file("other.pcol", other)).code, "data.unknown_format");
  EXPECT_EQ(reading_failure(scratch_file("foreign.pcol", "a,b\n1,2\n")).code, "data.truncated");
  EXPECT_EQ(reading_failure(scratch_file("foreign.pcol", "")).code, "data.truncated");
}

}  // namespace
}  // namespace panelist
