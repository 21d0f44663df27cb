// SPDX-License-Identifier: Apache-2.0
// Several least squares on parts of one set of columns, same rows, effects and weights: the columns of all are absorbed
// once and their cross products taken once; each regression works on its part of them.
//
// `all` holds every column; `own` frames are equal to it but for their exogenous columns and their outcome, which are
// columns of `all` by name: another outcome than that of `all` stands among its exogenous columns. With several outcomes
// there is no offset. Regressors that stand first in `all` are not copied.
// Agrees  one by one: to rounding where the effects are solved exactly, within the error bound where they are iterated on
// Errors  those of ols for any of them; estimate.constant_among_outcomes when another outcome is constant or absorbed
#pragma once
#include "estimate/estimator.h"

namespace panelist {

std::vector<Fit> estimate_together(const Context& context, const ModelFrame& all,
                                   const std::vector<std::shared_ptr<const ModelFrame>>& own,
                                   const EstimateOptions& options = {});

// The columns of a frame as the regressions on parts of them see them, before any is solved: after absorption, without
// those that are constant or absorbed (they stand in `dropped`). Weights as used.
struct AbsorbedColumns {
  std::vector<std::string> names, sets;  // of the exogenous columns, "(Intercept)" first where there is one
  SharedMatrix values;                   // n x names
  Vector rounding;                       // by column: weighted norm of the rounding it may carry; or empty
  SharedVector outcome;                  // n, less the offset
  std::vector<DroppedTerm> dropped;
  // Rows, weights, effects and their degrees of freedom; no terms yet: k() is 0. What a covariance makes of its numbers of
  // parameters can be asked of it with `dof.terms` set.
  Fit sample;
};
AbsorbedColumns absorbed_columns(const Context& context, std::shared_ptr<const ModelFrame> all,
                                 const EstimateOptions& options = {});

}  // namespace panelist
