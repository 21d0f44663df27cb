// SPDX-License-Identifier: Apache-2.0
#include "index/ranks.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace panelist {
namespace {

constexpr double tie = 1e-12;  // of the largest

// From 1 for the smallest, ties in the middle.
Vector middle_ranks(const Vector& x) {
  std::vector<Index> order(static_cast<std::size_t>(x.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [&](Index a, Index b) { return x(a) < x(b); });
  const double near = x.size() > 0 ? tie * x.cwiseAbs().maxCoeff() : 0;
  Vector ranks(x.size());
  for (std::size_t first = 0, last = 0; first < order.size(); first = last) {
    do ++last;
    while (last < order.size() && x(order[last]) - x(order[last - 1]) <= near);
    for (std::size_t i = first; i < last; ++i) ranks(order[i]) = static_cast<double>(first + last + 1) / 2;
  }
  return ranks;
}

}  // namespace

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
  const double near =
      sorted.empty() ? 0 : tie * std::max(std::abs(sorted.front().first), std::abs(sorted.back().first));
  int rank = 1;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && sorted[i - 1].first - sorted[i].first > near) rank = static_cast<int>(i) + 1;
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

double correlation(const Vector& a, const Vector& b) {
  const Vector x = a.array() - a.mean(), y = b.array() - b.mean();
  const double scale = std::sqrt(x.squaredNorm() * y.squaredNorm());
  const double sizes = std::sqrt(a.squaredNorm() * b.squaredNorm());
  return scale > tie * tie * sizes ? x.dot(y) / scale : missing_value;
}

double rank_correlation(const Vector& a, const Vector& b) {
  return correlation(middle_ranks(a), middle_ranks(b));
}

ScoreChange score_change(const IndexResult& index, const Vector& score, const std::vector<int>& rank) {
  ScoreChange change{correlation(index.score, score), rank_correlation(index.score, score),
                     (index.score - score).cwiseAbs().maxCoeff(), 0, 0};
  for (std::size_t i = 0; i < index.rank.size(); ++i) {
    const int moved = std::abs(index.rank[i] - rank[i]);
    change.mean_rank_change += moved / static_cast<double>(index.rank.size());
    change.largest_rank_change = std::max(change.largest_rank_change, moved);
  }
  return change;
}

}  // namespace panelist
