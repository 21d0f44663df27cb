// SPDX-License-Identifier: Apache-2.0
#include "mechanism/resampling/replicates.h"

#include <algorithm>
#include <mutex>

namespace panelist {
namespace {

constexpr std::int64_t replicates_per_block = 50;

}  // namespace

void for_each_replicate(const Context& context, const std::string& name, std::int64_t replicates,
                        const std::function<void(std::int64_t)>& body) {
  Task task(context, name, replicates);
  std::mutex lock;  // a Task counts for one thread
  const std::int64_t blocks = (replicates + replicates_per_block - 1) / replicates_per_block;
  for_each_block(context, blocks, [&](std::int64_t block) {
    const std::int64_t first = block * replicates_per_block;
    const std::int64_t last = std::min(first + replicates_per_block, replicates);
    for (std::int64_t r = first; r < last; ++r) {
      context.stop_if_asked();
      body(r);
    }
    const std::lock_guard guard(lock);
    task.advance(last - first);
  });
}

}  // namespace panelist
