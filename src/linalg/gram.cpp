// SPDX-License-Identifier: Apache-2.0
#include "linalg/gram.h"

#include "linalg/gram/dot_tile.h"

namespace panelist {
namespace {

// Stretch of rows whose columns stay in the first-level cache while every pair of them is taken.
constexpr Index stretch = 256;

Index block_count(Index rows) { return (rows + rows_per_block - 1) / rows_per_block; }

Matrix folded(const std::vector<Matrix>& parts, Index rows, Index columns) {
  Matrix sum = Matrix::Zero(rows, columns);
  for (const Matrix& part : parts) sum += part;
  return sum;
}

// Columns over the rows of a block: as they are, or times the weights.
struct Columns {
  const double* data = nullptr;
  Index stride = 0;
  Index count = 0;
  [[nodiscard]] const double* at(Index column, Index row) const {
    return data + std::min(column, count - 1) * stride + row;
  }
};

Columns columns_of(const MatrixView& A, Index first) { return {A.data() + first, A.outerStride(), A.cols()}; }

// `storage` holds the weighted rows when there are weights.
Columns weighted_columns(const MatrixView& A, const VectorView& w, Index first, Matrix& storage) {
  if (w.size() == 0) return columns_of(A, first);
  const Index count = std::min(rows_per_block, A.rows() - first);
  storage = A.middleRows(first, count);
  storage.array().colwise() *= w.segment(first, count).array();
  return {storage.data(), count, A.cols()};
}

// sum(i, j) += left_i'right_j over a stretch of rows; with `upper` only for i <= j.
void add_stretch(const Columns& left, const Columns& right, Index row, Index rows, bool upper, Matrix& sum) {
  for (Index j = 0; j < right.count; j += 2) {
    const Index last = upper ? j + 1 : left.count - 1;
    for (Index i = 0; i <= std::min(last, left.count - 1); i += 2) {
      double tile[2][2] = {{0, 0}, {0, 0}};
      add_dot_products(
          {{left.at(i, row), left.at(i + 1, row)}, {right.at(j, row), right.at(j + 1, row)}, rows}, tile);
      for (Index a = 0; a < std::min<Index>(2, left.count - i); ++a)
        for (Index b = 0; b < std::min<Index>(2, right.count - j); ++b) sum(i + a, j + b) += tile[a][b];
    }
  }
}

Matrix block_products(const Columns& left, const Columns& right, Index rows, bool upper) {
  Matrix sum = Matrix::Zero(left.count, right.count);
  for (Index row = 0; row < rows; row += stretch)
    add_stretch(left, right, row, std::min(stretch, rows - row), upper, sum);
  return sum;
}

}  // namespace

Matrix gram(const Context& context, const MatrixView& A, const VectorView& w) {
  if (A.cols() == 0) return Matrix(0, 0);
  std::vector<Matrix> parts(static_cast<std::size_t>(block_count(A.rows())));
  for_each_block(context, block_count(A.rows()), [&](std::int64_t block) {
    const Index first = block * rows_per_block;
    Matrix storage;
    const Columns weighted = weighted_columns(A, w, first, storage);
    parts[static_cast<std::size_t>(block)] =
        block_products(weighted, columns_of(A, first), std::min(rows_per_block, A.rows() - first), true);
  });
  const Matrix sum = folded(parts, A.cols(), A.cols());
  return sum.selfadjointView<Eigen::Upper>();
}

Matrix cross(const Context& context, const MatrixView& A, const MatrixView& B, const VectorView& w) {
  if (A.cols() == 0 || B.cols() == 0) return Matrix::Zero(A.cols(), B.cols());
  std::vector<Matrix> parts(static_cast<std::size_t>(block_count(A.rows())));
  for_each_block(context, block_count(A.rows()), [&](std::int64_t block) {
    const Index first = block * rows_per_block;
    Matrix storage;
    const Columns weighted = weighted_columns(A, w, first, storage);
    parts[static_cast<std::size_t>(block)] =
        block_products(weighted, columns_of(B, first), std::min(rows_per_block, A.rows() - first), false);
  });
  return folded(parts, A.cols(), B.cols());
}

}  // namespace panelist
