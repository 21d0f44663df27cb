// SPDX-License-Identifier: Apache-2.0
// Ranks of scores, and how far two sets of scores agree.
//
// Ranks stand within each time: 1 is the best, ties share the smallest. Scores that differ by less than 1e-12 of the
// largest are a tie: equal weights of equal ranks may differ in the last bit by the order of their sum.
#pragma once
#include <vector>

#include "base/context.h"
#include "index/index.h"
#include "linalg/matrix.h"
#include "table/panel.h"

namespace panelist {

class RanksWithinTime {
 public:
  RanksWithinTime(const Panel& panel, const std::vector<std::size_t>& rows);

  // The number of ranks there can be.
  [[nodiscard]] std::size_t largest() const { return largest_; }
  void rank(const Vector& score, std::vector<int>& ranks) const;
  // The same on the threads of the context.
  [[nodiscard]] std::vector<int> rank(const Context& context, const Vector& score) const;

 private:
  using Scored = std::vector<std::pair<double, std::size_t>>;
  static void rank_group(const std::vector<std::size_t>& group, const Vector& score, Scored& sorted,
                         std::vector<int>& ranks);

  std::vector<std::vector<std::size_t>> groups_;  // positions of one time
  std::size_t largest_ = 0;
};

// Pearson's r; missing where one of the two does not vary.
double correlation(const Vector& a, const Vector& b);
// Spearman's, over all rows, ties in the middle.
double rank_correlation(const Vector& a, const Vector& b);

// Scores and ranks of the same rows as those of an index.
ScoreChange score_change(const IndexResult& index, const Vector& score, const std::vector<int>& rank);

}  // namespace panelist
