// SPDX-License-Identifier: Apache-2.0
// Random effects y_it = x_it'b + u_i + e_it by feasible generalised least squares, as xtreg, re: least squares on
// y_it - theta_i mean(y_i), x_it - theta_i mean(x_i), 1 - theta_i.
//
//   theta_i = 1 - sqrt(sigma_e^2 / (T_i sigma_u^2 + sigma_e^2))
//   swamy_arora      sigma_e^2 = rss/(n - N - K) of the within regression,
//                    sigma_u^2 = max(0, rss/(N - K - 1) of the unit means - sigma_e^2 mean(1/T_i))
//   wallace_hussain  balanced panels: e pooled residuals, sigma_e^2 = sum (e - mean(e_i))^2 / (n - N),
//                    sigma_u^2 = max(0, sum mean(e_i)^2 / N - sigma_e^2 / T)
//   rho = sigma_u^2 / (sigma_u^2 + sigma_e^2)
//   R2 within, between, overall: squared correlations of x'b with y, as xtreg prints them
//
// The Fit has the transformed columns as regressors and outcome and the frame as it was given.
// Errors  as panel_frames.h; what estimate_ols throws of the within and the between regression
// Source  Swamy & Arora (1972); Wallace & Hussain (1969)
// Agrees  plm (swar, walhus), Stata xtreg, re, explicit matrices (tests/infer)
#pragma once
#include <memory>

#include "estimate/estimator.h"

namespace panelist {

enum class VarianceComponents { swamy_arora, wallace_hussain };

struct RandomEffects {
  double sigma_u = missing_value, sigma_e = missing_value, rho = missing_value;
  Vector theta;  // by unit
};
// `frame` without effects (frame_in_levels).
RandomEffects random_effects(const Context& context, const ModelFrame& frame, VarianceComponents components);
Fit random_effects_fit(const Context& context, std::shared_ptr<const ModelFrame> frame,
                       const RandomEffects& effects);
// The fit is one by re or re_wh.
inline bool is_random_effects(const Fit& fit) { return fit.random_effects != nullptr; }

struct PanelR2 {
  double within = missing_value, between = missing_value, overall = missing_value;
};
// Of coefficients b (by name) on the frame's columns.
PanelR2 panel_r2(const ModelFrame& frame, const std::vector<std::string>& names, const Vector& b);

}  // namespace panelist
