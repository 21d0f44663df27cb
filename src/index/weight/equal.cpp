// SPDX-License-Identifier: Apache-2.0
#include "index/weight/weight.h"

namespace panelist {

Vector equal_weights(const Matrix& z, const IndexSystem& /*system*/, const IndexConventions& /*conventions*/,
                     Vector* /*entropy*/) {
  return Vector::Constant(z.cols(), 1.0 / static_cast<double>(z.cols()));
}

}  // namespace panelist
