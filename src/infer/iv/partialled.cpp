// SPDX-License-Identifier: Apache-2.0
#include "infer/iv/partialled.h"

#include <Eigen/Cholesky>
#include <Eigen/QR>
#include <cmath>

#include "base/distribution.h"
#include "infer/inference/quadratic_form.h"
#include "infer/vcov/degrees.h"
#include "linalg/gram.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

Matrix beside(const Matrix& left, const Matrix& right) {
  Matrix both(left.rows(), left.cols() + right.cols());
  both << left, right;
  return both;
}

Matrix partial_out(const Context& context, const Matrix& included, const Matrix& columns,
                   const Vector& weights) {
  if (included.cols() == 0) return columns;
  return solve_least_squares(context, included, columns, weights).residuals;
}

}  // namespace

Matrix PartialledModel::weighted(const Matrix& columns) const {
  return fit.weights.size() > 0 ? Matrix(fit.weights.asDiagonal() * columns) : columns;
}

Matrix PartialledModel::moment_covariance(const Matrix& columns, const Vector& residuals) const {
  if (iid()) {
    const double variance = residuals.dot(weighted(residuals).col(0)) / n;
    return variance * gram(context, columns, fit.weights);
  }
  return kind.meat(context, weighted(residuals.asDiagonal() * columns), fit, spec);
}

double PartialledModel::f_of_wald(double wald, double df1) const {
  const double left = n - all_instruments - absorbed;
  return clustered() ? wald / (n - 1) * left * (groups - 1) / groups / df1 : wald / n * left / df1;
}

double wald_of_f(const PartialledModel& model, double f, double df1) { return f / model.f_of_wald(1, df1); }

double PartialledModel::f_df2() const { return clustered() ? groups - 1 : n - all_instruments - absorbed; }

PartialledModel partialled_model(const Context& context, const Fit& fit, const VcovSpec& spec) {
  const IvParts& iv = *fit.iv;
  PartialledModel model{context, fit, spec, *find_vcov_kind(spec.kind), {}, {}, {}, 0, 0, 0, 0, {}, 0.95};
  const Clusters clusters = spec.columns.empty() ? Clusters{} : cluster_groups(fit, spec);
  const Matrix columns = beside(beside(iv.endogenous, iv.instruments), fit.outcome);
  const Matrix residuals = partial_out(context, iv.included, columns, fit.weights);
  model.endogenous = residuals.leftCols(iv.endogenous.cols());
  model.instruments = residuals.middleCols(iv.endogenous.cols(), iv.instruments.cols());
  model.outcome = residuals.rightCols(1);
  model.n = fit.n;
  model.all_instruments = static_cast<double>(iv.instruments.cols() + iv.included.cols());
  model.absorbed = instrumental_absorbed(fit, clusters);
  model.groups = clusters.empty() ? 0 : smallest_groups(clusters);
  return model;
}

const SharedMatrix& regressors(const Fit& fit) { return fit.structural.size() > 0 ? fit.structural : fit.x; }

Matrix all_instruments(const IvParts& iv) { return beside(iv.instruments, iv.included); }

Matrix residuals_on_instruments(const PartialledModel& model, const Matrix& columns) {
  return solve_least_squares(model.context, model.instruments, columns, model.fit.weights).residuals;
}

// Scores that cancel in every cluster leave a variance of rounding, a millionth of a millionth of the iid one.
constexpr double rounded_variance = 1e-12;

std::optional<double> full_rank_form(const Vector& g, const Matrix& M) {
  const QuadraticForm form = scaled_quadratic_form(g, M);
  if (form.rank < g.size()) return std::nullopt;
  return form.value;
}

bool is_rounding(const PartialledModel& model, const Matrix& M, const Matrix& columns, const Vector& errors) {
  const double variance = errors.dot(model.weighted(errors).col(0)) / model.n;
  for (Index j = 0; j < columns.cols(); ++j) {
    const double equal = variance * columns.col(j).dot(model.weighted(columns.col(j)).col(0));
    if (!(M(j, j) > rounded_variance * equal)) return true;
  }
  return false;
}

std::optional<double> instruments_wald(const PartialledModel& model, const Vector& partialled_outcome) {
  const Vector residuals = residuals_on_instruments(model, partialled_outcome);
  const Vector g = model.instruments.transpose() * model.weighted(partialled_outcome);
  const Matrix M = model.moment_covariance(model.instruments, residuals);
  if (is_rounding(model, M, model.instruments, residuals)) return std::nullopt;
  return full_rank_form(g, M);
}

TestOrReason left_out(std::string name, std::string reason) {
  TestOrReason result;
  result.test.name = std::move(name);
  result.missing_because = std::move(reason);
  return result;
}

TestOrReason does_not_apply(std::string name, std::string reason) {
  TestOrReason result = left_out(std::move(name), std::move(reason));
  result.applies = false;
  return result;
}

bool clusters_decide(const PartialledModel& model, Index moments) {
  return model.spec.columns.size() == 1 && model.groups == static_cast<double>(moments);
}

TestResult chi2_test(std::string name, double statistic, double df) {
  TestResult test;
  test.name = std::move(name);
  test.statistic = statistic;
  test.df1 = df;
  test.p_value = chi2_upper(statistic, df);
  return test;
}

std::optional<double> moment_distance(const Matrix& moments_of_x, const Vector& moments_of_u,
                                      const Matrix& M) {
  if (scaled_quadratic_form(moments_of_u, M).rank < M.rows()) return std::nullopt;
  const Eigen::LLT<Matrix> root(M);
  if (root.info() != Eigen::Success) return std::nullopt;
  Matrix A = root.matrixL().solve(moments_of_x);
  for (Index j = 0; j < A.cols(); ++j) A.col(j).normalize();
  const Vector c = root.matrixL().solve(moments_of_u);
  return (c - A * A.colPivHouseholderQr().solve(c)).squaredNorm();
}

}  // namespace panelist
