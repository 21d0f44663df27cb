// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/dispersion.h"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/log1p.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>

#include "estimate/glm/rows.h"

namespace panelist::glm {
namespace {

struct Derivatives {
  double first = 0.0, second = 0.0;
};

constexpr double most_terms = 64.0;

// sum_{j<y} of j/(1 + alpha j)
Derivatives of_terms(double y, double alpha) {
  Derivatives sums;
  for (double j = 1.0; j < y; j += 1.0) {
    const double ratio = j / (1.0 + alpha * j);
    sums.first += ratio;
    sums.second -= ratio * ratio;
  }
  return sums;
}

// The same of Stirling's formula of rising_factorial() (rows.h).
Derivatives of_series(double y, double alpha) {
  const double t = y * alpha, grown = 1.0 + t, rest = boost::math::log1pmx(t);
  const double square = 1.0 / (grown * grown), fourth = square * square;
  Derivatives sums;
  sums.first = -rest / (alpha * alpha) - 0.5 * y / grown - t * (2.0 + t) * square / 12.0 -
               alpha * alpha * (fourth - 1.0) / 120.0;
  sums.second = (2.0 * rest / alpha + y * t / grown) / (alpha * alpha) + 0.5 * y * y * square -
                y * square / (6.0 * grown);
  return sums;
}

Derivatives of_psi(double y, double alpha) {
  const double theta = 1.0 / alpha;
  const double psi = boost::math::digamma(y + theta) - boost::math::digamma(theta);
  const double slope = boost::math::trigamma(y + theta) - boost::math::trigamma(theta);
  return {theta * (y - theta * psi), theta * theta * (2.0 * theta * psi + theta * theta * slope - y)};
}

Derivatives of_outcome(double y, double alpha) {
  if (y == std::floor(y) && y <= most_terms) return of_terms(y, alpha);
  return 1.0 / alpha >= least_stirling ? of_series(y, alpha) : of_psi(y, alpha);
}

// (log(1 + m) - m/(1 + m))/m^2 and its derivative.
Derivatives of_mean(double m) {
  if (m < 1e-3)
    return {0.5 - m * (2.0 / 3.0 - m * (0.75 - m * (0.8 - m * 5.0 / 6.0))),
            -2.0 / 3.0 + m * (1.5 - m * (2.4 - m * 10.0 / 3.0))};
  const double rest = boost::math::log1pmx(m), whole = 1.0 + m;
  return {rest / (m * m) + 1.0 / whole,
          -1.0 / (m * whole) - 2.0 * rest / (m * m * m) - 1.0 / (whole * whole)};
}

}  // namespace

DispersionRow dispersion_row(double y, double mu, double alpha) {
  const double whole = 1.0 + alpha * mu;
  const Derivatives own = of_outcome(y, alpha), mean = of_mean(alpha * mu);
  DispersionRow row;
  row.score = own.first + mu * (mu * mean.first - y / whole);
  row.second = own.second + mu * mu * (mu * mean.second + y / (whole * whole));
  row.cross = -(y - mu) * mu / (whole * whole);
  return row;
}

DispersionScores dispersion_scores(const Context& context, const Sample& sample, const Vector& eta,
                                   double alpha) {
  DispersionScores all;
  all.score.resize(sample.rows());
  all.cross.resize(sample.rows());
  all.information = sum_over_blocks(context, sample.rows(), [&](Index first, Index rows) {
    double sum = 0.0;
    for (Index i = first; i < first + rows; ++i) {
      const DispersionRow row = dispersion_row(sample.outcome(i), std::exp(eta(i)), alpha);
      const double w = sample.weights.size() > 0 ? sample.weights(i) : 1.0;
      all.score(i) = w * row.score;
      all.cross(i) = w * row.cross;
      sum -= w * row.second;
    }
    return sum;
  });
  return all;
}

namespace {

Derivatives derivatives(const Context& context, const Sample& sample, const Vector& eta, double alpha) {
  std::vector<Derivatives> parts(static_cast<std::size_t>(blocks_of(sample.rows())));
  sum_over_blocks(context, sample.rows(), [&](Index first, Index rows) {
    Derivatives& part = parts[static_cast<std::size_t>(first / block_rows)];
    for (Index i = first; i < first + rows; ++i) {
      const DispersionRow row = dispersion_row(sample.outcome(i), std::exp(eta(i)), alpha);
      const double w = sample.weights.size() > 0 ? sample.weights(i) : 1.0;
      part.first += w * row.score;
      part.second += w * row.second;
    }
    return 0.0;
  });
  Derivatives sums;
  for (const Derivatives& part : parts) {
    sums.first += part.first;
    sums.second += part.second;
  }
  return sums;
}

}  // namespace

// l(log alpha): g = alpha l', h = alpha l' + alpha^2 l''. Where the likelihood is not concave a bounded step uphill.
double fitted_dispersion(const Context& context, const Sample& sample, const Vector& eta, double start) {
  const double least = std::log(least_dispersion);
  double log_alpha = std::log(start);
  for (int step = 0; step < 200; ++step) {
    const double alpha = std::exp(log_alpha);
    const Derivatives at = derivatives(context, sample, eta, alpha);
    const double g = alpha * at.first, h = g + alpha * alpha * at.second;
    double move = h < 0.0 ? -g / h : (g > 0.0 ? 1.0 : -1.0);
    move = std::clamp(move, -2.0, 2.0);
    log_alpha = std::max(log_alpha + move, least);
    if (std::abs(move) < 1e-11 || log_alpha == least) break;
  }
  return log_alpha == least ? least_dispersion : std::exp(log_alpha);
}

}  // namespace panelist::glm
