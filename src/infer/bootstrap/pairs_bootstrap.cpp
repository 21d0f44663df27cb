// SPDX-License-Identifier: Apache-2.0
#include "infer/pairs_bootstrap.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "base/random.h"
#include "infer/bootstrap/cluster_design.h"
#include "infer/bootstrap/refusals.h"
#include "linalg/gram.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

constexpr std::int64_t replicates_per_block = 64;
constexpr double tie = 1e-10;

struct Clusters {
  std::vector<Matrix> products;  // A_g
  Matrix scores;                 // S_g, p x G
  Vector scale;                  // of the columns: one over their length
  Vector weights;                // c, p
};

// Without the dummies that others span, so that a plain factorisation serves most draws.
ClusterDesign independent_design(const Context& context, const Fit& fit, const Grouping& cluster) {
  ClusterDesign design = design_with_dummies(context, fit, cluster);
  if (design.p() == fit.k()) return design;
  const std::vector<Index> kept = independent_columns(design.columns, fit.weights);
  design.columns = SharedMatrix(Matrix(design.columns(Eigen::all, kept)));
  design.products = gram(context, design.columns, fit.weights);
  return design;
}

Clusters clusters_of(const Context& context, const Fit& fit, const PairsSpec& spec) {
  const ClusterDesign design = independent_design(context, fit, *spec.cluster);
  Clusters clusters;
  clusters.scale = design.products.diagonal().cwiseSqrt().cwiseInverse();
  clusters.products = cluster_products(context, design);
  for (Matrix& own : clusters.products) own = clusters.scale.asDiagonal() * own * clusters.scale.asDiagonal();
  clusters.scores = clusters.scale.asDiagonal() * score_sums(context, design, fit.residuals, *spec.cluster);
  clusters.weights = design.widened(spec.weights.transpose()).transpose().cwiseProduct(clusters.scale);
  return clusters;
}

// A*^- times [c, sum m S]; nothing when the combination is not identified.
bool solve_draw(const Matrix& products, const Matrix& right, Matrix& solution) {
  const Eigen::LDLT<Matrix> factor(products);
  const Vector pivots = factor.vectorD();
  if (pivots.minCoeff() > 1e-9 * pivots.maxCoeff()) {
    solution = factor.solve(right);
    return true;
  }
  solution = scaled_inverse(products) * right;
  const Vector missed = products * solution.col(0) - right.col(0);
  return missed.norm() <= 1e-6 * right.col(0).norm();
}

struct Draw {
  double difference = missing_value, statistic = missing_value;
};

Draw evaluate(const Clusters& clusters, const std::vector<int>& counts, double factor) {
  const Index p = clusters.weights.size();
  Matrix products = Matrix::Zero(p, p), right = Matrix::Zero(p, 2), solution;
  right.col(0) = clusters.weights;
  for (std::size_t g = 0; g < counts.size(); ++g) {
    if (counts[g] == 0) continue;
    products += counts[g] * clusters.products[g];
    right.col(1) += counts[g] * clusters.scores.col(static_cast<Index>(g));
  }
  if (!solve_draw(products, right, solution)) return {};
  double variance = 0;
  for (std::size_t g = 0; g < counts.size(); ++g) {
    if (counts[g] == 0) continue;
    const Vector score = clusters.scores.col(static_cast<Index>(g)) - clusters.products[g] * solution.col(1);
    const double own = solution.col(0).dot(score);
    variance += counts[g] * own * own;
  }
  const double difference = clusters.weights.dot(solution.col(1));
  // A draw of copies of one cluster is fitted exactly: what is left is rounding.
  const double scale =
      std::pow(solution.col(0).cwiseAbs().dot(clusters.scores.cwiseAbs().rowwise().maxCoeff()), 2);
  if (!(variance > 1e-20 * scale)) return {};
  return {difference, difference / std::sqrt(factor * variance)};
}

std::vector<double> sorted_defined(const Vector& values) {
  std::vector<double> sorted;
  for (const double value : values)
    if (!std::isnan(value)) sorted.push_back(value);
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

// The smallest value that at least a share of the values do not pass.
double order_statistic(const std::vector<double>& sorted, double share) {
  const double position = std::ceil(share * static_cast<double>(sorted.size()) * (1 - 1e-12));
  return sorted[static_cast<std::size_t>(std::clamp(position, 1.0, static_cast<double>(sorted.size()))) - 1];
}

void summarise(const PairsSpec& spec, PairsBootstrap& result) {
  const std::vector<double> estimates = sorted_defined(result.estimates);
  result.undefined = result.estimates.size() - static_cast<Index>(estimates.size());
  if (estimates.size() < 2)
    throw Error("infer.no_variance", "no draw of clusters identifies the coefficient",
                "cluster by a column with more groups", "column " + spec.cluster->name);
  const double reach = tie * std::max(std::abs(estimates.front()), std::abs(estimates.back()));
  if (estimates.back() - estimates.front() <= reach)
    throw Error("infer.no_variance",
                "every draw of clusters that identifies the coefficient is the sample itself",
                "cluster by a column with more groups", "column " + spec.cluster->name);
  const std::vector<double> sizes = sorted_defined(result.statistics.cwiseAbs());
  const auto beyond = std::count_if(sizes.begin(), sizes.end(), [&](double size) {
    return size >= std::abs(result.statistic) * (1 - tie);
  });
  result.p_value = static_cast<double>(beyond) / static_cast<double>(sizes.size());
  const double margin = order_statistic(sizes, spec.level) * result.std_error;
  result.interval = {result.estimate - margin, result.estimate + margin};
  const double tail = (1 - spec.level) / 2;
  result.percentile = {order_statistic(estimates, tail), order_statistic(estimates, 1 - tail)};
  const Eigen::Map<const Vector> all(estimates.data(), static_cast<Index>(estimates.size()));
  result.bootstrap_error =
      std::sqrt((all.array() - all.mean()).square().sum() / static_cast<double>(all.size() - 1));
}

}  // namespace

std::vector<int> pairs_counts(const Context& context, Level clusters, std::int64_t replicate) {
  Random random(context.seed, "pairs bootstrap", static_cast<std::uint64_t>(replicate));
  std::vector<int> counts(static_cast<std::size_t>(clusters), 0);
  for (Level g = 0; g < clusters; ++g) ++counts[random.below(static_cast<std::uint32_t>(clusters))];
  return counts;
}

PairsBootstrap pairs_bootstrap(const Context& context, const Fit& fit, const SmallSample& rules,
                               const PairsSpec& spec) {
  require_least_squares(fit, "pairs bootstrap");
  require_two_clusters(*spec.cluster);
  const Vcov vcov = clustered_vcov(context, fit, rules, *spec.cluster);
  PairsBootstrap result;
  result.estimate = spec.weights.dot(fit.coefficients);
  const double variance = spec.weights.dot(vcov.matrix * spec.weights);
  require_some_variance(fit, spec.weights.transpose(), Matrix::Constant(1, 1, variance), *spec.cluster);
  result.std_error = std::sqrt(variance);
  result.statistic = (result.estimate - spec.value) / result.std_error;
  const Clusters clusters = clusters_of(context, fit, spec);
  result.estimates.resize(spec.reps);
  result.statistics.resize(spec.reps);
  const std::int64_t blocks = (spec.reps + replicates_per_block - 1) / replicates_per_block;
  for_each_block(context, blocks, [&](std::int64_t block) {
    const std::int64_t last = std::min((block + 1) * replicates_per_block, spec.reps);
    for (std::int64_t r = block * replicates_per_block; r < last; ++r) {
      const Draw draw = evaluate(clusters, pairs_counts(context, spec.cluster->size(), r), vcov.factor);
      result.estimates(r) = result.estimate + draw.difference;
      result.statistics(r) = draw.statistic;
    }
  });
  summarise(spec, result);
  return result;
}

}  // namespace panelist
