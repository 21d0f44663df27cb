// SPDX-License-Identifier: Apache-2.0
// The symmetric semidefinite operator of the iterated levels, all columns at once.
//
//   A u = (S_JJ - F S_yy^- F') u,     S_JJ u = G_JJ u - G_Je d^-1 G_eJ u
//
// First applied cell by cell without forming S_JJ; form_matrix() replaces that by a sparse matrix when it is small.
#pragma once
#include "absorb/engine/kernels.h"
#include "absorb/engine/small_block.h"
#include "absorb/engine/sparse_schur.h"

namespace panelist::engine {

class ReducedOperator {
 public:
  ReducedOperator() = default;
  ReducedOperator(const Context& context, const Layout& layout, const Cells& cells, const SmallBlock& small);

  // The same under the weights that layout, cells and small block have now.
  void reweight(const Context& context);

  void apply(const Context& context, const RowBlock& u, RowBlock& out) const;
  // Diagonal of S_JJ (levels that repeat within a cell row make it an upper bound): for Jacobi.
  [[nodiscard]] const std::vector<double>& diagonal() const { return diagonal_; }
  // Weights of the levels: the diagonal of G_JJ.
  [[nodiscard]] const std::vector<double>& counts() const { return counts_; }
  void form_matrix(const Context& context);
  [[nodiscard]] bool has_matrix() const { return !matrix_.empty(); }
  [[nodiscard]] const SparseSchur& matrix() const { return matrix_; }
  // Entries that one application touches.
  [[nodiscard]] double cost() const;

 private:
  void apply_cells(const Context& context, const RowBlock& u, RowBlock& out) const;
  void apply_pairs(const Context& context, const RowBlock& u, RowBlock& out) const;
  [[nodiscard]] Stars stars() const;
  void build_shared(const Context& context);
  void join_pairs(const Context& context);
  void weigh_levels(const Context& context);

  const Layout* layout_ = nullptr;
  const Cells* cells_ = nullptr;
  const SmallBlock* small_ = nullptr;
  std::vector<double> counts_, diagonal_;
  // G_pq for every ordered pair of iterated parts: rows that two of them share.
  struct Shared {
    std::size_t p, q;
    LevelOrder order;
    Incidence cells;
  };
  std::vector<std::unique_ptr<Shared>> shared_;
  std::vector<Level> pair_of_row_;  // of the two iterated parts; empty when they make too many pairs
  Incidence by_pairs_;              // cells of e with pairs
  SparseSchur matrix_;
};

}  // namespace panelist::engine
