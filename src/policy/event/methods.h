// SPDX-License-Identifier: Apache-2.0
// The estimators of the catalog.
#pragma once
#include "policy/event/design.h"

namespace panelist {

using EventEstimator = EventEffects(const Context&, const EventStudySpec&, const EventDesign&);
EventEstimator two_way_effects, sun_abraham_effects, imputation_effects, callaway_santanna_effects;

}  // namespace panelist
