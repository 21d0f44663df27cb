// SPDX-License-Identifier: Apache-2.0
#include "estimate/estimator.h"
#include "estimate/regression/methods.h"

namespace panelist {

const std::vector<Estimator>& estimators() {
  static const std::vector<Estimator> catalog = {
      {"ols", "least squares, effects absorbed", "Frisch & Waugh (1933); Lovell (1963)", false, estimate_ols},
      {"2sls", "two-stage least squares, effects absorbed", "Theil (1953); Basmann (1957)", true,
       estimate_two_stage},
  };
  return catalog;
}

const Estimator* find_estimator(std::string_view name) {
  for (const Estimator& estimator : estimators()) {
    if (estimator.name == name) return &estimator;
  }
  return nullptr;
}

Fit estimate(const Context& context, std::shared_ptr<const ModelFrame> frame,
             const EstimateOptions& options) {
  const Estimator* estimator = find_estimator(frame->has_iv() ? "2sls" : "ols");
  return estimator->estimate(context, std::move(frame), options);
}

}  // namespace panelist
