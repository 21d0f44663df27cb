// SPDX-License-Identifier: Apache-2.0
// Continuously updated GMM, b = argmin J(b) = g(b)'S(b)^-1 g(b): from LIML and from two-step GMM, the lower of the two.
//   dJ/db_j = -2 lambda'(A_j - M_j lambda),  lambda = S^-1 g,  M_j the cross covariance of the scores w u q with w x_j q
// Quasi-Newton (BFGS) steps from the efficient bread, halved until J falls. Equal variances make it LIML with the
// covariance s^2 (Xhat'WXhat)^-1.
// Source  Hansen, Heaton & Yaron (1996), JBES 14(3); ivreg2, cue
#include <fmt/format.h>

#include <Eigen/Cholesky>

#include "estimate/regression/methods.h"
#include "estimate/regression/moments_of_instruments.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

constexpr int most_steps = 500;
// Squared, in standard errors: where the search ends, where rounding may end it, where J loses its digits.
constexpr double least_decrement = 1e-21, enough_decrement = 1e-14, near_decrement = 1e-6;

struct Problem {
  const Context& context;
  const Fit& start;
  const MomentsOfInstruments& moments;
  const EstimateOptions& options;
};

struct Place {
  Vector b, gradient;
  Vector residuals;
  double J = 0;
};

Vector weighted(const Fit& fit, Vector u) {
  if (fit.weights.size() > 0) u.array() *= fit.weights.array();
  return u;
}

// Columns w u q'lambda and w x_j q'lambda: their covariance holds every lambda'M_j lambda.
Vector curvature(const Problem& problem, const Place& place, const Vector& lambda) {
  const Fit& fit = problem.start;
  const Vector along = weighted(fit, problem.moments.Q * lambda);
  Matrix columns(along.size(), fit.k() + 1);
  columns.col(0) = along.cwiseProduct(place.residuals);
  for (Index j = 0; j < fit.k(); ++j) columns.col(j + 1) = along.cwiseProduct(fit.structural.col(j));
  const Matrix M = problem.options.moment_covariance(problem.context, fit, columns);
  return M.row(0).tail(fit.k()).transpose();
}

Place place_at(const Problem& problem, Vector b) {
  const auto& [context, fit, moments, options] = problem;
  Place place;
  place.residuals = fit.residuals - fit.structural * (b - fit.coefficients);
  place.b = std::move(b);
  const Weighting weighting = weighting_at(context, fit, moments, place.residuals, options);
  const auto root = weighting.root.triangularView<Eigen::Lower>();
  const Vector g = cross(context, moments.Q, Matrix(place.residuals), fit.weights).col(0);
  const Vector half = root.solve(g) / std::sqrt(weighting.variance);
  place.J = half.squaredNorm();
  const Vector lambda = root.transpose().solve(half) / std::sqrt(weighting.variance);
  place.gradient = -2.0 * (moments.of_x.transpose() * lambda - curvature(problem, place, lambda));
  return place;
}

// Half the inverse Hessian of J to begin with: the bread of an efficient step.
Matrix first_curvature(const Problem& problem, const Place& place) {
  const Weighting weighting =
      weighting_at(problem.context, problem.start, problem.moments, place.residuals, problem.options);
  Fit step = problem.start;
  take_step(problem.context, step, problem.moments, weighting);
  return 0.5 * weighting.variance * step.bread;
}

void update(Matrix& H, const Vector& s, const Vector& y) {
  const double sy = s.dot(y);
  if (!(sy > 0)) return;
  const Vector Hy = H * y;
  H += (1.0 + y.dot(Hy) / sy) / sy * s * s.transpose() - (Hy * s.transpose() + s * Hy.transpose()) / sy;
}

double decrement(const Matrix& H, const Place& place) { return place.gradient.dot(H * place.gradient); }

// The first of ever shorter moves that lowers J by enough; nothing when none does. Near the end J has no digits left that
// could tell: there the gradient has to shrink.
std::optional<Place> descend(const Problem& problem, const Place& from, const Matrix& H) {
  const Vector direction = -H * from.gradient;
  const double slope = from.gradient.dot(direction);
  const bool near = -slope < near_decrement;
  for (double length = 1.0; length > 1e-9; length *= 0.5) {
    Place to = place_at(problem, from.b + length * direction);
    if (to.J <= from.J + 1e-4 * length * slope) return to;
    if (near && decrement(H, to) < 0.5 * -slope) return to;
  }
  return std::nullopt;
}

[[noreturn]] void throw_not_converged() {
  throw Error("estimate.not_converged",
              fmt::format("the search of CUE did not end in {} steps: its criterion may have no minimum here",
                          most_steps),
              "use method gmm2s or liml; with weak instruments look at the Anderson-Rubin set");
}

Place search(const Problem& problem, const Vector& from, int& steps) {
  Place place = place_at(problem, from);
  Matrix H = first_curvature(problem, place);
  for (steps = 1; steps <= most_steps; ++steps) {
    problem.context.stop_if_asked();
    const double left = decrement(H, place);
    if (left <= least_decrement) return place;
    std::optional<Place> next = descend(problem, place, H);
    if (!next && left <= enough_decrement) return place;
    if (!next) throw_not_converged();
    update(H, next->b - place.b, next->gradient - place.gradient);
    place = std::move(*next);
  }
  throw_not_converged();
}

// From LIML and from two-step GMM: the criterion may have several low points.
Place lowest(const Problem& problem, const Vector& liml, int& steps) {
  int other_steps = 0;
  Fit step = problem.start;
  take_step(problem.context, step, problem.moments,
            weighting_at(problem.context, step, problem.moments, step.residuals, problem.options));
  Place first = search(problem, liml, steps), second = search(problem, step.coefficients, other_steps);
  if (!(second.J < first.J)) return first;
  steps = other_steps;
  return second;
}

void move_to(const Context& context, Fit& fit, const Vector& b) {
  fit.residuals -= fit.structural * (b - fit.coefficients);
  fit.coefficients = b;
  fit.rss = square_of(context, fit.residuals, fit.weights);
}

}  // namespace

Fit estimate_continuously_updated(const Context& context, std::shared_ptr<const ModelFrame> frame,
                                  const EstimateOptions& options) {
  Fit fit = estimate_two_stage(context, frame, options);
  fit.method = "cue";
  const Vector liml = estimate_liml(context, std::move(frame), options).coefficients;
  if (!options.moment_covariance || fit.iv->instruments.cols() == fit.iv->endogenous.cols()) {
    move_to(context, fit, liml);
    return fit;
  }
  const MomentsOfInstruments moments = moments_of_instruments(context, fit);
  int steps = 0;
  const Place place = lowest({context, fit, moments, options}, liml, steps);
  const Weighting weighting = weighting_at(context, fit, moments, place.residuals, options);
  take_step(context, fit, moments,
            weighting);  // bread and scores of the weighting; its coefficients are not CUE's
  move_to(context, fit, place.b);
  fit.iv_method.steps = steps;
  fit.iv_method.weighted = true;
  return fit;
}

}  // namespace panelist
