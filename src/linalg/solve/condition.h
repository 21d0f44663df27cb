// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "linalg/matrix.h"

namespace panelist {

// Largest over smallest singular value of an upper triangular matrix with columns scaled to unit norm, by power
// iteration on R'R and its inverse (from below, within a few per cent). 1 for an empty matrix.
double condition_of_triangle(const Matrix& R);

}  // namespace panelist
