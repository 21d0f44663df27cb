// SPDX-License-Identifier: Apache-2.0
// Rows that a generalised linear model can predict perfectly, so that no estimate exists while they are there.
//
// A row at the border of the outcome (0; for binary outcomes 0 or 1) is separated when some combination z of regressors
// and effects is zero on every row inside, has no wrong sign on any row at the border and is not zero there: moving
// along z for ever raises the likelihood. Two ways to find them:
//   levels      of an effect whose outcomes are all at one border
//   rectifier   u = 1 on border rows; regress u on regressors and effects with heavy weights on the rows inside;
//               u <- max(fitted, 0); until u is fitted exactly: rows with u > 0 are separated
// Source  Correia, Guimaraes & Zylkin (2019), "Verifying the existence of maximum likelihood estimates for
//         generalized linear models"
// Agrees  the data sets 01 to 09 of ppmlhdfe (tests/estimate)
#pragma once
#include "estimate/family.h"
#include "estimate/glm/sample.h"

namespace panelist::glm {

// Marks by row of the frame. Empty: none.
std::vector<bool> separated_by_level(const Family& family, const ModelFrame& frame);
std::vector<bool> separated_by_rectifier(const Context& context, const Family& family,
                                         const ModelFrame& frame);

}  // namespace panelist::glm
