// SPDX-License-Identifier: Apache-2.0
// Event studies of a policy that reaches units at different times: a catalog of estimators.
//
//   y_it = effects + controls + sum_r b_r 1{t - first_i = r} + u_it
//   twfe               b_r of that regression; times beyond the window join its ends; att: of 1{t >= first_i} alone
//   sun_abraham        d_gr of 1{first_i = g} 1{t - first_i = r}; b_r = sum_g share_gr d_gr, shares of the rows at r, taken as
//                      known; against never treated units, or the last cohort (rows from its start on are left out)
//   imputation         effects and controls from untreated rows alone; b_r = mean of y - fitted over treated rows at r.
//                      V = sum_c (sum_{it in c} v_it e_it)^2: v_it the weight of y_it in b_r, e_it the residual, of treated rows
//                      from the weighted mean effect of cohort and time (of all cohorts at r, where a cohort is one cluster).
//                      Leads: of a regression on untreated rows, against all earlier times
//   callaway_santanna  att(g,t) = mean over g of y_t - y_base, less the same of the controls; base the last time before g;
//                      b_r = mean of att(g, g + r) by the cohorts' sizes. V of influence functions, sizes included,
//                      summed over clusters, or by random multipliers of them. Controls as `adjust` says, at the base time
//                      (policy/event/comparison.h); units with a row at both times; weights of the base time's row
// One sample: rows of units that are treated throughout are left out. A time after the data is no treatment in them.
// ATT: mean over treated rows; callaway_santanna: of att(g,t), t >= g, by the cohorts' sizes.
// Pre-trend: all b_r, r below the reference (of imputation all leads), are zero. Wald: F of regressions, else chi2.
// Band: b_r -+ c se_r holds all b_r at once (infer/simultaneous.h).
// Errors  those of treatment.h; policy.instruments .nothing_before .no_control .unknown_method .unknown_choice .reference .window;
//         of a method among several they go to left_out
// Source  Sun & Abraham (2021), J. Econometrics 225(2); Borusyak, Jaravel & Spiess (2024), REStud 91(6);
//         Callaway & Sant'Anna (2021), J. Econometrics 225(2); Montiel Olea & Plagborg-Moller (2019), JAE 34(1)
// Agrees  fixest (twfe, sun_abraham); explicit means and matrices in base R (tests/reference/policy_r)
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "infer/estimation.h"
#include "policy/treatment.h"

namespace panelist {

struct EventStudySpec {
  EstimationSpec model;  // a term that is the treatment itself is left out of it
  TreatmentSpec treatment;
  std::vector<std::string> methods;           // empty: twfe
  std::optional<std::pair<int, int>> window;  // relative times shown; empty: all
  int reference = -1;
  std::string control = "never";  // never, not_yet (callaway_santanna), last (sun_abraham)
  std::string adjust = "none";    // callaway_santanna, for the controls: none, regression, ipw, dr
  std::string shares = "known";   // sun_abraham, of its V: known, or estimated
  std::string bootstrap;          // callaway_santanna: multipliers mammen or rademacher; empty: none
  int bootstrap_draws = 999;
  bool band = false;
  int band_draws = 10'000;
};

// One relative time.
struct EventTime {
  int time = 0;
  double estimate = missing_value, std_error = missing_value, statistic = missing_value,
         p_value = missing_value, conf_low = missing_value, conf_high = missing_value;
  double band_low = missing_value, band_high = missing_value;
  double rows = 0;         // of treated units at that time
  bool reference = false;  // zero by definition
  bool beyond = false;     // holds all times beyond it too
};

// Units first treated at one time.
struct Cohort {
  std::int64_t first = 0;
  std::string name;  // as the time column says it
  Index units = 0;
};

// One cohort at one time.
struct GroupTimeEffect {
  std::string cohort, time;
  int relative = 0;
  Coefficient effect;
};

// Means of group-time effects by cohort or by calendar time.
struct EffectGroup {
  std::string by;  // "cohort", "calendar", "dynamic"
  std::vector<Coefficient> effects;
  Coefficient overall;
};

struct EventEffects {
  std::string method;
  std::vector<EventTime> times;  // ascending, the reference among them
  Coefficient att{};
  std::optional<TestResult> pre_trend;
  Matrix covariance;  // of the times that are estimated, in order
  double df = missing_value;
  double band_factor = missing_value;  // c of the band
  std::string vcov;                    // in words of the covariance: "cluster(province)"
  std::vector<std::string> clusters;
  std::vector<double> n_clusters;
  double n = 0;
  Index units = 0;
  std::string control;    // "never", "not_yet", "last"; "untreated": all untreated rows
  std::string adjust;     // of callaway_santanna, where not "none"
  std::string shares;     // of sun_abraham
  std::string bootstrap;  // of callaway_santanna, with the draws taken
  Index bootstrap_draws = 0;
  std::vector<GroupTimeEffect> cells;
  std::vector<EffectGroup> groups;
  std::vector<std::pair<std::string, std::string>> warnings;  // code, message
};

struct EventStudy {
  std::string outcome, formula, treatment;
  std::vector<Cohort> cohorts;
  Index never = 0, throughout = 0;  // units
  int reference = -1;
  double level = 0.95;
  std::vector<EventEffects> methods;
  std::vector<std::pair<std::string, std::string>> left_out;  // method, reason
  std::vector<std::pair<std::string, std::string>> warnings;
};

struct EventDesign;
struct EventMethod {
  std::string_view name;
  std::string_view en, zh;  // head of its column
  std::string_view summary;
  std::string_view source;
  EventEffects (*estimate)(const Context&, const EventStudySpec&, const EventDesign&) = nullptr;
};
const std::vector<EventMethod>& event_methods();
std::vector<std::string> event_method_names();
const EventMethod* find_event_method(std::string_view name);
// What control, adjust, shares and bootstrap may say.
const std::vector<std::string>& event_choices(std::string_view key);

EventStudy event_study(const Context& context, const EventStudySpec& spec, const Table& table,
                       const Panel* panel, Diagnostics& notes);

}  // namespace panelist
