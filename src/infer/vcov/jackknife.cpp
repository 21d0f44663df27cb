// SPDX-License-Identifier: Apache-2.0
// cr3 and jackknife: how far the coefficients move when a cluster is left out, effects and all (left_out.h).
//
//   V = (G-1)/G sum_g (b_(-g) - m)(b_(-g) - m)';   m = b (cr3), or the mean of the b_(-g) (jackknife)
#include <fmt/format.h>

#include "infer/vcov/degrees.h"
#include "infer/vcov/kinds.h"
#include "infer/vcov/left_out.h"

namespace panelist {

Vcov jackknife_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules) {
  const Clusters clusters = cluster_groups(fit, spec);
  require_two_clusters(clusters);
  const ClusterHat hat(context, fit, *clusters.front());
  const bool least_squares = fit.iv == nullptr;
  const LeftOut left_out = least_squares ? left_out_of_least_squares(fit, hat)
                                         : left_out_of_two_stage(context, fit, *clusters.front());
  const auto G = static_cast<double>(hat.clusters());
  Matrix moves = left_out.moves;
  const bool around_mean = spec.kind == "jackknife";
  if (around_mean) moves.rowwise() -= moves.colwise().mean().eval();
  Vcov vcov;
  vcov.n_clusters = {G};
  vcov.k = counted_parameters(fit, clusters, rules);
  vcov.df = rules.df == SmallSample::Reference::normal ? std::numeric_limits<double>::infinity() : G - 1;
  vcov.factor = (G - 1) / G;
  vcov.matrix = vcov.factor * (moves.transpose() * moves);
  if (least_squares)
    vcov.adjusted_residuals = std::make_shared<const Vector>(hat.in_rows(left_out.residuals));
  vcov.details = evenness(hat, fit);
  warn_of_exact_clusters(vcov, left_out.exact_clusters, spec.columns.front());
  vcov.note = fmt::format("Standard errors clustered by {} ({} clusters, {}) in parentheses",
                          spec.columns.front(), G, around_mean ? "jackknife" : "CR3");
  return vcov;
}

}  // namespace panelist
