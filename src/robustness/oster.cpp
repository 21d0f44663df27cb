// SPDX-License-Identifier: Apache-2.0
#include "robustness/oster.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "robustness/rows/same_rows.h"
#include "robustness/rows/terms.h"

namespace panelist {
namespace {

using Polynomial = std::array<double, 4>;  // from the constant up

double value_of(const Polynomial& p, double x) { return p[0] + x * (p[1] + x * (p[2] + x * p[3])); }
double slope_of(const Polynomial& p, double x) { return p[1] + x * (2 * p[2] + x * 3 * p[3]); }

// A root to the last digits.
double polished(const Polynomial& p, double x) {
  for (int step = 0; step < 8; ++step) {
    const double slope = slope_of(p, x), next = x - value_of(p, x) / slope;
    if (!std::isfinite(next) || std::abs(value_of(p, next)) >= std::abs(value_of(p, x))) break;
    x = next;
  }
  return x;
}

std::vector<double> quadratic_roots(double a, double b, double c) {
  if (a == 0) return b == 0 ? std::vector<double>() : std::vector<double>{-c / b};
  const double discriminant = b * b - 4 * a * c;
  if (discriminant < 0) return {};
  const double q = -(b + std::copysign(std::sqrt(discriminant), b)) / 2;
  if (q == 0) return {0.0};
  return {q / a, c / q};
}

std::vector<double> cubic_roots(const Polynomial& p) {
  const double A = p[2] / p[3], B = p[1] / p[3], C = p[0] / p[3];
  const double Q = (A * A - 3 * B) / 9, R = (2 * A * A * A - 9 * A * B + 27 * C) / 54;
  if (R * R < Q * Q * Q) {
    const double angle = std::acos(R / std::sqrt(Q * Q * Q));
    std::vector<double> roots;
    for (const double turn : {0.0, 2 * std::numbers::pi, -2 * std::numbers::pi})
      roots.push_back(-2 * std::sqrt(Q) * std::cos((angle + turn) / 3) - A / 3);
    return roots;
  }
  const double s = -std::copysign(std::cbrt(std::abs(R) + std::sqrt(R * R - Q * Q * Q)), R);
  return {s + (s == 0 ? 0 : Q / s) - A / 3};
}

std::vector<double> real_roots(const Polynomial& p) {
  const double size = std::max({std::abs(p[0]), std::abs(p[1]), std::abs(p[2])});
  std::vector<double> roots =
      std::abs(p[3]) > 1e-14 * size ? cubic_roots(p) : quadratic_roots(p[2], p[1], p[0]);
  for (double& root : roots) root = polished(p, root);
  return roots;
}

// On the rows of the full regression.
Estimation short_regression(const Context& context, const OsterSpec& spec, const Estimation& full,
                            const Table& table, const Panel* panel) {
  EstimationSpec own = without_tests(spec.model);
  std::erase_if(own.formula.regressors, [&](const FormulaTerm& term) {
    return term.text != spec.term &&
           std::find(spec.kept.begin(), spec.kept.end(), term.text) == spec.kept.end();
  });
  if (own.formula.regressors.size() == spec.model.formula.regressors.size())
    throw Error("robustness.no_controls",
                "the model has no controls whose coming in could move the coefficient",
                "name a model with controls");
  own.formula.text = formula_text(own.formula);
  const MarkedRows rows = rows_of(table, *full.fit->frame);
  own.frame.where = both(own.frame.where, rows.where);
  Diagnostics unsaid;
  return estimate_model(context, own, rows.table, panel, unsaid);
}

double r2_of(const Estimation& estimation, bool within) {
  return within ? estimation.goodness.r2_within : estimation.goodness.r2;
}

double rest_of_term(const Estimation& estimation, const std::string& term) {
  const Index at = position_of(estimation, term);
  return 1 / estimation.fit->bread(at, at);
}

void choose_r_max(const OsterSpec& spec, Oster& result) {
  const bool given = !std::isnan(spec.r_max);
  result.r_max = given ? spec.r_max : spec.times * result.full_r2;
  result.capped = !given && result.r_max > 1;
  if (result.capped) result.r_max = 1;
  if (result.r_max >= result.full_r2 && result.r_max <= 1) return;
  throw Error("robustness.r_max",
              fmt::format("the largest R2 is {:.4g}; it lies between that of the model, {:.4g}, and one",
                          result.r_max, result.full_r2),
              "give r_max between the two, or leave it out: 1.3 times that of the model");
}

}  // namespace

double oster_delta(const OsterMoments& m, double target) {
  const double d = m.b_short - m.b_full, v = m.b_full - target, s = m.x_short, t = m.x_full;
  const double cubic = v * v * v * (t * s - t * t);
  return (v * m.explained * t + v * s * t * d * d + 2 * v * v * t * d * s + cubic) /
         (m.unexplained * d * s + v * m.unexplained * (s - t) + v * v * t * d * s + cubic);
}

std::vector<double> oster_roots(const OsterMoments& m, double delta) {
  const double d = m.b_short - m.b_full, s = m.x_short, t = m.x_full;
  if (d == 0) return {m.b_full};
  // In units of d, where the root wanted is the smallest positive one.
  const Polynomial p = {delta * m.unexplained * s,
                        delta * m.unexplained * (s - t) - m.explained * t - s * t * d * d,
                        (delta - 2) * t * s * d * d, (delta - 1) * (t * s - t * t) * d * d};
  std::vector<double> units = real_roots(p);
  std::sort(units.begin(), units.end(), [](double a, double b) { return std::abs(a) < std::abs(b); });
  std::vector<double> roots;
  for (const double unit : units) roots.push_back(m.b_full - unit * d);
  return roots;
}

Oster oster_bounds(const Context& context, const OsterSpec& spec, const Table& table, const Panel* panel,
                   Diagnostics& notes) {
  Oster result;
  const Estimation full = estimate_model(context, without_tests(spec.model), table, panel, notes);
  if (full.fit->glm != nullptr || full.fit->iv != nullptr || full.fit->method != "ols")
    throw Error("infer.least_squares_only", "Oster's bounds are those of least squares",
                "leave out the method");
  const Estimation small = short_regression(context, spec, full, table, panel);
  result.term = spec.term;
  result.full_coefficient = coefficient_named(full, spec.term);
  result.short_coefficient = coefficient_named(small, spec.term);
  result.within = full.fit->absorber != nullptr;
  result.full_r2 = r2_of(full, result.within);
  result.short_r2 = r2_of(small, result.within);
  result.n = full.fit->n;
  choose_r_max(spec, result);
  const double total = result.within ? full.fit->tss_within : full.fit->tss;
  const OsterMoments moments{result.short_coefficient.estimate, result.full_coefficient.estimate,
                             small.fit->rss - full.fit->rss,    (result.r_max - result.full_r2) * total,
                             rest_of_term(small, spec.term),    rest_of_term(full, spec.term)};
  result.target = spec.beta;
  result.delta = oster_delta(moments, spec.beta);
  result.assumed_delta = spec.delta;
  result.roots = oster_roots(moments, spec.delta);
  const double d = moments.b_short - moments.b_full;
  const auto on = [&](double root) { return (moments.b_full - root) * d >= 0; };
  const auto chosen = std::find_if(result.roots.begin(), result.roots.end(), on);
  result.same_direction = chosen != result.roots.end();
  if (!result.roots.empty()) result.adjusted = result.same_direction ? *chosen : result.roots.front();
  return result;
}

}  // namespace panelist
