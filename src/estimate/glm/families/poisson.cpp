// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/rows.h"

namespace panelist::glm {
namespace {

// y log(y/mu) - (y - mu), without loss where the two nearly cancel or mu is tiny.
double half_deviance(double y, double mu, double eta) {
  if (y == 0.0) return mu;
  const double t = (mu - y) / y;
  return std::abs(t) < 0.5 ? y * (t - std::log1p(t)) : y * (std::log(y) - eta + t);
}

struct PoissonRow {
  static RowWork at(double y, double eta, double) {
    const double mu = std::exp(eta);
    return {y - mu, mu, 2.0 * half_deviance(y, mu, eta)};
  }
  static double log_density(double y, double eta, double) {
    return y * eta - std::exp(eta) - log_factorial(y);
  }
};

}  // namespace

Family poisson_family() {
  Family family;
  family.name = "poisson";
  family.words = "Poisson regression";
  family.source = "Gourieroux, Monfort & Trognon (1984); Correia, Guimaraes & Zylkin (2020)";
  family.outcome_words = "zero or positive";
  family.counts = true;
  family.allows = [](double y) { return y >= 0.0; };
  family.start = [](double y, double mean) { return std::log(0.5 * (y + mean)); };
  family.link = [](double mu) { return std::log(mu); };
  family.mean = family.slope = family.curvature = [](double eta) { return std::exp(eta); };
  family.work = work_rows<PoissonRow>;
  family.log_likelihood = log_likelihood_of_rows<PoissonRow>;
  return family;
}

}  // namespace panelist::glm
