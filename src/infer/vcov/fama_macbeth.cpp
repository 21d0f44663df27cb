// SPDX-License-Identifier: Apache-2.0
// Of fmb: the covariance of a mean of period coefficients (estimate/fama_macbeth.h).
#include "estimate/fama_macbeth.h"

#include <fmt/format.h>

#include "infer/vcov/kernel.h"
#include "infer/vcov/kinds.h"

namespace panelist {
namespace {

void require_kind(const VcovSpec& spec) {
  if (spec.kind == "iid" || spec.kind == "nw") return;
  throw Error("vcov.not_available",
              fmt::format("the method `fmb` takes its standard errors from the coefficients of the periods, "
                          "and `{}` does not apply to them",
                          spec.kind),
              "write iid (Fama and MacBeth's own) or nw(lags)", "option --vcov");
}

double lags_asked(const VcovSpec& spec, double T) {
  if (spec.kind == "iid") return 0;
  const double lags = spec.numbers.empty() ? default_lags(T) : spec.numbers.front();
  if (lags < T) return lags;
  throw Error("infer.too_few_periods",
              fmt::format("vcov `{}` with {} lags needs more than the {} periods of the regression",
                          spec.kind, lags, T),
              "write fewer lags, or iid");
}

}  // namespace

Vcov fama_macbeth_vcov(const Fit& fit, const VcovSpec& spec, const SmallSample& rules) {
  require_kind(spec);
  const PeriodRegressions& periods = *fit.periods;
  const double T = periods.count();
  const double lags = lags_asked(spec, T);
  Vcov vcov;
  vcov.option = spec.kind == "iid" ? "" : spec.option.empty() ? "bartlett" : spec.option;
  Series series;
  series.time = periods.period;
  series.series.assign(periods.period.size(), 0);
  series.scores = periods.coefficients.rowwise() - fit.coefficients.transpose();
  vcov.k = rules.k == SmallSample::Parameters::none ? 0 : 1;
  vcov.factor = T / (T - vcov.k);
  vcov.df = rules.df == SmallSample::Reference::normal ? vcov.df : T - 1;
  vcov.matrix = vcov.factor / (T * T) *
                autocovariance_meat(series, vcov.option.empty() ? "truncated" : vcov.option, lags);
  vcov.clipped = clip_negative_eigenvalues(vcov.matrix);
  vcov.details = {{"periods", T}};
  if (spec.kind == "nw") vcov.details.insert(vcov.details.begin(), {"lags", lags});
  vcov.note = spec.kind == "iid"
                  ? fmt::format("Fama-MacBeth standard errors ({} periods) in parentheses", T)
                  : fmt::format(
                        "Fama-MacBeth standard errors ({} periods, Newey-West with {} lags, {} "
                        "kernel) in parentheses",
                        T, lags, vcov.option);
  return vcov;
}

}  // namespace panelist
