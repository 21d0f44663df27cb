// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/kernels.h"

#include <algorithm>

#include "absorb/engine/vectors.h"

#define PANELIST_KERNELS "absorb/engine/kernels.inc"
#include "absorb/engine/twins.inc"

namespace panelist::engine {

std::vector<double> products(const Context& context, const RowBlock& a, const RowBlock& b) {
  return PANELIST_TWIN(products, context, a, b);
}

void take_step(const Context& context, const std::vector<double>& alpha, const RowBlock& p, const RowBlock& q,
               RowBlock& x, RowBlock& r) {
  PANELIST_TWIN(take_step, context, alpha, p, q, x, r);
}

void turn_direction(const Context& context, const std::vector<double>& beta, const RowBlock& z, RowBlock& p) {
  PANELIST_TWIN(turn_direction, context, beta, z, p);
}

void scale_rows(const Context& context, const std::vector<double>& d, const RowBlock& r, RowBlock& z) {
  PANELIST_TWIN(scale_rows, context, d, r, z);
}

Index Stars::entries() const {
  Index entries = 0;
  for (const Part& part : parts) entries += static_cast<Index>(part.end) - part.starts[0];
  return entries;
}

void apply_stars(const Context& context, const Stars& stars, const RowBlock& u, RowBlock& out) {
  PANELIST_TWIN(apply_stars, context, stars, u, out);
}

void spread(const Context& context, const Together& together, const RowBlock& u, RowBlock& out) {
  PANELIST_TWIN(spread, context, together, u, out);
}

void collect(const Context& context, const Together& together, const RowBlock& of_pairs, RowBlock& out) {
  PANELIST_TWIN(collect, context, together, of_pairs, out);
}

void add_product(const Context& context, const Incidence& C, Index to, Index from, const RowBlock& u,
                 RowBlock& out) {
  PANELIST_TWIN(add_product, context, C, to, from, u, out);
}

void multiply(const Context& context, const SparseRows& S, const RowBlock& u, RowBlock& out) {
  PANELIST_TWIN(multiply, context, S, u, out);
}

void solve_factored(const Factored& factor, const RowBlock& r, RowBlock& x, Index first) {
  PANELIST_TWIN(solve_factored, factor, r, x, first);
}

void fold_rows(const Incidence& X, const std::vector<double>& inverse_d, const RowBlock& r, Index first,
               RowBlock& rest) {
  PANELIST_TWIN(fold_rows, X, inverse_d, r, first, rest);
}

void unfold_rows(const Incidence& X, const std::vector<double>& inverse_d, const RowBlock& r, Index first,
                 const RowBlock& solved, RowBlock& z) {
  PANELIST_TWIN(unfold_rows, X, inverse_d, r, first, solved, z);
}

RowBlock transposed_dense_product(const Context& context, const std::vector<double>& F, Index columns,
                                  const RowBlock& u) {
  return PANELIST_TWIN(transposed_dense_product, context, F, columns, u);
}

void subtract_dense_product(const Context& context, const std::vector<double>& F, const RowBlock& rows,
                            RowBlock& out) {
  PANELIST_TWIN(subtract_dense_product, context, F, rows, out);
}

}  // namespace panelist::engine
