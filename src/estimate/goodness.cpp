// SPDX-License-Identifier: Apache-2.0
#include <numbers>

#include "estimate/fit.h"
#include "estimate/random_effects.h"

namespace panelist {

// log_likelihood is the concentrated Gaussian one, -n/2 (ln(2 pi rss/n) + 1); with analytic weights those of mean one
// enter rss alone, as in Stata's regress [aw]; without residuals it has no value.
// Generalised linear models have the log-likelihood alone, averages of periods R2 alone.
GoodnessOfFit goodness_of_fit(const Fit& fit) {
  if (fit.glm != nullptr)
    return {missing_value, missing_value, missing_value,
            missing_value, missing_value, fit.glm->log_likelihood};
  if (fit.periods != nullptr)
    return {1.0 - fit.rss / fit.tss, missing_value, missing_value,
            missing_value,           missing_value, missing_value};
  const double df = fit.df_residual();
  const auto absorbed = static_cast<double>(fit.dof.absorbed);
  GoodnessOfFit goodness{};
  goodness.r2 = 1.0 - fit.rss / fit.tss;
  goodness.r2_adjusted = 1.0 - (1.0 - goodness.r2) * (fit.n - 1.0) / df;
  const bool within = fit.absorber != nullptr;
  goodness.r2_within = within ? 1.0 - fit.rss / fit.tss_within : missing_value;
  goodness.r2_within_adjusted =
      within ? 1.0 - (1.0 - goodness.r2_within) * (fit.n - absorbed) / df : missing_value;
  goodness.sigma = std::sqrt(fit.rss / df);
  goodness.log_likelihood = missing_value;
  if (fit.rss > 0 && !is_random_effects(fit))
    goodness.log_likelihood = -0.5 * fit.n * (std::log(2.0 * std::numbers::pi * fit.rss / fit.n) + 1.0);
  return goodness;
}

Matrix scores_of(const Fit& fit) {
  Vector u = residuals_in_scores(fit);
  if (fit.weights.size() > 0) u.array() *= fit.weights.array();
  Matrix scores = fit.x.array().colwise() * u.array();
  if (has_free_dispersion(fit))
    scores.noalias() -= fit.glm->free_dispersion->score * fit.glm->free_dispersion->share.transpose();
  return scores;
}

}  // namespace panelist
