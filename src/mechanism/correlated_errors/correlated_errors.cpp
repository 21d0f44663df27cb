// SPDX-License-Identifier: Apache-2.0
#include "mechanism/correlated_errors.h"

#include "base/distribution.h"
#include "mechanism/joint/influence.h"

namespace panelist {
namespace {

constexpr int steps_each_side = 19;  // of a twentieth

void refuse_other_methods(const Mediation& mediation) {
  const Fit& fit = *mediation.outcome_model.fit;
  if (fit.method == "ols" && fit.iv == nullptr) return;
  throw Error("mechanism.least_squares_only",
              "the sensitivity to correlated errors is of least squares, not of `" + fit.method + "`",
              "it reads the residuals of linear equations without instruments");
}

Vector weights_of(const Fit& fit) {
  return fit.weights.size() > 0 ? fit.weights : Vector::Ones(fit.residuals.size());
}

// a, b, s and their covariance.
struct PathMoments {
  double a, b, s;
  Matrix covariance;
};

// What rows add to s: s/2 (w e_Y^2/RSS_Y - w e_M^2/RSS_M).
Vector influence_of_ratio(const Fit& outcome, const Vector& mediator_errors, double s) {
  const Vector weights = weights_of(outcome);
  const Vector own = weights.cwiseProduct(outcome.residuals.cwiseAbs2());
  const Vector other = weights.cwiseProduct(mediator_errors.cwiseAbs2());
  return 0.5 * s * (own / own.sum() - other / other.sum());
}

Vector scaled_influence(const Estimation& model, Index term) {
  return std::sqrt(model.vcov.factor) * influence(*model.fit, term);
}

Matrix own_covariance(const Context& context, const Estimation& mediator, Index x, const Estimation& outcome,
                      Index m) {
  Matrix covariance = Matrix::Zero(3, 3);
  covariance(0, 0) = mediator.vcov.matrix(x, x);
  covariance(1, 1) = outcome.vcov.matrix(m, m);
  covariance(0, 1) = covariance(1, 0) = cross_covariance(context, mediator, x, outcome, m);
  return covariance;
}

void add_ratio(const Context& context, const Estimation& mediator, Index x, const Estimation& outcome,
               Index m, const Vector& ratio_influence, Matrix& covariance) {
  Matrix columns(ratio_influence.size(), 3);
  columns << scaled_influence(mediator, x), scaled_influence(outcome, m),
      std::sqrt(outcome.vcov.factor) * ratio_influence;
  const Matrix meat = joint_meat(context, columns, *outcome.fit, outcome.vcov_spec);
  covariance.col(2) = meat.col(2);
  covariance.row(2) = meat.row(2);
}

// The error of M given everything else in the equation of Y, by its column of the bread.
Vector mediator_errors(const Fit& outcome, Index m) {
  return outcome.x * outcome.bread.col(m) / outcome.bread(m, m);
}

PathMoments moments_of(const Context& context, const Mediation& mediation, std::size_t path) {
  const Estimation &mediator = mediation.mediator_models[path], &outcome = mediation.outcome_model;
  const Index x = position_of(*mediator.fit, mediation.total_effect.term);
  const Index m = position_of(*outcome.fit, mediation.paths[path].mediator);
  PathMoments moments{mediation.paths[path].a.estimate, mediation.paths[path].b.estimate, 0, {}};
  const Fit& fit = *outcome.fit;
  const double rss = fit.residuals.dot(weights_of(fit).cwiseProduct(fit.residuals));
  moments.s = std::sqrt(rss * fit.bread(m, m));
  moments.covariance = own_covariance(context, mediator, x, outcome, m);
  if (outcome.vcov.kind == "iid")
    moments.covariance(2, 2) = moments.s * moments.s / fit.n;
  else
    add_ratio(context, mediator, x, outcome, m, influence_of_ratio(fit, mediator_errors(fit, m), moments.s),
              moments.covariance);
  return moments;
}

IndirectAt indirect_at(double rho, const PathMoments& moments, double level) {
  const double bent = rho / std::sqrt(1 - rho * rho);
  const double b = moments.b - bent * moments.s;
  Vector gradient(3);
  gradient << b, moments.a, -moments.a * bent;
  const double variance = gradient.dot(moments.covariance * gradient);
  const double se = variance > 0 ? std::sqrt(variance) : missing_value;
  const double margin = normal_quantile(0.5 + level / 2) * se, estimate = moments.a * b;
  return {rho, estimate, se, estimate - margin, estimate + margin};
}

// Share of the variance that is left, within under effects.
double left_of_mediator(const Mediation& mediation, std::size_t path, Index m) {
  const Fit& equation = *mediation.mediator_models[path].fit;
  const bool within = equation.absorber != nullptr;
  return 1 / (mediation.outcome_model.fit->bread(m, m) * (within ? equation.tss_within : equation.tss));
}

double left_of_outcome(const Fit& fit) {
  return fit.rss / (fit.absorber != nullptr ? fit.tss_within : fit.tss);
}

double largest_significant(const std::vector<IndirectAt>& curve) {
  const auto excludes_zero = [&](int step) {
    const IndirectAt& at = curve[static_cast<std::size_t>(steps_each_side + step)];
    return at.low > 0 || at.high < 0;
  };
  if (!excludes_zero(0)) return 0;
  int step = 0;
  while (step < steps_each_side && excludes_zero(step + 1) && excludes_zero(-step - 1)) ++step;
  return step / 20.0;
}

CorrelatedErrors of_path(const Context& context, const Mediation& mediation, std::size_t path) {
  const PathMoments moments = moments_of(context, mediation, path);
  const Fit& outcome = *mediation.outcome_model.fit;
  CorrelatedErrors result;
  result.mediator = mediation.paths[path].mediator;
  result.ratio = moments.s;
  result.rho_at_zero = moments.b / std::hypot(moments.b, moments.s);
  result.residual_product = result.rho_at_zero * result.rho_at_zero;
  result.total_product = result.residual_product * left_of_outcome(outcome) *
                         left_of_mediator(mediation, path, position_of(outcome, result.mediator));
  for (int step = -steps_each_side; step <= steps_each_side; ++step)
    result.curve.push_back(indirect_at(step / 20.0, moments, mediation.outcome_model.inference.level));
  result.rho_significant = largest_significant(result.curve);
  return result;
}

}  // namespace

std::vector<CorrelatedErrors> correlated_errors(const Context& context, const Mediation& mediation) {
  refuse_other_methods(mediation);
  std::vector<CorrelatedErrors> all;
  for (std::size_t path = 0; path < mediation.paths.size(); ++path)
    all.push_back(of_path(context, mediation, path));
  return all;
}

}  // namespace panelist
