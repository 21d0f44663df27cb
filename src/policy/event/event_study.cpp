// SPDX-License-Identifier: Apache-2.0
#include "policy/event_study.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "policy/event/design.h"

namespace panelist {

namespace {

const EventMethod& method_named(const std::string& name) {
  if (const EventMethod* method = find_event_method(name)) return *method;
  const std::string near = nearest(name, event_method_names());
  throw Error(
      "policy.unknown_method", fmt::format("there is no event study of the kind `{}`", name),
      near.empty() ? "one of: " + join(event_method_names(), ", ") : fmt::format("did you mean `{}`?", near));
}

void check_window(const EventStudySpec& spec) {
  if (spec.reference >= 0)
    throw Error("policy.reference", fmt::format("the reference {} is a treated time", spec.reference),
                "take a time before the start: -1");
  if (!spec.window) return;
  const auto [low, high] = *spec.window;
  if (low > spec.reference || high < 0)
    throw Error("policy.window",
                fmt::format("the window [{}, {}] leaves out the reference {} or all treated times", low, high,
                            spec.reference),
                "for example window = [-4, 5]");
}

void check_choice(const std::string& what, const std::string& given, const std::vector<std::string>& legal) {
  if (std::find(legal.begin(), legal.end(), given) == legal.end())
    throw Error(what == "control" ? "policy.unknown_control" : "policy.unknown_choice",
                fmt::format("`{}` is no choice of `{}`", given, what), "one of: " + join(legal, ", "));
}

void check_choices(const EventStudySpec& spec) {
  check_choice("control", spec.control, event_choices("control"));
  check_choice("adjust", spec.adjust, event_choices("adjust"));
  check_choice("shares", spec.shares, event_choices("shares"));
  if (!spec.bootstrap.empty()) check_choice("bootstrap", spec.bootstrap, event_choices("bootstrap"));
}

void check_reference(const EventStudySpec& spec, const EventDesign& design) {
  const std::vector<int> times = times_of(design);
  if (std::find(times.begin(), times.end(), spec.reference) == times.end())
    throw Error("policy.reference",
                fmt::format("no treated unit is seen at the reference {}", spec.reference),
                fmt::format("relative times in the sample: {} to {}", times.front(), times.back()));
}

void warn_of_units(const EventDesign& design, EventStudy& study) {
  Index treated = 0;
  std::vector<std::string> alone;
  for (const Cohort& cohort : design.cohorts) {
    treated += cohort.units;
    if (cohort.units == 1) alone.push_back(cohort.name);
  }
  if (treated == 1)
    study.warnings.emplace_back(
        "policy.one_treated_unit",
        "one unit alone is treated: clustered standard errors say nothing about it; see "
        "a placebo table");
  else if (!alone.empty())
    study.warnings.emplace_back(
        "policy.cohort_of_one",
        fmt::format("cohorts of one unit: `{}`; their part of a standard error is hardly known",
                    join(alone, ", ")));
  if (study.throughout > 0)
    study.warnings.emplace_back("policy.always_treated",
                                fmt::format("{} {} treated in all rows and left out", study.throughout,
                                            study.throughout == 1 ? "unit is" : "units are"));
  if (design.never == 0)
    study.warnings.emplace_back("policy.everybody_treated",
                                "no unit is never treated: later cohorts are the only controls");
}

// Two windows of one unit cannot overlap, as treatment stays; ends of the window may hold other times.
void warn_of_window(const EventStudySpec& spec, const EventDesign& design, EventStudy& study) {
  if (!spec.window) return;
  const std::vector<int> times = times_of(design);
  const auto [low, high] = *spec.window;
  if (times.front() < low || times.back() > high)
    study.warnings.emplace_back(
        "policy.window_ends",
        fmt::format(
            "relative times run from `{}` to `{}`: twfe joins what lies beyond [`{}`, `{}`] to its ends, the "
            "other estimators leave it out of the table, not of the ATT",
            times.front(), times.back(), low, high));
}

// A factor within whose levels `value` does not change takes out what is constant in it.
template <typename Value>
bool some_effect_holds(const ModelFrame& frame, const std::vector<Value>& value) {
  return std::any_of(frame.effects.begin(), frame.effects.end(), [&](const FrameEffect& effect) {
    if (!effect.intercept) return false;
    std::map<Level, Value> of_level;
    for (std::size_t i = 0; i < value.size(); ++i)
      if (of_level.emplace(effect.group.level[i], value[i]).first->second != value[i]) return false;
    return true;
  });
}

bool has_dummies_of(const Formula& formula, const std::string& key) {
  return std::any_of(formula.regressors.begin(), formula.regressors.end(), [&](const FormulaTerm& term) {
    return term.factors.size() == 1 && term.factors.front().expression.label() == key &&
           term.factors.front().kind == FormulaFactor::Kind::categories;
  });
}

// Regressions without effects of cohorts and of times compare levels, not differences.
void warn_of_effects(const EventStudySpec& spec, const EventDesign& design, EventStudy& study) {
  const std::vector<std::string> methods =
      spec.methods.empty() ? std::vector<std::string>{"twfe"} : spec.methods;
  if (std::all_of(methods.begin(), methods.end(),
                  [](const std::string& method) { return method == "callaway_santanna"; }))
    return;
  const ModelFrame& frame = *design.frame;
  const PanelKeys& keys = design.panel->keys;
  const Formula& formula = design.model.formula;
  std::vector<std::string> without;
  if (!some_effect_holds(frame, design.row_first) && !has_dummies_of(formula, keys.unit))
    without.push_back(keys.unit);
  if (!some_effect_holds(frame, frame.time) && !has_dummies_of(formula, keys.time))
    without.push_back(keys.time);
  if (!without.empty())
    study.warnings.emplace_back(
        "policy.no_two_way_effects",
        fmt::format("the model has no effects of `{}`: its estimates are no differences in differences",
                    join(without, ", ")));
}

void say_gaps(const EventDesign& design, EventStudy& study) {
  const Panel& panel = *design.panel;
  if (panel.gaps > 0)
    study.warnings.emplace_back(
        "policy.gaps", fmt::format("{} times of units are missing between their first and last: relative "
                                   "times count them",
                                   panel.gaps));
}

// What none of the methods reads: a choice that changes nothing is not what its author meant.
void say_unused(const EventStudySpec& spec, const std::vector<const EventMethod*>& methods,
                EventStudy& study) {
  const auto any = [&](std::string_view name) {
    return std::any_of(methods.begin(), methods.end(),
                       [&](const EventMethod* method) { return method->name == name; });
  };
  std::vector<std::string> unused;
  if (spec.control == "not_yet" && !any("callaway_santanna")) unused.push_back("control");
  if (spec.control == "last" && !any("sun_abraham")) unused.push_back("control");
  if (spec.adjust != "none" && !any("callaway_santanna")) unused.push_back("adjust");
  if (spec.shares != "known" && !any("sun_abraham")) unused.push_back("shares");
  if (!spec.bootstrap.empty() && !any("callaway_santanna")) unused.push_back("bootstrap");
  if (!unused.empty())
    study.warnings.emplace_back("policy.choice_unused",
                                fmt::format("none of the estimators reads: `{}`", join(unused, ", ")));
}

EventStudy start(const EventStudySpec& spec, const EventDesign& design) {
  EventStudy study;
  study.outcome = design.frame->outcome_name;
  study.formula = design.model.formula.text;
  study.treatment = spec.treatment.column();
  study.cohorts = design.cohorts;
  study.never = design.never;
  study.throughout = design.throughout;
  study.reference = spec.reference;
  study.level = spec.model.level;
  warn_of_units(design, study);
  warn_of_window(spec, design, study);
  warn_of_effects(spec, design, study);
  say_gaps(design, study);
  return study;
}

// Among several methods one that is not possible here is left out, and why.
void run_method(const Context& context, const EventStudySpec& spec, const EventDesign& design,
                const EventMethod& method, EventStudy& study) {
  try {
    study.methods.push_back(method.estimate(context, spec, design));
    study.methods.back().method = std::string(method.name);
  } catch (const Error& error) {
    if (spec.methods.size() <= 1) throw;
    study.left_out.emplace_back(std::string(method.name), error.diagnostic().message);
  }
}

}  // namespace

const std::vector<std::string>& event_choices(std::string_view key) {
  static const std::map<std::string_view, std::vector<std::string>> choices = {
      {"control", {"never", "not_yet", "last"}},
      {"adjust", {"none", "regression", "ipw", "dr"}},
      {"shares", {"known", "estimated"}},
      {"bootstrap", {"mammen", "rademacher"}},
  };
  return choices.at(key);
}

EventStudy event_study(const Context& context, const EventStudySpec& spec, const Table& table,
                       const Panel* panel, Diagnostics& notes) {
  check_window(spec);
  check_choices(spec);
  std::vector<const EventMethod*> methods;
  for (const std::string& name : spec.methods) methods.push_back(&method_named(name));
  if (methods.empty()) methods.push_back(&method_named("twfe"));
  const EventDesign design = event_design(context, spec.model, spec.treatment, {table, panel, notes});
  check_reference(spec, design);
  EventStudy study = start(spec, design);
  say_unused(spec, methods, study);
  for (const EventMethod* method : methods) run_method(context, spec, design, *method, study);
  if (study.methods.empty())
    throw Error("policy.no_method", "none of the event studies is possible: " + study.left_out.front().second,
                "take fewer or other methods");
  return study;
}

}  // namespace panelist
