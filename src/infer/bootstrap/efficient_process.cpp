// SPDX-License-Identifier: Apache-2.0
// How the data of the wild restricted efficient bootstrap are made at a value of the hypothesis, and what one replicate
// gives:
//   A = Q'W X*,  d = b* - b_r = (A'A)^-1 A'Q'W(v u1);  score of cluster g: h'Q_g'W_g u*_g, h = A (A'A)^-1 c
//   u* = M(v u1) - M X* d;  t* = c'd / sqrt(factor sum of squared scores)
//   Anderson-Rubin: theta = Q'W(v u1);  theta' [sum_g m_g m_g']^-1 theta, m_g = Q_g'W_g (M(v u1) - Q theta)
#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <cmath>

#include "infer/bootstrap/efficient_maps.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

Matrix null_space(const Vector& c) {
  const Eigen::HouseholderQR<Matrix> qr{Matrix(c)};
  return Matrix(qr.householderQ()).rightCols(c.size() - 1);
}

// The least of a'Pa / a'Ma: directions in which M is zero are free.
double smallest_ratio(const Matrix& P, const Matrix& M) {
  const Vector scale = (P + M).diagonal().cwiseSqrt().cwiseInverse();
  const Matrix p = scale.asDiagonal() * P * scale.asDiagonal();
  const Matrix m = scale.asDiagonal() * M * scale.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(m);
  const Index zero = (eigen.eigenvalues().array() <= 1e-12 * eigen.eigenvalues().maxCoeff()).count();
  const Matrix free = eigen.eigenvectors().leftCols(zero);
  const Matrix bound = eigen.eigenvectors().rightCols(m.cols() - zero);
  const Matrix crossed = free.transpose() * p * bound;
  const Matrix concentrated =
      bound.transpose() * p * bound -
      crossed.transpose() * symmetric_pseudo_inverse(free.transpose() * p * free) * crossed;
  const Eigen::GeneralizedSelfAdjointEigenSolver<Matrix> roots(concentrated, bound.transpose() * m * bound,
                                                               Eigen::EigenvaluesOnly);
  return std::max(0.0, roots.eigenvalues()(0));
}

// p: k-class of the equation without, or with, c'b = value; k of LIML, or one.
Vector restricted_estimate(const InstrumentColumns& columns, std::optional<double> value) {
  const Index p = columns.contrast.size();
  Vector start = Vector::Zero(p);
  Matrix free = Matrix::Identity(p, p);
  if (value) {
    start = columns.contrast * (*value / columns.contrast.squaredNorm());
    free = null_space(columns.contrast);
  }
  if (free.cols() == 0) return start;
  Matrix turned = Matrix::Zero(1 + p, 1 + free.cols());  // [y - X start, X free] = [y X] turned
  turned(0, 0) = 1;
  turned.col(0).tail(p) = -start;
  turned.bottomRightCorner(p, free.cols()) = free;
  const Matrix reached = columns.reached * turned;
  const Matrix P = reached.transpose() * reached;
  const Matrix M = turned.transpose() * columns.rest * turned;
  const Index f = free.cols();
  const bool exogenous = M.bottomRightCorner(f, f).cwiseAbs().maxCoeff() < 1e-14;
  const double excess = columns.over_identified() && !exogenous ? smallest_ratio(P, M) : 0;
  const Matrix N = P - excess * M;
  return start + free * N.bottomRightCorner(f, f).ldlt().solve(N.col(0).tail(f));
}

DrawnColumn combination(const std::vector<DrawnColumn>& columns, const Vector& by) {
  DrawnColumn result = columns.front();
  result.sums *= by(0);
  result.scores.diagonal *= by(0);
  result.scores.dense *= by(0);
  result.scores.right *= by(0);
  for (std::size_t j = 1; j < columns.size(); ++j) {
    const double times = by(static_cast<Index>(j));
    if (times == 0) continue;
    result.sums += times * columns[j].sums;
    result.scores.diagonal += times * columns[j].scores.diagonal;
    result.scores.dense += times * columns[j].scores.dense;
    result.scores.right += times * columns[j].scores.right;
  }
  join_where_cheaper(result.scores);
  return result;
}

// Of one replicate.
struct Estimate {
  Eigen::LLT<Matrix> gram;
  Vector move;       // d
  Vector direction;  // h
  bool exists = false;
};

void estimate(const InstrumentColumns& columns, const Matrix& A, const Vector& towards, Estimate& result) {
  result.gram.compute(A.transpose() * A);
  result.exists = result.gram.info() == Eigen::Success;
  if (!result.exists) return;
  result.move = result.gram.solve(A.transpose() * towards);
  result.direction = A * result.gram.solve(columns.contrast);
}

}  // namespace

EfficientProcess process_at(const InstrumentColumns& columns, std::optional<double> value) {
  const Index p = columns.contrast.size(), K1 = columns.endogenous, L = columns.instruments();
  const Vector b = restricted_estimate(columns, value);
  Vector turned(1 + p);
  turned << 1, -b;
  const Vector reached = columns.reached * turned, rest = columns.rest * turned;
  EfficientProcess process;
  process.tested = columns.contrast.dot(b);
  Vector by = Vector::Zero(1 + K1 + L);
  by(0) = 1;
  by.segment(1, K1) = -b.head(K1);
  by.tail(L) = -columns.reached.rightCols(p - K1) * b.tail(p - K1);
  process.structural = combination(columns.columns, by);
  process.design = columns.reached.rightCols(p);
  for (Index j = 0; j < K1; ++j) {
    process.design.col(j) -= rest(1 + j) / turned.dot(rest) * reached;
    Vector first = Vector::Zero(1 + K1 + L);
    first(1 + j) = 1;
    first.tail(L) = -process.design.col(j);
    process.first_stages.push_back(combination(columns.columns, first));
  }
  process.products = columns.products * process.design;
  return process;
}

Vector efficient_t(const InstrumentColumns& columns, const EfficientProcess& process, const Matrix& weights) {
  const Index K1 = columns.endogenous, L = columns.instruments(), G = columns.products.rows() / L;
  const Matrix towards = process.structural.sums * weights, own = process.structural.scores.of(weights);
  std::vector<Matrix> reached, drawn;
  for (const DrawnColumn& stage : process.first_stages) {
    reached.emplace_back(stage.sums * weights);
    drawn.emplace_back(stage.scores.of(weights));
  }
  Vector statistics(weights.cols());
  Estimate one;
  Matrix A = process.design;
  for (Index r = 0; r < weights.cols(); ++r) {
    for (Index j = 0; j < K1; ++j)
      A.col(j) = process.design.col(j) + reached[static_cast<std::size_t>(j)].col(r);
    estimate(columns, A, towards.col(r), one);
    statistics(r) = missing_value;
    if (!one.exists) continue;
    Vector scores = own.col(r) - process.products * one.move;
    for (Index j = 0; j < K1; ++j) scores -= one.move(j) * drawn[static_cast<std::size_t>(j)].col(r);
    const Eigen::Map<const Matrix> by_cluster(scores.data(), L, G);
    const double squares = (by_cluster.transpose() * one.direction).squaredNorm();
    if (squares > 0) statistics(r) = columns.contrast.dot(one.move) / std::sqrt(columns.factor * squares);
  }
  return statistics;
}

Vector efficient_anderson_rubin(const InstrumentColumns& columns, const EfficientProcess& process,
                                const Matrix& weights) {
  const Index L = columns.instruments(), G = columns.products.rows() / L;
  const Matrix theta = process.structural.sums * weights;
  const Matrix scores = process.structural.scores.of(weights) - columns.products * theta;
  Vector statistics(weights.cols());
  for (Index r = 0; r < weights.cols(); ++r) {
    const Vector own = scores.col(r);
    const Eigen::Map<const Matrix> by_cluster(own.data(), L, G);
    const Eigen::LDLT<Matrix> solver(by_cluster * by_cluster.transpose());
    const Vector pivots = solver.vectorD();
    const bool regular = pivots.minCoeff() > 1e-12 * pivots.maxCoeff();
    statistics(r) = regular ? theta.col(r).dot(solver.solve(theta.col(r))) : missing_value;
  }
  return statistics;
}

}  // namespace panelist
