// SPDX-License-Identifier: Apache-2.0
// Scores w_i u_i x_i as a product of two things that lie in memory anyway: no n x k copy is made of them.
#pragma once
#include "base/context.h"
#include "infer/vcov/degrees.h"
#include "linalg/levels.h"
#include "linalg/shared.h"

namespace panelist {

struct ScoreView {
  MatrixView x;             // n x m
  SharedVector multiplier;  // n, or empty: one
};
// Looks at the fit, which must outlive it.
ScoreView scores_in_place(const Fit& fit);

// sum_g s_g s_g' over groups g of the rows, s_g = sum of the scores in g. Sorted ids: blocks of whole groups; others:
// one thread a column. Equal for any thread count.
Matrix meat_of_groups(const Context& context, const ScoreView& scores, const Levels& level, Level groups);
// Over the non-empty subsets of the clustering variables, sign + for odd sizes; `own_factor` puts G_S/(G_S - 1) on
// each term.
Matrix inclusion_exclusion(const Context& context, const ScoreView& scores, const Clusters& clusters,
                           bool own_factor);

// G_S/(G_S - 1) of each of these terms, as numbers to print.
std::vector<CountedFactor> factors_of_subsets(const Clusters& clusters);

}  // namespace panelist
