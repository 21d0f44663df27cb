// SPDX-License-Identifier: Apache-2.0
// Several groups' frames as one model with every term and effect interacted: block-diagonal columns "group::term",
// effects with the groups' own levels, clusters and units joined by name.
#pragma once
#include "mechanism/group_difference.h"

namespace panelist {

// The rows of the groups one below the other, with clusters, units and times, without regressors and effects.
ModelFrame stacked_rows(const std::vector<GroupEstimate>& groups);
ModelFrame stacked_frame(const std::vector<GroupEstimate>& groups);
// Name of a group's term in it.
std::string stacked_term(const std::string& group, const std::string& term);

}  // namespace panelist
