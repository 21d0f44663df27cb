// SPDX-License-Identifier: Apache-2.0
#include "table/row_numbers.h"

#include <gtest/gtest.h>

namespace panelist {
namespace {

TEST(RowNumbers, GiveBackWhatWasAppended) {
  RowNumbers numbers = {2, 3, 4, 9, 9, 1};
  numbers.append(20, 3);
  numbers.append(23, 2);
  numbers.append(50, 0);
  const std::vector<std::size_t> expected = {2, 3, 4, 9, 9, 1, 20, 21, 22, 23, 24};
  ASSERT_EQ(numbers.size(), expected.size());
  for (std::size_t row = 0; row < expected.size(); ++row) EXPECT_EQ(numbers[row], expected[row]);
  EXPECT_EQ(numbers.front(), 2u);
  EXPECT_EQ(numbers.back(), 24u);
}

TEST(RowNumbers, AreEqualWhenTheNumbersAre) {
  RowNumbers runs;
  runs.append(2, 3);
  EXPECT_EQ(runs, (RowNumbers{2, 3, 4}));
  EXPECT_FALSE(runs == (RowNumbers{2, 3, 5}));
  EXPECT_FALSE(runs == (RowNumbers{2, 3}));
  EXPECT_TRUE(RowNumbers().empty());
}

}  // namespace
}  // namespace panelist
