// SPDX-License-Identifier: Apache-2.0
#include "policy/event/comparison.h"

#include <cmath>
#include <optional>

#include "linalg/least_squares.h"
#include "linalg/orthonormal.h"

namespace panelist {
namespace {

constexpr double no_overlap = 0.999;  // a control that is all but surely treated
constexpr double undetermined = 1e-10;
constexpr double converged = 1e-12;
constexpr int most_steps = 60;

// Columns with the span of the constant and the covariates, orthonormal under the weights: estimate and parts do not depend
// on the basis.
Matrix basis_of(const ComparisonSample& sample) {
  Matrix columns(sample.change.size(), sample.covariates.cols() + 1);
  columns.col(0).setOnes();
  const double total = sample.weight.sum();
  for (Index j = 0; j < sample.covariates.cols(); ++j) {
    const double mean = sample.covariates.col(j).dot(sample.weight) / total;
    columns.col(j + 1) = sample.covariates.col(j).array() - mean;
    const double largest = std::max(std::abs(mean), sample.covariates.col(j).cwiseAbs().maxCoeff());
    if (columns.col(j + 1).cwiseAbs().maxCoeff() <= 1e-12 * largest) columns.col(j + 1).setZero();
  }
  const std::vector<Index> kept = independent_columns(columns, sample.weight);
  return orthonormal(columns(Eigen::all, kept), sample.weight);
}

// (sum u x x')^-1, or nothing where it is singular.
std::optional<Matrix> inverse_of(const Matrix& x, const Vector& u) {
  const Matrix products = x.transpose() * u.asDiagonal() * x;
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(products);
  const double largest = eigen.eigenvalues().maxCoeff();
  if (!(eigen.eigenvalues().minCoeff() > undetermined * largest)) return std::nullopt;
  return Matrix(eigen.eigenvectors() * eigen.eigenvalues().cwiseInverse().asDiagonal() *
                eigen.eigenvectors().transpose());
}

struct Logit {
  Vector probability;
  Matrix inverse;  // H
};

double log_likelihood(const ComparisonSample& sample, const Vector& index) {
  double sum = 0;
  for (Index i = 0; i < index.size(); ++i) {
    const double z = index[i];
    const double log_odds_part = z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
    sum += sample.weight[i] * (sample.treated[i] * z - log_odds_part);
  }
  return sum;
}

Vector probabilities(const Vector& index) {
  return index.unaryExpr([](double z) { return 1 / (1 + std::exp(-z)); });
}

// Newton's method with halved steps; nothing where it does not converge, as under separation.
std::optional<Logit> logit_of(const ComparisonSample& sample, const Matrix& x) {
  Vector coefficients = Vector::Zero(x.cols());
  double likelihood = log_likelihood(sample, Vector::Zero(x.rows()));
  for (int step = 0; step < most_steps; ++step) {
    const Vector p = probabilities(x * coefficients);
    const Vector information = sample.weight.array() * p.array() * (1 - p.array());
    std::optional<Matrix> inverse = inverse_of(x, information);
    if (!inverse) return std::nullopt;
    const Vector score = x.transpose() * sample.weight.cwiseProduct(sample.treated - p);
    Vector move = *inverse * score;
    if (score.dot(move) <= converged * converged * sample.weight.sum()) return Logit{p, *inverse};
    double next = log_likelihood(sample, x * (coefficients + move));
    for (int half = 0; half < 30 && !(next >= likelihood - 1e-14 * std::abs(likelihood)); ++half) {
      move /= 2;
      next = log_likelihood(sample, x * (coefficients + move));
    }
    coefficients += move;
    likelihood = next;
  }
  return std::nullopt;
}

// What the formulas are made of.
struct Pieces {
  Matrix x;
  Vector control;               // 1 - G
  Vector change;                // r
  Vector control_weight;        // v
  std::optional<Matrix> bread;  // B
  std::optional<Logit> logit;
};

bool uses_regression(Adjustment a) { return a == Adjustment::regression || a == Adjustment::dr; }
bool uses_logit(Adjustment a) { return a == Adjustment::ipw || a == Adjustment::dr; }

Comparison::State prepare(const ComparisonSample& sample, Adjustment adjustment, Pieces& pieces) {
  pieces.control = Vector::Ones(sample.treated.size()) - sample.treated;
  pieces.change = sample.change;
  pieces.control_weight = sample.weight.cwiseProduct(pieces.control);
  if (!(pieces.control_weight.sum() > 0) || !(sample.weight.dot(sample.treated) > 0))
    return Comparison::State::nobody;
  if (adjustment == Adjustment::none) return Comparison::State::estimated;
  pieces.x = basis_of(sample);
  if (uses_regression(adjustment)) {
    pieces.bread = inverse_of(pieces.x, pieces.control_weight);
    if (!pieces.bread) return Comparison::State::undetermined;
    pieces.change -= pieces.x * (*pieces.bread *
                                 (pieces.x.transpose() * pieces.control_weight.cwiseProduct(sample.change)));
  }
  if (uses_logit(adjustment)) {
    pieces.logit = logit_of(sample, pieces.x);
    if (!pieces.logit) return Comparison::State::no_overlap;
    const Vector& p = pieces.logit->probability;
    if (p.cwiseProduct(pieces.control).maxCoeff() >= no_overlap) return Comparison::State::no_overlap;
    pieces.control_weight.array() *= p.array() / (1 - p.array());
  }
  return Comparison::State::estimated;
}

}  // namespace

Comparison compare_changes(const ComparisonSample& sample, Adjustment adjustment) {
  Comparison out;
  Pieces pieces;
  out.state = prepare(sample, adjustment, pieces);
  if (out.state != Comparison::State::estimated) return out;
  const Vector& r = pieces.change;
  const Vector treated_weight = sample.weight.cwiseProduct(sample.treated);
  const Vector on_treated = treated_weight / treated_weight.sum();
  Vector on_controls = pieces.control_weight / pieces.control_weight.sum();
  if (adjustment == Adjustment::regression) on_controls.setZero();
  const double mean_treated = on_treated.dot(r), mean_controls = on_controls.dot(r);
  const Vector from_controls = on_controls.cwiseProduct((r.array() - mean_controls).matrix());
  out.estimate = mean_treated - mean_controls;
  out.parts = on_treated.cwiseProduct((r.array() - mean_treated).matrix()) - from_controls;
  if (pieces.bread) {
    const Vector gap = pieces.x.transpose() * (on_treated - on_controls);
    const Vector residual = sample.weight.cwiseProduct(pieces.control).cwiseProduct(r);
    out.parts -= residual.cwiseProduct(pieces.x * (*pieces.bread * gap));
  }
  if (pieces.logit) {
    const Vector slope = pieces.x.transpose() * from_controls;
    const Vector surprise = sample.weight.cwiseProduct(sample.treated - pieces.logit->probability);
    out.parts -= surprise.cwiseProduct(pieces.x * (pieces.logit->inverse * slope));
  }
  return out;
}

}  // namespace panelist
