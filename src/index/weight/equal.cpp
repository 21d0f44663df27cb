// SPDX-License-Identifier: Apache-2.0
#include "index/weight/weight.h"

namespace panelist {

namespace {

WeightingOutput the_same_for(Index m) { return {Vector::Constant(m, 1.0 / static_cast<double>(m))}; }

}  // namespace

WeightingOutput equal_weights(const WeightingInput& input) { return the_same_for(input.z.cols()); }

WeightingOutput equal_weights_of_sums(const WeightingSums& sums) {
  return the_same_for(static_cast<Index>(sums.system.indicators.size()));
}

}  // namespace panelist
