// SPDX-License-Identifier: Apache-2.0
// Tests of a fit with instruments (2SLS, k-class, GMM), by ivreg2's rules (ivreghdfe's under absorbed effects), whatever the small-sample preset
// (formulas: Kleibergen & Paap 2006; Cragg & Donald 1993; Stock & Yogo 2005; Sargan 1958; Hansen 1982).
//
//   kp_lm            Kleibergen-Paap rk LM (iid: Anderson canonical correlations LM), chi2(L1 - K1 + 1)
//   kp_f             Kleibergen-Paap rk Wald F (iid: = Cragg-Donald F), with Stock-Yogo values
//   cragg_donald_f   Cragg-Donald Wald F, with Stock-Yogo values
//   sargan hansen_j  overidentification, chi2(L1 - K1); absent when exactly identified
//   endogeneity      C test that the endogenous regressors are exogenous, chi2(K1)
//   anderson_rubin   Wald F of the excluded instruments in the reduced form; anderson_rubin_chi2 its chi2 form. With one
//                    endogenous regressor its confidence set (iv/anderson_rubin_set.cpp)
//   stock_wright     S: J with the endogenous coefficients at zero, chi2(L1)
//   effective_f      Montiel Olea & Pflueger (2013), with critical values of bias 5, 10, 20, 30 % (iv/effective_f.cpp)
//   tf               Lee et al. (2022): t with its 5 % critical value by the first-stage F, and interval; K1 = L1 = 1
//   basmann          as sargan with the residual variance of the regression on the instruments; equal variances
//   first_stage_f    per endogenous variable, Wald F of the excluded instruments; beside it Sanderson & Windmeijer (2016)
//                    and Angrist & Pischke: of this variable given the others, df1 = L1 - K1 + 1
#pragma once
#include <map>
#include <string>
#include <vector>

#include "infer/inference.h"

namespace panelist {

struct FirstStageInference {
  std::string endogenous;
  std::vector<Coefficient> coefficients;  // excluded instruments first
  TestResult f;
  TestResult sanderson_windmeijer, angrist_pischke;  // F; chi2, its p-value and partial R2 in details
  double partial_r2 = missing_value;
  double shea_r2 = missing_value;
  double r2 = missing_value;
};

struct IvTests {
  std::vector<FirstStageInference> first_stage;
  std::vector<TestResult> tests;                              // those that apply, names as above, fixed order
  std::vector<std::pair<std::string, std::string>> left_out;  // name, why it could not be computed
  std::vector<std::pair<std::string, std::string>>
      not_applicable;  // name, why it is no test of such a regression
};
// With two instruments Nagar's bias of 2SLS may all but vanish, and with it the critical values of the effective F.
bool bias_all_but_vanishes(const Fit& fit, const TestResult& effective_f);
IvTests iv_tests(const Context& context, const Fit& fit, const VcovSpec& spec,
                 const SmallSample& small_sample, double level = 0.95);

// Stock-Yogo critical value; table: "ivsize10" "ivbias5" "limlsize10" ...; NaN where there is none.
double stock_yogo(std::string_view table, int endogenous, int instruments);

}  // namespace panelist
