// SPDX-License-Identifier: Apache-2.0
// M^-1 r for the reduced operator: the diagonal, or approximate Cholesky of the graph of each slow factor, and of
// slow pairs of iterated factors.
//
//   M^-1 = blockdiag(Jacobi or AC(S_qq)) + sum over chosen pairs (p, q) of the solution with [D_p X; X' D_q]
//
// Symmetric positive semidefinite in every combination, so that conjugate gradients may use it.
#pragma once
#include "absorb/engine/reduced_operator.h"

namespace panelist::engine {

class Preconditioner {
 public:
  Preconditioner() = default;
  explicit Preconditioner(const ReducedOperator& A);
  // Replaces the diagonal by factors where the graph asks for it.
  void add_factors(const Context& context, const Layout& layout, const Cells& cells,
                   const ReducedOperator& A);
  // After a change of weights: a new diagonal. Factors stay as they are: those of near weights are good factors still.
  void renew_diagonal(const ReducedOperator& A);
  void apply(const Context& context, const RowBlock& r, RowBlock& z) const;
  [[nodiscard]] bool has_factors() const { return !factors_.empty() || !pairs_.empty(); }
  // Entries of all factors: what one application touches.
  [[nodiscard]] double cost() const;

 private:
  struct Block {
    Index offset = 0;
    ApproximateCholesky factor;
  };
  struct Pair {
    Part p, q;  // p is the one with more levels: eliminated
    LevelOrder order;
    Incidence X;  // by rows of p
    std::vector<double> inverse_d;
    ApproximateCholesky factor;  // of D_q - X' D_p^-1 X
  };
  static Block block_of(const Layout& layout, const Cells& cells, const ReducedOperator& A, std::size_t q);
  static std::unique_ptr<Pair> pair_of(const Context& context, const Layout& layout, const Part& a,
                                       const Part& b);
  void apply_pair(const Pair& pair, const RowBlock& r, RowBlock& z) const;

  std::vector<double> inverse_diagonal_;
  std::vector<Block> factors_;
  std::vector<std::unique_ptr<Pair>> pairs_;
};

// Contraction of alternating projections between two factors: near one for graphs that need a factor. Cells by rows
// of one factor, `inverse_rows` per row, `counts` per level of the other.
double contraction_of(const Incidence& C, const std::vector<double>& inverse_rows,
                      const std::vector<double>& counts);

}  // namespace panelist::engine
