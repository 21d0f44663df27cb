// SPDX-License-Identifier: Apache-2.0
// First stages: coefficients with standard errors under the fit's vcov, F of the excluded instruments, partial R2 and
// Shea's partial R2 = [(X1~'X1~)^-1]_jj / [(Xhat1~'Xhat1~)^-1]_jj.
// Source  Shea (1997), Review of Economics and Statistics 79; ivreg2
#include <Eigen/Cholesky>

#include "base/distribution.h"
#include "infer/iv/partialled.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

// The {set} each name has in the equation; instruments have none.
std::vector<std::string> sets_of(const std::vector<std::string>& names, const Fit& fit) {
  std::vector<std::string> sets;
  for (const std::string& name : names) {
    const auto place = std::find(fit.names.begin(), fit.names.end(), name);
    sets.push_back(place == fit.names.end() ? ""
                                            : fit.sets[static_cast<std::size_t>(place - fit.names.begin())]);
  }
  return sets;
}

// The first stage as a fit of its own, so that any covariance and infer() apply to it.
Fit fit_of(const PartialledModel& model, const FirstStage& stage) {
  const Fit& fit = model.fit;
  Fit first;
  first.method = "ols";
  first.frame = fit.frame;
  first.absorber = fit.absorber;
  first.names = stage.names;
  first.sets = sets_of(stage.names, fit);
  first.coefficients = stage.coefficients;
  first.residuals = stage.residuals;
  first.bread = stage.bread;
  first.weights = fit.weights;
  first.dof = fit.dof;
  first.dof.terms = stage.coefficients.size();
  first.n = fit.n;
  first.rss = stage.residuals.dot(model.weighted(stage.residuals).col(0));
  Matrix x(fit.iv->instruments.rows(), first.dof.terms);
  x << fit.iv->instruments, fit.iv->included;
  first.x = std::move(x);
  return first;
}

TestResult instruments_f(const PartialledModel& model, Index j) {
  TestResult test;
  test.name = "first_stage_f";
  test.df1 = static_cast<double>(model.instrument_count());
  test.df2 = model.f_df2();
  const auto wald = instruments_wald(model, model.endogenous.col(j));
  if (!wald) {
    test.note = singular_moments;
    return test;
  }
  test.statistic = model.f_of_wald(*wald, test.df1);
  test.p_value = f_upper(test.statistic, test.df1, test.df2);
  return test;
}

Vector inverse_diagonal(const Matrix& A) {
  return A.ldlt().solve(Matrix::Identity(A.rows(), A.cols())).diagonal();
}

}  // namespace

std::vector<FirstStageInference> first_stage_inference(const PartialledModel& model,
                                                       const SmallSample& small_sample, double level) {
  const Matrix residuals = residuals_on_instruments(model, model.endogenous);
  const Matrix fitted = model.endogenous - residuals;
  const Matrix total = gram(model.context, model.endogenous, model.fit.weights);
  const Matrix left = gram(model.context, residuals, model.fit.weights);
  const Vector shea =
      inverse_diagonal(total).cwiseQuotient(inverse_diagonal(gram(model.context, fitted, model.fit.weights)));
  std::vector<FirstStageInference> stages;
  for (Index j = 0; j < model.endogenous_count(); ++j) {
    const FirstStage& stage = model.fit.iv->first_stages[static_cast<std::size_t>(j)];
    const Fit first = fit_of(model, stage);
    const Vcov vcov = covariance(model.context, first, model.spec, small_sample);
    FirstStageInference inference;
    inference.endogenous = stage.endogenous;
    inference.coefficients = infer(first, vcov, level).coefficients;
    inference.f = instruments_f(model, j);
    inference.sanderson_windmeijer = conditional_f(model, j, false);
    inference.angrist_pischke = conditional_f(model, j, true);
    inference.partial_r2 = 1 - left(j, j) / total(j, j);
    inference.shea_r2 = shea(j);
    inference.r2 = stage.r2;
    stages.push_back(std::move(inference));
  }
  return stages;
}

}  // namespace panelist
