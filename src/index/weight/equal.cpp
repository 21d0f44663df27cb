// SPDX-License-Identifier: Apache-2.0
#include "index/weight/weight.h"

namespace panelist {

WeightingOutput equal_weights(const WeightingInput& input) {
  return {Vector::Constant(input.z.cols(), 1.0 / static_cast<double>(input.z.cols()))};
}

}  // namespace panelist
