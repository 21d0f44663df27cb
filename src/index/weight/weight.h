// SPDX-License-Identifier: Apache-2.0
// The weightings of the catalog, one file each. Columns they see are not constant.
#pragma once
#include "index/weighting.h"

namespace panelist {

WeightingOutput entropy_weights(const WeightingInput&);
WeightingOutput equal_weights(const WeightingInput&);
WeightingOutput given_weights(const WeightingInput&);
WeightingOutput entropy_weights_of_sums(const WeightingSums&);
WeightingOutput equal_weights_of_sums(const WeightingSums&);
WeightingOutput given_weights_of_sums(const WeightingSums&);
// Spread: sd; sd over mean of the raw and of the normalised cells; Gini coefficient; sd times what is not shared.
WeightingOutput deviation_weights(const WeightingInput&);
WeightingOutput variation_weights(const WeightingInput&);
WeightingOutput variation_weights_of_normalised(const WeightingInput&);
WeightingOutput gini_weights(const WeightingInput&);
WeightingOutput critic_weights(const WeightingInput&);
WeightingOutput merec_weights(const WeightingInput&);
WeightingOutput factor_weights(const WeightingInput&);
WeightingOutput comparison_weights(const WeightingInput&);
WeightingOutput correlation_weights(const WeightingInput&);
WeightingOutput combined_weights(const WeightingInput&);
WeightingOutput envelope_weights(const WeightingInput&);

// w / sum w; the same for all where the sum is not above zero.
Vector shares_of(const Vector& w);
// Correlations of the columns.
Matrix correlations(const Matrix& z);

}  // namespace panelist
