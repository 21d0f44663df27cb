// SPDX-License-Identifier: Apache-2.0
// Is y U-shaped in x (or inverted)? The test of Lind and Mehlum on a regression with x and its square.
//
//   y = b1 x + b2 x^2 + ...            slope at v: b1 + 2 b2 v
//   H0: monotone, or the other shape, on [low, high];  H1 (U): slope(low) < 0 < slope(high)
//   t = the smaller of the two |t| where both slopes have the sign of H1, p = the larger of the two one-sided p (Sasabuchi);
//   no p where one of them has not: the shape is not in the data
//   extreme point e = -b1/(2 b2), delta-method interval; Fieller: {e : (b1 + 2 b2 e)^2 <= t^2 Var(b1 + 2 b2 e)}
//   b2 > 0 asks for a U, b2 < 0 for an inverted U.
// [low, high] is the range of x on the rows used, unless given. Degrees of freedom are those of the vcov.
// The square is a term I(x^2), x:x, I(x*x) or poly(x,2); of an x that is instrumented the same.
// Errors  infer.no_square infer.unknown_term infer.bad_range
// Cost    O(1) after the fit.
// Source  Sasabuchi (1980), Biometrika 67(2); Lind & Mehlum (2010), OBES 72(1); Fieller (1954), JRSS B 16(2)
// Agrees  explicit formulas in R (tests/reference/shapes_r)
#pragma once
#include <optional>
#include <string>
#include <utility>

#include "infer/inference.h"

namespace panelist {

struct SlopeAt {
  double at, slope, std_error, t, p_value;  // p: one-sided, against the sign of H1
};

struct UShape {
  std::string x, square;
  bool inverted = false;
  SlopeAt low, high;
  double t = missing_value, p_value = missing_value;  // overall; missing where the extreme point is outside
  double df = missing_value;
  double extreme = missing_value, extreme_se = missing_value;
  double delta_low = missing_value, delta_high = missing_value;
  ConfidenceSet fieller;
  bool inside = false;  // low < extreme < high
};

UShape u_shape(const Fit& fit, const Vcov& vcov, const std::string& x, double level = 0.95,
               std::optional<std::pair<double, double>> range = {});

}  // namespace panelist
