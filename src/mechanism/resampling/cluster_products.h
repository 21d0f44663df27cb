// SPDX-License-Identifier: Apache-2.0
// Least squares on resampled clusters without going back to the rows.
//
// Effects nested in the clusters are partialled out once (a drawn copy of a cluster has levels of its own, so the
// residual does not change); the other effects become dummies, partialled out with the rest. With
//   C_g = sum_{i in g} w_i z_i z_i'       z = (dummies, columns)
// any resample that takes cluster g n_g times has the cross products sum_g n_g C_g.
// Cost  per resample clusters p(p+1)/2 + d p^2 + (p-d)^3/2, p columns and d dummies together.
#pragma once
#include "absorb/absorber.h"
#include "mechanism/resampling/cluster_plan.h"

namespace panelist {

// Gauss-Jordan elimination of cross products in a given order, with a rank check at each pivot.
class Elimination {
 public:
  // `norms`: the diagonal before anything was taken out.
  Elimination(Matrix products, Vector norms);
  // Takes column k into the regressors; false when the earlier ones leave nothing of it.
  bool take(Index k);
  // Coefficient of regressor k in the regression of column j on all taken so far.
  [[nodiscard]] double coefficient(Index k, Index j) const { return products_(k, j); }

 private:
  Matrix products_;
  Vector norms_;
  std::vector<char> taken_;
};

class ClusterProducts {
 public:
  // Nothing when it does not apply: slopes on an effect that crosses clusters, or too many dummies.
  static std::optional<ClusterProducts> make(const Context& context, const ModelFrame& frame,
                                             const ClusterPlan& plan, const Matrix& columns);
  // The elimination of the columns, dummies taken out; counts: how often each cluster is drawn.
  [[nodiscard]] Elimination eliminate(const std::vector<int>& counts) const;
  // Position of column j of `columns` in the elimination.
  [[nodiscard]] static Index position(Index j) { return j; }
  // Turns a coefficient of the scaled columns into one of the columns given.
  [[nodiscard]] double unscaled(double coefficient, Index regressor, Index outcome) const {
    return coefficient * scale_(outcome) / scale_(regressor);
  }

 private:
  Matrix packed_;  // p(p+1)/2 x clusters
  Vector scale_;   // of the columns
  Index dummies_ = 0, p_ = 0;
};

}  // namespace panelist
