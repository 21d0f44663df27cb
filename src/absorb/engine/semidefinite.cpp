// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/semidefinite.h"

#include <numeric>

namespace panelist::engine {

namespace {

std::vector<Index> all_columns(Index count) {
  std::vector<Index> columns(static_cast<std::size_t>(count));
  std::iota(columns.begin(), columns.end(), Index{0});
  return columns;
}

}  // namespace

SemidefiniteSolver::SemidefiniteSolver(const Matrix& S, const Vector& scale, double tolerance)
    : SemidefiniteSolver(S, scale, tolerance, all_columns(S.rows())) {}

SemidefiniteSolver::SemidefiniteSolver(const Matrix& S, const Vector& scale, double tolerance,
                                       const std::vector<Index>& candidates)
    : size_(S.rows()) {
  // Row r of L for column j of S: entries against the columns kept so far.
  Matrix rows = Matrix::Zero(S.rows(), S.rows());  // column r = row r of L
  for (const Index j : candidates) {
    const Index r = rank();
    Vector entries(r);
    for (Index k = 0; k < r; ++k) {
      const double product = rows.col(k).head(k).dot(entries.head(k));
      entries(k) = (S(j, kept_[static_cast<std::size_t>(k)]) - product) / rows(k, k);
    }
    const double pivot = S(j, j) - entries.squaredNorm();
    if (!(pivot > tolerance * scale(j))) continue;
    rows.col(r).head(r) = entries;
    rows(r, r) = std::sqrt(pivot);
    kept_.push_back(j);
  }
  L_ = rows.topLeftCorner(rank(), rank()).transpose();
}

void SemidefiniteSolver::solve(Matrix& h) const {
  if (kept_.empty()) {
    h.setZero();
    return;
  }
  Matrix inner = h(kept_, Eigen::all);  // NOLINT(misc-const-correctness): solved in place
  L_.triangularView<Eigen::Lower>().solveInPlace(inner);
  L_.transpose().triangularView<Eigen::Upper>().solveInPlace(inner);
  h.setZero();
  h(kept_, Eigen::all) = inner;
}

}  // namespace panelist::engine
