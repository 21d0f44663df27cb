// SPDX-License-Identifier: Apache-2.0
// Scores by rank sums, and means with a penalty for imbalance.
#include "index/aggregate/aggregate.h"

namespace panelist {
namespace {

double mean_rank(double value, const std::vector<double>& ordered) {
  const auto [first, last] = std::equal_range(ordered.begin(), ordered.end(), value);
  const double worse = static_cast<double>(first - ordered.begin());
  const double equal = static_cast<double>(last - first);
  return worse + (std::max(equal, 1.0) + 1) / 2;
}

// M - s^2/M of a row: the mean less its variance over it.
double balanced_mean(const Vector& x, const Vector& weights) {
  const double mean = weights.dot(x);
  const double variance = weights.dot((x.array() - mean).square().matrix());
  return mean - variance / mean;
}

Vector balanced_means(const AggregationInput& input, double zero, double one) {
  Vector score(input.cells.rows());
  for (Index i = 0; i < score.size(); ++i)
    score(i) = balanced_mean(zero + (one - zero) * input.cells.row(i).transpose().array(), input.weights);
  return score;
}

}  // namespace

AggregationFrame learn_rank_sums(const AggregationInput& reference) {
  AggregationFrame frame;
  for (Index j = 0; j < reference.cells.cols(); ++j) {
    frame.ordered.emplace_back(reference.cells.col(j).begin(), reference.cells.col(j).end());
    std::sort(frame.ordered.back().begin(), frame.ordered.back().end());
  }
  return frame;
}

Vector rank_sum_ratio(const AggregationFrame& frame, const AggregationInput& input) {
  Vector score = Vector::Zero(input.cells.rows());
  for (Index j = 0; j < input.cells.cols(); ++j) {
    const std::vector<double>& ordered = frame.ordered[static_cast<std::size_t>(j)];
    for (Index i = 0; i < score.size(); ++i)
      score(i) +=
          input.weights(j) * mean_rank(input.cells(i, j), ordered) / static_cast<double>(ordered.size());
  }
  return score;
}

Vector mazziotta_pareto(const AggregationFrame& /*frame*/, const AggregationInput& input) {
  return balanced_means(input, 100, 110);
}

Vector adjusted_mazziotta_pareto(const AggregationFrame& /*frame*/, const AggregationInput& input) {
  return balanced_means(input, 70, 130);
}

}  // namespace panelist
