// SPDX-License-Identifier: Apache-2.0
// Tests that need the residuals e of a least squares fit and the panel's order (private to the room). Residuals are
// those after the absorbed effects.
//
//   pesaran_cd     sqrt(1/P) sum_{i<j} sqrt(T_ij) r_ij ~ N(0,1); r_ij the correlation of e_i and e_j over their T_ij
//                  common periods, P the number of pairs with at least three
//   bp_cd          sum_{i<j} T_ij r_ij^2 ~ chi2(P)
//   modified_wald  sum_i (s_i^2 - s^2)^2 / V_i ~ chi2(N), s_i^2 = sum_t e^2 / T_i, s^2 = sum e^2 / n,
//                  V_i = sum_t (e^2 - s_i^2)^2 / (T_i (T_i - 1))
//   wooldridge     e of the regression in first differences; e on its lag, clustered by unit, G/(G-1);
//                  H0: coefficient -0.5; F(1, G - 1)
//   dw             sum (e_t - e_t-1)^2 / sum e^2; p = P(d < its value), exact by Davies (1980)
//   bg(p)          n R2 of e on the regressors and p lags of e (0 before the first) ~ chi2(p)
//   breusch_pagan  n R2 of e^2 on the regressors (effects as dummies) ~ chi2, Koenker; `normal`: explained squares over
//                  2 s^4; `fitted`: on the fitted values
//   white          n R2 of e^2 on the regressors, squares and products; `fitted`: on the fitted values and their squares
//   reset          F of powers 2 and 3 of the fitted values, or of those named
//   jarque_bera    n/6 (skewness^2 + (kurtosis - 3)^2/4) of e ~ chi2(2)
//   condition      largest over smallest singular value of the regressors, constant included, each of length one
#pragma once
#include <set>

#include "infer/estimation.h"
#include "infer/tests.h"

namespace panelist {

TestFunction cross_section_test, modified_wald_test, wooldridge_test, durbin_watson_test,
    breusch_godfrey_test, condition_number, breusch_pagan_test, white_test, reset_test, jarque_bera_test;

// Least squares without instruments and weights, residuals that are not zero; else an Error by name.
void require_residuals(const Estimation& estimation, const TestRequest& request);
// The same, with the panel declared, its time included, and at least two units.
void require_panel_residuals(const EstimationSpec& spec, const Estimation& estimation,
                             const TestRequest& request);

// Outcome less residuals, in the equation estimated: of random effects the transformed one.
Vector fitted_in_equation(const Fit& fit);
// The words of the argument, each among those known; else usage.bad_value.
std::set<std::string> words_asked(const TestRequest& request, const std::vector<std::string>& known);

// P(sum_j a_j z_j^2 < 0), z standard normal: Davies' sum with an error far below 1e-10.
double probability_below_zero(const Vector& a);

}  // namespace panelist
