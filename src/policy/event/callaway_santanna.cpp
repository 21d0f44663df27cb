// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <set>

#include "policy/event/group_time.h"
#include "policy/event/methods.h"
#include "policy/event/summary.h"

namespace panelist {

namespace {

void require_plain_model(const EventDesign& design) {
  if (design.frame->weights.size() > 0)
    throw Error("policy.weights", "callaway_santanna takes no weights",
                "leave the weights or the method out");
}

void warn_of_controls(const EventDesign& design, EventEffects& effects) {
  const std::size_t terms = design.frame->exogenous.names.size() - (design.frame->intercept ? 1 : 0);
  if (terms > 0)
    effects.warnings.emplace_back(
        "policy.controls_unused",
        fmt::format(
            "callaway_santanna compares outcomes alone: the {} controls of the model are used only to "
            "choose the rows",
            terms));
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
      if (cell.cohort == g && cell.relative >= 0) own.push_back({cell.effect, cell.influence});
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

// Estimates with the covariance of one another, read off as coefficients.
class Inferred {
 public:
  Inferred(const UnitClusters& clusters, double level) : clusters_(clusters), level_(level) {}

  [[nodiscard]] Matrix covariance(const std::vector<Influenced>& parts) const {
    return influence_covariance(parts, clusters_.of_unit, clusters_.grouping->size());
  }
  [[nodiscard]] Coefficient of(const std::string& name, const Influenced& part) const {
    return coefficient_of(name, part.estimate, covariance({part})(0, 0),
                          std::numeric_limits<double>::infinity(), level_);
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

TimePath event_path(const EventStudySpec& spec, const EventDesign& design, const GroupTimes& all,
                    const Inferred& inferred) {
  std::set<int> times;
  for (const GroupTime& cell : all.cells)
    if (cell.relative != spec.reference && shown(spec, cell.relative)) times.insert(cell.relative);
  std::vector<Influenced> parts;
  TimePath path;
  path.times.assign(times.begin(), times.end());
  path.estimates = Vector::Zero(static_cast<Index>(times.size()));
  for (std::size_t i = 0; i < path.times.size(); ++i) {
    parts.push_back(all.by_sizes(
        cells_where(all, [&](const GroupTime& c) { return c.relative == path.times[i]; }), design));
    path.estimates[static_cast<Index>(i)] = parts.back().estimate;
  }
  path.covariance = inferred.covariance(parts);
  path.df = normal_law(path.times.size());
  return path;
}

void list_cells(const GroupTimes& all, const EventDesign& design, const Inferred& inferred,
                EventEffects& effects) {
  for (const GroupTime& cell : all.cells) {
    const std::string& cohort = design.cohorts[cell.cohort].name;
    const std::string time = std::to_string(all.times[cell.time]);
    effects.cells.push_back(
        {cohort, time, cell.relative,
         inferred.of(fmt::format("att({},{})", cohort, time), {cell.effect, cell.influence})});
  }
}

bool takes_not_yet(const EventStudySpec& spec, const EventDesign& design, EventEffects& effects) {
  if (spec.control == "not_yet") return true;
  if (design.never > 0) return false;
  effects.warnings.emplace_back("policy.no_never_treated",
                                "no unit is never treated: cohorts are compared with those not yet treated");
  return true;
}

}  // namespace

EventEffects callaway_santanna_effects(const Context& context, const EventStudySpec& spec,
                                       const EventDesign& design) {
  EventEffects effects;
  require_plain_model(design);
  warn_of_controls(design, effects);
  const bool not_yet = takes_not_yet(spec, design, effects);
  const GroupTimes all = group_times(spec, design, not_yet);
  const UnitClusters clusters = unit_clusters(design, effects);
  const Inferred inferred(clusters, spec.model.level);
  const std::vector<std::size_t> treated =
      cells_where(all, [](const GroupTime& cell) { return cell.relative >= 0; });
  if (treated.empty())
    throw Error("policy.no_control", "no cohort has a control unit at a time after its start",
                "say control = \"not_yet\", or add units that are never treated");
  if (all.not_estimated > 0)
    effects.warnings.emplace_back(
        "policy.cells_not_identified",
        fmt::format("{} cohort times have no treated or no control unit seen at both times",
                    all.not_estimated));
  const TimePath path = event_path(spec, design, all, inferred);
  fill_times(context, spec, design, path, effects);
  add_reference(spec, design, effects);
  effects.pre_trend = pre_trend_test(path, spec.reference);
  effects.att = inferred.of("att", all.by_sizes(treated, design));
  for (const NamedParts& named :
       {by_relative_time(all, design), by_cohort(all, design), by_calendar_time(all, design)})
    effects.groups.push_back(inferred.of(named));
  list_cells(all, design, inferred, effects);
  effects.control = not_yet ? "not_yet" : "never";
  describe_clusters(design, *clusters.grouping, effects);
  return effects;
}

}  // namespace panelist
