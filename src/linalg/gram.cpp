// SPDX-License-Identifier: Apache-2.0
#include "linalg/gram.h"

namespace panelist {
namespace {

Index block_count(Index rows) { return (rows + rows_per_block - 1) / rows_per_block; }

Matrix folded(const std::vector<Matrix>& parts, Index rows, Index columns) {
  Matrix sum = Matrix::Zero(rows, columns);
  for (const Matrix& part : parts) sum += part;
  return sum;
}

Matrix weighted_rows(const MatrixView& A, const VectorView& w, Index first, Index count) {
  Matrix rows = A.middleRows(first, count);
  if (w.size() > 0) rows.array().colwise() *= w.segment(first, count).array();
  return rows;
}

// Sums are plain dot products: a blocked matrix product would cut them by the size of the machine's caches.
Matrix block_gram(const Matrix& weighted, const MatrixView& A, Index first) {
  Matrix sum(A.cols(), A.cols());
  for (Index j = 0; j < A.cols(); ++j) {
    for (Index i = 0; i <= j; ++i) {
      sum(i, j) = weighted.col(i).dot(A.col(j).segment(first, weighted.rows()));
      sum(j, i) = sum(i, j);
    }
  }
  return sum;
}

Matrix block_cross(const Matrix& weighted, const MatrixView& B, Index first) {
  Matrix sum(weighted.cols(), B.cols());
  for (Index j = 0; j < B.cols(); ++j) {
    for (Index i = 0; i < weighted.cols(); ++i) {
      sum(i, j) = weighted.col(i).dot(B.col(j).segment(first, weighted.rows()));
    }
  }
  return sum;
}

}  // namespace

Matrix gram(const Context& context, const MatrixView& A, const VectorView& w) {
  std::vector<Matrix> parts(static_cast<std::size_t>(block_count(A.rows())));
  for_each_block(context, block_count(A.rows()), [&](std::int64_t block) {
    const Index first = block * rows_per_block;
    const Matrix weighted = weighted_rows(A, w, first, std::min(rows_per_block, A.rows() - first));
    parts[static_cast<std::size_t>(block)] = block_gram(weighted, A, first);
  });
  return folded(parts, A.cols(), A.cols());
}

Matrix cross(const Context& context, const MatrixView& A, const MatrixView& B, const VectorView& w) {
  std::vector<Matrix> parts(static_cast<std::size_t>(block_count(A.rows())));
  for_each_block(context, block_count(A.rows()), [&](std::int64_t block) {
    const Index first = block * rows_per_block;
    const Matrix weighted = weighted_rows(A, w, first, std::min(rows_per_block, A.rows() - first));
    parts[static_cast<std::size_t>(block)] = block_cross(weighted, B, first);
  });
  return folded(parts, A.cols(), B.cols());
}

}  // namespace panelist
