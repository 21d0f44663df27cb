// SPDX-License-Identifier: Apache-2.0
// The triangular factor R of a tall matrix, R'R = A'A, by Householder QR of row blocks and of their stacked factors
// in block order: bit-equal for any thread count. Backward stable, also for rank-deficient A.
#pragma once
#include <functional>

#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist {

// Writes rows first .. first + rows.rows() - 1 of A.
using FillRows = std::function<void(Index first, Matrix& rows)>;

// columns x columns, upper triangular. Cost 2 rows columns^2.
Matrix triangular_factor(const Context& context, Index rows, Index columns, const FillRows& fill);

// Reflects A so that column `column` is zero below `row`, and applies the reflection to the columns after it.
void reflect(Matrix& A, Index row, Index column);

}  // namespace panelist
