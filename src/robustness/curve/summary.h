// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "robustness/specification_curve.h"

namespace panelist {

// Fills the summary and those of the choices.
void summarise(SpecificationCurve& curve);

}  // namespace panelist
