// SPDX-License-Identifier: Apache-2.0
// Orthonormal coordinates of the columns of a curve: X = Q R and Q'WQ = I, y = Q t + |e| q_e with q_e orthogonal to Q.
//
// Columns that the others span to 1e-9 add no coordinate. Where every column keeps more than a thousandth of itself the
// basis is made by two passes of Cholesky factors of the Gram matrix, elsewhere by Householder reflections.
#pragma once
#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist {

struct Basis {
  Matrix Q;               // n x r
  Matrix R;               // r x K: the columns in these coordinates
  Matrix outcomes;        // r x O: the outcomes in them
  Matrix remainders;      // n x O: what is left of the outcomes, of unit weighted norm
  Vector remainder_norm;  // O
};

Basis basis_of(const Context& context, const Matrix& X, const Matrix& outcomes, const Vector& w);

}  // namespace panelist
