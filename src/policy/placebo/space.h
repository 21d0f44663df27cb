// SPDX-License-Identifier: Apache-2.0
// Starts handed around among the units.
#pragma once
#include "policy/event/design.h"

namespace panelist {

// b of each draw in place of the term at `position`; missing where effects and controls explain the drawn treatment.
Vector drawn_effects(const Context& context, const EventDesign& design, const Estimation& actual,
                     Index position, int draws);

}  // namespace panelist
