// SPDX-License-Identifier: Apache-2.0
// The two passes over the rows: right-hand sides before the solution, residuals after it.
//
//   right_hand_sides   h = D_R'W (v - mean of v at each level of e),   energy_k = what e leaves of |v_k|^2
//   subtract           v -= D_R a, then its mean at each level of e; the check is D_R'W v~, zero in exact arithmetic
//
// Rows that stand by level of e are taken level by level, each once from memory. Others are taken as they stand, with
// the sums of e's levels gathered beside. Up to widest_block columns at a time.
#pragma once
#include "absorb/engine/layout.h"
#include "absorb/engine/row_block.h"

namespace panelist::engine {

// K columns of n values, wherever they stand.
struct Columns {
  double* data = nullptr;
  Index stride = 0, count = 0;
  [[nodiscard]] double* column(Index k) const { return data + k * stride; }
};

class Passes {
 public:
  Passes() = default;
  Passes(const Layout& layout, const Cells& cells) : layout_(&layout), cells_(&cells) {}

  struct Sides {
    RowBlock h;                  // reduced levels x width
    std::vector<double> energy;  // per lane
    std::vector<double> before;  // per lane: sum of w v^2
    RowBlock means;              // levels of e x width; only when rows are not in order of e
    std::vector<double> shift;   // per lane, taken off first; only then
  };
  [[nodiscard]] Sides right_hand_sides(const Context& context, const Columns& columns) const;

  struct Rest {
    RowBlock check;             // reduced levels x width
    std::vector<double> after;  // per lane: sum of w v~^2
  };
  // `sides.means` is used up.
  [[nodiscard]] Rest subtract(const Context& context, const Columns& columns, const RowBlock& a,
                              Sides& sides) const;

 private:
  const Layout* layout_ = nullptr;
  const Cells* cells_ = nullptr;
};

}  // namespace panelist::engine
