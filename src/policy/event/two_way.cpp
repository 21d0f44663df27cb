// SPDX-License-Identifier: Apache-2.0
// Two-way event study: a dummy for each relative time but the reference; times beyond the window join its ends.
#include <fmt/format.h>

#include "policy/event/methods.h"
#include "policy/event/summary.h"

namespace panelist {

namespace {

struct TimeDummies {
  std::vector<int> times;
  std::vector<AddedColumn> columns;
  int low = 0, high = 0;  // ends
  bool joined_low = false, joined_high = false;
};

std::string dummy_name(int time) { return fmt::format("event::{}", time); }

TimeDummies time_dummies(const EventStudySpec& spec, const EventDesign& design) {
  const std::vector<int> observed = times_of(design);
  TimeDummies out;
  out.low = spec.window ? spec.window->first : observed.front();
  out.high = spec.window ? spec.window->second : observed.back();
  out.joined_low = observed.front() < out.low;
  out.joined_high = observed.back() > out.high;
  const std::vector<int> relative = relative_times(design);
  for (int time = out.low; time <= out.high; ++time) {
    const auto joins = [&](int r) { return r != never_relative && std::clamp(r, out.low, out.high) == time; };
    if (time == spec.reference || std::none_of(observed.begin(), observed.end(), joins)) continue;
    AddedColumn column{dummy_name(time), {}};
    for (const int r : relative) column.values.push_back(joins(r) ? 1.0 : 0.0);
    out.times.push_back(time);
    out.columns.push_back(std::move(column));
  }
  return out;
}

// Units, times and all relative times are collinear when every unit is treated some day: one more time is a reference.
void add_second_reference(const EventDesign& design, TimeDummies& dummies, EventEffects& effects) {
  const bool determined = design.never > 0 || dummies.joined_low || dummies.joined_high;
  if (determined || dummies.times.empty()) return;
  effects.warnings.emplace_back(
      "policy.second_reference",
      fmt::format("no unit is never treated, so that relative times are told from time effects by a second "
                  "reference only: `{}` is taken as zero too",
                  dummies.times.front()));
  dummies.times.erase(dummies.times.begin());
  dummies.columns.erase(dummies.columns.begin());
}

// The times whose dummies were estimated, a row each.
Matrix estimated_rows(const Fit& fit, TimeDummies& dummies, EventEffects& effects) {
  std::vector<int> kept;
  std::vector<Index> positions;
  for (const int time : dummies.times) {
    const Index position = term_position(fit, dummy_name(time));
    if (position < 0) {
      effects.warnings.emplace_back(
          "policy.time_not_identified",
          fmt::format("relative time `{}` is collinear with effects, controls or other times", time));
      continue;
    }
    kept.push_back(time);
    positions.push_back(position);
  }
  Matrix rows = Matrix::Zero(static_cast<Index>(positions.size()), fit.k());
  for (std::size_t i = 0; i < positions.size(); ++i) rows(static_cast<Index>(i), positions[i]) = 1;
  dummies.times = std::move(kept);
  return rows;
}

// The one coefficient of being treated.
Coefficient static_effect(const Context& context, const EventDesign& design) {
  const AddedColumn treated = treated_column(design);
  const Estimation estimation = estimate_with(context, design, {treated});
  const Index position = term_position(*estimation.fit, treated.name);
  if (position < 0) return coefficient_of("att", missing_value, missing_value, 1, design.model.level);
  Coefficient att = estimation.inference.coefficients[static_cast<std::size_t>(position)];
  att.term = "att";
  return att;
}

}  // namespace

EventEffects two_way_effects(const Context& context, const EventStudySpec& spec, const EventDesign& design) {
  EventEffects effects;
  TimeDummies dummies = time_dummies(spec, design);
  const bool joined_low = dummies.joined_low, joined_high = dummies.joined_high;
  add_second_reference(design, dummies, effects);
  const Estimation estimation = estimate_with(context, design, std::move(dummies.columns));
  const Matrix rows = estimated_rows(*estimation.fit, dummies, effects);
  const TimePath path = path_of(estimation, dummies.times, rows);
  fill_times(context, spec, design, path, effects);
  add_reference(spec, design, effects);
  for (EventTime& time : effects.times)
    time.beyond = (time.time == dummies.low && joined_low) || (time.time == dummies.high && joined_high);
  effects.pre_trend = pre_trend_test(estimation, path, rows, spec.reference);
  effects.att = static_effect(context, design);
  effects.control = design.never > 0 ? "untreated" : "not_yet";
  describe(estimation, effects);
  return effects;
}

}  // namespace panelist
