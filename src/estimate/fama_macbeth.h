// SPDX-License-Identifier: Apache-2.0
// Fama and MacBeth: a cross-section regression in each period, coefficients averaged over the periods.
//
//   b = (1/T) sum_t b_t,  b_t = (X_t'X_t)^-1 X_t'y_t
//   V = 1/(T(T-1)) sum_t (b_t - b)(b_t - b)'           vcov iid: b_t independent
//   V = 1/(T(T-1)) sum_ts k(|t-s|) (b_t - b)(b_s - b)'  vcov nw(lags): kernel over periods, gaps are gaps
//   t with T - 1 degrees of freedom
//
// Terms that no period can estimate are dropped; a period that cannot estimate every other term is left out and counted.
// The fit's residuals are y - x'b, its R2 is 1 - rss/tss of those; mean_r2 is the average of the periods' own.
// Errors  as panel_frames.h; usage.missing_option without time; infer.too_few_periods below two periods;
//         vcov.not_available for other kinds
// Cost    a sort of the rows and one least-squares problem a period
// Source  Fama & MacBeth (1973), JPE 81(3); Newey & West (1987)
// Agrees  plm pmg, Stata xtfmb, Petersen's published table (tests/infer)
#pragma once
#include <memory>
#include <vector>

#include "estimate/estimator.h"

namespace panelist {

struct PeriodRegressions {
  std::vector<std::int64_t> period;  // T, in steps from the first period of the frame, ascending
  Matrix coefficients;               // T x k
  Vector rows, r2;                   // T
  Index left_out = 0;                // periods that could not estimate every term
  [[nodiscard]] double count() const { return static_cast<double>(period.size()); }
};

}  // namespace panelist
