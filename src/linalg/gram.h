// SPDX-License-Identifier: Apache-2.0
// Deterministic weighted cross products.
//
//   gram(A, w)      = A' diag(w) A        k x k, symmetric
//   cross(A, B, w)  = A' diag(w) B        k x m
//
// A n x k, B n x m, w n or empty (all ones). Partial sums per block of rows_per_block rows, folded in block
// order: bit-equal for any thread count. Cost n k (k+1)/2 and n k m multiply-adds, one pass over A and B.
#pragma once
#include "base/context.h"
#include "linalg/matrix.h"

namespace panelist {

Matrix gram(const Context& context, const MatrixView& A, const VectorView& w);
Matrix cross(const Context& context, const MatrixView& A, const MatrixView& B, const VectorView& w);

}  // namespace panelist
