// SPDX-License-Identifier: Apache-2.0
// What every linear estimator does before it solves: weights as used, offset, absorption, columns that cannot be
// estimated; and what it does after: degrees of freedom and sums of squares.
#pragma once
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "estimate/estimator.h"
#include "estimate/regression/moments.h"
#include "linalg/least_squares.h"

namespace panelist {

// A set of columns after absorption, without those that are constant or absorbed.
struct PreparedColumns {
  std::vector<std::string> names, sets;
  SharedMatrix values;  // n x names
  Vector rounding;      // by column: weighted norm of the rounding it may carry from absorption
  Vector unabsorbed;    // by column: weighted norm of what absorption may have left of the effects
};

struct Preparation {
  Moments outcome;                      // of y - offset, before absorption
  std::map<std::string, double> means;  // of each other column, before absorption
  Vector weights;                       // as used
  std::shared_ptr<Absorber> absorber;
  AbsorbReport convergence;
  SharedVector y;  // after absorption
  double y_rounding = 0.0, y_unabsorbed = 0.0;
  PreparedColumns exogenous, endogenous, instruments;
  bool intercept = false;
  // With effects: [y exogenous endogenous instruments]'W[the same].
  Matrix products;
  std::vector<DroppedTerm> dropped;
};

Preparation prepare(const Context& context, const ModelFrame& frame, const EstimateOptions& options);
// The same, and the frame's regressors are let go of one by one. Throws RegressorsNeeded.
Preparation prepare_releasing(const Context& context, ModelFrame& frame, const EstimateOptions& options);

// Names of the columns a collinear one depends on.
DroppedTerm collinear_term(const std::vector<std::string>& names, Index column,
                           const std::vector<Index>& depends_on);

// Least squares on prepared columns with the intercept (when there is one) first.
LeastSquaresOptions solver_options(const Preparation& prepared, const EstimateOptions& options,
                                   const Vector& rounding);

// Fills everything of the fit that follows from names, coefficients, residuals and the preparation; throws when
// nothing is left to estimate or no degrees of freedom remain.
void complete(const Context& context, Fit& fit, Preparation prepared);
// The part of it that holds for every estimator: n, degrees of freedom, means. Needs frame, names, coefficients, weights.
void complete_sample(const Context& context, Fit& fit, const Preparation& prepared);
// Of the frame and the absorber, `terms` those of the coefficients there are.
DegreesOfFreedom degrees_of_freedom(const Fit& fit);
// Numbers that are no numbers any more.
[[noreturn]] void throw_not_finite(const Fit& fit, bool overflow);

// Columns of several sets side by side.
PreparedColumns side_by_side(const std::vector<const PreparedColumns*>& parts);
PreparedColumns only(const PreparedColumns& columns, const std::vector<Index>& kept);

}  // namespace panelist
