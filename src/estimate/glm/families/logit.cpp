// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/rows.h"

namespace panelist::glm {
namespace {

// log(1 + exp(x))
double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

double expit(double eta) {
  const double tail = std::exp(-std::abs(eta));
  return eta >= 0.0 ? 1.0 / (1.0 + tail) : tail / (1.0 + tail);
}

double variance(double eta) {
  const double tail = std::exp(-std::abs(eta));
  return tail / ((1.0 + tail) * (1.0 + tail));
}

struct LogitRow {
  static RowWork at(double y, double eta, double) {
    const double score = y > 0.5 ? expit(-eta) : -expit(eta);
    return {score, variance(eta), -2.0 * log_density(y, eta, 0.0)};
  }
  static double log_density(double y, double eta, double) { return -softplus(y > 0.5 ? -eta : eta); }
};

}  // namespace

Family logit_family() {
  Family family = binary_family();
  family.name = "logit";
  family.words = "Logit regression";
  family.source = "Berkson (1944); McCullagh & Nelder (1989)";
  family.start = [](double y, double) { return y > 0.5 ? std::log(3.0) : -std::log(3.0); };
  family.link = [](double mu) { return std::log(mu / (1.0 - mu)); };
  family.mean = expit;
  family.slope = variance;
  family.curvature = [](double eta) { return variance(eta) * -std::tanh(0.5 * eta); };
  family.work = work_rows<LogitRow>;
  family.log_likelihood = log_likelihood_of_rows<LogitRow>;
  return family;
}

}  // namespace panelist::glm
