// SPDX-License-Identifier: Apache-2.0
#include "linalg/orthonormal.h"

#include <Eigen/QR>

namespace panelist {

Matrix orthonormal(const Matrix& columns, const Vector& weights) {
  Matrix scaled = columns;
  const Vector root = weights.size() > 0 ? Vector(weights.cwiseSqrt()) : Vector();
  if (root.size() > 0) scaled = root.asDiagonal() * scaled;
  for (Index j = 0; j < scaled.cols(); ++j) scaled.col(j).normalize();
  const Eigen::HouseholderQR<Matrix> qr(scaled);
  Matrix Q = qr.householderQ() * Matrix::Identity(columns.rows(), columns.cols());
  if (root.size() > 0) Q = root.cwiseInverse().asDiagonal() * Q;
  return Q;
}

}  // namespace panelist
