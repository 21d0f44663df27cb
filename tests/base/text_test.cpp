// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace panelist {
namespace {

TEST(Text, RejectsBrokenUtf8) {
  EXPECT_TRUE(valid_utf8("中文 ok é 😀"));
  EXPECT_FALSE(valid_utf8("\xC3"));
  EXPECT_FALSE(valid_utf8("\xED\xA0\x80"));  // surrogate
  EXPECT_FALSE(valid_utf8("\xC0\xAF"));      // overlong
  EXPECT_FALSE(valid_utf8("\xB1\xB1\xBE\xA9"));
}

TEST(Text, WideCharactersCountTwoColumns) {
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("北京"), 4U);
  EXPECT_EQ(display_width("（注）"), 6U);
  EXPECT_EQ(display_width("e\xCC\x81"), 1U);
}

TEST(Text, CodePointsGoThereAndBack) {
  const std::string text = "aé北😀";
  std::string again;
  for (const char32_t letter : to_code_points(text)) again += from_code_point(letter);
  EXPECT_EQ(again, text);
}

TEST(Text, ParsesDecimalNumbersOnly) {
  EXPECT_EQ(parse_number(" 12.5 "), 12.5);
  EXPECT_EQ(parse_number("+3e2"), 300.0);
  EXPECT_EQ(parse_number("-.5"), -0.5);
  for (const char* word : {"", "nan", "inf", "0x10", "1,5", "12a", "+-1", "1e999"})
    EXPECT_FALSE(parse_number(word)) << word;
}

TEST(Text, ShortestReadsBackTheSameDouble) {
  for (const double value : {0.1, 1.0 / 3.0, 1e-300, 123456789.125, 1e22, -0.0, 5.0})
    EXPECT_EQ(*parse_number(shortest(value)), value) << value;
  EXPECT_EQ(shortest(2015.0), "2015");
  EXPECT_EQ(shortest(std::numeric_limits<double>::quiet_NaN()), "NaN");
}

TEST(Text, FixedNeverPrintsMinusZero) {
  EXPECT_EQ(fixed(-0.00001, 4), "0.0000");
  EXPECT_EQ(fixed(-0.00005, 4), "-0.0001");
  EXPECT_EQ(fixed(2.5, 0), "2");
  EXPECT_EQ(fixed(1234.5678, 2), "1234.57");
}

TEST(Text, SignificantDigitsSwitchToScientific) {
  EXPECT_EQ(significant(0.00012345, 3), "0.000123");
  EXPECT_EQ(significant(0.000012345, 3), "1.23e-05");
  EXPECT_EQ(significant(0, 3), "0");
  EXPECT_EQ(significant(123456, 2), "123456");
}

TEST(Text, TrimSplitJoinReplace) {
  EXPECT_EQ(trim(" \t a b \n"), "a b");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string>{"a", "", "b"}));
  EXPECT_EQ(join({"a", "b"}, " + "), "a + b");
  EXPECT_EQ(replace_all("aXbX", "X", "--"), "a--b--");
}

}  // namespace
}  // namespace panelist
