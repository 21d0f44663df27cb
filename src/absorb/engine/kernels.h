// SPDX-License-Identifier: Apache-2.0
// The inner loops of one step of the iterations, all columns at once; compiled into twins (vectors.h). Blocks depend on
// sizes only, so that sums fold in one order for any number of threads.
#pragma once
#include <vector>

#include "absorb/engine/layout.h"
#include "absorb/engine/row_block.h"

namespace panelist::engine {

// Sum of a_i b_i over the rows, by column.
std::vector<double> products(const Context& context, const RowBlock& a, const RowBlock& b);
// x += alpha p, r -= alpha q
void take_step(const Context& context, const std::vector<double>& alpha, const RowBlock& p, const RowBlock& q,
               RowBlock& x, RowBlock& r);
// p = z + beta p
void turn_direction(const Context& context, const std::vector<double>& beta, const RowBlock& z, RowBlock& p);
// z_i = d_i r_i
void scale_rows(const Context& context, const std::vector<double>& d, const RowBlock& r, RowBlock& z);

// out = G_JJ u - G_Je d^-1 G_eJ u, where rows that two iterated factors share are left to add_product.
void apply_cells(const Context& context, const Layout& layout, const Cells& cells,
                 const std::vector<double>& counts, const RowBlock& u, RowBlock& out);
// Rows `to` .. of out += C times rows `from` .. of u.
void add_product(const Context& context, const Incidence& C, Index to, Index from, const RowBlock& u,
                 RowBlock& out);

// A symmetric matrix by rows: entries off the diagonal, and the diagonal apart.
struct SparseRows {
  const std::uint32_t* starts;
  const std::int32_t* column;
  const double* value;
  const double* diagonal;
  Index rows;
};
// out = S u
void multiply(const Context& context, const SparseRows& S, const RowBlock& u, RowBlock& out);

// L D L' of a graph, by columns in the order of elimination; see approximate_cholesky.h.
struct Factored {
  const std::int32_t* vertex;
  const std::uint32_t* starts;
  const std::int32_t* neighbour;
  const double* share;
  const double* inverse_pivot;
  Index vertices;
};
// Rows first .. of x = (L D L')^+ those of r.
void solve_factored(const Factored& factor, const RowBlock& r, RowBlock& x, Index first);

// rest -= X' D^-1 r_p of a pair, and z_p += D^-1 (r_p - X solved); rows of p from `first` on.
void fold_rows(const Incidence& X, const std::vector<double>& inverse_d, const RowBlock& r, Index first,
               RowBlock& rest);
void unfold_rows(const Incidence& X, const std::vector<double>& inverse_d, const RowBlock& r, Index first,
                 const RowBlock& solved, RowBlock& z);

// F' u by small level, F by rows of `columns` values; and out -= F times `rows` (a row per small level).
RowBlock transposed_dense_product(const Context& context, const std::vector<double>& F, Index columns,
                                  const RowBlock& u);
void subtract_dense_product(const Context& context, const std::vector<double>& F, const RowBlock& rows,
                            RowBlock& out);

}  // namespace panelist::engine
