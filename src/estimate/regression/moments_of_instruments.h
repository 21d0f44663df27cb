// SPDX-License-Identifier: Apache-2.0
// Moments g(b) = Q'W(y - X b) of a 2SLS fit on orthonormal instruments Q, and their covariance S under the vcov chosen:
// what GMM weights by. S is kept in units of the residual variance s^2 = u'Wu/n, so that the bread
// (A'S^-1 A)^-1, A = Q'WX, is on the scale of (X'WX)^-1; equal variances make S the unit matrix.
#pragma once
#include "estimate/estimator.h"

namespace panelist {

struct MomentsOfInstruments {
  Matrix Q;           // n x L
  Matrix of_x;        // A, L x K
  Vector of_outcome;  // Q'Wy, L
};
MomentsOfInstruments moments_of_instruments(const Context& context, const Fit& fit);

// S at residuals u, as its Cholesky factor; throws estimate.singular_weights where it is not positive definite.
struct Weighting {
  Matrix root;      // lower
  double variance;  // s^2
};
Weighting weighting_at(const Context& context, const Fit& fit, const MomentsOfInstruments& moments,
                       const Vector& residuals, const EstimateOptions& options);

// The efficient step: coefficients, bread, regressors of the score and residuals under the weighting.
void take_step(const Context& context, Fit& fit, const MomentsOfInstruments& moments,
               const Weighting& weighting);

}  // namespace panelist
