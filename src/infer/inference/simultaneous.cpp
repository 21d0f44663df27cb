// SPDX-License-Identifier: Apache-2.0
#include "infer/simultaneous.h"

#include <cmath>

#include "base/distribution.h"
#include "base/random.h"
#include "table/statistics.h"

namespace panelist {
namespace {

constexpr double empty_direction = 1e-7;  // of the largest root of an eigenvalue
constexpr int draws_between_stops = 500;

// A with A A' the correlation; as many columns as its rank.
Matrix correlation_root(const Matrix& covariance) {
  const Vector inverse_se =
      covariance.diagonal().unaryExpr([](double v) { return v > 0 ? 1 / std::sqrt(v) : 0.0; });
  const Matrix correlation = inverse_se.asDiagonal() * covariance * inverse_se.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(correlation);
  const Vector roots = eigen.eigenvalues().cwiseMax(0).cwiseSqrt();
  const Index rank = (roots.array() > empty_direction * roots.maxCoeff()).count();
  return eigen.eigenvectors().rightCols(rank) * roots.tail(rank).asDiagonal();
}

double scale_of_t(Random& random, double df) {
  if (std::isinf(df)) return 1;
  double share = random.uniform();
  while (!(share > 0)) share = random.uniform();
  return std::sqrt(f_quantile(share, df, std::numeric_limits<double>::infinity()));
}

}  // namespace

double simultaneous_critical(const Context& context, const Matrix& covariance, const SimultaneousSpec& spec) {
  const bool varies = covariance.rows() > 0 && covariance.diagonal().maxCoeff() > 0;
  if (!varies || !(spec.df > 0) || !covariance.allFinite()) return missing_value;
  const Matrix root = correlation_root(covariance);
  std::vector<double> largest(static_cast<std::size_t>(spec.draws));
  for (int draw = 0; draw < spec.draws; ++draw) {
    if (draw % draws_between_stops == 0) context.stop_if_asked();
    Random random(context.seed, "simultaneous band", static_cast<std::uint64_t>(draw));
    Vector z(root.cols());
    for (double& value : z) value = random.normal();
    largest[static_cast<std::size_t>(draw)] = (root * z).cwiseAbs().maxCoeff() / scale_of_t(random, spec.df);
  }
  const double pointwise = t_quantile(0.5 * (1 + spec.level), spec.df);
  if (root.cols() <= 1) return pointwise;
  return std::max(pointwise, percentile(std::move(largest), 100 * spec.level));
}

}  // namespace panelist
