// SPDX-License-Identifier: Apache-2.0
// Columns with the same span in the same order, orthonormal under the weights: Q'WQ = I. Householder QR of the columns
// at unit length. Cost  2 n k^2.
#pragma once
#include "linalg/matrix.h"

namespace panelist {

Matrix orthonormal(const Matrix& columns, const Vector& weights);

}  // namespace panelist
