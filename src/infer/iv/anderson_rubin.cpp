// SPDX-License-Identifier: Apache-2.0
// Tests that all endogenous coefficients are zero, valid with weak instruments.
//   Anderson-Rubin  Wald of the excluded instruments in the regression of y on all instruments
//   Stock-Wright S  J of the equation without the endogenous regressors: g' S^-1 g, g = Z'W e, e the residuals of y on
//                   the included regressors, S the covariance of these moments
// Source  Anderson & Rubin (1949); Stock & Wright (2000), Econometrica 68(5); ivreg2
#include "base/distribution.h"
#include "infer/iv/partialled.h"

namespace panelist {

TestOrReason anderson_rubin_f(const PartialledModel& model) {
  const auto wald = instruments_wald(model, model.outcome);
  if (!wald) return left_out("anderson_rubin", singular_moments);
  TestOrReason result;
  result.test.name = "anderson_rubin";
  result.test.df1 = static_cast<double>(model.instrument_count());
  result.test.df2 = model.f_df2();
  result.test.statistic = model.f_of_wald(*wald, result.test.df1);
  result.test.p_value = f_upper(result.test.statistic, result.test.df1, result.test.df2);
  if (model.endogenous_count() > 1) return result;
  result.test.set = anderson_rubin_set(model, model.level);
  if (!result.test.set)
    result.test.note =
        "several ways of clustering leave a covariance of the moments that is not positive semidefinite";
  return result;
}

TestOrReason anderson_rubin_chi2(const PartialledModel& model) {
  const auto wald = instruments_wald(model, model.outcome);
  if (!wald) return left_out("anderson_rubin_chi2", singular_moments);
  return {chi2_test("anderson_rubin_chi2", *wald, static_cast<double>(model.instrument_count())), ""};
}

TestOrReason stock_wright(const PartialledModel& model) {
  const Fit& fit = model.fit;
  const Matrix Q = orthonormal(all_instruments(*fit.iv), fit.weights);
  if (clusters_decide(model, Q.cols())) return left_out("stock_wright", decided_by_clusters);
  const Vector g = Q.transpose() * model.weighted(model.outcome);
  const auto S = full_rank_form(g, model.moment_covariance(Q, model.outcome));
  if (!S) return left_out("stock_wright", singular_moments);
  return {chi2_test("stock_wright", *S, static_cast<double>(model.instrument_count())), ""};
}

}  // namespace panelist
