// SPDX-License-Identifier: Apache-2.0
// How precisely each recovered effect is known, for levels without slopes.
//
//   a = N G^- D'W v,   N the normalisation of Absorber::effects: the first factor free, later ones with mean zero by component
//   variance of a_l = sigma^2 (N G^- N')_ll  when v has variance sigma^2 W^-1
//
// Result  (N G^- N')_ll by factor and level; or nothing and the reason: the system without the largest factor is too
//         large, a factor has slopes, or three and more factors cannot be told apart by that normalisation.
// Errors  none
// Cost    one dense inverse, and for each level of the largest factor the square of the levels it meets
// Agrees  R's lm with dummies and contrasts (tests/infer)
#pragma once
#include "absorb/absorber.h"

namespace panelist {

struct EffectVariances {
  std::vector<Vector> values;  // by factor and level
  std::string reason;          // why there are none
};
EffectVariances effect_variances(const Absorber& absorber, Index dense_levels = 1024);

}  // namespace panelist
