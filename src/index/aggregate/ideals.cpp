// SPDX-License-Identifier: Apache-2.0
// Scores by the distance to the best and the worst cells of the reference: TOPSIS, VIKOR, grey relations.
#include "index/aggregate/aggregate.h"

namespace panelist {
namespace {

// w (best - x)/(best - worst) of every cell; 0 where a column does not vary.
Matrix regrets(const AggregationFrame& frame, const AggregationInput& input) {
  Matrix regret = Matrix::Zero(input.cells.rows(), input.cells.cols());
  for (Index j = 0; j < input.cells.cols(); ++j) {
    const double range = frame.best(j) - frame.worst(j);
    if (range > 0) regret.col(j) = input.weights(j) * (frame.best(j) - input.cells.col(j).array()) / range;
  }
  return regret;
}

double share(double value, double best, double worst) {
  return worst > best ? (value - best) / (worst - best) : 0;
}

}  // namespace

AggregationFrame learn_ideals(const AggregationInput& reference) {
  AggregationFrame frame;
  frame.best = reference.cells.colwise().maxCoeff().transpose();
  frame.worst = reference.cells.colwise().minCoeff().transpose();
  return frame;
}

Vector topsis(const AggregationFrame& frame, const AggregationInput& input) {
  Vector score(input.cells.rows());
  for (Index i = 0; i < score.size(); ++i) {
    const Vector x = input.cells.row(i).transpose();
    // Cells beyond the best or the worst of the reference (a later year) are no farther from them than those.
    const double above = input.weights.cwiseProduct((frame.best - x).cwiseMax(0)).norm();
    const double below = input.weights.cwiseProduct((x - frame.worst).cwiseMax(0)).norm();
    score(i) = above + below > 0 ? below / (above + below) : 0;
  }
  return score;
}

AggregationFrame learn_vikor(const AggregationInput& reference) {
  AggregationFrame frame = learn_ideals(reference);
  const Matrix regret = regrets(frame, reference);
  const Vector sum = regret.rowwise().sum(), largest = regret.rowwise().maxCoeff();
  frame.s_best = sum.minCoeff();
  frame.s_worst = sum.maxCoeff();
  frame.r_best = largest.minCoeff();
  frame.r_worst = largest.maxCoeff();
  return frame;
}

Vector vikor(const AggregationFrame& frame, const AggregationInput& input) {
  const Matrix regret = regrets(frame, input);
  const double v = input.conventions.v;
  Vector score(regret.rows());
  for (Index i = 0; i < score.size(); ++i)
    score(i) = 1 - v * share(regret.row(i).sum(), frame.s_best, frame.s_worst) -
               (1 - v) * share(regret.row(i).maxCoeff(), frame.r_best, frame.r_worst);
  return score;
}

AggregationFrame learn_grey(const AggregationInput& reference) {
  AggregationFrame frame = learn_ideals(reference);
  const Matrix d = frame.best.transpose().replicate(reference.cells.rows(), 1) - reference.cells;
  frame.least = d.minCoeff();
  frame.most = d.maxCoeff();
  return frame;
}

Vector grey_relation(const AggregationFrame& frame, const AggregationInput& input) {
  const double floor = input.conventions.rho * frame.most;
  Vector score = Vector::Zero(input.cells.rows());
  for (Index j = 0; j < input.cells.cols(); ++j) {
    const Vector d = (frame.best(j) - input.cells.col(j).array()).max(0);  // better than the best is as good
    const Vector relation =
        floor > 0 ? Vector((frame.least + floor) / (d.array() + floor)) : Vector(Vector::Ones(d.size()));
    score += input.weights(j) * relation;
  }
  return score;
}

}  // namespace panelist
