// SPDX-License-Identifier: Apache-2.0
#include "infer/vif.h"

#include <algorithm>

#include "linalg/gram.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

constexpr std::string_view intercept_name = "(Intercept)";

// (X'WX)^-1 of the regressors as they enter the equation.
Matrix structural_bread(const Context& context, const Fit& fit) {
  if (fit.structural.size() == 0) return fit.bread;
  const Matrix no_outcome = Matrix::Zero(fit.structural.rows(), 1);
  return solve_least_squares(context, fit.structural, no_outcome, fit.weights).bread;
}

// Weighted variation around the mean with a constant, around zero otherwise.
double variation(const Vector& x, const Vector& weights, bool around_mean) {
  const Vector w = weights.size() > 0 ? weights : Vector::Ones(x.size());
  const double centre = around_mean ? w.dot(x) / w.sum() : 0;
  return w.dot((x.array() - centre).square().matrix());
}

}  // namespace

Vif variance_inflation(const Context& context, const Fit& fit) {
  const Matrix bread = structural_bread(context, fit);
  const SharedMatrix& x = fit.structural.size() > 0 ? fit.structural : fit.x;
  Vif vif;
  if (bread.cols() != x.cols()) return vif;
  double sum = 0;
  for (Index j = 0; j < x.cols(); ++j) {
    const std::string& term = fit.names[static_cast<std::size_t>(j)];
    if (term == intercept_name) continue;
    const double inflation = bread(j, j) * variation(x.col(j), fit.weights, fit.dof.intercept);
    vif.rows.push_back({term, inflation, 1 / inflation});
    sum += inflation;
  }
  if (!vif.rows.empty()) vif.mean = sum / static_cast<double>(vif.rows.size());
  std::stable_sort(vif.rows.begin(), vif.rows.end(),
                   [](const VifRow& a, const VifRow& b) { return a.vif > b.vif; });
  return vif;
}

}  // namespace panelist
