// SPDX-License-Identifier: Apache-2.0
// The result of an estimator: coefficients, scores and bread. No standard errors.
//
//   V = c * bread * meat(scores) * bread          (the covariance's business, see infer/vcov.h)
//   scores_i = w_i x_i u_i                          n x k; less share e_i where NB2's alpha is free (GlmParts)
//   bread    = (X'WX)^-1                            k x k; for 2SLS X is the projected Xhat
// k-class: scores of Xhat, bread (X'(I - k M_Z)X)^-1. GMM: scores of Z S^-1 Z'X (S in units of the residual variance)
// at the residuals of S, so that V under the weighting's own vcov is factor * (X'Z S^-1 Z'X)^-1.
//
// A covariance sees this and nothing of the estimator: n estimators and m covariances are n + m pieces.
// All matrices are after absorption. x are the regressors of the score (projected in 2SLS), `structural` the
// regressors as they enter the equation (the same in OLS); residuals = y~ - structural b.
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absorb/absorber.h"
#include "estimate/family.h"
#include "formula/model_frame.h"
#include "linalg/shared.h"

namespace panelist {

// A regressor that could not be estimated.
struct DroppedTerm {
  std::string term;
  std::string code;               // "collinear", "absorbed", "constant"
  std::vector<std::string> with;  // effects that absorb it, or terms it depends on
};

// Degrees of freedom as data: what every small-sample rule needs.
struct DegreesOfFreedom {
  Index terms = 0;                     // estimated coefficients (intercept included when there is one)
  std::vector<FactorDegrees> factors;  // levels, redundant
  std::vector<const Grouping*>
      groups;              // level ids of each factor, parallel to `factors` (owned by the frame)
  Index absorbed = 0;      // exact rank of the effects, constant included
  bool intercept = false;  // an explicit constant among the terms
};

// One first-stage regression: endogenous on all instruments (included and excluded), after absorption.
struct FirstStage {
  std::string endogenous;
  std::vector<std::string> names;  // excluded instruments first in order given, then included exogenous
  Vector coefficients;
  Vector residuals;
  Matrix bread;               // of the instruments
  double r2 = missing_value;  // overall (with effects), partial below
  double partial_r2 = missing_value;
};

// What tests of instruments need. All after absorption; `included` without dropped columns.
struct IvParts {
  std::vector<std::string> endogenous_names, instrument_names, included_names;
  Matrix endogenous;   // n x K1
  Matrix instruments;  // n x L1, excluded, independent columns only
  Matrix included;     // n x K2 (intercept included when there is one)
  std::vector<FirstStage> first_stages;
};

// Scores of the coefficients where alpha is estimated beside them: s_i - share e_i. The bread is the block of the
// coefficients in the inverse of the whole information, effects taken out.
struct DispersionInScores {
  Vector score;              // n, e: of alpha, less what the effects explain of it
  Vector on_effects;         // n, d eta of the effects when alpha moves by -1
  Vector share;              // k, information of coefficients with alpha over that of alpha
  double information = 0.0;  // of alpha, effects taken out
};

// What a generalised linear model has beside: by row of the frame, and sums. In its Fit, weights are the final weights
// of the family times the user's, residuals the working residuals, so that scores and bread are those of the likelihood.
struct GlmParts {
  const Family* family = nullptr;  // never null here
  Vector eta;                      // linear predictor: offset, regressors, effects
  double deviance = missing_value, null_deviance = missing_value;
  double log_likelihood = missing_value,
         null_log_likelihood = missing_value;         // null: constant and offset alone
  double pseudo_r2 = missing_value;                   // McFadden's
  double dispersion = 0.0;                            // alpha of NB2
  Vector user_weights;                                // as used, or empty
  bool observed = false;                              // observed information (family.h)
  std::optional<DispersionInScores> free_dispersion;  // alpha counts as one of the parameters
};

// How a method beyond 2SLS came to its coefficients; missing values where they have no meaning.
struct IvMethod {
  double k = missing_value;              // of the k-class
  double smallest_root = missing_value;  // LIML's k
  double steps = missing_value;          // of weighting, or of the search of CUE
  bool weighted = false;                 // GMM: efficient under the vcov chosen
};

struct PeriodRegressions;  // fama_macbeth.h
struct RandomEffects;      // random_effects.h

struct Fit {
  std::string method;  // "ols", "2sls", "fuller(1)", or a family: "poisson"
  std::shared_ptr<const ModelFrame> frame;
  std::vector<std::string> names;  // k estimated terms; endogenous keep their own names and stand first after
                                   // the intercept in 2SLS: order = intercept, endogenous, exogenous
  std::vector<std::string> sets;   // the {set} of each term, "" otherwise
  Vector coefficients;             // k
  SharedMatrix x;                  // n x k, regressors of the score
  SharedMatrix structural;         // n x k; empty when the same as x
  Vector residuals;                // n
  Vector score_residuals;          // n, those in the scores: where GMM took its weights; empty: `residuals`
  SharedVector outcome;            // n, y after absorption
  Vector weights;                  // n or empty (as used: analytic weights rescaled to mean one)
  Matrix bread;                    // k x k
  DegreesOfFreedom dof;
  std::vector<DroppedTerm> dropped;
  std::shared_ptr<const IvParts> iv;  // null without endogenous variables
  IvMethod iv_method;
  std::shared_ptr<const GlmParts> glm;                  // null for least squares
  std::shared_ptr<const RandomEffects> random_effects;  // of re and re_wh, null otherwise
  // Of fmb, null otherwise: the covariance is that of its coefficients, there is no bread (NaN).
  std::shared_ptr<const PeriodRegressions> periods;
  std::shared_ptr<const Absorber> absorber;  // null without effects
  AbsorbReport convergence;
  double error_bound_se = missing_value;  // largest error of a coefficient in its iid standard error, at most
  double condition = 1.0;
  double n = 0.0;  // observations (sum of frequency weights)
  double rss = 0.0;
  double tss = 0.0;         // around the weighted mean, or uncentred without intercept and effects
  double tss_within = 0.0;  // weighted y~'y~
  double mean_outcome = missing_value;
  Vector means;  // k, of the regressors before absorption; then of the outcome less the offset
  std::vector<std::pair<std::string, std::string>> warnings;  // code, message

  [[nodiscard]] Index k() const { return coefficients.size(); }
  [[nodiscard]] double df_residual() const {
    return n - static_cast<double>(dof.terms) - static_cast<double>(dof.absorbed);
  }
};

// alpha of NB2 is a parameter beside the coefficients: their scores are no longer w_i x_i u_i alone.
inline bool has_free_dispersion(const Fit& fit) {
  return fit.glm != nullptr && fit.glm->free_dispersion.has_value();
}

inline const Vector& residuals_in_scores(const Fit& fit) {
  return fit.score_residuals.size() > 0 ? fit.score_residuals : fit.residuals;
}

// n x k: w_i x_i u_i. With frequency weights each row stands for w_i equal observations: see weight_type.
Matrix scores_of(const Fit& fit);

// R2 kinds (interfaces.md section 4).
struct GoodnessOfFit {
  double r2, r2_adjusted, r2_within, r2_within_adjusted, sigma, log_likelihood;
};
GoodnessOfFit goodness_of_fit(const Fit& fit);

// Fitted values (effects included) and residuals on the rows used, and the effects by level. Of a generalised linear
// model: the means, outcome less mean, and the effects of the linear predictor.
struct FittedValues {
  Vector fitted, residuals;
  std::vector<Matrix> effects;  // per factor
};
FittedValues fitted_values(const Context& context, const Fit& fit);

// The constant xtreg reports: mean(y) - mean(x)'b, with the vector that gives its variance: (mean of each x).
struct PanelConstant {
  double estimate = missing_value;
  Vector mean_x;  // k means of the regressors before absorption
};
PanelConstant panel_constant(const Fit& fit);

}  // namespace panelist
