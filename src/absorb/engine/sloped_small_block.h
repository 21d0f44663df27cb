// SPDX-License-Identifier: Apache-2.0
// The small block (small_block.h) of factors with slopes, summed up over the rows level by level of e.
//
//   F = D_J'W (I - P_e) D_y,   S_yy = D_y'W (I - P_e) D_y
#pragma once
#include "absorb/engine/sloped_rows.h"

namespace panelist::engine {

struct SmallSums {
  std::vector<double> F;  // iterated x small, row-major
  Matrix S;               // small x small
  Vector squares;         // diagonal of D_y'W D_y
};
SmallSums small_sums(const Context& context, const Layout& layout, const SlopedRows& rows);

}  // namespace panelist::engine
