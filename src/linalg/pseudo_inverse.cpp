// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Eigenvalues>

#include "linalg/least_squares.h"

namespace panelist {

Matrix symmetric_pseudo_inverse(const Matrix& A, double tolerance, Index* rank_out) {
  Index rank = 0;
  Matrix inverse = Matrix::Zero(A.rows(), A.cols());
  if (A.rows() > 0) {
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(A);
    const Vector& values = eigen.eigenvalues();
    const double threshold = tolerance * values.cwiseAbs().maxCoeff();
    for (Index j = 0; j < values.size(); ++j) {
      if (values(j) <= threshold) continue;
      ++rank;
      inverse.noalias() +=
          eigen.eigenvectors().col(j) * (eigen.eigenvectors().col(j).transpose() / values(j));
    }
  }
  if (rank_out != nullptr) *rank_out = rank;
  return inverse;
}

}  // namespace panelist
