// SPDX-License-Identifier: Apache-2.0
// From the information that the estimate was found by to the one its standard errors want (family.h).
//
//   z = -(d s/d alpha)/w,  z~ and X~ absorbed under observed weights w
//   information of alpha   H = -sum d2 l/d alpha2 - (z'Wz - z~'Wz~)
//   share                  X~'Wz~ / H
//   score of alpha         e_i = d l_i/d alpha - (z - z~)_i s_i
//
// Source  Cameron & Trivedi (2013), 2.5 (sandwich of observed information); partitioned inverse for the effects
// Agrees  fixest fenegbin; numerical second derivatives of all parameters (tests/infer, tests/estimate)
#pragma once
#include <optional>

#include "estimate/glm/irls.h"

namespace panelist::glm {

bool wants_observed(const Family& family, Information information);

// Weights, residuals, columns (first z~, then X~) and their products anew; the absorber is left under the observed
// weights. Of NB2: the part of alpha in the scores, unless there is no overdispersion.
std::optional<DispersionInScores> observe(const Context& context, const Family& family, const Sample& sample,
                                          const IrlsOptions& options, Absorber* absorber, IrlsState& state);

// The block of the coefficients when alpha counts, from the one when it is known.
Matrix bread_beside(const Matrix& bread, const DispersionInScores& dispersion);

}  // namespace panelist::glm
