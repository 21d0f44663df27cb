// SPDX-License-Identifier: Apache-2.0
// Sets of values of the one endogenous coefficient, for tests that stand weak instruments (private to the room).
#pragma once
#include <functional>

#include "infer/iv/partialled.h"

namespace panelist {

// Values are measured as b = centre + scale t, so that units do not matter: from the estimate, in its iid error.
struct Line {
  double centre, scale;
};
Line line_of(const PartialledModel& model);

// "interval" "two rays" "ray" "line" "union" "empty"
std::string form_of_parts(const std::vector<std::pair<double, double>>& parts);
// Between the real roots, each step decided by `inside` at a point of it.
ConfidenceSet set_between(std::vector<double> roots, const Line& line,
                          const std::function<bool(double)>& inside);
// Points between the roots, in order, and beyond them.
std::vector<double> points_between(const std::vector<double>& roots);

// P(LR > m) given that the part of the data on the strength of the instruments is t (Andrews, Moreira & Stock 2007):
//   1 - int F_chi2(k)((t + m)/(1 + t sin(a)^2/m)) cos(a)^(k-2) da / int cos(a)^(k-2) da over [0, pi/2];  k = 1: chi2(1)
double conditional_lr_upper(double m, double t, double instruments);

}  // namespace panelist
