// SPDX-License-Identifier: Apache-2.0
// The graph that two levels of an iterated factor form where they meet at a level of e, whose slopes are taken out too.
//
//   S_ij = sum_e [ delta_ij n_i - sum_c T_ci T_cj / d_c ],   T = D_e'W D_q at that level;   edge of weight -S_ij where S_ij < 0
//
// Rows of S add up to zero, because e holds the constant of each of its levels. The Laplacian L of the edges is at least
// S: where S_ij > 0, L leaves it out. Levels of e that meet many of the factor are taken as if they had no slopes.
#pragma once
#include "absorb/engine/approximate_cholesky.h"
#include "absorb/engine/sloped_cells.h"

namespace panelist::engine {

// Pairs of levels of a part that meet: what intercept_edges() touches.
double pairs_of(const SlopedCells& cells);
// Edges between the levels of part q, numbered as its levels.
std::vector<Edge> intercept_edges(const SlopedCells& cells, std::size_t q);

}  // namespace panelist::engine
