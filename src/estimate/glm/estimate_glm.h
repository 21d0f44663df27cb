// SPDX-License-Identifier: Apache-2.0
// Generalised linear models with absorbed effects: one estimator a family (functions of the catalog).
#pragma once
#include "estimate/estimator.h"

namespace panelist::glm {

Fit estimate(const Context& context, std::string_view family, std::shared_ptr<const ModelFrame> frame,
             const EstimateOptions& options);

}  // namespace panelist::glm
