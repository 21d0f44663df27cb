// SPDX-License-Identifier: Apache-2.0
// The reduced operator of factors with slopes, and its diagonal.
//
//   A u = (S_JJ - F S_yy^- F') u,     S_JJ u = D_J'W (I - P_e) D_J u,     rows taken level by level of e
//
// Preconditioned by its diagonal; where many steps are left, the levels (not the slopes) of each iterated factor by
// approximate Cholesky of their graph (sloped_graph.h).
#pragma once
#include "absorb/engine/factor_wear.h"
#include "absorb/engine/sloped_graph.h"
#include "absorb/engine/small_block.h"

namespace panelist::engine {

class SlopedOperator final : public Solver {
 public:
  // All must outlive this and stay where they are.
  SlopedOperator(const Context& context, const Layout& layout, const SlopedRows& rows,
                 const SmallBlock& small);
  // Rows and small block are about to have other weights; they have.
  void before_reweight();
  void reweight(const Context& context);

  void apply(const Context& context, const RowBlock& u, RowBlock& out) const override;
  void precondition(const Context& context, const RowBlock& r, RowBlock& z) const override;
  [[nodiscard]] double cost() const override;
  [[nodiscard]] bool has_factors() const override { return !factors_.empty(); }
  Price price_of_factors() override;
  void add_factors(const Context& context) override;
  bool renew_worn_factors(const Context& context) override;
  void watch_factors(const Outcome& outcome) override { wear_.watch(outcome); }
  [[nodiscard]] bool wants_probe() const override { return true; }
  [[nodiscard]] int patience() const override { return 1000; }

 private:
  struct Factor {
    const SlopedPart* part;
    ApproximateCholesky graph;  // of its levels
  };
  void measure_diagonal(const Context& context);
  template <int P>
  void apply_cells(const Context& context, const RowBlock& u, RowBlock& out) const;
  template <int P>
  void apply_factor(const Factor& factor, const RowBlock& r, RowBlock& z) const;

  const SlopedRows& rows_;
  const SmallBlock& small_;
  SlopedCells cells_;
  Index columns_ = 0;  // iterated
  std::vector<double> inverse_diagonal_;
  std::vector<Factor> factors_;
  FactorWear wear_;
};

}  // namespace panelist::engine
