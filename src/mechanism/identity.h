// SPDX-License-Identifier: Apache-2.0
// Does the total effect less the direct one equal the sum of the indirect effects, and why not where it does not?
//
//   c - c' = sum_j a_j b_j
// Exact for least squares of linear equations on one sample with one set of weights, and for 2SLS with as many instruments
// as endogenous variables. Not for families (other scales), random effects (other weights in each equation), more
// instruments than needed, or a term that is dropped in one equation only.
// Errors  none
// Source  MacKinnon, Warsi & Dwyer (1995), Multivariate Behavioral Research 30(1)
#pragma once
#include "mechanism/mediation.h"

namespace panelist {

struct EffectIdentity {
  double moved;     // c - c'
  double indirect;  // sum of a b
  bool holds;
  std::string reason;  // in words where it does not hold
  [[nodiscard]] double gap() const { return moved - indirect; }
};
EffectIdentity effect_identity(const Mediation& mediation);

// Says where it does not hold: mechanism.identity.
void check_identity(const Mediation& mediation, Diagnostics& notes);

}  // namespace panelist
