// SPDX-License-Identifier: Apache-2.0
// Which columns are independent, decided on the triangular factor one column after another.
//
//   column j stays when || what the kept columns before it leave of it || > max(tolerance * own_j, rounding_j)
//
// own_j is the norm of the column, without its component along the first column when that is the constant.
#pragma once
#include <vector>

#include "linalg/matrix.h"

namespace panelist {

struct RankRule {
  double tolerance = 1e-9;
  bool constant_first = false;
  Vector rounding;  // absolute floor by column, or empty
};

struct RankedFactor {
  std::vector<Index> kept, dropped;            // positions among the first k columns, ascending
  std::vector<std::vector<Index>> depends_on;  // parallel to dropped: kept columns it is a combination of
  Matrix triangle;                             // kept x kept, upper
  Matrix images;                               // kept x m: Q' of the right sides
  Vector remainder;                            // m: norm of what is left of each right side
};

// R holds k columns of regressors, then the right sides.
RankedFactor rank_in_order(Matrix R, Index k, const RankRule& rule);

}  // namespace panelist
