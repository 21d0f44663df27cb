// SPDX-License-Identifier: Apache-2.0
#include <numbers>

#include "base/distribution.h"
#include "estimate/glm/rows.h"

namespace panelist::glm {
namespace {

double density(double eta) {
  return std::exp(-0.5 * eta * eta) * std::numbers::inv_sqrtpi / std::numbers::sqrt2;
}

double below(double eta) { return 0.5 * std::erfc(-eta / std::numbers::sqrt2); }

// Beyond this the normal tail is taken from its expansion.
constexpr double far_tail = -25.0;

// 1 - 1/x^2 + 3/x^4 - 15/x^6 + 105/x^8: what the tail is of density/|x|.
double tail_share(double x) {
  const double s = 1.0 / (x * x);
  return 1.0 - s * (1.0 - 3.0 * s * (1.0 - 5.0 * s * (1.0 - 7.0 * s)));
}

double log_below(double x) {
  if (x > far_tail) return x > 5.0 ? std::log1p(-below(-x)) : std::log(below(x));
  return -0.5 * x * x - 0.5 * std::log(2.0 * std::numbers::pi) - std::log(-x) + std::log(tail_share(x));
}

// density / below
double mills(double x) { return x > far_tail ? density(x) / below(x) : -x / tail_share(x); }

// mills(x) + x: what is left of it after its line, without cancellation in the tail.
double above_line(double x) {
  if (x > far_tail) return mills(x) + x;
  const double s = 1.0 / (x * x);
  return -x * s * (1.0 - 3.0 * s * (1.0 - 5.0 * s * (1.0 - 7.0 * s))) / tail_share(x);
}

struct ProbitRow {
  static RowWork at(double y, double eta, double) {
    const double up = mills(eta), down = mills(-eta);
    return {y > 0.5 ? up : -down, up * down, -2.0 * log_density(y, eta, 0.0)};
  }
  static double observed(double y, double eta, double) {
    const double toward = y > 0.5 ? eta : -eta;
    return mills(toward) * above_line(toward);
  }
  static double log_density(double y, double eta, double) { return log_below(y > 0.5 ? eta : -eta); }
};

}  // namespace

Family probit_family() {
  Family family = binary_family();
  family.name = "probit";
  family.words = "Probit regression";
  family.source = "Bliss (1934); McCullagh & Nelder (1989)";
  family.start = [](double y, double) { return normal_quantile(y > 0.5 ? 0.75 : 0.25); };
  family.link = normal_quantile;
  family.mean = below;
  family.slope = density;
  family.curvature = [](double eta) { return -eta * density(eta); };
  family.work = work_rows<ProbitRow>;
  family.observed = observed_rows<ProbitRow>;
  family.log_likelihood = log_likelihood_of_rows<ProbitRow>;
  return family;
}

}  // namespace panelist::glm
