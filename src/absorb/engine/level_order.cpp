// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/level_order.h"

#include <algorithm>
#include <atomic>

namespace panelist::engine {
namespace {

// Fewer entries than this are done before a thread has started.
constexpr Index entries_worth_a_thread = 40000;
constexpr Index rows_per_check = 1 << 16;

bool is_sorted_by_level(const Context& context, const Level* level, Index n) {
  std::atomic<bool> sorted{true};
  const Index blocks = (n + rows_per_check - 1) / rows_per_check;
  for_each_block(crew_for(context, n), blocks, [&](std::int64_t block) {
    if (!sorted.load(std::memory_order_relaxed)) return;
    const Index first = std::max<Index>(block * rows_per_check, 1);
    const Index last = std::min(n, (block + 1) * rows_per_check);
    bool falls = false;
    for (Index i = first; i < last; ++i) falls |= level[i] < level[i - 1];
    if (falls) sorted.store(false, std::memory_order_relaxed);
  });
  return sorted;
}

std::vector<Offset> starts_of_sorted(const Context& context, const Level* level, Index n, Index levels) {
  std::vector<Offset> starts(static_cast<std::size_t>(levels) + 1, 0);
  const Index blocks = (n + rows_per_check - 1) / rows_per_check;
  for_each_block(crew_for(context, n), blocks, [&](std::int64_t block) {
    const Index last = std::min(n, (block + 1) * rows_per_check);
    for (Index i = std::max<Index>(block * rows_per_check, 1); i < last; ++i) {
      if (level[i] != level[i - 1]) starts[static_cast<std::size_t>(level[i])] = static_cast<Offset>(i);
    }
  });
  starts[static_cast<std::size_t>(levels)] = static_cast<Offset>(n);
  return starts;
}

}  // namespace

Context crew_for(const Context& context, Index entries) {
  Context crew = context;
  if (entries < entries_worth_a_thread) crew.threads = 1;
  return crew;
}

Index scatter_blocks(Index entries, Index targets) {
  return std::clamp<Index>(entries / (4 * std::max<Index>(targets, 1)), 1, 8);
}

std::vector<Index> balanced_cuts(const Offset* starts, Index levels, Index blocks) {
  const double total = static_cast<double>(starts[levels]) - static_cast<double>(starts[0]);
  std::vector<Index> cuts(static_cast<std::size_t>(blocks) + 1, 0);
  for (Index b = 1; b < blocks; ++b) {
    const auto target =
        static_cast<Offset>(starts[0] + total * static_cast<double>(b) / static_cast<double>(blocks));
    cuts[static_cast<std::size_t>(b)] = std::lower_bound(starts, starts + levels, target) - starts;
  }
  cuts[static_cast<std::size_t>(blocks)] = levels;
  return cuts;
}

LevelOrder order_by_level(const Context& context, const Level* level, Index n, Index levels) {
  LevelOrder order;
  order.sorted = is_sorted_by_level(context, level, n);
  if (order.sorted) {
    order.starts = starts_of_sorted(context, level, n, levels);
  } else {
    order.rows.resize(static_cast<std::size_t>(n));
    order.starts = counting_order(context, level, n, levels,
                                  [&](Index i, Offset to) { order.rows[to] = static_cast<Offset>(i); });
  }
  return order;
}

}  // namespace panelist::engine
