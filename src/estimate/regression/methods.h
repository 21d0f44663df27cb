// SPDX-License-Identifier: Apache-2.0
// The functions of the catalog.
#pragma once
#include "estimate/estimator.h"
#include "estimate/regression/prepared.h"

namespace panelist {

Fit estimate_ols(const Context& context, std::shared_ptr<const ModelFrame> frame,
                 const EstimateOptions& options);
// The rest of it once the columns are prepared.
Fit solve_ols(const Context& context, std::shared_ptr<const ModelFrame> frame, Preparation prepared,
              const EstimateOptions& options);
Fit estimate_two_stage(const Context& context, std::shared_ptr<const ModelFrame> frame,
                       const EstimateOptions& options);

// Of panels (estimate/random_effects.h, estimate/panel_frames.h).
Fit estimate_re(const Context& context, std::shared_ptr<const ModelFrame> frame,
                const EstimateOptions& options);
Fit estimate_re_wallace_hussain(const Context& context, std::shared_ptr<const ModelFrame> frame,
                                const EstimateOptions& options);
Fit estimate_be(const Context& context, std::shared_ptr<const ModelFrame> frame,
                const EstimateOptions& options);
Fit estimate_be_weighted(const Context& context, std::shared_ptr<const ModelFrame> frame,
                         const EstimateOptions& options);
Fit estimate_fd(const Context& context, std::shared_ptr<const ModelFrame> frame,
                const EstimateOptions& options);

Fit estimate_liml(const Context& context, std::shared_ptr<const ModelFrame> frame,
                  const EstimateOptions& options);
Fit estimate_fuller(const Context& context, std::shared_ptr<const ModelFrame> frame,
                    const EstimateOptions& options);
Fit estimate_k_class(const Context& context, std::shared_ptr<const ModelFrame> frame,
                     const EstimateOptions& options);
Fit estimate_two_step_gmm(const Context& context, std::shared_ptr<const ModelFrame> frame,
                          const EstimateOptions& options);
Fit estimate_iterated_gmm(const Context& context, std::shared_ptr<const ModelFrame> frame,
                          const EstimateOptions& options);
Fit estimate_continuously_updated(const Context& context, std::shared_ptr<const ModelFrame> frame,
                                  const EstimateOptions& options);

}  // namespace panelist
