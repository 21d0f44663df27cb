// SPDX-License-Identifier: Apache-2.0
// The factors with few levels (y), eliminated densely from the reduced system of the iterated ones (J).
//
//   S = [S_JJ F; F' S_yy]   (after e),   operator on J:  S_JJ - F S_yy^- F'
//
// F is nJ x p dense, S_yy p x p. Built in one pass over the rows (direct counts) and one over the levels of e.
#pragma once
#include "absorb/engine/layout.h"
#include "absorb/engine/row_block.h"
#include "absorb/engine/semidefinite.h"

namespace panelist::engine {

class SmallBlock {
 public:
  SmallBlock() = default;
  SmallBlock(const Context& context, const Layout& layout, const Cells& cells);
  // F (iterated x small, row-major) and the solution with S_yy, made elsewhere.
  SmallBlock(Index iterated, std::vector<double> F, SemidefiniteSolver solver)
      : levels_(solver.size()), iterated_(iterated), F_(std::move(F)), solver_(std::move(solver)) {}
  [[nodiscard]] Index levels() const { return levels_; }
  [[nodiscard]] const SemidefiniteSolver& solver() const { return solver_; }
  // h (levels x K) becomes S_yy^- h.
  void solve(Matrix& h) const { solver_.solve(h); }
  // out -= F S_yy^- F' u
  void subtract_correction(const Context& context, const RowBlock& u, RowBlock& out) const;
  // h_J -= F S_yy^- h_y
  void eliminate(const Context& context, const Matrix& solved_h, RowBlock& h) const {
    subtract_product(context, solved_h, h);
  }
  // F' u
  [[nodiscard]] Matrix transposed_product(const Context& context, const RowBlock& u) const;

 private:
  void subtract_product(const Context& context, const Matrix& inner, RowBlock& out) const;

  Index levels_ = 0, iterated_ = 0;
  std::vector<double> F_;  // row-major
  SemidefiniteSolver solver_;
};

}  // namespace panelist::engine
