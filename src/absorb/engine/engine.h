// SPDX-License-Identifier: Apache-2.0
// The solver: eliminate the largest factor, solve small ones densely, iterate on the rest; see layout.h, passes.h,
// small_block.h, block_conjugate_gradients.h for the steps, system.h for how levels and slopes differ.
//
// The accuracy is that of the absorbed column: the error bound is recomputed from the residual column itself
// (D'W v~ = 0 exactly), and the solution repeated on what is left until it is met.
#pragma once
#include <mutex>

#include "absorb/engine/system.h"

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
  [[nodiscard]] std::vector<Matrix> effects(const Context& context, const Vector& column) const;
  [[nodiscard]] const Layout& layout() const { return system_->layout(); }
  [[nodiscard]] const Cells* cells() const { return system_->cells(); }
  [[nodiscard]] bool iterates() const { return system_->solver() != nullptr; }

 private:
  struct Tile;
  [[nodiscard]] Index columns_at_once() const;
  void absorb_tile(const Context& context, const Columns& columns, Tile& tile) const;
  void solve_reduced(const Context& context, Tile& tile, Passes::Sides& sides, RowBlock& a) const;
  [[nodiscard]] Goal goal_of(const Tile& tile, const Passes::Sides& sides, const Matrix& given,
                             const Matrix& small) const;
  void iterate(const Context& context, Tile& tile, Goal goal, RowBlock& r, RowBlock& x) const;
  void bound_errors(const Context& context, Tile& tile, const Passes::Rest& rest) const;
  [[nodiscard]] Matrix small_part(const RowBlock& h) const;

  std::unique_ptr<System> system_;
  AbsorbOptions options_;
  mutable std::mutex solving_;
};

}  // namespace panelist::engine
