// SPDX-License-Identifier: Apache-2.0
#include "formula/frame/coding.h"

#include <gmock/gmock.h>

#include "base/random.h"

namespace panelist {
namespace {

using testing::ElementsAre;

Context threads(int count) {
  Context context;
  context.threads = count;
  return context;
}

Coding numbers(const std::vector<double>& cells, ColumnKind kind = ColumnKind::real) {
  return code_numbers(Context{},
                      Vector(Eigen::Map<const Vector>(cells.data(), static_cast<Index>(cells.size()))), kind);
}

TEST(Coding, OrdersWholeNumbersWithGaps) {
  const Coding coding = numbers({2015, 2011, 2015, 2019});
  EXPECT_THAT(coding.level, ElementsAre(1, 0, 1, 2));
  EXPECT_THAT(coding.names.all(), ElementsAre("2011", "2015", "2019"));
  EXPECT_TRUE(coding.lone);
  EXPECT_FALSE(coding.level.ascending());
  EXPECT_FALSE(numbers({1, 1, 2, 2}).lone);
  EXPECT_TRUE(numbers({1, 1, 2, 2}).level.ascending());
}

TEST(Coding, OrdersFractionsLargeIdsAndWideRanges) {
  EXPECT_THAT(numbers({0.5, -1, 0.5, 0.0, -0.0}).level, ElementsAre(2, 0, 2, 1, 1));
  const Coding large = numbers({8e9, 3e9, 8e9 + 1, 3e9});
  EXPECT_THAT(large.level, ElementsAre(1, 0, 2, 0));
  EXPECT_THAT(large.names.all(), ElementsAre("3000000000", "8000000000", "8000000001"));
  EXPECT_THAT(numbers({2000000000, -2000000000, 7}).level, ElementsAre(2, 0, 1));
}

TEST(Coding, NamesDatesAsDates) {
  EXPECT_THAT(numbers({18262, 18261}, ColumnKind::date).names.all(), ElementsAre("2019-12-31", "2020-01-01"));
}

TEST(Coding, OrdersTextByWordsNotByAppearance) {
  const Column column = Column::coded({2, 0, 2, 1}, {"West", "East", "Central", "never"});
  const auto kept = std::make_shared<const Column>(column);
  const Coding coding = code_texts(Context{}, {{kept, kept->codes().data()}, 4, {kept, &kept->dictionary()}});
  EXPECT_THAT(coding.level, ElementsAre(0, 2, 0, 1));
  EXPECT_THAT(coding.names.all(), ElementsAre("Central", "East", "West"));
}

TEST(Coding, CrossesPairsThatOccur) {
  const Coding both = crossed(Context{}, numbers({1, 1, 2, 2, 1}), numbers({10, 20, 10, 10, 20}));
  EXPECT_THAT(both.level, ElementsAre(0, 1, 2, 2, 1));
  EXPECT_THAT(both.names.all(), ElementsAre("1^10", "1^20", "2^10"));
}

// Many rows, so that they fall into several blocks and parts.
TEST(Coding, DoesNotDependOnThreadsOrOnTheRoadTaken) {
  Random random(3, "coding", 0);
  const Index n = 300000;
  Vector cells(n);
  for (Index i = 0; i < n; ++i) cells(i) = static_cast<double>(random.below(40000));
  const Coding one = code_numbers(threads(1), cells, ColumnKind::integer);
  const Coding three = code_numbers(threads(3), cells, ColumnKind::integer);
  const Coding halves = code_numbers(threads(2), Vector(cells.array() + 0.5), ColumnKind::real);
  EXPECT_TRUE(std::equal(one.level.begin(), one.level.end(), three.level.begin()));
  EXPECT_TRUE(std::equal(one.level.begin(), one.level.end(), halves.level.begin()));
  EXPECT_EQ(one.size(), halves.size());
  EXPECT_EQ(one.lone, halves.lone);
  for (Index i = 0; i < n; i += 9973)
    EXPECT_EQ(std::stod(one.names[static_cast<std::size_t>(one.level[static_cast<std::size_t>(i)])]),
              cells(i));
}

}  // namespace
}  // namespace panelist
