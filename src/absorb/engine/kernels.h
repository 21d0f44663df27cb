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

// The cells of levels of e with the rows of a block: stars whose centres are eliminated.
struct Stars {
  struct Part {
    const Offset* starts;
    const Level* level;
    const double* weight;  // null: ones
    Offset end;            // of all cells
    Index at;              // row of the block that level 0 stands for
  };
  std::vector<Part> parts;
  const Offset* starts;  // rows of the data by level of e: what a level costs
  Index levels;          // of e
  const double* inverse_d;
  const double* counts;  // per row of the block
  [[nodiscard]] Index entries() const;
};
// out = D u - C' d^-1 C u, D the counts.
void apply_stars(const Context& context, const Stars& stars, const RowBlock& u, RowBlock& out);

// Pairs of levels of two factors that occur together, by level of the first.
struct Together {
  const Incidence& pairs;
  Index first, second;  // rows of a block where the levels of each begin
};
// Row j of out = the sum of the rows of u of the two levels of pair j.
void spread(const Context& context, const Together& together, const RowBlock& u, RowBlock& out);
// The transpose: out = sums over the pairs of each level.
void collect(const Context& context, const Together& together, const RowBlock& of_pairs, RowBlock& out);

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
