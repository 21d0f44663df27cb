// SPDX-License-Identifier: Apache-2.0
#include "estimate/glm/rows.h"

namespace panelist::glm {
namespace {

// lgamma without its global sign.
double log_gamma(double x) {
  int sign = 0;
  return lgamma_r(x, &sign);
}

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
  static double log_density(double y, double eta, double a) {
    const double mu = std::exp(eta), theta = 1.0 / a;
    return log_gamma(y + theta) - log_gamma(theta) - log_factorial(y) + y * (std::log(a) + eta) -
           (y + theta) * std::log1p(a * mu);
  }
};

}  // namespace

Family negbin_family() {
  Family family = poisson_family();
  family.name = "negbin";
  family.words = "Negative binomial regression (NB2)";
  family.source = "Lawless (1987); Cameron & Trivedi (2013), 3.3";
  family.disperses = true;
  family.work = work_rows<NegbinRow>;
  family.log_likelihood = log_likelihood_of_rows<NegbinRow>;
  return family;
}

}  // namespace panelist::glm
