// SPDX-License-Identifier: Apache-2.0
// The functions of the catalog.
#pragma once
#include "estimate/estimator.h"
#include "estimate/regression/prepared.h"

namespace panelist {

EstimateFunction estimate_ols, estimate_two_stage;
// The rest of least squares once the columns are prepared.
Fit solve_ols(const Context& context, std::shared_ptr<const ModelFrame> frame, Preparation prepared,
              const EstimateOptions& options);

// Of panels (estimate/random_effects.h, estimate/panel_frames.h, estimate/fama_macbeth.h).
EstimateFunction estimate_re, estimate_re_wallace_hussain, estimate_be, estimate_be_weighted, estimate_fd,
    estimate_fmb;

EstimateFunction estimate_liml, estimate_fuller, estimate_k_class, estimate_two_step_gmm,
    estimate_iterated_gmm, estimate_continuously_updated;

}  // namespace panelist
