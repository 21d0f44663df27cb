// SPDX-License-Identifier: Apache-2.0
// The regressions of a board in the coordinates of its basis, and what each vcov makes of them.
#pragma once
#include "robustness/curve/board.h"
#include "robustness/curve/pairs.h"

namespace panelist {

// Fills the numbers of the specifications of a board. Returns those that have to be estimated by themselves.
std::vector<std::size_t> estimate_board(const Context& context, const CurveData& data, const Board& board,
                                        const SameRows& rows, SpecificationCurve& curve);

}  // namespace panelist
