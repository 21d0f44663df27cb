// SPDX-License-Identifier: Apache-2.0
// sigma_u, sigma_e, rho, theta, R2 between and overall as xtreg prints them; periods of Fama-MacBeth.
#include "report/tables/panel_stats.h"

#include <fmt/format.h>

#include "base/text.h"
#include "estimate/fama_macbeth.h"
#include "estimate/random_effects.h"
#include "infer/panel_tests.h"

namespace panelist {
namespace {

const Fit& fit_of(const StatSource& source) { return *source.estimation->fit; }
bool equation(const StatSource& source) { return source.first_stage < 0; }

StatValue at(double value, std::string pointer) {
  return {value, missing_value, missing_value, std::move(pointer)};
}

// A number that random effects and absorbed unit effects both have.
StatValue of_units(const StatSource& source, double RandomEffects::* random,
                   double PanelDescription::* absorbed, const std::string& name) {
  const Fit& fit = fit_of(source);
  if (!equation(source)) return {};
  if (is_random_effects(fit)) return at((*fit.random_effects).*random, "/random_effects/" + name);
  if (!absorbs_units_alone(fit)) return {};
  return at(describe_panel(fit, fit.frame->unit).*absorbed, "/panel/" + name);
}

StatValue r2_of_units(const StatSource& source, double PanelR2::* random, double PanelDescription::* absorbed,
                      const std::string& name) {
  const Fit& fit = fit_of(source);
  if (!equation(source)) return {};
  if (is_random_effects(fit))
    return at(panel_r2(*fit.frame, fit.names, fit.coefficients).*random, "/random_effects/" + name);
  if (!absorbs_units_alone(fit)) return {};
  return at(describe_panel(fit, fit.frame->unit).*absorbed, "/panel/" + name);
}

// The R2 of a regression on unit means is its own.
StatValue r2_between_value(const StatSource& source) {
  if (equation(source) && fit_of(source).method.starts_with("be"))
    return at(source.estimation->goodness.r2, "/r2");
  return r2_of_units(source, &PanelR2::between, &PanelDescription::r2_between, "r2_between");
}

// A range where units differ in length.
StatValue theta_value(const StatSource& source) {
  const Fit& fit = fit_of(source);
  if (!equation(source) || !is_random_effects(fit)) return {};
  const Vector& theta = fit.random_effects->theta;
  StatValue value = at(theta.minCoeff(), "/random_effects/theta_min");
  if (theta.maxCoeff() > theta.minCoeff())
    value.text = fmt::format("{}–{}", significant(theta.minCoeff(), 4), significant(theta.maxCoeff(), 4));
  return value;
}

StatValue of_periods(const StatSource& source, bool r2) {
  const auto& periods = fit_of(source).periods;
  if (!equation(source) || periods == nullptr) return {};
  return {r2 ? periods->r2.mean() : periods->count()};
}

}  // namespace

StatValue r2_within_value(const StatSource& source) {
  if (!equation(source)) return {};
  if (is_random_effects(fit_of(source)))
    return r2_of_units(source, &PanelR2::within, &PanelDescription::r2_within, "r2_within");
  return {source.estimation->goodness.r2_within};
}

std::vector<StatRow> panel_stat_rows() {
  using Source = const StatSource&;
  return {
      {"r2_between", "Between R-squared", "组间 R²", CellKind::statistic, -1, "", r2_between_value},
      {"r2_overall", "Overall R-squared", "总体 R²", CellKind::statistic, -1, "",
       [](Source s) {
         return r2_of_units(s, &PanelR2::overall, &PanelDescription::r2_overall, "r2_overall");
       }},
      {"sigma_u", "sigma_u", "σ_u", CellKind::statistic, -1, "",
       [](Source s) { return of_units(s, &RandomEffects::sigma_u, &PanelDescription::sigma_u, "sigma_u"); }},
      {"sigma_e", "sigma_e", "σ_e", CellKind::statistic, -1, "",
       [](Source s) { return of_units(s, &RandomEffects::sigma_e, &PanelDescription::sigma_e, "sigma_e"); }},
      {"rho", "rho", "ρ", CellKind::statistic, -1, "",
       [](Source s) { return of_units(s, &RandomEffects::rho, &PanelDescription::rho, "rho"); }},
      {"theta", "theta", "θ", CellKind::statistic, -1, "", theta_value},
      {"n_periods", "Periods", "期数", CellKind::count, -1, "/fama_macbeth/periods",
       [](Source s) { return of_periods(s, false); }},
      {"r2_periods", "Mean R-squared of the periods", "各期平均 R²", CellKind::statistic, -1,
       "/fama_macbeth/mean_r2", [](Source s) { return of_periods(s, true); }},
  };
}

}  // namespace panelist
