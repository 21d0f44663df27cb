// SPDX-License-Identifier: Apache-2.0
#include "infer/vcov/cluster_hat.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <Eigen/QR>
#include <cmath>

#include "estimate/least_squares_methods.h"

namespace panelist {
namespace {

// 1 - l below this is rounding: the cluster's rows are fitted exactly in that direction.
constexpr double exactly = 1e-9;
constexpr double independent = 1e-10;
// Limits of what is kept in memory: columns of crossing effects, and their numbers.
constexpr Index most_crossing_columns = 2000;
constexpr double most_crossing_numbers = 1e8;

void require_least_squares(const Fit& fit) {
  if (fit.glm == nullptr && (is_least_squares(fit) || fit.method == "2sls")) return;
  throw Error(
      "infer.least_squares_only",
      fmt::format("cr2, cr3 and the jackknife are defined for least squares, not for `{}`", fit.method),
      "write cluster(a)");
}

std::vector<AbsorbFactor> effects_where(const Fit& fit, const Grouping& cluster, bool inside) {
  std::vector<AbsorbFactor> chosen;
  if (fit.absorber == nullptr) return chosen;
  for (const AbsorbFactor& factor : fit.absorber->given_factors())
    if (nested(factor.level, cluster.level, factor.n_levels) == inside) chosen.push_back(factor);
  return chosen;
}

Index columns_of(const AbsorbFactor& factor) {
  return factor.n_levels * (factor.slopes.cols() + (factor.intercept ? 1 : 0));
}

void refuse_many(const std::vector<AbsorbFactor>& crossing, Index rows) {
  Index columns = 0;
  for (const AbsorbFactor& factor : crossing) columns += columns_of(factor);
  if (columns <= most_crossing_columns &&
      static_cast<double>(columns) * static_cast<double>(rows) <= most_crossing_numbers)
    return;
  throw Error(
      "infer.crossing_effects",
      fmt::format("effects that cross the clusters have {} levels: the leverage of whole clusters is too "
                  "large to work out",
                  columns),
      "cluster by a column that contains the larger effects, or write cluster(a)");
}

// The columns of the effects themselves.
Matrix dummies(const std::vector<AbsorbFactor>& factors, Index rows) {
  Index columns = 0;
  for (const AbsorbFactor& factor : factors) columns += columns_of(factor);
  Matrix D = Matrix::Zero(rows, columns);
  Index at = 0;
  for (const AbsorbFactor& factor : factors) {
    for (Index part = factor.intercept ? -1 : 0; part < factor.slopes.cols(); ++part, at += factor.n_levels)
      for (Index row = 0; row < rows; ++row)
        D(row, at + factor.level[static_cast<std::size_t>(row)]) = part < 0 ? 1.0 : factor.slopes(row, part);
  }
  return D;
}

// Of the eigenvalue l of U_g'U_g: ((1-l)^(-power) - 1) / l, without cancellation for small l.
double excess(double l, double power) {
  const double left = 1 - l;
  if (left < exactly) return -1 / l;
  return power == 1 ? 1 / left : 1 / (std::sqrt(left) * (1 + std::sqrt(left)));
}

}  // namespace

Vector roots_of_weights(const Fit& fit) {
  return fit.weights.size() > 0 ? Vector(fit.weights.cwiseSqrt())
                                : Vector(Vector::Ones(fit.residuals.size()));
}

Matrix crossing_basis(const Context& context, const Fit& fit, const Grouping& cluster) {
  const Index rows = fit.x.rows();
  const std::vector<AbsorbFactor> crossing = effects_where(fit, cluster, false);
  if (crossing.empty()) return Matrix(rows, 0);
  refuse_many(crossing, rows);
  Matrix D = dummies(crossing, rows);
  const std::vector<AbsorbFactor> inside = effects_where(fit, cluster, true);
  if (!inside.empty()) Absorber(context, inside, fit.weights).absorb_or_throw(context, D, 1e-12);
  D = roots_of_weights(fit).asDiagonal() * D;
  Eigen::ColPivHouseholderQR<Matrix> qr(D);
  qr.setThreshold(independent);
  return qr.householderQ() * Matrix::Identity(rows, qr.rank());
}

ClusterHat::ClusterHat(const Context& context, const Fit& fit, const Grouping& cluster) {
  require_least_squares(fit);
  const Index n = fit.x.rows();
  starts_.assign(static_cast<std::size_t>(cluster.size()) + 1, 0);
  for (const Level level : cluster.level) ++starts_[static_cast<std::size_t>(level) + 1];
  for (std::size_t g = 1; g < starts_.size(); ++g) starts_[g] += starts_[g - 1];
  order_.resize(static_cast<std::size_t>(n));
  std::vector<Index> next = starts_;
  for (Index row = 0; row < n; ++row)
    order_[static_cast<std::size_t>(
        next[static_cast<std::size_t>(cluster.level[static_cast<std::size_t>(row)])]++)] = row;
  root_ = roots_of_weights(fit)(order_);
  x_ = root_.asDiagonal() * fit.x(order_, Eigen::all);
  u_ = root_.cwiseProduct(fit.residuals(order_));
  const Matrix crossing = crossing_basis(context, fit, cluster);
  basis_.resize(n, fit.k() + crossing.cols());
  basis_.leftCols(fit.k()) = x_ * Matrix(Eigen::LLT<Matrix>(fit.bread).matrixL());
  basis_.rightCols(crossing.cols()) = crossing(order_, Eigen::all);
}

Matrix ClusterHat::inverse_power(Index g, double power, const Matrix& columns,
                                 Index* exact_directions) const {
  const Matrix U = basis(g);
  const bool by_rows = U.rows() < U.cols();
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(by_rows ? Matrix(U * U.transpose())
                                                            : Matrix(U.transpose() * U));
  Vector values = eigen.eigenvalues().cwiseMax(0.0);
  const Index exact = (values.array() > 1 - exactly).count();
  if (exact_directions != nullptr) *exact_directions = exact;
  for (double& l : values) l = excess(l, power) * (by_rows ? l : 1.0);
  const Matrix directions = by_rows ? eigen.eigenvectors() : Matrix(U * eigen.eigenvectors());
  return columns + directions * values.asDiagonal() * (directions.transpose() * columns);
}

Vector ClusterHat::in_rows(const Vector& values) const {
  Vector result(values.size());
  for (Index i = 0; i < values.size(); ++i)
    result(order_[static_cast<std::size_t>(i)]) = values(i) / root_(i);
  return result;
}

std::vector<std::pair<std::string, double>> evenness(const ClusterHat& hat, const Fit& fit) {
  const auto G = static_cast<double>(hat.clusters());
  Matrix influence(hat.clusters(), fit.k());
  Vector leverage(hat.clusters());
  for (Index g = 0; g < hat.clusters(); ++g) {
    influence.row(g) = (hat.x(g) * fit.bread).colwise().squaredNorm();
    leverage(g) = hat.basis(g).squaredNorm();
  }
  double effective = G;
  for (Index j = 0; j < fit.k(); ++j) {
    if (fit.k() > 1 && fit.names[static_cast<std::size_t>(j)] == "(Intercept)") continue;
    const Vector relative = influence.col(j) / influence.col(j).mean();
    effective = std::min(effective, G / (1 + (relative.array() - 1).square().mean()));
  }
  return {{"effective_clusters", effective},
          {"largest_leverage_share", leverage.maxCoeff() / leverage.sum()}};
}

}  // namespace panelist
