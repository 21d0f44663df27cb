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

std::shared_ptr<const LeverageUse> use_of(const Context& context, const Fit& fit, std::string_view kind) {
  auto use = std::make_shared<LeverageUse>();
  use->rows = leverages(context, fit);
  const double mean = static_cast<double>(fit.dof.terms + fit.dof.absorbed) / fit.n;
  use->multiplier.resize(use->rows.values.size());
  for (Index row = 0; row < use->multiplier.size(); ++row) {
    const double h = use->rows.values(row);
    const bool fitted = 1.0 - h < exactly;
    if (fitted) ++use->fitted_exactly;
    use->multiplier(row) = fitted ? 0.0 : std::pow(1.0 - h, -exponent(kind, h / mean));
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
