// SPDX-License-Identifier: Apache-2.0
// Standard errors of recovered effects, under the normalisation of Absorber::effects and equal variances.
//
//   a = N G^- D'W (y - X b),   V(a) = sigma^2 [ N G^- N' + E A E' ],   E = N G^- D'W X,   A = (X~'WX~)^-1
//
// Errors  none: where they cannot be had there are none, and the reason
// Cost    see absorb/effect_variance.h, and the effects of k columns
// Agrees  R's lm with dummies and contrasts (tests/infer)
#pragma once
#include "estimate/fit.h"

namespace panelist {

struct EffectErrors {
  std::vector<Vector> std_error;  // by factor and level
  std::string reason;             // why there are none
};
EffectErrors effect_errors(const Context& context, const Fit& fit);

}  // namespace panelist
