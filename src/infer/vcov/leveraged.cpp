// SPDX-License-Identifier: Apache-2.0
// hc2, hc3, hc4: squared residuals made larger where a row pulls the fit towards itself. A row fitted exactly (leverage
// one) has no residual and adds nothing.
#include <fmt/format.h>

#include "infer/vcov/degrees.h"
#include "infer/vcov/kinds.h"
#include "linalg/gram.h"

namespace panelist {
namespace {

// 1 - h below this is rounding: the row is fitted exactly.
constexpr double exactly = 1e-10;
constexpr double largest_exponent = 4.0;

// The exponent of 1/(1 - h) by kind, given the leverage as a multiple of its mean.
double exponent(std::string_view kind, double relative_leverage) {
  if (kind == "hc2") return 1.0;
  if (kind == "hc3") return 2.0;
  return std::min(largest_exponent, relative_leverage);
}

// By how much the mean of (1 - h)^-delta over projections exceeds its value, to first order in 1/m: from the curvature of
// the power and from the bias of h, p of absorb/leverage.h taken as normal.
double projection_excess(double h, double delta, double error) {
  const double draws = 2.0 / (error * error), middle = (1.0 - 2.0 * h) * (1.0 - 2.0 * h);
  const double variance = h * h * (16.0 * h * (1.0 - h) + 2.0 * middle) / draws;  // of h, over (1 - h)^2
  const double bias = 4.0 * h * h * (1.0 - h) * (1.0 - 2.0 * h) / draws;          // of h, over 1 - h
  return 0.5 * delta * (delta + 1.0) * variance + delta * bias;
}

std::shared_ptr<const LeverageUse> use_of(const Context& context, const Fit& fit, std::string_view kind) {
  auto use = std::make_shared<LeverageUse>();
  use->rows = leverages(context, fit);
  const double mean = static_cast<double>(fit.dof.terms + fit.dof.absorbed) / fit.n;
  use->multiplier.resize(use->rows.values.size());
  for (Index row = 0; row < use->multiplier.size(); ++row) {
    const double h = use->rows.values(row);
    const bool fitted = 1.0 - h < exactly;
    if (fitted) ++use->fitted_exactly;
    const double delta = exponent(kind, h / mean);
    use->multiplier(row) = fitted ? 0.0 : std::pow(1.0 - h, -delta);
    if (!use->rows.exact) use->multiplier(row) /= 1.0 + projection_excess(h, delta, use->rows.error);
  }
  return use;
}

std::string upper(std::string_view kind) { return "HC" + std::string(kind.substr(2)); }

}  // namespace

// No small-sample factor: the leverages are the correction.
Vcov leveraged_vcov(const Context& context, const Fit& fit, const VcovSpec& spec, const SmallSample& rules) {
  Vcov vcov;
  vcov.k = counted_parameters(fit, {}, rules);
  vcov.df = reference_degrees(fit, {}, rules, vcov.k);
  vcov.leverage = use_of(context, fit, spec.kind);
  const Vector squares = squared_multipliers(fit).cwiseProduct(vcov.leverage->multiplier);
  vcov.matrix = sandwich(fit.bread, gram(context, fit.x, squares), 1.0);
  vcov.note = fmt::format("Heteroskedasticity-robust standard errors ({}) in parentheses", upper(spec.kind));
  return vcov;
}

}  // namespace panelist
