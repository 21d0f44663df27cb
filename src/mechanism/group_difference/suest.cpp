// SPDX-License-Identifier: Apache-2.0
#include <Eigen/Eigenvalues>
#include <numeric>
#include <set>

#include "mechanism/group_difference/stacked_frame.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/joint/influence.h"

namespace panelist {
namespace {

// Distinct values among the rows that count.
template <typename Values>
double distinct(const Values& values, const std::vector<bool>& counts) {
  std::set<typename Values::value_type> seen;
  for (std::size_t row = 0; row < values.size(); ++row)
    if (counts[row]) seen.insert(values[row]);
  return static_cast<double>(seen.size());
}

// G/(G - 1) with the fewest clusters, T/(T - 1) under dk, n/(n - 1) otherwise, on the rows of some groups.
double small_sample_factor(const ModelFrame& stacked, const VcovSpec& vcov, const std::vector<bool>& counts,
                           double n) {
  double units = n;
  for (const std::string& name : vcov.columns)
    for (const Grouping& cluster : stacked.clusters)
      if (cluster.name == name) units = std::min(units, distinct(cluster.level, counts));
  if (vcov.kind == "dk") units = distinct(stacked.time, counts);
  return units / (units - 1);
}

// Kinds that make residuals larger bring their own scores and factor.
bool adjusts_residuals(const Vcov& vcov) {
  return vcov.leverage != nullptr || vcov.adjusted_residuals != nullptr;
}

Vector own_influence(const Estimation& estimation, const std::string& term) {
  const Fit& fit = *estimation.fit;
  const Index place = position_of(fit, term);
  const Vcov& vcov = estimation.vcov;
  if (!adjusts_residuals(vcov)) return influence(fit, place);
  Vector own;
  if (vcov.adjusted_residuals != nullptr) {
    own = (fit.x * fit.bread.col(place)).cwiseProduct(*vcov.adjusted_residuals);
    if (fit.weights.size() > 0) own.array() *= fit.weights.array();
  } else {
    own = influence(fit, place);
    own.array() *= vcov.leverage->multiplier.array().sqrt();
  }
  return std::sqrt(vcov.factor) * own;
}

// Column g holds what each row of group g adds to its coefficient.
Matrix influences(const std::vector<GroupEstimate>& groups, const std::string& term) {
  Index n = 0;
  for (const GroupEstimate& group : groups) n += group.estimation.fit->residuals.size();
  Matrix columns = Matrix::Zero(n, static_cast<Index>(groups.size()));
  Index row = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const Vector own = own_influence(groups[g].estimation, term);
    columns.col(static_cast<Index>(g)).segment(row, own.size()) = own;
    row += own.size();
  }
  return columns;
}

// Several ways of clustering and places within a distance may leave negative eigenvalues.
void clip(const Comparison& comparison, Matrix& covariance) {
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(covariance);
  const Vector& values = eigen.eigenvalues();
  if (!covariance.allFinite() || values(0) >= -1e-12 * values.cwiseAbs().maxCoeff()) return;
  const Matrix& vectors = eigen.eigenvectors();
  covariance = vectors * values.cwiseMax(0.0).asDiagonal() * vectors.transpose();
  comparison.notes.warning(
      "infer.clipped",
      "the stacked covariance of the groups' coefficients was not positive semidefinite: "
      "negative eigenvalues were set to zero");
}

// A group without a standard error of its own (its scores cancel) has none here.
void clear_rounded(const std::vector<GroupEstimate>& groups, Matrix& covariance) {
  for (std::size_t g = 0; g < groups.size(); ++g) {
    if (groups[g].coefficient.std_error > 0) continue;
    covariance.row(static_cast<Index>(g)).setZero();
    covariance.col(static_cast<Index>(g)).setZero();
  }
}

// Of the groups listed, which stand one below the other in the stacked rows.
double factor_of(const std::vector<GroupEstimate>& groups, const ModelFrame& stacked, const VcovSpec& vcov,
                 const std::vector<std::size_t>& listed) {
  if (adjusts_residuals(groups.front().estimation.vcov)) return 1;
  std::vector<bool> counts;
  double n = 0;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const bool listed_here = std::find(listed.begin(), listed.end(), g) != listed.end();
    counts.insert(counts.end(), static_cast<std::size_t>(groups[g].estimation.fit->residuals.size()),
                  listed_here);
    if (listed_here) n += groups[g].n;
  }
  return small_sample_factor(stacked, vcov, counts, n);
}

}  // namespace

DifferenceTests suest_tests(Comparison& comparison) {
  const std::vector<GroupEstimate>& groups = comparison.groups();
  const VcovSpec& vcov = comparison.spec.model.vcov;
  Fit stacked;
  stacked.frame = std::make_shared<const ModelFrame>(stacked_rows(groups));
  stacked.weights = stacked.frame->weights;
  for (const GroupEstimate& group : groups) stacked.n += group.n;
  JointCovariance covariance;
  covariance.matrix = joint_meat(comparison.context, influences(groups, comparison.spec.term), stacked, vcov);
  clip(comparison, covariance.matrix);
  clear_rounded(groups, covariance.matrix);
  for (const GroupPair& pair : comparison.result.pairs)
    covariance.pair_factors.push_back(factor_of(groups, *stacked.frame, vcov, {pair.first, pair.second}));
  std::vector<std::size_t> all(groups.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  covariance.joint_factor = factor_of(groups, *stacked.frame, vcov, all);
  return tests_of(comparison, "suest", covariance, Form::chi2);
}

}  // namespace panelist
