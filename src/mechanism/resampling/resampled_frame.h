// SPDX-License-Identifier: Apache-2.0
// A frame with clusters taken zero, one or several times. Every copy of a cluster has levels of its own in the effects
// that are nested in the clusters; levels that are not drawn are gone.
#pragma once
#include "estimate/estimator.h"
#include "mechanism/resampling/cluster_plan.h"

namespace panelist {

ModelFrame resampled(const ModelFrame& frame, const ClusterPlan& plan, const std::vector<int>& counts);

// Coefficients of the terms in the resampled frame; missing when the model cannot be estimated or a term is dropped.
struct Refit {
  std::shared_ptr<const ModelFrame> frame;
  EstimateOptions options;
  std::string method;
  std::vector<std::string> terms;
};
Vector refit(const Context& context, const Refit& model, const ClusterPlan& plan,
             const std::vector<int>& counts);
// By the method, or by the formula when it is "".
Fit estimate_frame(const Context& context, std::shared_ptr<const ModelFrame> frame,
                   const EstimateOptions& options, const std::string& method);

}  // namespace panelist
