// SPDX-License-Identifier: Apache-2.0
// The power of Box and Cox. In units of the geometric mean, g = ln x - mean ln x, the profile likelihood is -n/2 ln var y,
// y = (exp(lambda g) - 1)/lambda; its slope has the sign of -cov(y, dy/dlambda), dy/dlambda = g^2 h(lambda g) with
// h(t) = (exp(t) (t - 1) + 1)/t^2.
#include "index/treat.h"

namespace panelist {
namespace {

double slope_factor(double t) {
  if (std::abs(t) > 0.5) return (std::exp(t) * (t - 1) + 1) / (t * t);
  double term = 1, sum = 0;  // sum of t^k / (k! (k + 2))
  for (int k = 0; k < 20; ++k) {
    sum += term / (k + 2);
    term *= t / (k + 1);
  }
  return sum;
}

bool rises(const Eigen::ArrayXd& g, double lambda) {
  const Eigen::ArrayXd y =
      lambda == 0 ? g
                  : Eigen::ArrayXd(g.unaryExpr([&](double l) { return std::expm1(lambda * l) / lambda; }));
  const Eigen::ArrayXd change = g.unaryExpr([&](double l) { return l * l * slope_factor(lambda * l); });
  return ((y - y.mean()) * (change - change.mean())).sum() < 0;
}

}  // namespace

double box_cox_lambda(const Vector& x) {
  Eigen::ArrayXd g = x.array().log();
  g -= g.mean();
  double low = -2, high = 2;
  for (int step = 0; step < 60; ++step) {
    const double middle = (low + high) / 2;
    (rises(g, middle) ? low : high) = middle;
  }
  return (low + high) / 2;
}

}  // namespace panelist
