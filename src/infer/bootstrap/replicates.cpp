// SPDX-License-Identifier: Apache-2.0
#include "infer/bootstrap/replicates.h"

#include <Eigen/Cholesky>
#include <cmath>

namespace panelist {
namespace {

constexpr std::int64_t replicates_per_block = 256;
constexpr double tie = 1e-10;
// Squares below this share of the largest are rounding.
constexpr double rounding_squares = 1e-22;

struct Block {
  std::int64_t first, count;
};

Matrix weights_of_block(const Context& context, const WildSpec& spec, Block block, bool enumerated) {
  const Level groups = spec.draws->size();
  Matrix weights(groups, block.count);
  for (std::int64_t r = 0; r < block.count; ++r)
    weights.col(r) = wild_weights(context, spec.weights, groups, block.first + r, enumerated);
  return weights;
}

Matrix sums_of_one(const WildMaps& maps, const Matrix& weights) {
  Matrix sums = Matrix::Zero(weights.cols(), 5);
  const Matrix fixed = maps.scores[0].of(weights);
  sums.col(0) = (maps.numerators[0] * weights).transpose();
  sums.col(2) = maps.factor * fixed.colwise().squaredNorm().transpose();
  if (maps.scores.size() == 1) return sums;
  const Matrix moving = maps.scores[1].of(weights);
  sums.col(1) = (maps.numerators[1] * weights).transpose();
  sums.col(3) = maps.factor * fixed.cwiseProduct(moving).colwise().sum().transpose();
  sums.col(4) = maps.factor * moving.colwise().squaredNorm().transpose();
  return sums;
}

double joint_statistic(const WildMaps& maps, const Vector& difference, const Vector& scores) {
  const Index q = difference.size();
  const Eigen::Map<const Matrix> by_cluster(scores.data(), q, scores.size() / q);
  const Matrix variance = maps.factor * by_cluster * by_cluster.transpose();
  const Eigen::LDLT<Matrix> solver(variance);
  const Vector pivots = solver.vectorD();
  if (!(pivots.minCoeff() > 1e-12 * pivots.maxCoeff())) return missing_value;
  return difference.dot(solver.solve(difference)) / static_cast<double>(q);
}

Vector joint_statistics(const WildMaps& maps, const Matrix& weights) {
  const Matrix scores = maps.scores[0].of(weights);
  const Matrix differences = maps.numerators[0] * weights;
  Vector statistics(weights.cols());
  for (Index r = 0; r < weights.cols(); ++r)
    statistics(r) = joint_statistic(maps, differences.col(r), scores.col(r));
  return statistics;
}

// What the part that moves adds to a replicate is nothing or well above rounding.
void clear_rounding(Matrix& sums) {
  const double limit = rounding_squares * sums.col(4).maxCoeff();
  for (Index r = 0; r < sums.rows(); ++r)
    if (sums(r, 4) <= limit) sums(r, 3) = sums(r, 4) = 0;
}

}  // namespace

WildReplicates draw_replicates(const Context& context, const WildMaps& maps, const WildSpec& spec) {
  WildReplicates result;
  result.enumerated = wild_enumerates(spec.weights, spec.draws->size(), spec.reps);
  result.reps = result.enumerated ? std::int64_t{1} << spec.draws->size() : spec.reps;
  const bool one = maps.difference.size() == 1;
  if (one) {
    result.sums.resize(result.reps, 5);
  } else {
    result.statistics.resize(result.reps);
  }
  const std::int64_t blocks = (result.reps + replicates_per_block - 1) / replicates_per_block;
  for_each_block(context, blocks, [&](std::int64_t number) {
    const std::int64_t first = number * replicates_per_block;
    const Block block{first, std::min(replicates_per_block, result.reps - first)};
    const Matrix weights = weights_of_block(context, spec, block, result.enumerated);
    if (one) {
      result.sums.middleRows(first, block.count) = sums_of_one(maps, weights);
    } else {
      result.statistics.segment(first, block.count) = joint_statistics(maps, weights);
    }
  });
  if (one) clear_rounding(result.sums);
  return result;
}

Vector statistics_at(const WildReplicates& replicates, double s) {
  const Matrix& sums = replicates.sums;
  const Vector variances = sums.col(2) + 2 * s * sums.col(3) + s * s * sums.col(4);
  const double limit = rounding_squares * variances.maxCoeff();
  Vector statistics(sums.rows());
  for (Index r = 0; r < sums.rows(); ++r)
    statistics(r) =
        variances(r) > limit ? (sums(r, 0) + s * sums(r, 1)) / std::sqrt(variances(r)) : missing_value;
  return statistics;
}

Shares shares_of(const Vector& statistics, double t) {
  const double size = std::abs(t), slack = tie * size;
  Index outside = 0, below = 0, above = 0, defined = 0;
  for (const double one : statistics) {
    if (std::isnan(one)) continue;
    ++defined;
    if (std::abs(one) >= size - slack) ++outside;
    if (one <= t + slack) ++below;
    if (one >= t - slack) ++above;
  }
  Shares shares;
  shares.undefined = statistics.size() - defined;
  if (defined == 0) return shares;
  const auto all = static_cast<double>(defined);
  shares.symmetric = static_cast<double>(outside) / all;
  shares.equal_tailed = std::min(1.0, 2 * static_cast<double>(std::min(below, above)) / all);
  return shares;
}

Shares upper_share(const Vector& statistics, double f) {
  Shares shares = shares_of(statistics, f);
  shares.equal_tailed = missing_value;
  return shares;
}

}  // namespace panelist
