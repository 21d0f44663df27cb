// SPDX-License-Identifier: Apache-2.0
// The hat matrix of a least squares fit by clusters (private to the room): what cr2, cr3 and the jackknife need of it.
//
//   W^(1/2) H W^(-1/2) = N + U U',   N the projection on effects nested in the clusters (block diagonal over clusters)
//   U  n x m, orthonormal columns: regressors and effects that cross clusters, both without what N explains
// Scores and residuals have no part in N, so that (I - H_gg)^(-p) of them is (I - U_g U_g')^(-p):
//   v + U_g f(U_g'U_g) U_g'v,   f(l) = ((1-l)^(-p) - 1) / l;   where 1 - l is zero the direction is left out
// In 2SLS the regressors of H are the projected ones, as clubSandwich has it.
// Exact whatever the size of the clusters. Rows are those of a cluster one after another.
// Errors  infer.least_squares_only; infer.one_cluster; infer.crossing_effects: too many levels of effects cross clusters
// Cost    n m^2, and for each cluster the cube of the smaller of m and its rows
// Source  Bell & McCaffrey (2002); Pustejovsky & Tipton (2018), JBES 36(4), for absorbed effects
#pragma once
#include <vector>

#include "infer/vcov.h"

namespace panelist {

// Orthonormal columns, in rows times W^(1/2), of the effects that cross the clusters without what those inside explain.
Matrix crossing_basis(const Context& context, const Fit& fit, const Grouping& cluster);
Vector roots_of_weights(const Fit& fit);

class ClusterHat {
 public:
  ClusterHat(const Context& context, const Fit& fit, const Grouping& cluster);

  [[nodiscard]] Index clusters() const { return static_cast<Index>(starts_.size()) - 1; }
  [[nodiscard]] Index first(Index g) const { return starts_[static_cast<std::size_t>(g)]; }
  [[nodiscard]] Index size(Index g) const { return first(g + 1) - first(g); }
  [[nodiscard]] auto x(Index g) const { return x_.middleRows(first(g), size(g)); }  // W^(1/2) x
  [[nodiscard]] auto u(Index g) const { return u_.segment(first(g), size(g)); }     // W^(1/2) residuals
  [[nodiscard]] auto basis(Index g) const { return basis_.middleRows(first(g), size(g)); }
  // (I - H_gg)^(-power) applied to columns without a part in N; `exact_directions` receives how many are left out.
  [[nodiscard]] Matrix inverse_power(Index g, double power, const Matrix& columns,
                                     Index* exact_directions) const;
  // Values in the order of the clusters, back in the order of the fit and without W^(1/2).
  [[nodiscard]] Vector in_rows(const Vector& values) const;

 private:
  std::vector<Index> starts_, order_;
  Matrix x_, basis_;
  Vector u_, root_;  // root_: square roots of the weights, in order
};
// Named numbers of how evenly clusters speak: `effective_clusters`, the smallest over the slopes of G / (1 + cv^2) with cv
// the coefficient of variation of x_g (X'WX)^-1 c squared (Carter, Schnepel & Steigerwald 2017, REStat 99(4), no
// correlation within), and `largest_leverage_share`, the share of one cluster in the sum of tr(H_gg) less effects inside.
std::vector<std::pair<std::string, double>> evenness(const ClusterHat& hat, const Fit& fit);

}  // namespace panelist
