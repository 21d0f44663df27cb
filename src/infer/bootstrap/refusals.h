// SPDX-License-Identifier: Apache-2.0
// What every resampling test of a coefficient needs of a fit, or refuses by name (private to the room).
#pragma once
#include <string_view>

#include "infer/inference.h"

namespace panelist {

// infer.least_squares_only of a family, usage.not_available with endogenous regressors.
void require_least_squares(const Fit& fit, std::string_view what);
// infer.one_cluster
void require_two_clusters(const Grouping& cluster);
// infer.no_variance: the clustered variance of R b (q x q) is zero but for rounding.
void require_some_variance(const Fit& fit, const Matrix& restrictions, const Matrix& variance,
                           const Grouping& cluster);
// By one column of the fit's frame, under the rules of the fit.
Vcov clustered_vcov(const Context& context, const Fit& fit, const SmallSample& rules,
                    const Grouping& cluster);

}  // namespace panelist
