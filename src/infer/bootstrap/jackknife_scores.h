// SPDX-License-Identifier: Apache-2.0
// Scores of clusters from fits that leave the cluster out (private to the room).
//
//   S'_g = P_g'W (y_g - P_g b_(g)) = S_g + A_g N (N'(A - A_g) N)^- N' S_g
// N spans the directions that the restrictions leave free (all when there are none), S_g are sums of the residuals of
// the fit that obeys them. Linear in S.
#pragma once
#include "infer/bootstrap/cluster_design.h"

namespace panelist {

// `restrictions` q x p or empty; `sums` p x G.
Matrix jackknifed_scores(const Context& context, const ClusterDesign& design,
                         const std::vector<Matrix>& products, const Matrix& restrictions, const Matrix& sums);

}  // namespace panelist
