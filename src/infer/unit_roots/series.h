// SPDX-License-Identifier: Apache-2.0
// What a unit-root test is asked for, and the series it looks at (private to the room).
//
//   llc(x, lags=1, trend, demean, divisor=df, moments=periods, bandwidth=4)
//
// x is the outcome (when nothing is named), a term of the regression as written, or `residuals`; the rows are those of the
// regression. Each unit must be seen in every period between its first and its last.
// Errors  usage.bad_value usage.missing_option infer.unknown_term infer.unweighted_only infer.series_with_gaps
//         infer.too_few_periods infer.too_few_units infer.unbalanced
#pragma once
#include "infer/estimation.h"
#include "infer/tests.h"
#include "infer/unit_roots/dickey_fuller.h"

namespace panelist {

struct UnitRootRequest {
  std::string written, variable;  // "" = the outcome
  Deterministic terms = Deterministic::constant;
  bool demean = false;     // less the mean of each period
  std::string lags = "0";  // a number, "aic" or "bic"
  Index most = -1;         // lags the criterion may choose; -1: by length
  VarianceDivisor divisor = VarianceDivisor::degrees_of_freedom;
  bool moments_by_periods = false;  // of llc: looked up at T, not at the rows of the regressions
  Index bandwidth = -1;             // of llc; -1: round(3.21 T^(1/3))
};
// `divisor`: unless said. Options beyond those of every test are named in `further`.
UnitRootRequest read_unit_root_request(const TestRequest& request, VarianceDivisor divisor,
                                       const std::vector<std::string_view>& further = {});

struct UnitSeries {
  std::string unit;
  std::int64_t first = 0;  // in steps
  Vector values;
};
// By unit, or one without a declared panel. Demeaned when asked.
std::vector<UnitSeries> series_for(const Estimation& estimation, const UnitRootRequest& request);

// "unit `A` of `gdp`", for errors.
std::string name_of(const UnitSeries& series, const UnitRootRequest& request);
// Lags of each series: the number asked for, or chosen by the criterion. Checks the length.
std::vector<Index> lags_of(const Context& context, const std::vector<UnitSeries>& series,
                           const UnitRootRequest& request);

}  // namespace panelist
