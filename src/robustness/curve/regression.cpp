// SPDX-License-Identifier: Apache-2.0
#include "robustness/curve/regression.h"

#include <algorithm>
#include <cmath>

#include "linalg/least_squares.h"

namespace panelist {
namespace {

// What the columns before it leave of a column, above which no rank decision is needed. Below it the rounding of absorption
// shows in its coefficient: such a regression is left to the usual way, on columns absorbed for it alone.
constexpr double clearly_left = 1e-4;

// Orthogonalises the columns in turn; false where one keeps less than `least` of itself.
bool orthogonalise(const Matrix& R, const std::vector<Index>& columns, double least,
                   SmallSolution& solution) {
  const auto k = static_cast<Index>(columns.size());
  solution.orthogonal.resize(R.rows(), k);
  solution.triangle = Matrix::Zero(k, k);
  for (Index j = 0; j < k; ++j) {
    auto q = solution.orthogonal.col(j);
    q = R.col(columns[static_cast<std::size_t>(j)]);
    const double own = q.norm();
    for (int pass = 0; pass < 2; ++pass)  // twice is enough
      for (Index i = 0; i < j; ++i) {
        const double part = solution.orthogonal.col(i).dot(q);
        solution.triangle(i, j) += part;
        q -= part * solution.orthogonal.col(i);
      }
    const double left = q.norm();
    if (!(left > least * own)) return false;
    solution.triangle(j, j) = left;
    q /= left;
  }
  return true;
}

void decide_rank(const SmallRegression& regression, double tolerance, SmallSolution& solution) {
  LeastSquaresOptions options;
  options.collinear_tolerance = tolerance;
  options.rounding = (*regression.rounding)(regression.columns);
  const LeastSquares decided = solve_least_squares(Context{}, (*regression.R)(Eigen::all, regression.columns),
                                                   Matrix(regression.outcome), Vector(), options);
  solution.kept = decided.kept;
  solution.dropped = decided.dropped;
}

// Columns of R in the order they are orthogonalised in: the term last.
std::vector<Index> term_last(const SmallRegression& regression, const std::vector<Index>& kept) {
  std::vector<Index> columns;
  for (const Index j : kept)
    if (j != regression.term) columns.push_back(regression.columns[static_cast<std::size_t>(j)]);
  columns.push_back(regression.columns[static_cast<std::size_t>(regression.term)]);
  return columns;
}

void finish(const SmallRegression& regression, SmallSolution& solution) {
  const Index last = solution.orthogonal.cols() - 1;
  const auto& Q = solution.orthogonal;
  const double own = solution.triangle(last, last);
  solution.residual = regression.outcome;
  for (Index j = 0; j < last; ++j) solution.residual -= Q.col(j).dot(solution.residual) * Q.col(j);
  const double part = Q.col(last).dot(solution.residual);
  solution.residual -= part * Q.col(last);
  solution.estimate = part / own;
  solution.direction = Q.col(last) / own;
  solution.bread = 1 / (own * own);
  solution.square = solution.residual.squaredNorm() + regression.remainder * regression.remainder;
}

}  // namespace

Matrix SmallSolution::directions() const {
  const auto upper = triangle.triangularView<Eigen::Upper>();
  return orthogonal * upper.solve(Matrix::Identity(triangle.rows(), triangle.cols())).transpose();
}

SmallSolution solve_small(const SmallRegression& regression, double collinear_tolerance) {
  SmallSolution solution;
  for (Index j = 0; j < static_cast<Index>(regression.columns.size()); ++j) solution.kept.push_back(j);
  if (!orthogonalise(*regression.R, term_last(regression, solution.kept), clearly_left, solution)) {
    decide_rank(regression, collinear_tolerance, solution);
    if (std::find(solution.kept.begin(), solution.kept.end(), regression.term) == solution.kept.end()) {
      solution.kind = SmallSolution::Kind::term_dropped;
      return solution;
    }
    if (!orthogonalise(*regression.R, term_last(regression, solution.kept), clearly_left, solution)) {
      solution.kind = SmallSolution::Kind::unclear;
      return solution;
    }
  }
  finish(regression, solution);
  return solution;
}

}  // namespace panelist
