// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "estimate/regression/prepared.h"

namespace panelist {
namespace {

// Less than this share of the outcome's squares is rounding.
constexpr double perfect_share = 1e-26;

std::string names_of(const std::vector<DroppedTerm>& dropped) {
  std::string names;
  for (const DroppedTerm& term : dropped) {
    names += fmt::format("{}`{}` ({})", names.empty() ? "" : ", ", term.term, term.code);
  }
  return names;
}

void check_something_left(const Fit& fit) {
  const Index slopes = fit.k() - (fit.dof.intercept ? 1 : 0);
  if (slopes > 0 || fit.dropped.empty()) return;
  throw Error("estimate.all_dropped", fmt::format("no regressor is left: {}", names_of(fit.dropped)),
              "use regressors that vary within the effects, or fewer effects");
}

void check_degrees_of_freedom(const Fit& fit) {
  if (fit.df_residual() > 0.0) return;
  throw Error("estimate.no_degrees_of_freedom",
              fmt::format("{} observations cannot estimate {} coefficients and {} fixed effects", fit.n,
                          fit.dof.terms, fit.dof.absorbed),
              "drop regressors or effects, or use more rows");
}

bool outcome_is_constant(const Moments& outcome) {
  return outcome.variation <= perfect_share * outcome.square;
}

void warn_of_constant_outcome(Fit& fit) {
  fit.warnings.emplace_back(
      "estimate.constant_outcome",
      fmt::format("the outcome `{}` is the same in every row used", fit.frame->outcome_name));
}

bool outcome_varies_from_zero(const Fit& fit) {
  const ModelFrame& frame = *fit.frame;
  return frame.offset.size() > 0 ? (frame.outcome - frame.offset).cwiseAbs().maxCoeff() > 0
                                 : frame.outcome.cwiseAbs().maxCoeff() > 0;
}

// Squares beyond the range of numbers: the coefficients may look sound, no standard error is.
void check_finite(const Fit& fit, const Moments& outcome) {
  const bool overflow = !fit.coefficients.allFinite() || !std::isfinite(fit.rss) || !std::isfinite(fit.tss);
  const bool underflow = outcome.square < std::numeric_limits<double>::min() && outcome_varies_from_zero(fit);
  if (overflow || underflow) throw_not_finite(fit, overflow);
}

// So few that one row can decide the result, and no test has power.
constexpr double few_degrees = 10.0;

void warn_of_few_degrees(Fit& fit) {
  if (fit.df_residual() >= few_degrees) return;
  fit.warnings.emplace_back(
      "estimate.few_degrees",
      fmt::format("only {} residual degrees of freedom: one row can decide such a result",
                  fit.df_residual()));
}

// Residuals that are rounding: t values and standard errors are ratios of rounding.
void warn_of_perfect_fit(Fit& fit) {
  fit.warnings.emplace_back(
      "estimate.perfect_fit",
      fmt::format("the regressors explain `{}` without residual: standard errors and tests mean nothing",
                  fit.frame->outcome_name));
}

}  // namespace

DegreesOfFreedom degrees_of_freedom(const Fit& fit) {
  DegreesOfFreedom dof;
  dof.terms = fit.k();
  dof.intercept = fit.frame->intercept;
  if (fit.absorber != nullptr) {
    dof.factors = fit.absorber->degrees();
    dof.absorbed = fit.absorber->rank();
    for (const FrameEffect& effect : fit.frame->effects) dof.groups.push_back(&effect.group);
  }
  return dof;
}

void throw_not_finite(const Fit& fit, bool overflow) {
  throw Error("estimate.not_finite",
              fmt::format("the numbers are too {} to compute with: the squares of the outcome `{}` or of a "
                          "regressor leave the range of numbers",
                          overflow ? "large" : "small", fit.frame->outcome_name),
              "measure the variables in other units, so that they lie between 1e-100 and 1e100");
}

void complete_sample(const Context& context, Fit& fit, const Preparation& prepared) {
  fit.absorber = prepared.absorber;
  fit.convergence = prepared.convergence;
  fit.n = fit.frame->observations();
  fit.dof = degrees_of_freedom(fit);
  check_something_left(fit);
  check_degrees_of_freedom(fit);
  fit.mean_outcome = fit.frame->offset.size() > 0
                         ? moments_of(context, fit.frame->outcome, prepared.weights).mean
                         : prepared.outcome.mean;
  fit.means.resize(fit.k() + 1);
  for (Index j = 0; j < fit.k(); ++j)
    fit.means(j) = prepared.means.at(fit.names[static_cast<std::size_t>(j)]);
  fit.means(fit.k()) = prepared.outcome.mean;
  warn_of_few_degrees(fit);
}

void complete(const Context& context, Fit& fit, Preparation prepared) {
  complete_sample(context, fit, prepared);
  fit.outcome = prepared.y;
  fit.weights = std::move(prepared.weights);
  fit.rss = square_of(context, fit.residuals, fit.weights);
  const bool centred = fit.dof.intercept || fit.absorber != nullptr;
  fit.tss = centred ? prepared.outcome.variation : prepared.outcome.square;
  fit.tss_within = square_of(context, fit.outcome, fit.weights);
  check_finite(fit, prepared.outcome);
  if (outcome_is_constant(prepared.outcome))
    warn_of_constant_outcome(fit);
  else if (fit.rss <= perfect_share * prepared.outcome.square)
    warn_of_perfect_fit(fit);
}

}  // namespace panelist
