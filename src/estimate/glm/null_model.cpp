// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/null_model.h"

#include <cmath>

#include "estimate/glm/dispersion.h"

namespace panelist::glm {
namespace {

FamilyRows rows_at(const Sample& sample, const Vector& eta, Index first, Index rows, double dispersion) {
  return {sample.outcome.data() + first, eta.data() + first, sample.weights_from(first), rows, dispersion};
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
    own = fitted_dispersion(context, sample, eta, own);
    eta = constant_eta(context, family, sample, own);
    if (std::abs(own - before) <= 1e-10 * own) break;
  }
  null.log_likelihood = log_likelihood(context, family, sample, eta, own);
  return null;
}

}  // namespace panelist::glm
