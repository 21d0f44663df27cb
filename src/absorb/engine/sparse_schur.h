// SPDX-License-Identifier: Apache-2.0
// The reduced matrix of the iterated factors as a sparse matrix, where it has few entries.
//
//   S_JJ = G_JJ - G_Je d^-1 G_eJ        off-diagonal entries by rows, both triangles; diagonal apart
#pragma once
#include "absorb/engine/approximate_cholesky.h"
#include "absorb/engine/layout.h"

namespace panelist::engine {

class SparseSchur {
 public:
  SparseSchur() = default;
  SparseSchur(const Context& context, const Layout& layout, const Cells& cells);
  [[nodiscard]] bool empty() const { return starts_.empty(); }
  [[nodiscard]] Index entries() const { return static_cast<Index>(column_.size()); }
  // out = S u, without the small block's correction.
  void apply(const Context& context, const RowBlock& u, RowBlock& out) const;
  // The graph of one iterated part: its diagonal block as edges.
  [[nodiscard]] std::vector<Edge> edges_of(const Part& part) const;
  [[nodiscard]] const std::vector<double>& diagonal() const { return diagonal_; }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<std::int32_t> column_;
  std::vector<double> value_, diagonal_;
};

// Products that building S takes, and a guess of its entries from a sample of rows.
struct SchurSize {
  double products = 0.0, entries = 0.0;
};
SchurSize size_of_schur(const Layout& layout, const Cells& cells);

// Edges of the graph of one factor, sampled: each level of e with d cells gives a random tree of d - 1 edges that
// stands for its clique.
std::vector<Edge> sampled_edges(const Incidence& C, const std::vector<double>& inverse_d, std::uint64_t seed);

}  // namespace panelist::engine
