// SPDX-License-Identifier: Apache-2.0
// Anderson-Rubin test that all endogenous coefficients are zero, valid with weak instruments: Wald of the excluded
// instruments in the regression of y on all instruments.
// Source  Anderson & Rubin (1949); ivreg2
#include "base/distribution.h"
#include "infer/iv/partialled.h"

namespace panelist {
namespace {
constexpr const char* singular =
    "the covariance of the moments is not positive definite (few clusters for the number of instruments)";
}  // namespace

TestOrReason anderson_rubin_f(const PartialledModel& model) {
  const auto wald = instruments_wald(model, model.outcome);
  if (!wald) return left_out("anderson_rubin", singular);
  TestOrReason result;
  result.test.name = "anderson_rubin";
  result.test.df1 = static_cast<double>(model.instrument_count());
  result.test.df2 = model.f_df2();
  result.test.statistic = model.f_of_wald(*wald, result.test.df1);
  result.test.p_value = f_upper(result.test.statistic, result.test.df1, result.test.df2);
  return result;
}

TestOrReason anderson_rubin_chi2(const PartialledModel& model) {
  const auto wald = instruments_wald(model, model.outcome);
  if (!wald) return left_out("anderson_rubin_chi2", singular);
  return {chi2_test("anderson_rubin_chi2", *wald, static_cast<double>(model.instrument_count())), ""};
}

}  // namespace panelist
