// SPDX-License-Identifier: Apache-2.0
// How much selection on what is not observed would explain a coefficient (Oster 2019), from how it and R2 move when the
// controls come in.
//
//   short  y on x (and the controls kept in both), b0, R0;   full  y on x and all controls, b, R;  effects in both
//   s = Var(x | kept), t = Var(x | all controls), D = (R - R0) Var(y), T = (Rmax - R) Var(y), d = b0 - b, v = b - b*
//   delta(b*) = [v D t + v s t d^2 + 2 v^2 t d s + v^3 (t s - t^2)] / [T d s + v T (s - t) + v^2 t d s + v^3 (t s - t^2)]
//   b*(delta)   v is a root of v^3 (delta-1)(t s - t^2) + v^2 (delta-2) t d s + v [delta T (s-t) - D t - s t d^2] + delta T d s
// delta = 1 leaves a quadratic with one root of the sign of d; otherwise the root nearest to b among those of that sign
// (assumption 3: what is not observed moves b on in the direction of the controls) is taken, and none of that sign is said.
// R2 is within where effects are absorbed, and so are all variances; Rmax is `times` the full R2, at most one, or given.
// Result  delta for b* = beta (0), b* for delta (1), all real roots, the set between b and b*(delta)
// Errors  infer.unknown_term infer.least_squares_only robustness.no_controls robustness.r_max
// Source  Oster (2019), JBES 37(2), proposition 3 and its corollaries; Altonji, Elder & Taber (2005)
// Agrees  psacalc's formulas written out in R (tests/reference/oster)
#pragma once
#include <string>
#include <vector>

#include "infer/estimation.h"

namespace panelist {

struct OsterSpec {
  EstimationSpec model;
  std::string term;
  std::vector<std::string> kept;  // controls of both regressions
  double r_max = missing_value;   // missing: `times` the R2 of the model
  double times = 1.3;
  double delta = 1;  // of b*
  double beta = 0;   // of delta
};

struct Oster {
  std::string term;
  Coefficient short_coefficient, full_coefficient;
  double short_r2 = missing_value, full_r2 = missing_value, r_max = missing_value;
  double n = 0;
  bool within = false;                                 // R2 within effects
  bool capped = false;                                 // r_max would have passed one
  double target = 0, delta = missing_value;            // selection that makes the coefficient `target`
  double assumed_delta = 1, adjusted = missing_value;  // b* under it
  std::vector<double> roots;                           // every real b*, nearest to b first
  bool same_direction = true;                          // b* lies on from b0 to b
  [[nodiscard]] double low() const { return std::min(full_coefficient.estimate, adjusted); }
  [[nodiscard]] double high() const { return std::max(full_coefficient.estimate, adjusted); }
  [[nodiscard]] bool excludes_zero() const { return low() > 0 || high() < 0; }
};

Oster oster_bounds(const Context& context, const OsterSpec& spec, const Table& table, const Panel* panel,
                   Diagnostics& notes);

// What the formulas need, and what they give.
struct OsterMoments {
  double b_short, b_full, explained, unexplained, x_short, x_full;  // D and T above; s and t
};
double oster_delta(const OsterMoments& moments, double target);
std::vector<double> oster_roots(const OsterMoments& moments, double delta);  // nearest to b first

}  // namespace panelist
