// SPDX-License-Identifier: Apache-2.0
// Parts of covariates and their covariance from the scores of the short, the full and the auxiliary equations.
#pragma once
#include "mechanism/gelbach/equations.h"

namespace panelist {

struct StackedParts {
  std::vector<std::vector<Channel>> channels;  // by group
  Vector parts;                                // a group each
  Matrix covariance;
};
StackedParts stacked_parts(const Context& context, const GelbachEquations& equations, const std::string& x);

}  // namespace panelist
