// SPDX-License-Identifier: Apache-2.0
// Starts handed around among the units.
#pragma once
#include "policy/event/design.h"

namespace panelist {

// b of each draw; missing where effects and controls explain the drawn treatment.
std::vector<double> drawn_effects(const Context& context, const EventDesign& design, const Estimation& actual,
                                  int draws);

}  // namespace panelist
