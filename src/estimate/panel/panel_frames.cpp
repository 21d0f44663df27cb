// SPDX-License-Identifier: Apache-2.0
#include "estimate/panel_frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "absorb/absorber.h"
#include "formula/frame_rows.h"

namespace panelist {
namespace {

constexpr std::string_view intercept_name = "(Intercept)";

// Neighbouring differences of period dummies span the same columns as the dummies, if every period has its own.
bool is_of_periods(const ModelFrame& frame, const Grouping& group) {
  std::map<std::int64_t, Level> level_of;
  std::vector<int> periods(static_cast<std::size_t>(group.size()), 0);
  for (std::size_t row = 0; row < frame.time.size(); ++row) {
    const auto [at, is_new] = level_of.try_emplace(frame.time[row], group.level[row]);
    if (at->second != group.level[row]) return false;
    if (is_new) ++periods[static_cast<std::size_t>(group.level[row])];
  }
  return std::all_of(periods.begin(), periods.end(), [](int count) { return count == 1; });
}

void require_plain(const ModelFrame& frame, std::string_view what) {
  if (frame.has_iv() || frame.offset.size() > 0)
    throw Error("estimate.not_for_panels",
                fmt::format("{} is for regressions without instruments and offsets", what),
                "take them out of the formula");
  for (const FrameEffect& effect : frame.effects)
    if (effect.slopes.cols() > 0)
      throw Error("estimate.not_for_panels", fmt::format("{} takes no effects with slopes", what),
                  fmt::format("take the slopes of `{}` out of the formula", effect.group.name));
}

std::vector<FrameEffect> effects_after_differences(const ModelFrame& frame, std::string_view what) {
  std::vector<FrameEffect> left;
  for (const FrameEffect& effect : frame.effects) {
    if (constant_within_units(frame, effect.group)) continue;
    if (!is_of_periods(frame, effect.group))
      throw Error("estimate.not_for_panels",
                  fmt::format("{} takes effects of units and of periods, and `{}` is neither", what,
                              effect.group.name),
                  "take it out of the formula");
    left.push_back(effect);
  }
  return left;
}

Vector difference(const Vector& column, const std::vector<Index>& before) {
  Vector change = Vector::Zero(column.size());
  for (std::size_t row = 0; row < before.size(); ++row)
    if (before[row] >= 0)
      change(static_cast<Index>(row)) = column(static_cast<Index>(row)) - column(before[row]);
  return change;
}

FrameColumns differences(const FrameColumns& columns, const std::vector<Index>& before) {
  FrameColumns changes;
  changes.values = SharedColumns(columns.values.rows());
  for (std::size_t j = 0; j < columns.names.size(); ++j) {
    if (columns.names[j] == intercept_name) continue;
    changes.names.push_back(columns.names[j]);
    changes.sets.push_back(columns.sets[j]);
    changes.values.append(difference(columns.values.col(static_cast<Index>(j)), before));
  }
  return changes;
}

void append(FrameColumns& columns, const std::string& name, const Vector& values) {
  columns.names.push_back(name);
  columns.sets.emplace_back();
  columns.values.append(values);
}

void append_dummies(FrameColumns& columns, const Grouping& group) {
  for (Level level = 1; level < group.size(); ++level) {
    Vector dummy(static_cast<Index>(group.level.size()));
    for (std::size_t row = 0; row < group.level.size(); ++row)
      dummy(static_cast<Index>(row)) = group.level[row] == level ? 1.0 : 0.0;
    append(columns, group.name + "::" + group.names[static_cast<std::size_t>(level)], dummy);
  }
}

// The effect absorbs the units: it is theirs.
bool is_of_units(const ModelFrame& frame, const Grouping& group) {
  return group.size() == frame.unit.size() && constant_within_units(frame, group);
}

FrameColumns constant_first(const ModelFrame& frame) {
  FrameColumns columns;
  columns.values = SharedColumns(frame.n());
  append(columns, std::string(intercept_name), Vector::Ones(frame.n()));
  for (std::size_t j = 0; j < frame.exogenous.names.size(); ++j) {
    if (frame.exogenous.names[j] == intercept_name) continue;
    append(columns, frame.exogenous.names[j], frame.exogenous.values.col(static_cast<Index>(j)));
    columns.sets.back() = frame.exogenous.sets[j];
  }
  return columns;
}

void require_whole_units(const ModelFrame& frame, std::string_view what) {
  for (const Grouping& cluster : frame.clusters)
    if (!constant_within_units(frame, cluster))
      throw Error("estimate.not_for_panels",
                  fmt::format("{} has one row a unit, and `{}` varies within units", what, cluster.name),
                  "cluster by the unit or by groups of units, or take hc1", "column " + cluster.name);
}

}  // namespace

std::shared_ptr<const ModelFrame> frame_in_levels(const ModelFrame& frame, std::string_view what,
                                                  bool expand) {
  require_panel(frame, what);
  require_unweighted(frame, what);
  require_plain(frame, what);
  ModelFrame levels = frame;
  levels.effects.clear();
  if (!frame.effects.empty() && !frame.intercept) levels.exogenous = constant_first(frame);
  levels.intercept = frame.intercept || !frame.effects.empty();
  for (const FrameEffect& effect : frame.effects) {
    if (!expand)
      throw Error(
          "estimate.not_for_panels",
          fmt::format("{} absorbs no effects, and the formula asks for `{}`", what, effect.group.name),
          "take the unit out of the formula (--panel names it) and write periods as i(year)");
    if (!is_of_units(frame, effect.group)) append_dummies(levels.exogenous, effect.group);
  }
  return std::make_shared<const ModelFrame>(std::move(levels));
}

std::shared_ptr<const ModelFrame> within_frame(const ModelFrame& frame) {
  ModelFrame within = frame;
  within.effects = {{frame.unit, Matrix(frame.n(), 0), {}, true}};
  within.intercept = false;
  within.exogenous = FrameColumns();
  within.exogenous.values = SharedColumns(frame.n());
  for (std::size_t j = 0; j < frame.exogenous.names.size(); ++j)
    if (frame.exogenous.names[j] != intercept_name)
      append(within.exogenous, frame.exogenous.names[j], frame.exogenous.values.col(static_cast<Index>(j)));
  return std::make_shared<const ModelFrame>(std::move(within));
}

std::shared_ptr<const ModelFrame> between_frame(const ModelFrame& frame, std::string_view what,
                                                bool weighted) {
  require_whole_units(frame, what);
  ModelFrame means = frame;
  means.outcome = by_row(frame.unit, unit_means(frame.unit, frame.outcome));
  means.exogenous.values = SharedColumns(frame.n());
  for (Index j = 0; j < frame.exogenous.values.cols(); ++j)
    means.exogenous.values.append(by_row(frame.unit, unit_means(frame.unit, frame.exogenous.values.col(j))));
  std::vector<bool> keep(frame.unit.level.size(), false), seen(static_cast<std::size_t>(frame.unit.size()));
  Vector rows = Vector::Zero(frame.unit.size());
  for (std::size_t row = 0; row < keep.size(); ++row) {
    const auto level = static_cast<std::size_t>(frame.unit.level[row]);
    keep[row] = !seen[level];
    seen[level] = true;
    rows(static_cast<Index>(level)) += 1;
  }
  if (weighted) means.weights = by_row(frame.unit, rows);
  return std::make_shared<const ModelFrame>(frame_on_rows(means, keep));
}

void require_panel(const ModelFrame& frame, std::string_view what) {
  if (frame.unit.names.empty())
    throw Error("usage.missing_option", fmt::format("{} needs the panel's unit and time", what),
                "add --panel UNIT,TIME (in a study: panel = [\"unit\", \"time\"] of [data])",
                "option --panel");
}

void require_unweighted(const ModelFrame& frame, std::string_view what) {
  if (frame.weights.size() > 0)
    throw Error("infer.unweighted_only", fmt::format("{} is defined without weights", what),
                "leave the weights out");
}

std::shared_ptr<const ModelFrame> differenced_frame(const ModelFrame& frame, std::string_view what) {
  require_panel(frame, what);
  require_unweighted(frame, what);
  require_plain(frame, what);
  const std::vector<Index> before = panel_rows(frame).row_before(1);
  std::vector<bool> keep;
  for (const Index row : before) keep.push_back(row >= 0);
  if (std::find(keep.begin(), keep.end(), true) == keep.end())
    throw Error("infer.too_few_periods",
                fmt::format("{} needs units with two neighbouring periods, and there is none", what),
                "check --panel: every unit must be seen at least twice, one time step apart");
  ModelFrame changes = frame;
  changes.effects = effects_after_differences(frame, what);
  changes.outcome = difference(frame.outcome, before);
  changes.exogenous = differences(frame.exogenous, before);
  changes.intercept = false;
  return std::make_shared<const ModelFrame>(frame_on_rows(changes, keep));
}

Vector unit_means(const Grouping& unit, const Vector& column, const Vector& w) {
  Vector sums = Vector::Zero(unit.size()), counts = Vector::Zero(unit.size());
  for (std::size_t row = 0; row < unit.level.size(); ++row) {
    const double weight = w.size() > 0 ? w(static_cast<Index>(row)) : 1.0;
    sums(unit.level[row]) += weight * column(static_cast<Index>(row));
    counts(unit.level[row]) += weight;
  }
  return sums.cwiseQuotient(counts);
}

Vector by_row(const Grouping& unit, const Vector& of_units) {
  Vector values(static_cast<Index>(unit.level.size()));
  for (std::size_t row = 0; row < unit.level.size(); ++row)
    values(static_cast<Index>(row)) = of_units(unit.level[row]);
  return values;
}

bool constant_within_units(const ModelFrame& frame, const Grouping& group) {
  return nested(frame.unit.level, group.level, frame.unit.size());
}

}  // namespace panelist
