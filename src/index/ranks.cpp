// SPDX-License-Identifier: Apache-2.0
#include "index/ranks.h"

#include <algorithm>

namespace panelist {

RanksWithinTime::RanksWithinTime(const Panel& panel, const std::vector<std::size_t>& rows)
    : groups_(panel.time.empty() ? 1 : panel.times.size()) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto time = panel.time.empty()
                          ? 0
                          : std::lower_bound(panel.times.begin(), panel.times.end(), panel.time[rows[i]]) -
                                panel.times.begin();
    groups_[static_cast<std::size_t>(time)].push_back(i);
  }
  for (const auto& group : groups_) largest_ = std::max(largest_, group.size());
}

void RanksWithinTime::rank_group(const std::vector<std::size_t>& group, const Vector& score, Scored& sorted,
                                 std::vector<int>& ranks) {
  sorted.clear();
  for (const std::size_t row : group) sorted.emplace_back(score(static_cast<Index>(row)), row);
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  int rank = 1;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && sorted[i].first != sorted[i - 1].first) rank = static_cast<int>(i) + 1;
    ranks[sorted[i].second] = rank;
  }
}

void RanksWithinTime::rank(const Vector& score, std::vector<int>& ranks) const {
  thread_local Scored sorted;
  for (const std::vector<std::size_t>& group : groups_) rank_group(group, score, sorted, ranks);
}

std::vector<int> RanksWithinTime::rank(const Context& context, const Vector& score) const {
  std::vector<int> ranks(static_cast<std::size_t>(score.size()));
  for_each_block(context, static_cast<std::int64_t>(groups_.size()), [&](std::int64_t group) {
    Scored sorted;
    rank_group(groups_[static_cast<std::size_t>(group)], score, sorted, ranks);
  });
  return ranks;
}

}  // namespace panelist
