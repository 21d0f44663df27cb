// SPDX-License-Identifier: Apache-2.0
// Iterated weighted least squares with absorbed effects.
//
//   at eta: w, r of the family;  absorb [r X] under w;  d = (X~'wX~)^-1 X~'w r~
//   eta += r - (r~ - X~ d),  b += d
//
// Because r - r~ and X - X~ lie in the span of the effects, eta stays offset + X b + effects however loosely the
// absorption was solved, and r is its own warm start: at the optimum the effects explain nothing of it. X~ starts from
// what it was under the weights before. The absorption begins at `loose` and ends at `tight`.
// Converged: a step found with a tight absorption moves eta, in the norm of w, by less than 3e-9 of the root of the
// deviance, and no coefficient by more than 1e-8 of its standard error (or of what rounding lets one see).
// Suspect: the deviance stands still while single rows at the border of the outcome keep running away.
#pragma once
#include "estimate/family.h"
#include "estimate/glm/sample.h"

namespace panelist::glm {

struct IrlsOptions {
  int max_steps = 200;
  double loose = 1e-4, tight = 1e-8;
  bool suspects = true;  // stops when suspect
};

// Everything by row of the sample; `columns` are r~ and X~ under `weights`, which include the user's.
struct IrlsState {
  Vector eta, weights, residuals;
  Matrix columns;
  Vector coefficients;
  Matrix products;  // columns'W columns
  double deviance = 0.0, dispersion = 0.0;
  double last_step = 0.0;  // largest change of a coefficient, in standard errors at most
  int steps = 0;
  bool converged = false, suspect = false;
  AbsorbReport absorption;  // the last one
};

class Irls {
 public:
  // `absorber` may be null; x are the regressors after some absorption.
  Irls(const Context& context, const Family& family, const Sample& sample, const IrlsOptions& options);
  // From the family's own start; or from a linear predictor that is known.
  void start(const MatrixView& x, double dispersion);
  // From the eta reached, as another family or with another dispersion.
  void restart(const Family& family, double dispersion);
  // Until converged, suspect, or out of steps.
  void run(Absorber* absorber);
  [[nodiscard]] const IrlsState& state() const { return state_; }
  IrlsState take() { return std::move(state_); }

 private:
  struct Progress {
    double deviance = 0.0;  // relative change
    double moved = 0.0;     // squared norm of the change of eta
    double farthest = 0.0;  // largest change of eta in a row at the border
  };
  void first_eta();
  void work();
  void absorb(Absorber* absorber);
  [[nodiscard]] Vector solve() const;
  Progress step(const Vector& change);
  double step_block(const Vector& change, Index first, Progress& progress);
  bool shorten(const Vector& change);
  void judge(const Progress& progress, const Vector& change);
  [[nodiscard]] bool settled(const Progress& progress) const;
  double work_block(Index first, Index rows);

  const Context& context_;
  const Family* family_;
  const Sample& sample_;
  IrlsOptions options_;
  IrlsState state_;
  Vector eta_before_, weights_before_, residuals_before_;
  double best_ = 0.0;  // deviance of the step before
  double mass_ = 0.0;  // sum of weights at the start
  double tolerance_ = 0.0;
  int runaways_ = 0;   // steps in a row in which the deviance stood still and a row ran away
  bool fresh_ = true;  // eta is not yet of the form offset + X b + effects
};

}  // namespace panelist::glm
