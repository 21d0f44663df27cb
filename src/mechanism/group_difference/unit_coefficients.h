// SPDX-License-Identifier: Apache-2.0
// A term's coefficient on any choice of units, without going back to the rows where cross products do (least squares).
#pragma once
#include <functional>

#include "mechanism/group_difference.h"
#include "mechanism/resampling/cluster_plan.h"

namespace panelist {

// counts: how often each unit of the plan is taken. Missing when the term cannot be estimated.
using CoefficientOf = std::function<double(const std::vector<int>& counts)>;

// `right` says whether cross products give what the whole regression gave; refits take their place otherwise.
CoefficientOf unit_coefficients(const Context& context, const GroupDifferenceSpec& spec,
                                const ModelFrame& frame, const ClusterPlan& plan,
                                const std::function<bool(const CoefficientOf&)>& right);
// `value` is `expected` but for rounding.
bool reproduces(double value, double expected, double scale);

}  // namespace panelist
