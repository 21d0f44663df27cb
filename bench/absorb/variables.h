// SPDX-License-Identifier: Apache-2.0
// Outcome and regressors on a graph. Every column is rounded to six decimals, so that a csv holds the same numbers.
//
//   plain          x_j = N;  y = a_i + p_f + t_k + sum x_j / j + N
//   mobility       x_j = 0.3 a_i + 0.3 p_f + sin(f / 50j) + N;  y = a_i + p_f + 0.1 k + sum x_j / j + N
//   trigonometric  x_1 = 5 cos i + 5 sin f + 5 sin k + U, x_2 = cos i + sin f + sin k + N, x_j = cos ji + sin f/j + N;
//                  y = 3 x_1 + 5 x_2 + sum_(j > 2) x_j / j + cos i + cos^2 f + sin k + N
// i, f, k are the ids of unit, firm and third effect; a, p, t standard normal by level (a with a part common to the
// region). All ten regressors enter y, however many are asked for.
#pragma once
#include "designs.h"
#include "table/table.h"

namespace panelist::bench {

inline constexpr int most_regressors = 10;

struct Dataset {
  const Design* design = nullptr;
  Graph graph;
  std::vector<double> y;
  std::vector<std::vector<double>> x;  // as many as asked for
};

Dataset draw(const Context& context, const Design& design, Level rows, int regressors);

// y, x1 .. xK, unit, firm and the third effect as a parsed file would hold them.
Table table_of(const Dataset& data);
// With z1, z2, w and yiv, an endogenous regressor with two instruments: as wide as a real file.
Table wide_table_of(const Context& context, const Dataset& data);

}  // namespace panelist::bench
