// SPDX-License-Identifier: Apache-2.0
// A regression by clusters (private to the room): columns whose cross products of single clusters can be left out.
//
// P = [x, M D]: the regressors of the fit, and where dummies are asked for those of effects that cross the clusters, M
// the projection off the effects that are nested in them. A cluster that is left out takes its nested levels with it,
// so sums of P'WP over clusters are those of the fit without it. x'W M D = 0: the bread is block diagonal.
#pragma once
#include "infer/inference.h"

namespace panelist {

// Effects of the fit with a level in several clusters.
std::vector<const FrameEffect*> crossing_effects(const Fit& fit, const Grouping& cluster);

struct ClusterDesign {
  const Fit* fit = nullptr;
  const Grouping* cluster = nullptr;
  SharedMatrix columns;  // n x p, the k regressors first
  Matrix products;       // p x p: P'WP
  Matrix bread;          // p x p, its (generalised) inverse

  [[nodiscard]] Index p() const { return columns.cols(); }
  [[nodiscard]] Level clusters() const { return cluster->size(); }
  // A vector for the k regressors as one for the p columns.
  [[nodiscard]] Matrix widened(const Matrix& restrictions) const;
};
ClusterDesign plain_design(const Fit& fit, const Grouping& cluster);
// Throws infer.crossing_effects when there are more than 300 dummies.
ClusterDesign design_with_dummies(const Context& context, const Fit& fit, const Grouping& cluster);

// P_c'W P_c of each cluster.
std::vector<Matrix> cluster_products(const Context& context, const ClusterDesign& design);
// p x groups: sum over each group of w P u.
Matrix score_sums(const Context& context, const ClusterDesign& design, const VectorView& u,
                  const Grouping& group);
// Generalised inverse of a positive semidefinite matrix whose columns may have any units.
Matrix scaled_inverse(const Matrix& products);

}  // namespace panelist
