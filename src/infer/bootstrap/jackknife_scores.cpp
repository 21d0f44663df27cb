// SPDX-License-Identifier: Apache-2.0
#include "infer/bootstrap/jackknife_scores.h"

#include <Eigen/QR>
#include <cmath>

namespace panelist {
namespace {

// Columns to unit length, so that which directions are free does not depend on units.
Vector column_scale(const Matrix& products) {
  Vector scale(products.rows());
  for (Index j = 0; j < scale.size(); ++j) scale(j) = products(j, j) > 0 ? 1 / std::sqrt(products(j, j)) : 1;
  return scale;
}

Matrix free_directions(const Matrix& restrictions, Index p) {
  if (restrictions.rows() == 0) return Matrix::Identity(p, p);
  const Eigen::HouseholderQR<Matrix> qr(restrictions.transpose());
  return Matrix(qr.householderQ()).rightCols(p - restrictions.rows());
}

}  // namespace

Matrix jackknifed_scores(const Context& context, const ClusterDesign& design,
                         const std::vector<Matrix>& products, const Matrix& restrictions,
                         const Matrix& sums) {
  const Vector scale = column_scale(design.products);
  const Matrix scaled = restrictions.rows() > 0 ? Matrix(restrictions * scale.asDiagonal()) : Matrix();
  const Matrix free = scale.asDiagonal() * free_directions(scaled, design.p());
  Matrix result = sums;
  for_each_block(context, sums.cols(), [&](std::int64_t g) {
    const Matrix& own = products[static_cast<std::size_t>(g)];
    const Matrix rest = free.transpose() * (design.products - own) * free;
    result.col(g) += own * (free * (scaled_inverse(rest) * (free.transpose() * sums.col(g))));
  });
  return result;
}

}  // namespace panelist
