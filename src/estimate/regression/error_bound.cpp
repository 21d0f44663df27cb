// SPDX-License-Identifier: Apache-2.0
#include "estimate/regression/error_bound.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace panelist {
namespace {

// In standard errors.
constexpr double promised_error = 1e-8;

Vector or_zero(const Vector& given, Index size) { return given.size() == size ? given : Vector::Zero(size); }

double size_under(const Matrix& bread, const Vector& v) {
  return std::sqrt(std::max(v.dot(bread.cwiseAbs() * v), 0.0));
}

}  // namespace

ErrorParts error_parts(const PreparedColumns& x, const Preparation& prepared, double noise) {
  const auto k = static_cast<Index>(x.names.size());
  ErrorParts parts;
  parts.score = parts.structural = or_zero(x.unabsorbed, k);
  parts.rounding = or_zero(x.rounding, k);
  parts.change = Vector::Zero(k);
  parts.outcome = prepared.y_unabsorbed;
  parts.outcome_rounding = prepared.y_rounding;
  parts.noise = noise;
  return parts;
}

double error_bound_in_se(const Fit& fit, const ErrorParts& parts) {
  if (fit.k() == 0 || !(fit.rss > 0.0)) return missing_value;
  const Vector b = fit.coefficients.cwiseAbs();
  const Vector g = parts.score * (parts.outcome + b.dot(parts.structural)) + parts.change;
  const double moved = parts.outcome_rounding + b.dot(parts.rounding);
  const double turned = size_under(fit.bread, parts.rounding) * std::sqrt(fit.rss);
  const double sigma = std::sqrt(fit.rss / fit.df_residual());
  return (size_under(fit.bread, g) + moved + turned + parts.noise) / sigma;
}

void bound_error(Fit& fit, const ErrorParts& parts) {
  fit.error_bound_se = error_bound_in_se(fit, parts);
  const bool perfect = std::any_of(fit.warnings.begin(), fit.warnings.end(), [](const auto& warning) {
    return warning.first == "estimate.perfect_fit";
  });
  // Of a perfect fit standard errors are rounding themselves.
  if (perfect || !(fit.error_bound_se > promised_error)) return;
  fit.warnings.emplace_back(
      "estimate.inaccurate",
      fmt::format(
          "coefficients may be off by {:.1e} of their standard errors: a regressor is nearly absorbed by "
          "the effects, or the tolerance is loose",
          fit.error_bound_se));
}

}  // namespace panelist
