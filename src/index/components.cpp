// SPDX-License-Identifier: Apache-2.0
#include "index/components.h"

#include "index/normalise.h"

namespace panelist {
namespace {

// Eigenvalues come ascending; components are counted from the largest.
void keep_components(const Eigen::SelfAdjointEigenSolver<Matrix>& solved, PrincipalComponents& components) {
  const Index m = solved.eigenvalues().size();
  components.eigenvalues = solved.eigenvalues().reverse();
  components.kept = static_cast<int>((components.eigenvalues.array() > 1.0).count());
  components.kept = std::max(components.kept, 1);
  components.loadings = solved.eigenvectors().rowwise().reverse().leftCols(components.kept);
  components.explained = components.eigenvalues.head(components.kept).sum() / static_cast<double>(m);
}

void align_signs(PrincipalComponents& components) {
  for (Index k = 0; k < components.loadings.cols(); ++k) {
    auto loading = components.loadings.col(k);
    Index largest = 0;
    loading.cwiseAbs().maxCoeff(&largest);
    const double sum = loading.sum();
    // A sum of zero says nothing: then the largest loading decides.
    const bool flip = std::abs(sum) > 1e-12 ? sum < 0 : loading(largest) < 0;
    if (!flip) continue;
    loading = -loading.eval();
    components.flipped_any = true;
  }
}

}  // namespace

Matrix oriented_values(const Matrix& values, const IndexSystem& system) {
  Matrix better(values.rows(), values.cols());
  for (Index j = 0; j < values.cols(); ++j)
    better.col(j) = oriented(values.col(j), system.indicators[static_cast<std::size_t>(j)]);
  return better;
}

std::vector<Index> varying_columns(const Matrix& values) {
  std::vector<Index> columns;
  for (Index j = 0; j < values.cols(); ++j)
    if (!is_constant(values.col(j).minCoeff(), values.col(j).maxCoeff())) columns.push_back(j);
  return columns;
}

Matrix standardised(const Matrix& values) {
  Matrix z = values.rowwise() - values.colwise().mean();
  for (Index j = 0; j < z.cols(); ++j)
    z.col(j) /= std::sqrt(z.col(j).squaredNorm() / static_cast<double>(z.rows() - 1));
  return z;
}

ComponentScores component_scores(const Matrix& oriented_matrix) {
  ComponentScores result;
  result.columns = varying_columns(oriented_matrix);
  result.score = Vector::Zero(oriented_matrix.rows());
  if (result.columns.empty()) return result;
  result.z = standardised(oriented_matrix(Eigen::all, result.columns));
  const Matrix correlation = result.z.transpose() * result.z / static_cast<double>(result.z.rows() - 1);
  keep_components(Eigen::SelfAdjointEigenSolver<Matrix>(correlation), result.components);
  align_signs(result.components);
  const Vector shares = result.components.eigenvalues.head(result.components.kept);
  result.coefficients = result.components.loadings * (shares / shares.sum());
  const Vector total = result.z * result.coefficients;
  result.range = total.maxCoeff() - total.minCoeff(&result.worst);
  result.score = rescaled(total);
  return result;
}

}  // namespace panelist
