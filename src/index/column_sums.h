// SPDX-License-Identifier: Apache-2.0
// Sums over a stretch of a column that entropies are made of; 0 ln 0 = 0.
#pragma once
#include <cmath>

#include "linalg/matrix.h"

namespace panelist {

struct ColumnSums {
  double z = 0, z_log = 0;  // sum z, sum z ln z
};

inline ColumnSums sums_of(const VectorView& z) {
  ColumnSums sums;
  for (const double value : z) {
    sums.z += value;
    if (value > 0) sums.z_log += value * std::log(value);
  }
  return sums;
}

}  // namespace panelist
