// SPDX-License-Identifier: Apache-2.0
#include "base/context.h"

#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace panelist {

namespace {

// What went wrong in each block; the first by number is rethrown.
struct BlockFailures {
  explicit BlockFailures(std::int64_t blocks) : first(blocks) {}
  void record(std::int64_t block, std::exception_ptr what) {
    const std::lock_guard lock(mutex);
    if (block < first) {
      first = block;
      failure = std::move(what);
    }
  }
  std::mutex mutex;
  std::int64_t first;
  std::exception_ptr failure;
};

void work(const Context& context, std::atomic<std::int64_t>& next, std::int64_t blocks,
          const std::function<void(std::int64_t)>& body, BlockFailures& failures) {
  for (std::int64_t block = next++; block < blocks; block = next++) {
    try {
      context.stop_if_asked();
      body(block);
    } catch (...) {
      failures.record(block, std::current_exception());
      next = blocks;
    }
  }
}

}  // namespace

void for_each_block(const Context& context, std::int64_t blocks,
                    const std::function<void(std::int64_t)>& body) {
  const std::int64_t threads = std::min<std::int64_t>(std::max(context.threads, 1), blocks);
  if (threads <= 1) {
    for (std::int64_t block = 0; block < blocks; ++block) {
      context.stop_if_asked();
      body(block);
    }
    return;
  }
  std::atomic<std::int64_t> next{0};
  BlockFailures failures(blocks);
  {
    std::vector<std::jthread> crew;
    for (std::int64_t t = 1; t < threads; ++t)
      crew.emplace_back([&] { work(context, next, blocks, body, failures); });
    work(context, next, blocks, body, failures);
  }
  if (failures.failure) std::rethrow_exception(failures.failure);
}

}  // namespace panelist
