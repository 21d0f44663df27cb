// SPDX-License-Identifier: Apache-2.0
// Standard errors of a b and of sum_j a_j b_j: Sobel, Aroian, Goodman, and delta with the stacked covariance.
#pragma once
#include "mechanism/mediation.h"

namespace panelist {

// Fills paths (coefficients, share) and, with several mediators, total_indirect. `terms` name the mediators.
void fill_indirect_effects(const Context& context, const MediationSpec& spec,
                           const std::vector<std::string>& terms, Mediation& mediation);

}  // namespace panelist
