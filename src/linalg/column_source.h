// SPDX-License-Identifier: Apache-2.0
// Where a pass over the rows takes the numbers of a column from: an array in memory, a mapped file, a choice of rows, a
// product that is computed on the way, another engine.
//
//   load(first, count, buffer)   rows first .. first + count - 1: where they stand, or written to `buffer`
//
// Passes ask for blocks of some thousand rows, in any order and from several threads at once; each block is asked for a
// few times at most. The same rows are the same numbers whenever they are asked for and however they are cut.
// Cost  none for what stands in memory or in a mapped file
#pragma once
#include "linalg/matrix.h"

namespace panelist {

class ColumnSource {
 public:
  virtual ~ColumnSource() = default;
  [[nodiscard]] virtual Index rows() const = 0;
  // `buffer` has room for `count` numbers.
  [[nodiscard]] virtual const double* load(Index first, Index count, double* buffer) const = 0;
};

}  // namespace panelist
