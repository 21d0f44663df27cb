// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/rows.h"

namespace panelist::glm {
namespace {

// (y + 1/a) log((1 + a y)/(1 + a mu)), accurate for small a (then y - mu).
double shrunk(double y, double mu, double a) {
  return (y + 1.0 / a) * std::log1p(a * (y - mu) / (1.0 + a * mu));
}

struct NegbinRow {
  static RowWork at(double y, double eta, double a) {
    const double mu = std::exp(eta);
    const double own = y > 0.0 ? y * (std::log(y) - eta) : 0.0;
    return {(y - mu) / (1.0 + a * mu), mu / (1.0 + a * mu), 2.0 * (own - shrunk(y, mu, a))};
  }
  static double observed(double y, double eta, double a) {
    const double mu = std::exp(eta), whole = 1.0 + a * mu;
    return mu * (1.0 + a * y) / (whole * whole);
  }
  static double log_density(double y, double eta, double a) {
    return rising_factorial(y, a) - log_factorial(y) + y * eta -
           (y + 1.0 / a) * std::log1p(a * std::exp(eta));
  }
};

}  // namespace

Family negbin_family() {
  Family family = poisson_family();
  family.name = "negbin";
  family.words = "Negative binomial regression (NB2)";
  family.source = "Lawless (1987); Cameron & Trivedi (2013), 3.3";
  family.disperses = true;
  family.observes = true;
  family.observed = observed_rows<NegbinRow>;
  family.work = work_rows<NegbinRow>;
  family.log_likelihood = log_likelihood_of_rows<NegbinRow>;
  return family;
}

}  // namespace panelist::glm
