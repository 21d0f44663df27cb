// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/null_model.h"

#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <cmath>

namespace panelist::glm {
namespace {

FamilyRows rows_at(const Sample& sample, const Vector& eta, Index first, Index rows, double dispersion) {
  return {sample.outcome.data() + first, eta.data() + first, sample.weights_from(first), rows, dispersion};
}

// First and second derivative of the log-likelihood in theta = 1/alpha.
struct Derivatives {
  double first = 0.0, second = 0.0;
};

// sum_{j<y} of 1/(theta + j) and its derivative: exact for whole y, by psi functions for others.
Derivatives psi_differences(double y, double theta) {
  Derivatives sums;
  if (y == std::floor(y) && y <= 64.0) {
    for (double j = 0.0; j < y; j += 1.0) {
      const double inverse = 1.0 / (theta + j);
      sums.first += inverse;
      sums.second -= inverse * inverse;
    }
    return sums;
  }
  sums.first = boost::math::digamma(y + theta) - boost::math::digamma(theta);
  sums.second = boost::math::trigamma(y + theta) - boost::math::trigamma(theta);
  return sums;
}

Derivatives derivatives_of_row(double y, double mu, double theta) {
  Derivatives own = psi_differences(y, theta);
  own.first += (mu - y) / (theta + mu) - std::log1p(mu / theta);
  own.second += 1.0 / theta - 1.0 / (theta + mu) - (mu - y) / ((theta + mu) * (theta + mu));
  return own;
}

Derivatives derivatives(const Context& context, const Sample& sample, const Vector& eta, double theta) {
  std::vector<Derivatives> parts(static_cast<std::size_t>(blocks_of(sample.rows())));
  sum_over_blocks(context, sample.rows(), [&](Index first, Index rows) {
    Derivatives& part = parts[static_cast<std::size_t>(first / block_rows)];
    for (Index i = first; i < first + rows; ++i) {
      const Derivatives own = derivatives_of_row(sample.outcome(i), std::exp(eta(i)), theta);
      const double w = sample.weights.size() > 0 ? sample.weights(i) : 1.0;
      part.first += w * own.first;
      part.second += w * own.second;
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

double log_likelihood(const Context& context, const Family& family, const Sample& sample, const Vector& eta,
                      double dispersion) {
  return sum_over_blocks(context, sample.rows(), [&](Index first, Index rows) {
    return family.log_likelihood(rows_at(sample, eta, first, rows, dispersion));
  });
}

double deviance(const Context& context, const Family& family, const Sample& sample, const Vector& eta,
                double dispersion) {
  return sum_over_blocks(context, sample.rows(), [&](Index first, Index rows) {
    std::vector<double> weight(static_cast<std::size_t>(rows)), residual(weight.size());
    return family.work(rows_at(sample, eta, first, rows, dispersion), weight.data(), residual.data());
  });
}

// l(log theta): g = theta l', h = theta l' + theta^2 l''. Where the likelihood is not concave a bounded step uphill.
double fitted_dispersion(const Context& context, const Family&, const Sample& sample, const Vector& eta,
                         double start) {
  double log_theta = -std::log(start);
  for (int step = 0; step < 200; ++step) {
    const double theta = std::exp(log_theta);
    const Derivatives at = derivatives(context, sample, eta, theta);
    const double g = theta * at.first, h = g + theta * theta * at.second;
    double move = h < 0.0 ? -g / h : (g > 0.0 ? 1.0 : -1.0);
    move = std::clamp(move, -2.0, 2.0);
    log_theta = std::min(log_theta + move, -std::log(least_dispersion));
    if (std::abs(move) < 1e-11 || log_theta == -std::log(least_dispersion)) break;
  }
  return std::exp(-log_theta);
}

Vector constant_eta(const Context& context, const Family& family, const Sample& sample, double dispersion) {
  const Index n = sample.rows();
  double weight = 0.0, sum = 0.0, exposed = 0.0;
  for (Index i = 0; i < n; ++i) {
    const double w = sample.weights.size() > 0 ? sample.weights(i) : 1.0;
    weight += w;
    sum += w * sample.outcome(i);
    exposed += w * sample.offset_at(i);
  }
  Vector eta = Vector::Constant(n, family.link(sum / weight));
  if (sample.offset.size() == 0) return eta;
  eta += sample.offset - Vector::Constant(n, exposed / weight);
  for (int step = 0; step < 100; ++step) {
    std::vector<double> mass(static_cast<std::size_t>(blocks_of(n)));
    Vector w(n), r(n);
    const double score = sum_over_blocks(context, n, [&](Index first, Index rows) {
      family.work(rows_at(sample, eta, first, rows, dispersion), w.data() + first, r.data() + first);
      mass[static_cast<std::size_t>(first / block_rows)] = w.segment(first, rows).sum();
      return w.segment(first, rows).dot(r.segment(first, rows));
    });
    double total = 0.0;
    for (const double part : mass) total += part;
    const double move = std::clamp(score / total, -2.0, 2.0);
    eta.array() += move;
    if (std::abs(move) < 1e-11) break;
  }
  return eta;
}

NullModel null_model(const Context& context, const Family& family, const Sample& sample, double dispersion) {
  NullModel null;
  Vector eta = constant_eta(context, family, sample, dispersion);
  null.deviance = deviance(context, family, sample, eta, dispersion);
  double own = dispersion;
  for (int step = 0; family.disperses && step < 50; ++step) {
    const double before = own;
    own = fitted_dispersion(context, family, sample, eta, own);
    eta = constant_eta(context, family, sample, own);
    if (std::abs(own - before) <= 1e-10 * own) break;
  }
  null.log_likelihood = log_likelihood(context, family, sample, eta, own);
  return null;
}

}  // namespace panelist::glm
