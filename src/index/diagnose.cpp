// SPDX-License-Identifier: Apache-2.0
#include "index/diagnose.h"

#include "base/distribution.h"
#include "index/components.h"

namespace panelist {
namespace {

constexpr double high_correlation = 0.95;

void flag_pairs(const Matrix& r, const std::vector<std::string>& codes, IndexDiagnostics& diagnostics) {
  for (Index j = 0; j < r.cols(); ++j)
    for (Index k = j + 1; k < r.cols(); ++k)
      if (std::abs(r(j, k)) > high_correlation)
        diagnostics.correlated.emplace_back(codes[static_cast<std::size_t>(j)],
                                            codes[static_cast<std::size_t>(k)], r(j, k));
}

Vector off_diagonal_squares(const Matrix& matrix) {
  return matrix.array().square().matrix().colwise().sum().transpose() -
         matrix.diagonal().array().square().matrix();
}

void sampling_adequacy(const Matrix& r, IndexDiagnostics& diagnostics) {
  const Matrix inverse = r.ldlt().solve(Matrix::Identity(r.rows(), r.cols()));
  const Vector scale = inverse.diagonal().cwiseSqrt().cwiseInverse();
  const Vector correlation = off_diagonal_squares(r);
  const Vector partial = off_diagonal_squares(scale.asDiagonal() * inverse * scale.asDiagonal());
  diagnostics.msa = correlation.array() / (correlation.array() + partial.array());
  diagnostics.kmo = correlation.sum() / (correlation.sum() + partial.sum());
}

void bartlett(const Vector& eigenvalues, Index rows, IndexDiagnostics& diagnostics) {
  const auto n = static_cast<double>(rows), m = static_cast<double>(eigenvalues.size());
  diagnostics.bartlett_chi2 = -(n - 1 - (2 * m + 5) / 6) * eigenvalues.array().log().sum();
  diagnostics.bartlett_df = m * (m - 1) / 2;
  diagnostics.bartlett_p = chi2_upper(diagnostics.bartlett_chi2, diagnostics.bartlett_df);
}

}  // namespace

IndexDiagnostics diagnose_correlations(const Matrix& r, Index rows, const std::vector<std::string>& codes) {
  IndexDiagnostics diagnostics;
  if (r.cols() < 2) return diagnostics;
  flag_pairs(r, codes, diagnostics);
  const auto m = static_cast<double>(r.rows());
  diagnostics.alpha = m / (m - 1) * (1 - m / r.sum());
  const Vector eigenvalues = Eigen::SelfAdjointEigenSolver<Matrix>(r, Eigen::EigenvaluesOnly).eigenvalues();
  if (!(eigenvalues(0) > 1e-12 * eigenvalues(eigenvalues.size() - 1))) return diagnostics;
  sampling_adequacy(r, diagnostics);
  bartlett(eigenvalues, rows, diagnostics);
  return diagnostics;
}

IndexDiagnostics diagnose(const Matrix& oriented_matrix, const IndexSystem& system) {
  if (oriented_matrix.rows() < 2) return {};
  const std::vector<Index> columns = varying_columns(oriented_matrix);
  if (columns.size() < 2) return {};
  const Matrix z = standardised(oriented_matrix(Eigen::all, columns));
  std::vector<std::string> codes;
  for (const Index j : columns) codes.push_back(system.indicators[static_cast<std::size_t>(j)].code);
  return diagnose_correlations(z.transpose() * z / static_cast<double>(z.rows() - 1), z.rows(), codes);
}

}  // namespace panelist
