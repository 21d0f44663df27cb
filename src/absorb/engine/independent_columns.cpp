// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/independent_columns.h"

#include <cmath>

namespace panelist::engine {
namespace {

// Shares of a column's sum of squares that are left by the columns before it: below the first it is dependent, above
// the second independent. In between rounding may hide either, and the share is measured on the rows.
constexpr double surely_dependent = 1e-14;
constexpr double surely_independent = 1e-5;
constexpr double dependent_on_rows = 1e-18;

}  // namespace

void KeptColumns::solve(Vector& h) const {
  const auto upper = transposed.triangularView<Eigen::Upper>();
  const Vector a = upper.solve(upper.transpose().solve(Vector(h(columns))));
  h.setZero();
  h(columns) = a;
}

std::vector<Index> independent_columns(const Matrix& S, const Vector& diagonal, const ShareLeft& share_left) {
  std::vector<Index> kept;
  const Index columns = S.cols();
  Matrix rows = Matrix::Zero(columns, columns);  // column r holds row r of the Cholesky factor
  for (Index j = 0; j < columns; ++j) {
    const auto rank = static_cast<Index>(kept.size());
    auto row = rows.col(rank);
    for (Index r = 0; r < rank; ++r) {
      const double explained = r > 0 ? row.head(r).dot(rows.col(r).head(r)) : 0.0;
      row(r) = (S(j, kept[static_cast<std::size_t>(r)]) - explained) / rows(r, r);
    }
    const double left = S(j, j) - row.head(rank).squaredNorm();
    bool independent = left > surely_dependent * diagonal(j);
    if (independent && left < surely_independent * diagonal(j))
      independent = share_left(j, {kept, rows.topLeftCorner(rank, rank)}) > dependent_on_rows;
    if (!independent) {
      row.setZero();
      continue;
    }
    row(rank) = std::sqrt(left);
    kept.push_back(j);
  }
  return kept;
}

}  // namespace panelist::engine
