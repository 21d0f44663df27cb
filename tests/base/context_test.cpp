// SPDX-License-Identifier: Apache-2.0
#include "base/context.h"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <vector>

namespace panelist {
namespace {

TEST(ForEachBlock, RunsEachBlockOnceForAnyThreadCount) {
  for (const int threads : {1, 2, 7}) {
    std::vector<int> seen(1000, 0);
    for_each_block(Context{.threads = threads}, 1000,
                   [&](std::int64_t block) { ++seen[static_cast<std::size_t>(block)]; });
    EXPECT_EQ(seen, std::vector<int>(1000, 1));
  }
}

TEST(ForEachBlock, RethrowsWhatABlockThrew) {
  const auto body = [](std::int64_t block) {
    if (block == 3) throw Error("estimate.no_rows", "block three");
  };
  for (const int threads : {1, 4}) EXPECT_THROW(for_each_block(Context{.threads = threads}, 50, body), Error);
}

TEST(ForEachBlock, StopsBeforeTheNextBlock) {
  for (const int threads : {1, 4}) {
    std::atomic<bool> stop{false};
    std::atomic<int> begun{0};
    const auto body = [&](std::int64_t) {
      ++begun;
      stop = true;
    };
    EXPECT_THROW(for_each_block(Context{.threads = threads, .stop = &stop}, 1000, body), Stopped);
    EXPECT_LE(begun, threads);
  }
}

TEST(Task, StopsWhenAsked) {
  const std::atomic<bool> stop{true};
  Context context;
  context.stop = &stop;
  Task task(context, "bootstrap", 10);
  EXPECT_THROW(task.advance(), Stopped);
}

}  // namespace
}  // namespace panelist
