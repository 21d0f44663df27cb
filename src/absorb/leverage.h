// SPDX-License-Identifier: Apache-2.0
// The effects' part of the leverage of each row: the diagonal of the projection on the effects.
//
//   h_i = w_i d_i' G^+ d_i,   G = D'WD,   d_i = row i of D;   0 <= h_i <= 1,  sum h_i = rank of D
//
// Exact where the system without the largest factor e is small: with z_i the part of d_i that belongs to e, P a
// generalised inverse of the reduced system and K = G_ee^+ G_eR,
//   h_i = w_i [ z_i' G_ee^+ z_i + (d_R - K'z_i)' P (d_R - K'z_i) ]
// Otherwise by random signs: v = s / sqrt(w), s_i = +-1, p_i = s_i sqrt(w_i) (fitted values of v)_i has mean h_i and
// variance h_i (1 - h_i); over m columns  h_i = mean p^2 / (mean p^2 + mean (1 - p)^2), whose relative error, and that of
// 1 - h_i, is about sqrt(2/m).
// Errors  none
// Cost    exact: one dense inverse, and for each level of e the square of the levels it meets; else m columns absorbed
// Source  Kline, Saggio & Solvsten (2020), Econometrica 88(5), for the projections
// Agrees  dense QR (tests/absorb), fixest (tests/infer)
#pragma once
#include "absorb/absorber.h"

namespace panelist {

struct LeverageOptions {
  Index dense_levels = 1024;  // largest reduced system inverted
  int projections = 208;
};

struct EffectLeverages {
  Vector values;  // n
  bool exact = true;
  double error = 0.0;  // relative standard deviation of h and of 1 - h; 0 when exact
};
EffectLeverages effect_leverages(const Context& context, const Absorber& absorber,
                                 const LeverageOptions& options = {});

}  // namespace panelist
