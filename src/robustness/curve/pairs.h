// SPDX-License-Identifier: Apache-2.0
// Products of the coordinates of each row, q_ij q_ik, and the meat of these products under a vcov: of any z_i u_i with
// z = Q c, u = Q d + s q_e the meat is g'H g, g its coefficients in the products.
#pragma once
#include "estimate/together.h"
#include "infer/vcov.h"
#include "robustness/curve/basis.h"

namespace panelist {

class Pairs {
 public:
  // `sample`: the rows, weights and groups of all regressions.
  Pairs(const Basis& basis, const Fit& sample) : basis_(basis), sample_(sample) {}

  [[nodiscard]] Index coordinates() const { return basis_.Q.cols(); }
  // Of two coordinates, then of each coordinate with each outcome's remainder.
  [[nodiscard]] Index count() const { return own_count() + coordinates() * basis_.remainders.cols(); }
  // Positions of the products that regressions of one outcome need: in the order of `coefficients`.
  [[nodiscard]] std::vector<Index> of_outcome(Index outcome) const;
  // g for z = Q c, u = Q d + s q_e.
  void coefficients(const Vector& c, const Vector& d, double s, Eigen::Ref<Vector> g) const;
  // H of all products; empty where the vcov has no meat of scores alone, or the products of all rows would be too many.
  [[nodiscard]] Matrix meat(const Context& context, const VcovSpec& vcov) const;

 private:
  [[nodiscard]] Index own_count() const { return coordinates() * (coordinates() + 1) / 2; }
  // The two columns of a product.
  [[nodiscard]] std::pair<const double*, const double*> factors(Index pair) const;
  [[nodiscard]] Matrix scores(const Context& context, Index first, Index rows) const;
  [[nodiscard]] Matrix meat_by_rows(const Context& context) const;
  [[nodiscard]] Matrix meat_by_groups(const Context& context, const Grouping& group) const;

  const Basis& basis_;
  const Fit& sample_;
};

// Vcovs whose variance is factor * bread * meat(scores) * bread, or that of equal variances.
bool is_of_scores_alone(const VcovSpec& vcov);
// Their covariance may have negative eigenvalues, which `covariance` takes away.
bool may_be_clipped(const VcovSpec& vcov);

}  // namespace panelist
