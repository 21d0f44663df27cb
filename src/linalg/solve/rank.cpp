// SPDX-License-Identifier: Apache-2.0
#include "linalg/solve/rank.h"

#include "linalg/solve/householder.h"

namespace panelist {
namespace {

// A kept column counts as part of the combination when it explains more than this share of the dropped one.
constexpr double visible_share = 1e-6;

Matrix triangle_of(const Matrix& R, const std::vector<Index>& kept) {
  const Index rank = static_cast<Index>(kept.size());
  Matrix triangle = Matrix::Zero(rank, rank);
  for (Index j = 0; j < rank; ++j) {
    triangle.col(j).head(j + 1) = R.col(kept[static_cast<std::size_t>(j)]).head(j + 1);
  }
  return triangle;
}

std::vector<Index> combination(const Matrix& R, const std::vector<Index>& kept, Index column, bool constant) {
  std::vector<Index> parts;
  const Index rank = static_cast<Index>(kept.size());
  const Matrix triangle = triangle_of(R, kept);
  const Vector share = triangle.triangularView<Eigen::Upper>().solve(R.col(column).head(rank));
  const double norm = R.col(column).norm();
  for (Index i = constant ? 1 : 0; i < rank; ++i) {
    const double part = std::abs(share(i)) * triangle.col(i).norm();
    if (part > visible_share * norm) parts.push_back(kept[static_cast<std::size_t>(i)]);
  }
  return parts;
}

}  // namespace

RankedFactor rank_in_order(Matrix R, Index k, const RankRule& rule) {
  RankedFactor ranked;
  Index rank = 0;
  for (Index j = 0; j < k; ++j) {
    const bool centred = rule.constant_first && j > 0;
    const double own = centred ? R.col(j).tail(R.rows() - 1).norm() : R.col(j).norm();
    const double floor = rule.rounding.size() > 0 ? rule.rounding(j) : 0.0;
    const double left = rank < R.rows() ? R.col(j).tail(R.rows() - rank).norm() : 0.0;
    if (left > std::max(rule.tolerance * own, floor)) {
      reflect(R, rank++, j);
      ranked.kept.push_back(j);
    } else {
      ranked.depends_on.push_back(combination(R, ranked.kept, j, rule.constant_first));
      ranked.dropped.push_back(j);
    }
  }
  ranked.triangle = triangle_of(R, ranked.kept);
  ranked.images = R.topRightCorner(rank, R.cols() - k);
  ranked.remainder = R.bottomRightCorner(R.rows() - rank, R.cols() - k).colwise().norm().transpose();
  return ranked;
}

}  // namespace panelist
