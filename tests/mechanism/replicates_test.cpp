// SPDX-License-Identifier: Apache-2.0
#include "mechanism/resampling/replicates.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

namespace panelist {
namespace {

struct Recorder : ProgressSink {
  void update(const std::string& task, std::int64_t done, std::int64_t total) override {
    names.insert(names.end(), task);
    counts.push_back(done);
    of = total;
  }
  void finish(const std::string&) override { ++finished; }
  std::vector<std::string> names;
  std::vector<std::int64_t> counts;
  std::int64_t of = 0;
  int finished = 0;
};

TEST(Replicates, AreCalledOnceEachAndReportTheirProgress) {
  for (const int threads : {1, 4}) {
    Recorder recorder;
    Context context;
    context.threads = threads;
    context.progress = &recorder;
    std::vector<int> calls(1234, 0);
    for_each_replicate(context, "bootstrap", 1234,
                       [&](std::int64_t r) { ++calls[static_cast<std::size_t>(r)]; });
    EXPECT_EQ(calls, std::vector<int>(1234, 1));
    ASSERT_EQ(recorder.counts.size(), 25U);
    EXPECT_TRUE(std::is_sorted(recorder.counts.begin(), recorder.counts.end()));
    EXPECT_EQ(recorder.counts.back(), 1234);
    EXPECT_EQ(recorder.of, 1234);
    EXPECT_EQ(recorder.names.front(), "bootstrap");
    EXPECT_EQ(recorder.finished, 1);
  }
}

TEST(Replicates, StopBetweenTwoReplicates) {
  for (const int threads : {1, 4}) {
    std::atomic<bool> stop{false};
    std::atomic<int> calls{0};
    Context context;
    context.threads = threads;
    context.stop = &stop;
    const auto ask = [&](std::int64_t) {
      if (++calls == 7) stop = true;
    };
    EXPECT_THROW(for_each_replicate(context, "bootstrap", 100000, ask), Stopped);
    EXPECT_LT(calls, 7 + threads);
  }
}

}  // namespace
}  // namespace panelist
