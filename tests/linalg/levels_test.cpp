// SPDX-License-Identifier: Apache-2.0
#include "linalg/levels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace panelist {
namespace {

using testing::ElementsAre;

TEST(Levels, SharesItsIdsAmongCopies) {
  const Levels ids = std::vector<Level>{2, 0, 1};
  const Levels copy = ids;
  EXPECT_EQ(copy.data(), ids.data());
  EXPECT_THAT(copy, ElementsAre(2, 0, 1));
}

TEST(Levels, KeepsIdsAliveWhenTheFirstOwnerIsGone) {
  Levels kept;
  {
    const Levels first = std::vector<Level>{0, 0, 1};
    kept = first;
  }
  EXPECT_THAT(kept, ElementsAre(0, 0, 1));
}

TEST(Levels, KnowsWhetherIdsEverFall) {
  EXPECT_TRUE(Levels({0, 0, 1, 2, 2}).ascending());
  EXPECT_FALSE(Levels({0, 1, 0}).ascending());
  EXPECT_TRUE(Levels().ascending());
  EXPECT_TRUE(Levels().empty());
}

}  // namespace
}  // namespace panelist
