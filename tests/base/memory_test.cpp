// SPDX-License-Identifier: Apache-2.0
#include "base/memory.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <thread>

namespace panelist {
namespace {

constexpr std::size_t much = std::size_t{64} << 20;

TEST(Memory, IsAlignedAndHoldsWhatIsWritten) {
  for (const std::size_t n : {std::size_t{1}, std::size_t{1000}, much / sizeof(double)}) {
    const std::shared_ptr<double[]> values = unset_values<double>(n);
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(values.get()) % 64, 0u);
    values[n - 1] = 3;
    EXPECT_EQ(values[n - 1], 3);
  }
}

TEST(Memory, GivesALargeBlockAgainOnceItIsLetGoOf) {
  std::shared_ptr<void> first = recycled_memory(much);
  const void* const place = first.get();
  const std::shared_ptr<void> second = recycled_memory(much);
  EXPECT_NE(second.get(), place);
  first.reset();
  EXPECT_EQ(recycled_memory(much - much / 20).get(), place);  // nearly as much will do
  EXPECT_NE(recycled_memory(much / 2).get(), place);
}

TEST(Memory, IsRecycledByManyThreadsAtOnceWithoutSharingABlock) {
  std::vector<std::shared_ptr<std::int64_t[]>> blocks(8);
  for (int round = 0; round < 3; ++round) {
    std::vector<std::thread> crew;
    for (std::size_t t = 0; t < blocks.size(); ++t)
      crew.emplace_back([&, t] {
        blocks[t] = recycled_values<std::int64_t>(1 << 20);
        blocks[t][0] = static_cast<std::int64_t>(t);
      });
    for (std::thread& hand : crew) hand.join();
    for (std::size_t t = 0; t < blocks.size(); ++t) EXPECT_EQ(blocks[t][0], static_cast<std::int64_t>(t));
    blocks.assign(blocks.size(), nullptr);
  }
}

}  // namespace
}  // namespace panelist
