// SPDX-License-Identifier: Apache-2.0
#include "mechanism/gelbach/stacking.h"

#include "mechanism/joint/influence.h"

namespace panelist {
namespace {

Vector weights_of(const Fit& fit) {
  return fit.weights.size() > 0 ? fit.weights : Vector::Ones(fit.residuals.size());
}

// The auxiliary equations of all covariates, group after group.
struct Auxiliary {
  std::vector<Index> places;  // in the full model
  Matrix residuals;           // e, n x K
  Vector gamma, b;            // K
  Matrix member;              // K x groups, one where the covariate is of the group
  Vector p;                   // n
};

Auxiliary auxiliary_equations(const GelbachEquations& equations, Index x) {
  const Fit &full = *equations.full.fit, &shorter = *equations.shorter.fit;
  Auxiliary auxiliary;
  for (const std::vector<Index>& group : equations.channels)
    auxiliary.places.insert(auxiliary.places.end(), group.begin(), group.end());
  const Index all = static_cast<Index>(auxiliary.places.size());
  Matrix columns(full.x.rows(), all);
  auxiliary.b.resize(all);
  for (Index k = 0; k < all; ++k) {
    const Index place = auxiliary.places[static_cast<std::size_t>(k)];
    columns.col(k) = full.x.col(place);
    auxiliary.b(k) = full.coefficients(place);
  }
  const Matrix slopes = shorter.bread * (shorter.x.transpose() * weights_of(full).asDiagonal() * columns);
  auxiliary.gamma = slopes.row(x).transpose();
  auxiliary.residuals = columns - shorter.x * slopes;
  auxiliary.p = shorter.x * shorter.bread.col(x);
  auxiliary.member = Matrix::Zero(all, static_cast<Index>(equations.channels.size()));
  Index k = 0;
  for (std::size_t g = 0; g < equations.channels.size(); ++g)
    for (std::size_t j = 0; j < equations.channels[g].size(); ++j)
      auxiliary.member(k++, static_cast<Index>(g)) = 1;
  return auxiliary;
}

// Gamma in rows of covariates and columns of groups: parts = on_b' b.
Matrix gamma_by_group(const Auxiliary& auxiliary) { return auxiliary.gamma.asDiagonal() * auxiliary.member; }

Matrix from_full_model(const GelbachEquations& equations, const Auxiliary& auxiliary) {
  const Matrix own = equations.full.vcov.matrix(auxiliary.places, auxiliary.places);
  const Matrix gamma = gamma_by_group(auxiliary);
  return gamma.transpose() * own * gamma;
}

Matrix iid_of_auxiliary(const GelbachEquations& equations, const Auxiliary& auxiliary) {
  const Fit& shorter = *equations.shorter.fit;
  const Vector weights = weights_of(shorter);
  const Matrix moved = auxiliary.residuals * (auxiliary.b.asDiagonal() * auxiliary.member);
  const double spread = auxiliary.p.dot(weights.cwiseProduct(auxiliary.p)) / shorter.df_residual();
  return spread * (moved.transpose() * weights.asDiagonal() * moved);
}

// Residuals of the full model as they stand in its scores.
Vector score_residuals(const Estimation& full) {
  if (full.vcov.adjusted_residuals != nullptr) return *full.vcov.adjusted_residuals;
  Vector residuals = residuals_in_scores(*full.fit);
  if (full.vcov.leverage != nullptr) residuals.array() *= full.vcov.leverage->multiplier.array().sqrt();
  return residuals;
}

// What rows add to the parts through b (first half) and through Gamma (second half).
Matrix influences(const GelbachEquations& equations, const Auxiliary& auxiliary) {
  const Fit& full = *equations.full.fit;
  const Index groups = auxiliary.member.cols();
  const Matrix bread = full.bread(Eigen::all, auxiliary.places);
  const Vector weights = weights_of(full);
  const Vector u = weights.cwiseProduct(score_residuals(equations.full));
  Matrix columns(full.x.rows(), 2 * groups);
  columns.leftCols(groups) = u.asDiagonal() * (full.x * (bread * gamma_by_group(auxiliary)));
  columns.rightCols(groups) = weights.cwiseProduct(auxiliary.p).asDiagonal() *
                              (auxiliary.residuals * (auxiliary.b.asDiagonal() * auxiliary.member));
  return columns;
}

double periods_of(const Vcov& vcov) {
  for (const auto& [name, value] : vcov.details)
    if (name == "periods") return value;
  return missing_value;
}

// Of stacked equations no parameters are counted: G/(G - 1), n/(n - 1), T/(T - 1).
double stacking_factor(const Estimation& full) {
  const bool none = full.vcov.kind == "hc0" || full.small_sample.k == SmallSample::Parameters::none;
  if (none) return 1;
  double units = full.fit->n;
  for (const double clusters : full.vcov.n_clusters) units = std::min(units, clusters);
  if (full.vcov.kind == "dk") units = periods_of(full.vcov);
  return units / (units - 1);
}

Matrix stacked_covariance(const Context& context, const GelbachEquations& equations,
                          const Auxiliary& auxiliary) {
  const Matrix own = from_full_model(equations, auxiliary);
  if (equations.full.vcov.kind == "iid") return own + iid_of_auxiliary(equations, auxiliary);
  const Index groups = auxiliary.member.cols();
  const Matrix meat =
      joint_meat(context, influences(equations, auxiliary), *equations.full.fit, equations.full.vcov_spec);
  const Matrix crossed = meat.topRightCorner(groups, groups);
  return own + stacking_factor(equations.full) *
                   (meat.bottomRightCorner(groups, groups) + crossed + crossed.transpose());
}

}  // namespace

StackedParts stacked_parts(const Context& context, const GelbachEquations& equations, const std::string& x) {
  const Auxiliary auxiliary = auxiliary_equations(equations, position_of(*equations.shorter.fit, x));
  StackedParts stacked;
  stacked.parts = gamma_by_group(auxiliary).transpose() * auxiliary.b;
  stacked.covariance = stacked_covariance(context, equations, auxiliary);
  Index k = 0;
  for (const std::vector<Index>& group : equations.channels) {
    stacked.channels.emplace_back();
    for (const Index place : group) {
      const std::string& term = equations.full.fit->names[static_cast<std::size_t>(place)];
      stacked.channels.back().push_back({term, auxiliary.gamma(k), auxiliary.b(k)});
      ++k;
    }
  }
  return stacked;
}

}  // namespace panelist
