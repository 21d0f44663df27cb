// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "infer/vcov/degrees.h"
#include "infer/vcov/kinds.h"
#include "infer/vcov/scores.h"

namespace panelist {
bool clip_negative_eigenvalues(Matrix& V) {
  if (V.size() == 0) return false;
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(V);
  const Vector& values = eigen.eigenvalues();
  if (values(0) >= -1e-12 * values.cwiseAbs().maxCoeff()) return false;
  const Matrix& vectors = eigen.eigenvectors();
  const Matrix clipped = vectors * values.cwiseMax(0.0).asDiagonal() * vectors.transpose();
  V = 0.5 * (clipped + clipped.transpose());
  return true;
}

void require_two_clusters(const Clusters& clusters) {
  for (const Grouping* cluster : clusters)
    if (cluster->size() < 2)
      throw Error("infer.one_cluster",
                  fmt::format("all rows used lie in one cluster of `{}`: standard errors clustered by it "
                              "do not exist",
                              cluster->name),
                  "cluster by a column with many groups, or take another vcov such as hc1",
                  "column " + cluster->name);
}

namespace {

std::string cluster_note(const Clusters& clusters) {
  std::vector<std::string> names, counts;
  for (const Grouping* cluster : clusters) {
    names.push_back(cluster->name);
    counts.push_back(std::to_string(cluster->size()));
  }
  return fmt::format("Standard errors clustered by {} ({} clusters) in parentheses", join(names, " and "),
                     join(counts, " and "));
}

double parameter_factor(const Fit& fit, const SmallSample& rules, double k) {
  return rules.k == SmallSample::Parameters::none ? 1 : (fit.n - 1) / (fit.n - k);
}

}  // namespace

std::vector<const Grouping*> cluster_groups(const Fit& fit, const VcovSpec& spec) {
  std::vector<const Grouping*> groups;
  for (const std::string& name : spec.columns) {
    const auto& known = fit.frame->clusters;
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const Grouping& group) { return group.name == name; });
    if (found == known.end())
      throw Error("infer.unknown_cluster",
                  fmt::format("the model was built without the clusters of `{}`", name),
                  "name the clustering columns when the model is built", "column " + name);
    groups.push_back(&*found);
  }
  return groups;
}

Matrix cluster_meat(const Matrix& scores, const Grouping& group) {
  return meat_of_groups(Context{}, {scores, {}}, group.level, group.size());
}

Matrix clustered_meat(const Context& context, const Matrix& scores, const Fit& fit, const VcovSpec& spec) {
  return inclusion_exclusion(context, {scores, {}}, cluster_groups(fit, spec), false);
}

Vcov cluster_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules) {
  const Clusters clusters = cluster_groups(fit, spec);
  require_two_clusters(clusters);
  Vcov vcov;
  for (const Grouping* cluster : clusters) vcov.n_clusters.push_back(cluster->size());
  vcov.k = counted_parameters(fit, clusters, rules);
  vcov.df = reference_degrees(fit, clusters, rules, vcov.k);
  const bool several = clusters.size() > 1;
  const bool own_factor = several && rules.g == SmallSample::Groups::conventional;
  vcov.factor = parameter_factor(fit, rules, vcov.k);
  if (!own_factor && rules.g != SmallSample::Groups::none)
    vcov.factor *= smallest_groups(clusters) / (smallest_groups(clusters) - 1);
  const Matrix own = has_free_dispersion(fit) ? scores_of(fit) : Matrix();
  const ScoreView scores = own.size() > 0 ? ScoreView{own, {}} : scores_in_place(fit);
  vcov.matrix = sandwich(fit.bread, inclusion_exclusion(context, scores, clusters, own_factor), vcov.factor);
  vcov.clipped = several && clip_negative_eigenvalues(vcov.matrix);
  vcov.note = cluster_note(clusters);
  return vcov;
}

}  // namespace panelist
