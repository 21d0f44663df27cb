// SPDX-License-Identifier: Apache-2.0
#include "accuracy.h"

#include <cmath>
#include <limits>

#include "linalg/gram.h"

namespace panelist::bench {
namespace {

constexpr double tight_tolerance = 1e-13;

double explained_by_means(const AbsorbFactor& factor, const Matrix& residual, Index column) {
  std::vector<double> sum(static_cast<std::size_t>(factor.n_levels), 0.0), count(sum);
  for (Index i = 0; i < residual.rows(); ++i) {
    const auto level = static_cast<std::size_t>(factor.level[static_cast<std::size_t>(i)]);
    sum[level] += residual(i, column);
    count[level] += 1.0;
  }
  double energy = 0.0;
  for (std::size_t level = 0; level < sum.size(); ++level) energy += sum[level] * sum[level] / count[level];
  return std::sqrt(energy) / residual.col(column).norm();
}

}  // namespace

Vector coefficients_of(const Context& context, const Matrix& residual) {
  const Index K = residual.cols() - 1;
  const Matrix products = gram(context, residual, Vector());
  return products.bottomRightCorner(K, K).ldlt().solve(products.col(0).tail(K));
}

Tight solve_tightly(const Context& context, const Problem& problem) {
  Tight tight;
  AbsorbOptions options;
  options.tolerance = tight_tolerance;
  tight.residual = problem.V;
  const Absorber absorber(context, problem.factors, Vector(), options);
  tight.report = absorber.absorb(context, tight.residual);
  tight.rank = absorber.rank();
  tight.b = coefficients_of(context, tight.residual);
  const Index K = tight.b.size(), n = tight.residual.rows();
  tight.bread = gram(context, tight.residual.rightCols(K), Vector()).inverse();
  const Vector u = tight.residual.col(0) - tight.residual.rightCols(K) * tight.b;
  tight.sigma = std::sqrt(u.squaredNorm() / static_cast<double>(n - K - tight.rank));
  tight.se = tight.sigma * tight.bread.diagonal().cwiseSqrt();
  for (const AbsorbFactor& factor : problem.factors)
    for (Index j = 0; j <= K; ++j)
      tight.orthogonality = std::max(tight.orthogonality, explained_by_means(factor, tight.residual, j));
  return tight;
}

double error_in_standard_errors(const Tight& tight, const Vector& b) {
  if (b.size() != tight.b.size()) return std::numeric_limits<double>::infinity();
  return ((b - tight.b).cwiseAbs().cwiseQuotient(tight.se)).maxCoeff();
}

Accuracy accuracy_of(const Context& context, const Tight& tight, const Matrix& residual,
                     const AbsorbReport& report) {
  Accuracy accuracy;
  accuracy.coefficients = error_in_standard_errors(tight, coefficients_of(context, residual));
  accuracy.bound_is_known = !report.errors.empty() && !tight.report.errors.empty();
  for (Index j = 0; j < residual.cols(); ++j) {
    const double size = tight.residual.col(j).norm(),
                 error = (residual.col(j) - tight.residual.col(j)).norm();
    accuracy.columns = std::max(accuracy.columns, error / size);
    if (!accuracy.bound_is_known) continue;
    const auto at = static_cast<std::size_t>(j);
    accuracy.column_bound = std::max(accuracy.column_bound, report.errors[at] / size);
    accuracy.bound_holds = accuracy.bound_holds && error <= report.errors[at] + tight.report.errors[at];
  }
  return accuracy;
}

}  // namespace panelist::bench
