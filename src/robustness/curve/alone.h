// SPDX-License-Identifier: Apache-2.0
// Specifications estimated each by itself, on the rows of its board.
#pragma once
#include "robustness/curve/board.h"

namespace panelist {

void estimate_alone(const Context& context, const CurveData& data, const ModelFrame& frame,
                    const std::vector<std::size_t>& specifications, SpecificationCurve& curve);

// Errors that belong to a specification or to the rows it uses; all others end the work.
bool is_of_specification(const Error& error);

}  // namespace panelist
