// SPDX-License-Identifier: Apache-2.0
// Large files are read in pieces of 4 MB on several threads.
#include <gtest/gtest.h>

#include "scratch.h"

namespace panelist {
namespace {

constexpr std::size_t rows = 700000;  // of about twenty bytes: several pieces

// Cells of column `text` are those of `number` but in row `odd`.
std::string large_text(std::size_t odd, const std::string& odd_cell, const std::string& extra_line = "") {
  std::string text = "id,x,other\n";
  for (std::size_t row = 0; row < rows; ++row) {
    if (row == odd) text += extra_line;
    const std::string number = std::to_string(row);
    text += number + "," + number + ".25," + (row == odd ? odd_cell : number) + "\n";
  }
  return text;
}

Table read_with(const std::string& text, int threads) {
  ReadOptions options;
  options.threads = threads;
  return read_table(scratch_file("pieces.csv", text), options);
}

TEST(CsvPieces, GiveTheRowsInOrderWithTheirLines) {
  for (const int threads : {1, 2, 3}) {
    const Table table = read_with(large_text(600000, "NA", "\n,,\n"), threads);
    ASSERT_EQ(table.rows(), rows);
    EXPECT_EQ(table.at("id").kind(), ColumnKind::integer);
    for (const std::size_t row : {std::size_t{0}, rows / 2, rows - 1}) {
      EXPECT_EQ(table.at("id").values()[row], static_cast<double>(row));
      EXPECT_EQ(table.at("x").values()[row], static_cast<double>(row) + 0.25);
    }
    EXPECT_TRUE(table.at("other").is_missing(600000));
    EXPECT_EQ(table.source_rows[599999], 600001u);
    EXPECT_EQ(table.source_rows[600000], 600004u);
    EXPECT_EQ(table.source_rows.back(), rows + 3);
  }
}

TEST(CsvPieces, MakeAColumnTextWhereverItsFirstWordStands) {
  for (const std::size_t odd : {std::size_t{3}, std::size_t{650000}}) {
    const Table table = read_with(large_text(odd, "word"), 2);
    EXPECT_EQ(table.at("other").kind(), ColumnKind::text);
    EXPECT_EQ(table.at("other").text_at(odd), "word");
    EXPECT_EQ(table.at("other").text_at(odd + 1), std::to_string(odd + 1));
    EXPECT_EQ(table.at("id").kind(), ColumnKind::integer);
  }
}

TEST(CsvPieces, KeepCodesWithLeadingZerosText) {
  const Table table = read_with(large_text(650000, "007"), 2);
  EXPECT_EQ(table.at("other").text_at(650000), "007");
  EXPECT_EQ(table.at("other").text_at(5), "5");
}

TEST(CsvPieces, SayTheLineOfARaggedRow) {
  try {
    read_with(large_text(650000, "1,2"), 2);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "data.ragged_row");
    EXPECT_NE(error.diagnostic().message.find("line 650002 "), std::string::npos);
  }
}

TEST(CsvPieces, LeaveTextsWithQuotesWhole) {
  const Table table = read_with(large_text(650000, "\"two\nlines\""), 2);
  EXPECT_EQ(table.at("other").text_at(650000), "two\nlines");
  EXPECT_EQ(table.source_rows[650001], 650004u);
}

}  // namespace
}  // namespace panelist
