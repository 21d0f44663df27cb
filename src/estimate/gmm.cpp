// SPDX-License-Identifier: Apache-2.0
// Linear GMM, b = argmin g(b)'S^-1 g(b), S the covariance of the moments under the vcov chosen:
//   gmm2s  S at the 2SLS residuals
//   igmm   S at the residuals of the step before, until no coefficient moves by more than 1e-10 standard errors
// V = (X'Z S^-1 Z'X)^-1 times the factor of the vcov: the scores keep the residuals S was taken at.
// Equal variances make all of them 2SLS. Exactly identified models too.
// Source  Hansen (1982), Econometrica 50(4); ivreg2 (gmm2s), ivregress gmm (igmm)
#include <fmt/format.h>

#include "estimate/regression/methods.h"
#include "estimate/regression/moments_of_instruments.h"

namespace panelist {
namespace {

constexpr double standing_still = 1e-10;  // in standard errors
constexpr int most_steps = 1000;

// Of the coefficients, in standard errors of the efficient step.
double largest_move(const Fit& fit, const Vector& before, double variance) {
  const Vector errors = (variance * fit.bread.diagonal()).cwiseSqrt();
  return ((fit.coefficients - before).array() / errors.array()).abs().maxCoeff();
}

// One step from the residuals of the fit; returns the move.
double weighted_step(const Context& context, Fit& fit, const MomentsOfInstruments& moments,
                     const EstimateOptions& options) {
  const Vector before = fit.coefficients, at = fit.residuals;
  const Weighting weighting = weighting_at(context, fit, moments, at, options);
  take_step(context, fit, moments, weighting);
  fit.score_residuals = options.moment_covariance ? at : Vector();
  fit.iv_method.weighted = static_cast<bool>(options.moment_covariance);
  return largest_move(fit, before, weighting.variance);
}

}  // namespace

Fit estimate_two_step_gmm(const Context& context, std::shared_ptr<const ModelFrame> frame,
                          const EstimateOptions& options) {
  Fit fit = estimate_two_stage(context, std::move(frame), options);
  const MomentsOfInstruments moments = moments_of_instruments(context, fit);
  weighted_step(context, fit, moments, options);
  fit.method = "gmm2s";
  fit.iv_method.steps = 2;
  return fit;
}

Fit estimate_iterated_gmm(const Context& context, std::shared_ptr<const ModelFrame> frame,
                          const EstimateOptions& options) {
  Fit fit = estimate_two_stage(context, std::move(frame), options);
  const MomentsOfInstruments moments = moments_of_instruments(context, fit);
  fit.method = "igmm";
  for (int step = 2; step <= most_steps; ++step) {
    context.stop_if_asked();
    const double move = weighted_step(context, fit, moments, options);
    fit.iv_method.steps = step;
    if (move <= standing_still) return fit;
  }
  throw Error("estimate.not_converged",
              fmt::format("the weights of iterated GMM still move after {} steps", most_steps),
              "use method gmm2s or cue, or fewer instruments");
}

}  // namespace panelist
