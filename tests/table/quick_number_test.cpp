// SPDX-License-Identifier: Apache-2.0
#include "table/io/quick_number.h"

#include <gtest/gtest.h>

#include <bit>
#include <random>
#include <string>

#include "table/io/cell_text.h"

namespace panelist {
namespace {

// Whether it was read quickly; then it must say what the general road says, to the bit.
bool agrees(const std::string& text, char decimal = '.') {
  const std::string padded = text + std::string(16, '7');
  QuickNumber quick;
  if (!read_quick_number(padded.data(), text.size(), decimal, quick)) return false;
  CellNumber slow;
  EXPECT_TRUE(parse_cell_number(text, {decimal, decimal == '.' ? ',' : '.'}, slow)) << text;
  EXPECT_EQ(std::bit_cast<std::uint64_t>(quick.value), std::bit_cast<std::uint64_t>(slow.value)) << text;
  EXPECT_EQ(quick.whole, slow.whole) << text;
  EXPECT_EQ(quick.leading_zero, slow.leading_zero) << text;
  EXPECT_FALSE(slow.inexact || slow.thousands) << text;
  return true;
}

TEST(QuickNumber, ReadsPlainNumbers) {
  for (const char* text :
       {"0", "-0", "7", "007", "-007", "12345678", "123456789", "999999999999999", "0.5", "-0.724433", "1.25",
        "-12345.678901", "0.000001", "1234567.12345678", "00.5", "0.12345678901234"})
    EXPECT_TRUE(agrees(text)) << text;
  EXPECT_TRUE(agrees("3,25", ','));
}

TEST(QuickNumber, LeavesTheRest) {
  for (const char* text : {"",
                           "-",
                           ".",
                           "-.",
                           ".5",
                           "5.",
                           "+5",
                           "1e5",
                           "1 ",
                           " 1",
                           "1,234",
                           "--1",
                           "1.2.3",
                           "NaN",
                           "1234567890123456",
                           "0.1234567890123456",
                           "12345678.5",
                           "1.5x",
                           "x1.5",
                           "0x12",
                           "1:5",
                           "1/5"})
    EXPECT_FALSE(agrees(text)) << text;
}

TEST(QuickNumber, AgreesWithTheGeneralRoadOnAnyDigits) {
  std::mt19937_64 random(7);
  const std::string letters = "0123456789012345678901234567890123456789..--e,+ /:";
  std::size_t read = 0;
  for (int i = 0; i < 300000; ++i) {
    std::string text(random() % 18, '0');
    for (char& letter : text) letter = letters[random() % (i % 2 == 0 ? 42 : letters.size())];
    if (i % 3 == 0) text.insert(text.begin(), '-');
    read += agrees(text) ? 1 : 0;
  }
  EXPECT_GT(read, 50000u);
}

}  // namespace
}  // namespace panelist
