// SPDX-License-Identifier: Apache-2.0
#include "table/io/field_ends.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace panelist {
namespace {

TEST(FieldEnds, AreThePlacesOfSeparatorsAndLineEnds) {
  std::mt19937_64 random(3);
  const std::string letters = "ab1,,\n;\r";
  std::vector<std::uint32_t> places;
  for (std::size_t size = 0; size < 400; ++size) {
    std::string text(size, 'x');
    for (char& letter : text) letter = letters[random() % letters.size()];
    std::vector<std::uint32_t> expected;
    std::size_t lines = 0;
    for (std::size_t i = 0; i < size; ++i) {
      if (text[i] == ',' || text[i] == '\n') expected.push_back(static_cast<std::uint32_t>(i));
      lines += text[i] == '\n' ? 1 : 0;
    }
    const std::string padded = text + std::string(64, ',');
    const TextMarks marks = find_field_ends(padded.data(), size, ',', '\n', places);
    ASSERT_EQ(marks.ends, expected.size());
    EXPECT_EQ(marks.lines, lines);
    EXPECT_TRUE(std::equal(expected.begin(), expected.end(), places.begin()));
    EXPECT_FALSE(marks.quote || marks.beyond_ascii || marks.zero);
  }
}

TEST(FieldEnds, ReportWhatNeedsAnotherLookAndNothingBehindTheText) {
  std::vector<std::uint32_t> places;
  for (const std::size_t place : {0, 15, 16, 63, 64, 99, 100, 130}) {
    std::string text(200, 'x');
    const bool within = place < 100;
    text[place] = '"';
    EXPECT_EQ(find_field_ends(text.data(), 100, ',', '\n', places).quote, within);
    text[place] = '\0';
    EXPECT_EQ(find_field_ends(text.data(), 100, ',', '\n', places).zero, within);
    text[place] = '\xE4';
    EXPECT_EQ(find_field_ends(text.data(), 100, ',', '\n', places).beyond_ascii, within);
  }
}

}  // namespace
}  // namespace panelist
