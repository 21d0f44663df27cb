// SPDX-License-Identifier: Apache-2.0
// The solver for plain factors (levels, no slopes): eliminate the largest, solve small ones densely, iterate on the
// rest; see layout.h, passes.h, small_block.h, block_conjugate_gradients.h for the steps.
//
// The accuracy is that of the absorbed column: the error bound is recomputed from the residual column itself
// (D'W v~ = 0 exactly), and the solution repeated on what is left until it is met.
#pragma once
#include <mutex>

#include "absorb/engine/block_conjugate_gradients.h"
#include "absorb/engine/passes.h"

namespace panelist::engine {

class Engine {
 public:
  // `factors` and `w` must outlive this and stay where they are.
  Engine(const Context& context, const std::vector<AbsorbFactor>& factors, const Vector& w,
         const AbsorbOptions& options);
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  // Other positive weights in the same place as those given at first, or none. The order of rows, cells and, while
  // they serve, factors of graphs stay.
  void reweight(const Context& context, const Vector& w);
  // Columns become their residuals. Calls at the same time are safe, but not while weights change.
  AbsorbReport absorb(const Context& context, const Columns& columns, double tolerance) const;
  // Effects of columns that the factors explain: levels x columns by factor, in the order of the factors, nothing for
  // the eliminated one. Empty when the solution was not reached. Columns are used up.
  [[nodiscard]] std::vector<Matrix> reduced_effects(const Context& context, const Columns& columns) const;
  // Effects of one column by factor, in the order of the factors.
  [[nodiscard]] std::vector<Vector> effects(const Context& context, const Vector& column) const;
  [[nodiscard]] const Layout& layout() const { return layout_; }
  [[nodiscard]] const Cells& cells() const { return cells_; }
  [[nodiscard]] bool iterates() const { return layout_.iterated_levels > 0; }

 private:
  struct Tile;
  void absorb_tile(const Context& context, const Columns& columns, Tile& tile) const;
  void solve_reduced(const Context& context, Tile& tile, Passes::Sides& sides, RowBlock& a) const;
  void renew_factors(const Context& context) const;
  void watch_factors(const Outcome& outcome) const;
  [[nodiscard]] std::vector<double> sampled_weights() const;
  [[nodiscard]] bool factors_are_worn() const;
  void bound_errors(const Context& context, Tile& tile, const Passes::Rest& rest) const;
  [[nodiscard]] Matrix small_part(const RowBlock& h) const;

  Layout layout_;
  Cells cells_;
  SmallBlock small_;
  AbsorbOptions options_;
  Passes passes_;
  mutable Solver solver_;
  mutable std::mutex solving_;
  mutable int steps_when_new_ = 0;           // that the factors took at first
  mutable bool stale_ = false;               // factors were made under other weights
  mutable bool worn_out_ = false;            // and have done badly: renewed before the next solution
  mutable std::vector<double> factored_at_;  // those weights, at some rows
};

}  // namespace panelist::engine
