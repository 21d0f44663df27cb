// SPDX-License-Identifier: Apache-2.0
// What every linear estimator does before it solves: weights as used, offset, absorption, columns that cannot be
// estimated; and what it does after: degrees of freedom and sums of squares.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "estimate/estimator.h"
#include "linalg/least_squares.h"

namespace panelist {

// A set of columns after absorption, without those that are constant or absorbed.
struct PreparedColumns {
  std::vector<std::string> names, sets;
  Matrix values;    // n x names
  Vector rounding;  // by column: weighted norm of the error it may carry from absorption
};

struct Preparation {
  Vector outcome;  // y - offset, before absorption
  Vector weights;  // as used
  std::shared_ptr<const Absorber> absorber;
  AbsorbReport convergence;
  Vector y;  // after absorption
  PreparedColumns exogenous, endogenous, instruments;
  bool intercept = false;
  std::vector<DroppedTerm> dropped;
};

Preparation prepare(const Context& context, const ModelFrame& frame, const EstimateOptions& options);

// Names of the columns a collinear one depends on.
DroppedTerm collinear_term(const std::vector<std::string>& names, Index column,
                           const std::vector<Index>& depends_on);

// Least squares on prepared columns with the intercept (when there is one) first.
LeastSquaresOptions solver_options(const Preparation& prepared, const EstimateOptions& options,
                                   const Vector& rounding);

// Fills everything of the fit that follows from names, coefficients, residuals and the preparation; throws when
// nothing is left to estimate or no degrees of freedom remain.
void complete(Fit& fit, Preparation prepared);

// Columns of several sets side by side.
PreparedColumns side_by_side(const std::vector<const PreparedColumns*>& parts);
PreparedColumns only(const PreparedColumns& columns, const std::vector<Index>& kept);

double weighted_square(const Vector& v, const Vector& w);
double weighted_mean(const Vector& v, const Vector& w);

}  // namespace panelist
