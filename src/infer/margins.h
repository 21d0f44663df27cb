// SPDX-License-Identifier: Apache-2.0
// Average marginal effects of a generalised linear model.
//
//   a regressor        m_j = (1/sum w) sum_i w_i mu'(eta_i) b_j
//   a 0/1 regressor    m_j = (1/sum w) sum_i w_i [mu(eta_i | x_j = 1) - mu(eta_i | x_j = 0)]
//
// Each estimated term by itself, the others held as they are. Standard errors by the delta method, the regressors taken
// as fixed. The absorbed effects are random like the coefficients: with c_i = d m / d eta_i, the margin's own score is
//   [x~_i' B g + v_i - v~_i] times the working score of the row,   v = c/w
// (g = derivative in b at profiled effects; v - v~ = projection of v on the effects under w), so that every kind of
// covariance that sums scores applies, and dummies in place of effects give the same numbers. Kinds without such sums
// take the effects as given, and the note says so.
// Errors  infer.margins_without_family
// Source  Greene (2018), 17.3; Fernandez-Val & Weidner (2016) for the influence of effects (no bias correction is made)
// Agrees  R glm with dummies and the delta method (tests/infer)
#pragma once
#include "infer/inference.h"

namespace panelist {

struct Margin {
  Coefficient effect;
  bool discrete = false;  // change from 0 to 1
};
struct Margins {
  std::vector<Margin> rows;
  std::string note;
};
Margins average_marginal_effects(const Context& context, const Fit& fit, const Vcov& vcov,
                                 const VcovSpec& spec, double level = 0.95);

}  // namespace panelist
