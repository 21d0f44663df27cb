// SPDX-License-Identifier: Apache-2.0
// Estimators: a catalog of functions from a ModelFrame to a Fit. Adding one = one file and one line in
// catalog.cpp.
//
//   ols    b = argmin sum w (y~ - x~'b)^2
//   2sls   b = (X'P_Z X)^-1 X'P_Z y on absorbed columns; residuals from the original X
//   liml fuller(a) kclass(k)   b = (X'(I - k M_Z)X)^-1 X'(I - k M_Z)y  (k_class.cpp)
//   gmm2s igmm cue             b = argmin g(b)'S^-1 g(b), g = Z'W(y - X b)  (gmm.cpp, continuous_updating.cpp)
//   re re_wh be be_wls fd fmb   of panels (random_effects.h, panel_frames.h, fama_macbeth.h)
//   poisson logit probit negbin   maximum likelihood by iterated weighted least squares (family.h)
//
// Collinear columns: the later-listed one goes, with a reason. A regressor whose variation after absorption
// is below 1e-9 of its variation before it counts as absorbed. Rows that a family predicts perfectly leave the sample.
// Errors  estimate.no_rows estimate.no_degrees_of_freedom estimate.all_dropped estimate.not_identified
//         estimate.not_converged estimate.no_instruments (estimate.constant_outcome is a warning of least squares)
//         data.outcome_outside_family estimate.separated estimate.instruments_with_family
//         estimate.singular_weights estimate.k_too_large usage.unknown_method usage.bad_value
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "estimate/fit.h"

namespace panelist {

// Information behind the standard errors of a family (family.h).
enum class Information { of_family, expected, observed };

struct EstimateOptions {
  AbsorbOptions absorb;
  double collinear_tolerance = 1e-9;
  int max_steps = 200;  // of iterated weighted least squares
  Information information = Information::of_family;
  // Of ols: the frame's regressors are let go of as they are gathered. Where nobody else holds the frame or its columns
  // the regression takes their memory; the frame of the fit then has names without values.
  bool release_regressors = false;
  double method_number = missing_value;  // the number in `fuller(1)`
  // Covariance of moments (columns of weighted scores) under the vcov chosen, for GMM; empty: equal variances.
  std::function<Matrix(const Context&, const Fit&, const Matrix& scores)> moment_covariance;
};

// With release_regressors: a regressor turned out to be absorbed by several effects, and what tells which is gone.
struct RegressorsNeeded {};

using EstimateFunction = Fit(const Context&, std::shared_ptr<const ModelFrame>, const EstimateOptions&);

struct Estimator {
  std::string_view name;
  std::string_view summary;
  std::string_view source;
  bool needs_instruments = false;
  EstimateFunction* estimate = nullptr;
  enum class Number { none, optional, needed } number = Number::none;  // in brackets
  bool weights_moments = false;                                        // by the vcov chosen
};

const std::vector<Estimator>& estimators();
const Estimator* find_estimator(std::string_view name);
// "fuller(4)" as estimator and number. Throws usage.unknown_method and usage.bad_value.
struct MethodRequest {
  const Estimator* estimator = nullptr;
  double number = missing_value;
};
MethodRequest read_method(const std::string& written);
// The estimator a frame asks for: 2sls with endogenous variables, ols without.
Fit estimate(const Context& context, std::shared_ptr<const ModelFrame> frame,
             const EstimateOptions& options = {});

}  // namespace panelist
