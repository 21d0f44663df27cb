// SPDX-License-Identifier: Apache-2.0
#include "infer/iv/weak_sets.h"

#include <algorithm>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "base/distribution.h"

namespace panelist {

Line line_of(const PartialledModel& model) {
  const Fit& fit = model.fit;
  const auto at = std::find(fit.names.begin(), fit.names.end(), fit.iv->endogenous_names.front());
  const Index j = at - fit.names.begin();
  return {fit.coefficients(j), std::sqrt(fit.rss / model.n * fit.bread(j, j))};
}

std::string form_of_parts(const std::vector<std::pair<double, double>>& parts) {
  if (parts.empty()) return "empty";
  const bool left = std::isinf(parts.front().first), right = std::isinf(parts.back().second);
  if (parts.size() == 1) return left && right ? "line" : left || right ? "ray" : "interval";
  return parts.size() == 2 && left && right ? "two rays" : "union";
}

std::vector<double> points_between(const std::vector<double>& roots) {
  if (roots.empty()) return {0.0};
  const double beyond = 1 + roots.back() - roots.front();
  std::vector<double> points = {roots.front() - beyond};
  for (std::size_t i = 1; i < roots.size(); ++i) points.push_back(0.5 * (roots[i - 1] + roots[i]));
  points.push_back(roots.back() + beyond);
  return points;
}

ConfidenceSet set_between(std::vector<double> roots, const Line& line,
                          const std::function<bool(double)>& inside) {
  std::sort(roots.begin(), roots.end());
  const std::vector<double> points = points_between(roots);
  ConfidenceSet set;
  bool open = inside(points.front());
  double from = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < roots.size(); ++i) {
    const bool next = inside(points[i + 1]);
    if (next == open) continue;
    const double end = line.centre + line.scale * roots[i];
    if (open) set.parts.emplace_back(from, end);
    from = end;
    open = next;
  }
  if (open) set.parts.emplace_back(from, std::numeric_limits<double>::infinity());
  set.form = form_of_parts(set.parts);
  return set;
}

double conditional_lr_upper(double m, double t, double instruments) {
  if (std::isnan(m)) return m;
  if (m <= 0) return 1;
  if (instruments == 1) return chi2_upper(m, 1);
  const auto density = [&](double angle) {
    const double sine = std::sin(angle);
    return chi2_upper((t + m) / (1 + t * sine * sine / m), instruments) *
           std::pow(std::cos(angle), instruments - 2);
  };
  using Quadrature = boost::math::quadrature::gauss_kronrod<double, 31>;
  const double whole =
      0.5 * std::sqrt(M_PI) * std::tgamma((instruments - 1) / 2) / std::tgamma(instruments / 2);
  // The integrand falls off where sin(a)^2 t = m: that part by itself.
  const double bend = std::min(0.5 * M_PI, 8 * std::sqrt(m / (t + m)));
  double sum = Quadrature::integrate(density, 0.0, bend, 12, 1e-13);
  if (bend < 0.5 * M_PI) sum += Quadrature::integrate(density, bend, 0.5 * M_PI, 12, 1e-13);
  return std::min(1.0, sum / whole);
}

}  // namespace panelist
