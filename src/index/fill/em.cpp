// SPDX-License-Identifier: Apache-2.0
// Expectation and maximisation for a normal law with missing cells.
#include "index/fill.h"

namespace panelist {
namespace {

constexpr int most_rounds = 2000;
constexpr double small_change = 1e-10;

struct Moments {
  Vector mean;
  Matrix covariance;
};

Moments first_moments(const Matrix& values) {
  Moments moments{Vector::Zero(values.cols()), Matrix::Zero(values.cols(), values.cols())};
  for (Index j = 0; j < values.cols(); ++j) {
    std::vector<Index> seen;
    for (Index i = 0; i < values.rows(); ++i)
      if (std::isfinite(values(i, j))) seen.push_back(i);
    if (seen.empty()) continue;
    const Vector known = values(seen, j);
    moments.mean(j) = known.mean();
    moments.covariance(j, j) = (known.array() - known.mean()).square().mean();
  }
  return moments;
}

// Fills one row by its conditional mean; adds the conditional covariance of what was missing.
void expect_row(const Moments& moments, Matrix& values, Index i, const std::vector<Index>& seen,
                const std::vector<Index>& gaps, Matrix& extra) {
  Matrix slope = Matrix::Zero(static_cast<Index>(gaps.size()), static_cast<Index>(seen.size()));
  if (!seen.empty()) {
    const Matrix inside = moments.covariance(seen, seen);
    const Matrix across = moments.covariance(seen, gaps);
    slope = inside.completeOrthogonalDecomposition().solve(across).transpose();
  }
  const Vector away = values(i, seen).transpose() - moments.mean(seen);
  values(i, gaps) = (moments.mean(gaps) + slope * away).transpose();
  const Matrix across = moments.covariance(seen, gaps);
  extra(gaps, gaps) += Matrix(moments.covariance(gaps, gaps)) - slope * across;
}

Moments maximised(const Matrix& values, const Matrix& extra) {
  const Matrix centred = values.rowwise() - values.colwise().mean();
  return {values.colwise().mean().transpose(),
          (centred.transpose() * centred + extra) / static_cast<double>(values.rows())};
}

// Columns in units of their own spread, or the change of the moments would hear only the largest.
Matrix settled(const Matrix& values) {
  Moments moments = first_moments(values);
  Matrix result = values;
  for (int round = 0; round < most_rounds; ++round) {
    Matrix extra = Matrix::Zero(values.cols(), values.cols());
    for (Index i = 0; i < values.rows(); ++i) {
      std::vector<Index> seen, gaps;
      for (Index j = 0; j < values.cols(); ++j) (std::isfinite(values(i, j)) ? seen : gaps).push_back(j);
      if (!gaps.empty()) expect_row(moments, result, i, seen, gaps, extra);
    }
    const Moments next = maximised(result, extra);
    const double change = (next.covariance - moments.covariance).cwiseAbs().maxCoeff();
    const Vector step = (next.mean - moments.mean).cwiseAbs();
    moments = next;
    if (!(change > small_change) && !(step.maxCoeff() > small_change)) return result;
  }
  throw Error("index.em_not_converged", "expectation and maximisation did not settle in 2000 rounds",
              "too few rows for the indicators with gaps: use regression, or linear in time", "impute em");
}

}  // namespace

Matrix fill_by_em(const Matrix& values) {
  const Moments moments = first_moments(values);
  const Eigen::RowVectorXd centre = moments.mean.transpose();
  const Eigen::RowVectorXd spread = moments.covariance.diagonal()
                                        .array()
                                        .sqrt()
                                        .unaryExpr([](double s) { return s > 0 ? s : 1; })
                                        .transpose();
  const Matrix standard = (values.rowwise() - centre).array().rowwise() / spread.array();
  const Matrix complete = (settled(standard).array().rowwise() * spread.array()).rowwise() + centre.array();
  return values.array().isFinite().select(values, complete);
}

}  // namespace panelist
