// SPDX-License-Identifier: Apache-2.0
#include "robustness/curve/basis.h"

#include <cmath>

#include "linalg/gram.h"
#include "linalg/least_squares.h"
#include "linalg/orthonormal.h"

namespace panelist {
namespace {

// What the columns before it leave of a column, above which the Gram matrix tells it apart to full precision.
constexpr double clearly_left = 1e-3;
constexpr double spanned = 1e-9;

// Upper triangular R with R'R = products of columns of unit norm; empty when one is not clearly independent.
Matrix clear_triangle(const Matrix& products) {
  const Index k = products.cols();
  Matrix R = Matrix::Zero(k, k);
  for (Index j = 0; j < k; ++j) {
    for (Index i = 0; i < j; ++i)
      R(i, j) = (products(i, j) - R.col(i).head(i).dot(R.col(j).head(i))) / R(i, i);
    R(j, j) = std::sqrt(std::max(products(j, j) - R.col(j).head(j).squaredNorm(), 0.0));
    if (!(R(j, j) > clearly_left)) return {};
  }
  return R;
}

// columns := columns R^-1
void divide(const Context& context, const Matrix& R, Matrix& columns) {
  const Index blocks = (columns.rows() + rows_per_block - 1) / rows_per_block;
  for_each_block(context, blocks, [&](std::int64_t block) {
    const Index first = block * rows_per_block;
    auto rows = columns.middleRows(first, std::min(rows_per_block, columns.rows() - first));
    R.triangularView<Eigen::Upper>().solveInPlace<Eigen::OnTheRight>(rows);
  });
}

// Empty when some column is not clearly independent of the others.
Matrix basis_by_products(const Context& context, const Matrix& X, const Vector& w) {
  Matrix Q = X;
  for (int pass = 0; pass < 2; ++pass) {
    Matrix products = gram(context, Q, w);
    const Vector scale = products.diagonal().cwiseSqrt().cwiseInverse();
    if (!scale.allFinite()) return {};
    products = scale.asDiagonal() * products * scale.asDiagonal();
    const Matrix R = clear_triangle(products);
    if (R.size() == 0) return {};
    divide(context, R * scale.cwiseInverse().asDiagonal(), Q);
  }
  return Q;
}

Matrix orthonormal_basis(const Context& context, const Matrix& X, const Vector& w) {
  if (X.cols() == 0) return Matrix(X.rows(), 0);
  Matrix Q = basis_by_products(context, X, w);
  if (Q.size() > 0) return Q;
  const std::vector<Index> kept = independent_columns(X, w, spanned);
  return orthonormal(X(Eigen::all, kept), w);
}

}  // namespace

Basis basis_of(const Context& context, const Matrix& X, const Matrix& outcomes, const Vector& w) {
  Basis basis;
  basis.Q = orthonormal_basis(context, X, w);
  basis.R = cross(context, basis.Q, X, w);
  basis.outcomes = Matrix::Zero(basis.Q.cols(), outcomes.cols());
  basis.remainders = outcomes;
  for (int pass = 0; pass < 2; ++pass) {  // the second takes out what rounding left
    const Matrix part = cross(context, basis.Q, basis.remainders, w);
    basis.outcomes += part;
    basis.remainders.noalias() -= basis.Q * part;
  }
  basis.remainder_norm.resize(outcomes.cols());
  for (Index o = 0; o < outcomes.cols(); ++o) {
    auto rest = basis.remainders.col(o);
    const double square = w.size() > 0 ? w.dot(rest.cwiseAbs2()) : rest.squaredNorm();
    basis.remainder_norm(o) = std::sqrt(square);
    if (square > 0) rest /= basis.remainder_norm(o);
  }
  return basis;
}

}  // namespace panelist
