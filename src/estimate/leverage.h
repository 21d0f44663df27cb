// SPDX-License-Identifier: Apache-2.0
// Leverages of a least squares fit, effects included: the diagonal of the matrix that maps outcomes to fitted values.
//
//   h_i = w_i [ x~_i' A x~_i + d_i' G^+ d_i ],   A = (X~'WX~)^-1,  G = D'WD;   sum h_i = terms + rank of the effects
//
// With frequency weights a row stands for w_i observations with leverage h_i / w_i each. The standard error of a fitted
// mean is sigma sqrt(h_i / w_i).
// Errors  infer.least_squares_only for other methods: their residuals are not M y
// Cost    see absorb/leverage.h
// Source  Hoaglin & Welsch (1978), American Statistician 32(1)
// Agrees  dense QR (tests/absorb), R hatvalues of lm with dummies (tests/infer)
#pragma once
#include "absorb/leverage.h"
#include "estimate/fit.h"

namespace panelist {

struct Leverages {
  Vector values;  // n, by observation: divided by w_i under frequency weights
  bool exact = true;
  double error = 0.0;  // relative standard deviation of the effects' part, and of one less it; 0 when exact
};
Leverages leverages(const Context& context, const Fit& fit, const LeverageOptions& options = {});

}  // namespace panelist
