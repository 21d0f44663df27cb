// SPDX-License-Identifier: Apache-2.0
// Conjugate gradients on levels without slopes: the reduced operator, formed as a matrix where that is small, with the
// diagonal or factors of slow graphs.
#pragma once
#include "absorb/engine/block_conjugate_gradients.h"
#include "absorb/engine/factor_wear.h"
#include "absorb/engine/preconditioner.h"

namespace panelist::engine {

class PlainSolver final : public Solver {
 public:
  // All must outlive this and stay where they are.
  PlainSolver(const Context& context, const Layout& layout, const Cells& cells, const SmallBlock& small);
  // The weights that layout and cells have are about to change; they have changed. Factors stay while they serve.
  void before_reweight();
  void reweight(const Context& context);

  void apply(const Context& context, const RowBlock& u, RowBlock& out) const override {
    A_.apply(context, u, out);
  }
  void precondition(const Context& context, const RowBlock& r, RowBlock& z) const override {
    M_.apply(context, r, z);
  }
  [[nodiscard]] double cost() const override { return A_.cost(); }
  [[nodiscard]] bool has_factors() const override { return M_.has_factors(); }
  Price price_of_factors() override;
  void add_factors(const Context& context) override;
  bool renew_worn_factors(const Context& context) override;
  void watch_factors(const Outcome& outcome) override { wear_.watch(outcome); }

 private:
  [[nodiscard]] bool forms_at_once() const;
  [[nodiscard]] bool forms_matrix() const;
  [[nodiscard]] double cell_entries() const;
  void renew_factors(const Context& context);

  const Layout& layout_;
  const Cells& cells_;
  ReducedOperator A_;
  Preconditioner M_;
  bool sized_ = false;
  SchurSize size_;
  FactorWear wear_;
};

}  // namespace panelist::engine
