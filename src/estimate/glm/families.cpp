// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <boost/math/special_functions/log1p.hpp>

#include "estimate/glm/rows.h"

namespace panelist {
namespace glm {
namespace {

double log_gamma(double x) {
  int sign = 0;
  return lgamma_r(x, &sign);
}

// What Stirling's formula leaves out of log Gamma, from x = 16 on to the last digit.
double stirling_rest(double x) {
  const double s = 1.0 / (x * x);
  return (1.0 / 12 - s * (1.0 / 360 - s * (1.0 / 1260 - s * (1.0 / 1680 - s / 1188)))) / x;
}

}  // namespace

double rising_factorial(double y, double a) {
  const double theta = 1.0 / a, t = y * a;
  if (theta < least_stirling) return log_gamma(y + theta) - log_gamma(theta) + y * std::log(a);
  const double logarithm = std::log1p(t);
  return theta * (t * logarithm + boost::math::log1pmx(t)) - 0.5 * logarithm + stirling_rest(y + theta) -
         stirling_rest(theta);
}

double log_factorial(double k) {
  constexpr int known = 256;
  static const std::array<double, known> table = [] {
    std::array<double, known> logs{};
    for (int i = 2; i < known; ++i)
      logs[static_cast<std::size_t>(i)] = logs[static_cast<std::size_t>(i - 1)] + std::log(i);
    return logs;
  }();
  if (k >= 0.0 && k < known && k == std::floor(k)) return table[static_cast<std::size_t>(k)];
  return log_gamma(k + 1.0);
}

Family binary_family() {
  Family family;
  family.outcome_words = "0 or 1";
  family.highest = 1.0;
  family.allows = [](double y) { return y == 0.0 || y == 1.0; };
  return family;
}

}  // namespace glm

const std::vector<Family>& families() {
  static const std::vector<Family> catalog = {
      glm::poisson_family(),
      glm::logit_family(),
      glm::probit_family(),
      glm::negbin_family(),
  };
  return catalog;
}

const Family* find_family(std::string_view name) {
  for (const Family& family : families())
    if (family.name == name) return &family;
  return nullptr;
}

}  // namespace panelist
