// SPDX-License-Identifier: Apache-2.0
// breusch_pagan and white: are squared residuals related to the regressors?
#include <fmt/format.h>

#include "base/distribution.h"
#include "infer/tests/residual_tests.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

// Squared residuals on columns and a constant, or on columns and the absorbed effects.
struct Auxiliary {
  double explained = 0, total = 0;  // sums of squares around the mean
  double df = 0;
  [[nodiscard]] double r2() const { return explained / total; }
};

Auxiliary on_columns(const Context& context, const Vector& target, const Matrix& columns) {
  Matrix with_constant(columns.rows(), columns.cols() + 1);
  with_constant << Vector::Ones(columns.rows()), columns;
  LeastSquaresOptions options;
  options.constant_column = 0;
  const LeastSquares solution =
      solve_least_squares(context, with_constant, Matrix(target), Vector(), options);
  Auxiliary auxiliary;
  auxiliary.total = (target.array() - target.mean()).square().sum();
  auxiliary.explained = auxiliary.total - solution.residuals.squaredNorm();
  auxiliary.df = static_cast<double>(solution.kept.size()) - 1;
  return auxiliary;
}

Auxiliary on_regressors_and_effects(const Context& context, const Fit& fit, const Vector& target) {
  Matrix absorbed = target;
  fit.absorber->absorb_or_throw(context, absorbed);
  const LeastSquares solution = solve_least_squares(context, fit.x, absorbed, Vector());
  Auxiliary auxiliary;
  auxiliary.total = (target.array() - target.mean()).square().sum();
  auxiliary.explained = auxiliary.total - solution.residuals.squaredNorm();
  auxiliary.df = static_cast<double>(solution.kept.size()) + static_cast<double>(fit.dof.absorbed) - 1;
  return auxiliary;
}

Matrix slopes_of(const Fit& fit) {
  const bool constant = fit.k() > 0 && fit.names.front() == "(Intercept)";
  return fit.x.rightCols(fit.k() - (constant ? 1 : 0));
}

// Columns, their squares and products.
Matrix second_degree(const Matrix& x) {
  const Index k = x.cols();
  Matrix all(x.rows(), k + k * (k + 1) / 2);
  all.leftCols(k) = x;
  Index at = k;
  for (Index i = 0; i < k; ++i)
    for (Index j = i; j < k; ++j) all.col(at++) = x.col(i).cwiseProduct(x.col(j));
  return all;
}

Matrix powers_of_fitted(const Fit& fit, int most) {
  const Vector fitted = fitted_in_equation(fit);
  Matrix powers(fitted.size(), most);
  for (int j = 0; j < most; ++j) powers.col(j) = fitted.array().pow(j + 1);
  return powers;
}

void require_left(const Fit& fit, const Auxiliary& auxiliary, const TestRequest& request) {
  if (auxiliary.df < fit.n - 1 && auxiliary.df > 0) return;
  throw Error("infer.no_degrees_of_freedom",
              fmt::format("the test `{}` regresses {:.0f} squared residuals on {:.0f} columns",
                          request.written, fit.n, auxiliary.df + 1),
              auxiliary.df > 0 ? fmt::format("{}(fitted) needs one or two", request.name)
                               : "the regression needs a regressor");
}

TestResult n_times_r2(const Fit& fit, const Auxiliary& auxiliary, const TestRequest& request) {
  TestResult test;
  test.name = request.name;
  test.df1 = auxiliary.df;
  test.statistic = fit.n * auxiliary.r2();
  test.p_value = chi2_upper(test.statistic, test.df1);
  const double left = fit.n - 1 - auxiliary.df;
  const double f = auxiliary.r2() / auxiliary.df / ((1 - auxiliary.r2()) / left);
  test.details = {{"f", f}, {"f_p", f_upper(f, auxiliary.df, left)}};
  return test;
}

}  // namespace

RequestedTest breusch_pagan_test(const Context& context, const EstimationSpec&, const Estimation& estimation,
                                 const TestRequest& request) {
  require_residuals(estimation, request);
  const std::set<std::string> words = words_asked(request, {"fitted", "normal"});
  const Fit& fit = *estimation.fit;
  const Vector squares = fit.residuals.cwiseAbs2();
  const bool fitted = words.contains("fitted");
  const Auxiliary auxiliary = fitted ? on_columns(context, squares, powers_of_fitted(fit, 1))
                              : fit.absorber != nullptr ? on_regressors_and_effects(context, fit, squares)
                                                        : on_columns(context, squares, slopes_of(fit));
  require_left(fit, auxiliary, request);
  TestResult test = n_times_r2(fit, auxiliary, request);
  if (words.contains("normal")) {
    const double variance = squares.mean();
    test.statistic = auxiliary.explained / (2 * variance * variance);
    test.p_value = chi2_upper(test.statistic, test.df1);
    test.details.clear();
  }
  test.note = fmt::format("H0: equal variances; on the {}{}", fitted ? "fitted values" : "regressors",
                          words.contains("normal") ? ", errors assumed normal" : ", Koenker's n R2");
  return {request.written, test, {}};
}

RequestedTest white_test(const Context& context, const EstimationSpec&, const Estimation& estimation,
                         const TestRequest& request) {
  require_residuals(estimation, request);
  const bool fitted = words_asked(request, {"fitted"}).contains("fitted");
  const Fit& fit = *estimation.fit;
  if (fit.absorber != nullptr && !fitted)
    throw Error("infer.least_squares_only",
                fmt::format("the test `{}` multiplies all regressors, and absorbed effects are no columns",
                            request.written),
                "take white(fitted) or breusch_pagan", "option --tests");
  const Matrix columns = fitted ? powers_of_fitted(fit, 2) : second_degree(slopes_of(fit));
  const Auxiliary auxiliary = on_columns(context, fit.residuals.cwiseAbs2(), columns);
  require_left(fit, auxiliary, request);
  TestResult test = n_times_r2(fit, auxiliary, request);
  test.note =
      fmt::format("H0: equal variances; on the {}",
                  fitted ? "fitted values and their squares" : "regressors, their squares and products");
  return {request.written, test, {}};
}

}  // namespace panelist
