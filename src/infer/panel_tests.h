// SPDX-License-Identifier: Apache-2.0
// Tests and descriptions of a panel regression.
//
//   effects_f     F of "all effects are equal": ((rss_p - rss_fe)/(df_p - df_fe)) / (rss_fe/df_fe), p pooled with a
//                 constant, F(df_p - df_fe, df_fe)
//   lm            Breusch-Pagan: n^2/(2(sum T_i^2 - n)) A^2 ~ chi2(1), A = sum_i (sum_t e_it)^2 / sum e^2 - 1
//   honda         its signed root, normal, one-sided
//   panel description as xtreg, fe prints: u_i = mean(y_i) - mean(x_i)'b, sigma_u its standard deviation,
//                 rho = sigma_u^2/(sigma_u^2 + sigma_e^2), correlation of u_i and x'b over the rows, R2 between and
//                 overall as squared correlations of x'b with y; with weights, as xtreg does, only the unit means
//                 and the residual variance are weighted
// Errors  infer.least_squares_only for fits with instruments or a family
// Source  Breusch & Pagan (1980); Baltagi & Li (1990) for unbalanced panels; Honda (1985)
// Agrees  plm, Stata xtreg (tests/infer)
#pragma once
#include "infer/inference.h"

namespace panelist {

// The fit without its effects, with a constant, on the same rows. Ordinary least squares fits only.
Fit pooled_fit(const Context& context, const Fit& fit);
TestResult effects_f_test(const Context& context, const Fit& fit);
TestResult breusch_pagan_lm(const Fit& pooled, const Grouping& unit);
TestResult honda_lm(const Fit& pooled, const Grouping& unit);

struct PanelDescription {
  double units = 0;
  double shortest = 0, mean = 0, longest = 0;  // rows a unit
  double r2_within = missing_value, r2_between = missing_value, r2_overall = missing_value;
  double sigma_u = missing_value, sigma_e = missing_value, rho = missing_value;
  double correlation = missing_value;
};
// Of a fit with the effect of `unit` absorbed.
PanelDescription describe_panel(const Fit& fit, const Grouping& unit);
// Least squares whose only effect is that of the panel's unit.
bool absorbs_units_alone(const Fit& fit);

}  // namespace panelist
