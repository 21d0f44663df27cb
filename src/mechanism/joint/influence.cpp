// SPDX-License-Identifier: Apache-2.0
#include "mechanism/joint/influence.h"

namespace panelist {
namespace {

// Weighted residuals and regressors: the sums behind iid covariances.
double iid_cross(const Fit& first, Index i, const Fit& second, Index j) {
  const Vector weights = first.weights.size() > 0 ? first.weights : Vector::Ones(first.residuals.size());
  const double sigma = first.residuals.dot(weights.cwiseProduct(second.residuals)) /
                       std::sqrt(first.df_residual() * second.df_residual());
  const Vector left = first.x * first.bread.col(i);
  const Vector right = second.x * second.bread.col(j);
  return sigma * left.dot(weights.cwiseProduct(right));
}

// hc2 to hc4 make residuals larger where the leverage is high.
Vector leveraged_influence(const Estimation& estimation, Index term) {
  Vector own = influence(*estimation.fit, term);
  if (estimation.vcov.leverage != nullptr) own.array() *= estimation.vcov.leverage->multiplier.array().sqrt();
  return own;
}

}  // namespace

Index position_of(const Fit& fit, const std::string& term) {
  const auto found = std::find(fit.names.begin(), fit.names.end(), term);
  return found == fit.names.end() ? -1 : static_cast<Index>(found - fit.names.begin());
}

Vector influence(const Fit& fit, Index term) { return scores_of(fit) * fit.bread.col(term); }

Matrix joint_meat(const Context& context, const Matrix& columns, const Fit& fit, const VcovSpec& spec) {
  const VcovKind* kind = find_vcov_kind(spec.kind);
  if (kind == nullptr || kind->meat == nullptr) kind = find_vcov_kind("hc1");
  return kind->meat(context, columns, fit, spec);
}

double cross_covariance(const Context& context, const Estimation& first, Index i, const Estimation& second,
                        Index j) {
  if (first.vcov.kind == "iid") return iid_cross(*first.fit, i, *second.fit, j);
  Matrix columns(first.fit->residuals.size(), 2);
  columns << leveraged_influence(first, i), leveraged_influence(second, j);
  const double meat = joint_meat(context, columns, *first.fit, first.vcov_spec)(0, 1);
  return std::sqrt(first.vcov.factor * second.vcov.factor) * meat;
}

}  // namespace panelist
