// SPDX-License-Identifier: Apache-2.0
// Which of several added columns have a coefficient of their own.
//
// Where columns are collinear with each other and the effects, a regression leaves one out and gives the others
// coefficients relative to it. A coefficient is identified only if no column left out loads on its column:
//   d_lost = sum_k p_k d_k + controls + effects;  p_k != 0 (beyond 1e-7): b_k is not identified
// Cost    a regression for each column left out
#pragma once
#include <set>

#include "policy/event/design.h"

namespace panelist {

// Names of those left out and those that carry a part of one; `fit` is of all of them.
std::set<std::string> not_identified(const Context& context, const EventDesign& design, const Fit& fit,
                                     const std::vector<AddedColumn>& columns);

}  // namespace panelist
