// SPDX-License-Identifier: Apache-2.0
// cr3 and jackknife: how far the coefficients move when a cluster is left out, effects and all.
//
//   b_(-g) - b = - (X'WX)^-1 X_g' W (I - H_gg)^-1 u_g;   V = (G-1)/G sum_g (b_(-g) - m)(b_(-g) - m)'
//   m = b (cr3), or the mean of the b_(-g) (jackknife)
#include <fmt/format.h>

#include "infer/vcov/cluster_hat.h"
#include "infer/vcov/degrees.h"
#include "infer/vcov/kinds.h"

namespace panelist {
namespace {

void refuse_instruments(const Fit& fit) {
  if (fit.iv == nullptr) return;
  throw Error(
      "infer.least_squares_only",
      "cr3 and the jackknife leave clusters out of a regression by its leverages, which 2SLS does not have",
      "write cr2(a) or cluster(a)");
}

}  // namespace

Vcov jackknife_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules) {
  const Clusters clusters = cluster_groups(fit, spec);
  require_two_clusters(clusters);
  refuse_instruments(fit);
  const ClusterHat hat(context, fit, *clusters.front());
  const auto G = static_cast<double>(hat.clusters());
  Matrix moves(hat.clusters(), fit.k());
  Vector residuals(fit.residuals.size());
  Index exact_clusters = 0;
  for (Index g = 0; g < hat.clusters(); ++g) {
    Index exact = 0;
    const Matrix left_out = hat.inverse_power(g, 1, hat.u(g), &exact);
    residuals.segment(hat.first(g), hat.size(g)) = left_out;
    moves.row(g) = (fit.bread * (hat.x(g).transpose() * left_out)).transpose();
    if (exact > 0) ++exact_clusters;
  }
  const bool around_mean = spec.kind == "jackknife";
  if (around_mean) moves.rowwise() -= moves.colwise().mean().eval();
  Vcov vcov;
  vcov.n_clusters = {G};
  vcov.k = counted_parameters(fit, clusters, rules);
  vcov.df = rules.df == SmallSample::Reference::normal ? std::numeric_limits<double>::infinity() : G - 1;
  vcov.factor = (G - 1) / G;
  vcov.matrix = vcov.factor * (moves.transpose() * moves);
  vcov.adjusted_residuals = std::make_shared<const Vector>(hat.in_rows(residuals));
  vcov.details = evenness(hat, fit);
  warn_of_exact_clusters(vcov, exact_clusters, spec.columns.front());
  vcov.note = fmt::format("Standard errors clustered by {} ({} clusters, {}) in parentheses",
                          spec.columns.front(), G, around_mean ? "jackknife" : "CR3");
  return vcov;
}

}  // namespace panelist
