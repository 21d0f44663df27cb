// SPDX-License-Identifier: Apache-2.0
// The wild bootstrap of a fit with instruments (private to the room; infer/wild_bootstrap.h says what it is).
#pragma once
#include "infer/wild_bootstrap.h"

namespace panelist {

// `spec` has been checked for what least squares and instruments share, and names the groups of the draws.
WildBootstrap wild_bootstrap_of_instruments(const Context& context, const Fit& fit, const SmallSample& rules,
                                            const WildSpec& spec);

}  // namespace panelist
