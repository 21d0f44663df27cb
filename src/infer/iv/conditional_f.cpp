// SPDX-License-Identifier: Apache-2.0
// Strength of the instruments for one of several endogenous regressors, the others given. With the others fitted by
// the instruments, b = coefficients of x~_j on Xhat~_-j, and the Wald statistic of the instruments in the regression of
//   Sanderson-Windmeijer  e = x~_j - X~_-j b          Angrist-Pischke  e = x~_j - Xhat~_-j b
// on them; F by ivreg2's conversions with df1 = L1 - K1 + 1. One endogenous regressor: both are the ordinary F.
// Source  Sanderson & Windmeijer (2016), J. Econometrics 190(2); Angrist & Pischke (2009), section 4.6; ivreg2
#include "base/distribution.h"
#include "infer/iv/partialled.h"
#include "linalg/least_squares.h"

namespace panelist {
namespace {

Matrix without_column(const Matrix& X, Index j) {
  Matrix rest(X.rows(), X.cols() - 1);
  rest << X.leftCols(j), X.rightCols(X.cols() - j - 1);
  return rest;
}

Vector conditional(const PartialledModel& model, Index j, bool angrist_pischke) {
  if (model.endogenous_count() == 1) return model.endogenous.col(0);
  const Matrix fitted = model.endogenous - residuals_on_instruments(model, model.endogenous);
  const Matrix others = without_column(fitted, j);
  const LeastSquares solution =
      solve_least_squares(model.context, others, model.endogenous.col(j), model.fit.weights);
  if (angrist_pischke) return solution.residuals.col(0);
  const Matrix kept = without_column(model.endogenous, j)(Eigen::all, solution.kept);
  return model.endogenous.col(j) - kept * solution.coefficients.col(0);
}

double partial_r2(const PartialledModel& model, const Vector& e) {
  const Vector left = residuals_on_instruments(model, e);
  return 1 - left.dot(model.weighted(left).col(0)) / e.dot(model.weighted(e).col(0));
}

}  // namespace

TestResult conditional_f(const PartialledModel& model, Index j, bool angrist_pischke) {
  const Vector e = conditional(model, j, angrist_pischke);
  TestResult test;
  test.name = angrist_pischke ? "ap_f" : "sw_f";
  test.df1 = static_cast<double>(model.instrument_count() - model.endogenous_count() + 1);
  test.df2 = model.f_df2();
  test.details = {{"partial_r2", partial_r2(model, e)}};
  const auto wald = instruments_wald(model, e);
  if (!wald) {
    test.note = singular_moments;
    return test;
  }
  test.statistic = model.f_of_wald(*wald, test.df1);
  test.p_value = f_upper(test.statistic, test.df1, test.df2);
  test.details.emplace_back("chi2", *wald);
  test.details.emplace_back("chi2_p_value", chi2_upper(*wald, test.df1));
  return test;
}

}  // namespace panelist
