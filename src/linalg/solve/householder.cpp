// SPDX-License-Identifier: Apache-2.0
#include "linalg/solve/householder.h"

namespace panelist {
namespace {

// A x = b is left as R on top: rows below are not cleaned, callers read the upper triangle.
Matrix triangular_factor_of(Matrix& A) {
  const Index columns = A.cols();
  for (Index j = 0; j < std::min(A.rows(), columns); ++j) reflect(A, j, j);
  Matrix R = Matrix::Zero(columns, columns);
  const Index rows = std::min(A.rows(), columns);
  R.topRows(rows).triangularView<Eigen::Upper>() = A.topRows(rows);
  return R;
}

Matrix stacked(const std::vector<Matrix>& factors, Index columns) {
  Matrix stack(static_cast<Index>(factors.size()) * columns, columns);
  for (std::size_t block = 0; block < factors.size(); ++block) {
    stack.middleRows(static_cast<Index>(block) * columns, columns) = factors[block];
  }
  return stack;
}

}  // namespace

void reflect(Matrix& A, Index row, Index column) {
  const Index rows = A.rows() - row;
  auto v = A.col(column).tail(rows);
  const double norm = std::sqrt(v.dot(v));
  if (norm == 0.0) return;
  const double head = v(0);
  const double image = head > 0.0 ? -norm : norm;
  v(0) = head - image;
  const double scale = 1.0 / (image * v(0));
  for (Index j = column + 1; j < A.cols(); ++j) {
    auto other = A.col(j).tail(rows);
    other += (scale * v.dot(other)) * v;
  }
  v.setZero();
  v(0) = image;
}

Matrix triangular_factor(const Context& context, Index rows, Index columns, const FillRows& fill) {
  const Index blocks = (rows + rows_per_block - 1) / rows_per_block;
  std::vector<Matrix> factors(static_cast<std::size_t>(blocks));
  for_each_block(context, blocks, [&](std::int64_t block) {
    const Index first = block * rows_per_block;
    Matrix A(std::min(rows_per_block, rows - first), columns);
    fill(first, A);
    factors[static_cast<std::size_t>(block)] = triangular_factor_of(A);
  });
  if (blocks == 0) return Matrix::Zero(columns, columns);
  if (blocks == 1) return factors.front();
  Matrix stack = stacked(factors, columns);
  return triangular_factor_of(stack);
}

}  // namespace panelist
