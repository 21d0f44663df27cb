// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <map>
#include <set>

#include "base/text.h"
#include "policy/event/group_time.h"
#include "policy/event/methods.h"
#include "policy/event/multipliers.h"
#include "policy/event/summary.h"

namespace panelist {

namespace {

Adjustment adjustment_of(const EventStudySpec& spec) {
  static const std::map<std::string_view, Adjustment> by_name = {
      {"regression", Adjustment::regression}, {"ipw", Adjustment::ipw}, {"dr", Adjustment::dr}};
  const auto found = by_name.find(spec.adjust);
  return found == by_name.end() ? Adjustment::none : found->second;
}

void warn_of_controls(const EventStudySpec& spec, const EventDesign& design, EventEffects& effects) {
  const std::size_t terms = design.frame->exogenous.names.size() - (design.frame->intercept ? 1 : 0);
  if (terms > 0 && spec.adjust == "none")
    effects.warnings.emplace_back(
        "policy.controls_unused",
        fmt::format(
            "callaway_santanna compares outcomes alone: the {} controls of the model are used only to "
            "choose the rows",
            terms));
  if (terms == 0 && spec.adjust != "none")
    effects.warnings.emplace_back("policy.no_covariates",
                                  "the model has no controls that callaway_santanna could adjust for");
}

// Changes between two times take out what is constant within units, and comparisons at one time what is within times.
bool taken_out(const FrameEffect& effect, const ModelFrame& frame) {
  if (effect.slopes.cols() > 0) return false;
  std::map<Level, Level> of_unit;
  std::map<std::int64_t, Level> of_time;
  bool in_units = true, in_times = true;
  for (std::size_t i = 0; i < frame.time.size(); ++i) {
    const Level own = effect.group.level[i];
    in_units = in_units && of_unit.emplace(frame.unit.level[i], own).first->second == own;
    in_times = in_times && of_time.emplace(frame.time[i], own).first->second == own;
  }
  return in_units || in_times;
}

void warn_of_effects(const EventDesign& design, EventEffects& effects) {
  std::vector<std::string> unused;
  for (const FrameEffect& effect : design.frame->effects)
    if (!taken_out(effect, *design.frame)) unused.push_back(effect.group.name);
  if (!unused.empty())
    effects.warnings.emplace_back(
        "policy.effects_unused",
        fmt::format("callaway_santanna takes out units and times: the effects `{}` do not count",
                    join(unused, ", ")));
}

void warn_of_moved_bases(const EventDesign& design, const GroupTimes& all, int reference,
                         EventEffects& effects) {
  std::vector<std::string> names;
  for (const std::size_t g : all.moved) names.push_back(design.cohorts[g].name);
  if (!names.empty())
    effects.warnings.emplace_back(
        "policy.base_moved",
        fmt::format("cohorts `{}` have no rows at the reference `{}`: their changes are since the last time "
                    "before it, which is left out of the means",
                    join(names, ", "), reference));
}

void warn_of_lost_cells(const GroupTimes& all, EventEffects& effects) {
  if (all.nobody > 0)
    effects.warnings.emplace_back(
        "policy.cells_not_identified",
        fmt::format("{} cohort times have no treated or no control unit seen at both times", all.nobody));
  if (all.undetermined > 0)
    effects.warnings.emplace_back(
        "policy.too_few_controls",
        fmt::format("at {} cohort times the control units do not determine the regression on the covariates",
                    all.undetermined));
  if (all.no_overlap > 0)
    effects.warnings.emplace_back(
        "policy.no_overlap",
        fmt::format(
            "at {} cohort times covariates tell treated units from controls (a probability above 0.999, or "
            "no logit)",
            all.no_overlap));
}

// Clusters of units; units in several clusters are clusters of their own.
struct UnitClusters {
  const Grouping* grouping = nullptr;
  std::vector<Level> of_unit;
};

UnitClusters unit_clusters(const EventDesign& design, EventEffects& effects) {
  const Grouping& clusters = policy_clusters(design);
  const Grouping& units = design.frame->unit;
  UnitClusters out{&clusters, std::vector<Level>(static_cast<std::size_t>(units.size()), -1)};
  bool nested_in_clusters = true;
  for (std::size_t i = 0; i < units.level.size(); ++i) {
    Level& level = out.of_unit[static_cast<std::size_t>(units.level[i])];
    if (level >= 0 && level != clusters.level[i]) nested_in_clusters = false;
    level = clusters.level[i];
  }
  if (nested_in_clusters) return out;
  effects.warnings.emplace_back(
      "policy.units_cross_clusters",
      fmt::format("units have rows in several levels of `{}`: clusters are the units", clusters.name));
  out.grouping = &units;
  for (std::size_t u = 0; u < out.of_unit.size(); ++u) out.of_unit[u] = static_cast<Level>(u);
  return out;
}

template <typename Belongs>
std::vector<std::size_t> cells_where(const GroupTimes& all, const Belongs& belongs) {
  std::vector<std::size_t> chosen;
  for (std::size_t k = 0; k < all.cells.size(); ++k)
    if (belongs(all.cells[k])) chosen.push_back(k);
  return chosen;
}

// Named estimates of one kind, with their overall mean.
struct NamedParts {
  std::string by;
  std::vector<std::string> names;
  std::vector<Influenced> parts;
  Influenced overall;
};

NamedParts by_relative_time(const GroupTimes& all, const EventDesign& design) {
  NamedParts out{"dynamic", {}, {}, {}};
  std::set<int> times;
  for (const GroupTime& cell : all.cells)
    if (cell.relative >= 0) times.insert(cell.relative);
  for (const int time : times) {
    out.names.push_back(std::to_string(time));
    out.parts.push_back(
        all.by_sizes(cells_where(all, [&](const GroupTime& c) { return c.relative == time; }), design));
  }
  out.overall = GroupTimes::mean(out.parts);
  return out;
}

NamedParts by_cohort(const GroupTimes& all, const EventDesign& design) {
  NamedParts out{"cohort", {}, {}, {}};
  std::vector<std::size_t> cohorts;
  for (std::size_t g = 0; g < design.cohorts.size(); ++g) {
    std::vector<Influenced> own;
    for (const GroupTime& cell : all.cells)
      if (cell.cohort == g && cell.relative >= 0) own.push_back(cell.att);
    if (own.empty()) continue;
    out.names.push_back(design.cohorts[g].name);
    out.parts.push_back(GroupTimes::mean(own));
    cohorts.push_back(g);
  }
  out.overall = all.over_cohorts(out.parts, cohorts, design);
  return out;
}

NamedParts by_calendar_time(const GroupTimes& all, const EventDesign& design) {
  NamedParts out{"calendar", {}, {}, {}};
  for (std::size_t t = 0; t < all.times.size(); ++t) {
    const std::vector<std::size_t> chosen =
        cells_where(all, [&](const GroupTime& c) { return c.time == t && c.relative >= 0; });
    if (chosen.empty()) continue;
    out.names.push_back(std::to_string(all.times[t]));
    out.parts.push_back(all.by_sizes(chosen, design));
  }
  out.overall = GroupTimes::mean(out.parts);
  return out;
}

// All that is reported.
struct Reported {
  std::vector<int> times;
  std::vector<Influenced> events;
  Influenced att;
  std::vector<NamedParts> groups;
};

Reported reported(const EventStudySpec& spec, const EventDesign& design, const GroupTimes& all) {
  Reported out;
  std::set<int> times;
  for (const GroupTime& cell : all.cells)
    if (cell.relative != spec.reference && shown(spec, cell.relative)) times.insert(cell.relative);
  out.times.assign(times.begin(), times.end());
  for (const int time : out.times)
    out.events.push_back(
        all.by_sizes(cells_where(all, [&](const GroupTime& c) { return c.relative == time; }), design));
  out.att = all.by_sizes(cells_where(all, [](const GroupTime& cell) { return cell.relative >= 0; }), design);
  out.groups = {by_relative_time(all, design), by_cohort(all, design), by_calendar_time(all, design)};
  return out;
}

// Sums over clusters, and what is read off them.
class Inferred {
 public:
  Inferred(const UnitClusters& clusters, double level) : clusters_(clusters), level_(level) {}

  [[nodiscard]] Matrix sums(const std::vector<Influenced>& parts) const {
    return cluster_sums(parts, clusters_.of_unit, clusters_.grouping->size());
  }
  [[nodiscard]] Coefficient of(const std::string& name, const Influenced& part) const {
    const double variance =
        std::isnan(part.std_error) ? sums({part}).squaredNorm() : part.std_error * part.std_error;
    return coefficient_of(name, part.estimate, variance, std::numeric_limits<double>::infinity(), level_);
  }
  [[nodiscard]] EffectGroup of(const NamedParts& named) const {
    EffectGroup group{named.by, {}, of("overall", named.overall)};
    for (std::size_t i = 0; i < named.parts.size(); ++i)
      group.effects.push_back(of(named.names[i], named.parts[i]));
    return group;
  }

 private:
  const UnitClusters& clusters_;
  double level_;
};

// Standard errors by multipliers, the same ones for everything reported; the critical value of the events' band.
double draw_errors(const Context& context, const EventStudySpec& spec, const Inferred& inferred,
                   GroupTimes& all, Reported& report, EventEffects& effects) {
  std::vector<Influenced*> parts;
  for (Influenced& event : report.events) parts.push_back(&event);
  const auto events = static_cast<Index>(parts.size());
  parts.push_back(&report.att);
  for (NamedParts& named : report.groups) {
    for (Influenced& part : named.parts) parts.push_back(&part);
    parts.push_back(&named.overall);
  }
  for (GroupTime& cell : all.cells) parts.push_back(&cell.att);
  std::vector<Influenced> copies;
  for (const Influenced* part : parts) copies.push_back(*part);
  const MultiplierSpec multipliers{spec.bootstrap == "mammen" ? WildWeights::mammen : WildWeights::rademacher,
                                   spec.bootstrap_draws};
  const Matrix draws = multiplier_draws(context, inferred.sums(copies), multipliers);
  const Vector errors = multiplier_errors(draws);
  for (std::size_t i = 0; i < parts.size(); ++i) parts[i]->std_error = errors[static_cast<Index>(i)];
  effects.bootstrap = spec.bootstrap;
  effects.bootstrap_draws = draws.rows();
  return multiplier_critical(draws.leftCols(events), errors.head(events), spec.model.level);
}

TimePath event_path(const Reported& report, const Inferred& inferred, double critical) {
  TimePath path;
  path.times = report.times;
  path.estimates = Vector::Zero(static_cast<Index>(report.events.size()));
  const Matrix sums = inferred.sums(report.events);
  path.covariance = sums.transpose() * sums;
  path.df = normal_law(report.times.size());
  path.critical = critical;
  const bool drawn = !report.events.empty() && !std::isnan(report.events.front().std_error);
  if (drawn) path.std_errors.resize(path.estimates.size());
  for (std::size_t i = 0; i < report.events.size(); ++i) {
    path.estimates[static_cast<Index>(i)] = report.events[i].estimate;
    if (drawn) path.std_errors[static_cast<Index>(i)] = report.events[i].std_error;
  }
  return path;
}

void list_cells(const GroupTimes& all, const EventDesign& design, const Inferred& inferred,
                EventEffects& effects) {
  for (const GroupTime& cell : all.cells) {
    const std::string& cohort = design.cohorts[cell.cohort].name;
    const std::string time = std::to_string(all.times[cell.time]);
    effects.cells.push_back(
        {cohort, time, cell.relative, inferred.of(fmt::format("att({},{})", cohort, time), cell.att)});
  }
}

bool takes_not_yet(const EventStudySpec& spec, const EventDesign& design, EventEffects& effects) {
  if (spec.control == "not_yet") return true;
  if (design.never > 0) return false;
  effects.warnings.emplace_back("policy.no_never_treated",
                                "no unit is never treated: cohorts are compared with those not yet treated");
  return true;
}

void require_treated_cells(const GroupTimes& all) {
  const auto treated = [](const GroupTime& cell) { return cell.relative >= 0; };
  if (std::any_of(all.cells.begin(), all.cells.end(), treated)) return;
  if (all.no_overlap > 0 || all.undetermined > 0)
    throw Error("policy.no_overlap",
                "at no cohort time treated units and controls can be compared given the covariates",
                "take fewer controls, adjust = \"regression\", or adjust = \"none\"");
  throw Error("policy.no_control", "no cohort has a control unit at a time after its start",
              "say control = \"not_yet\", or add units that are never treated");
}

}  // namespace

EventEffects callaway_santanna_effects(const Context& context, const EventStudySpec& spec,
                                       const EventDesign& design) {
  EventEffects effects;
  warn_of_controls(spec, design, effects);
  warn_of_effects(design, effects);
  const bool not_yet = takes_not_yet(spec, design, effects);
  GroupTimes all = group_times({spec.reference, not_yet, adjustment_of(spec)}, design);
  require_treated_cells(all);
  warn_of_lost_cells(all, effects);
  warn_of_moved_bases(design, all, spec.reference, effects);
  const UnitClusters clusters = unit_clusters(design, effects);
  const Inferred inferred(clusters, spec.model.level);
  Reported report = reported(spec, design, all);
  const double critical =
      spec.bootstrap.empty() ? missing_value : draw_errors(context, spec, inferred, all, report, effects);
  const TimePath path = event_path(report, inferred, critical);
  fill_times(context, spec, design, path, effects);
  add_reference(spec, design, effects);
  effects.pre_trend = pre_trend_test(path, spec.reference);
  effects.att = inferred.of("att", report.att);
  for (const NamedParts& named : report.groups) effects.groups.push_back(inferred.of(named));
  list_cells(all, design, inferred, effects);
  effects.control = not_yet ? "not_yet" : "never";
  if (spec.adjust != "none") effects.adjust = spec.adjust;
  describe_clusters(design, *clusters.grouping, effects);
  return effects;
}

}  // namespace panelist
