// SPDX-License-Identifier: Apache-2.0
#include "policy/event/design.h"

#include <fmt/format.h>

#include <map>
#include <set>

namespace panelist {

namespace {

constexpr std::string_view sample_column = "(policy sample)";

Expression parsed(const std::string& text) {
  Diagnostics mistakes;
  const Expression expression = parse_expression(text, {}, mistakes);
  mistakes.throw_first_error();
  return expression;
}

Expression both(const Expression& condition, const std::string& marked) {
  const std::string text = fmt::format("`{}` == 1", marked);
  return parsed(condition.empty() ? text : fmt::format("({}) and {}", condition.text(), text));
}

// A column that is 1 exactly in treated rows, where it is known.
bool says_treated(const Column& column, const EventDesign& design) {
  if (column.is_text()) return false;
  const std::vector<int> times = relative_times(design);
  for (std::size_t row = 0; row < times.size(); ++row) {
    const double treated = times[row] != never_relative && times[row] >= 0 ? 1 : 0;
    if (!column.is_missing(row) && column.cells()[row] != treated) return false;
  }
  return true;
}

// The treatment itself is no control, by whatever name.
void leave_out_treatment(const std::string& column, EventDesign& design) {
  Formula& formula = design.model.formula;
  if (!formula.endogenous.empty())
    throw Error("policy.instruments", "these estimators take no instruments",
                "leave out the third part of the formula");
  std::erase_if(formula.regressors, [&](const FormulaTerm& term) {
    const Column* plain = design.table.find(term.text);
    return term.text == column || (plain != nullptr && says_treated(*plain, design));
  });
  formula.text = formula_text(formula);
}

std::vector<bool> rows_of_units(const Panel& panel, const std::vector<bool>& left_out) {
  std::vector<bool> keep;
  for (const std::int32_t unit : panel.unit) keep.push_back(!left_out[static_cast<std::size_t>(unit)]);
  return keep;
}

std::string time_name(const Panel& panel, std::int64_t time) {
  const auto place = std::lower_bound(panel.times.begin(), panel.times.end(), time);
  if (place == panel.times.end() || *place != time) return std::to_string(time);
  return panel.time_names[static_cast<std::size_t>(place - panel.times.begin())];
}

int steps_between(const Panel& panel, std::int64_t time, std::int64_t first) {
  return first == never_treated ? never_relative : static_cast<int>((time - first) / panel.step);
}

void time_rows(EventDesign& design) {
  design.row_first.clear();
  design.relative.clear();
  std::map<std::int64_t, std::set<std::size_t>> units;
  for (std::size_t i = 0; i < design.frame->rows.size(); ++i) {
    const std::size_t unit = design.unit_of(i);
    const std::int64_t first = design.first[unit];
    design.row_first.push_back(first);
    design.relative.push_back(steps_between(*design.panel, design.frame->time[i], first));
    units[first].insert(unit);
  }
  design.cohorts.clear();
  design.never = 0;
  for (const auto& [first, members] : units) {
    if (first == never_treated)
      design.never = static_cast<Index>(members.size());
    else
      design.cohorts.push_back({first, time_name(*design.panel, first), static_cast<Index>(members.size())});
  }
}

void build_frame(const Context& context, EventDesign& design) {
  EstimationSpec marked = design.model;
  design.frame = frame_of(context, marked, design.table, design.panel, *design.notes);
  time_rows(design);
}

// By unit of the panel: treated in each of the rows used.
std::vector<bool> treated_throughout(const EventDesign& design) {
  std::vector<bool> seen(design.first.size(), false), untreated(design.first.size(), false);
  for (std::size_t i = 0; i < design.relative.size(); ++i) {
    seen[design.unit_of(i)] = true;
    if (design.relative[i] == never_relative || design.relative[i] < 0) untreated[design.unit_of(i)] = true;
  }
  for (std::size_t u = 0; u < seen.size(); ++u) seen[u] = seen[u] && !untreated[u];
  return seen;
}

// All relative times before the start, or all after it: nothing to compare.
void require_two_sides(const EventDesign& design) {
  const auto treated = [](int r) { return r != never_relative && r >= 0; };
  const bool any = std::any_of(design.relative.begin(), design.relative.end(), treated);
  if (!any && design.throughout > 0)
    throw Error("policy.nothing_before", "no treated unit is seen before its start",
                "the sample must begin before the policy does");
  if (!any)
    throw Error("policy.nobody_treated", "no row of the sample is treated",
                "check `where` and the missing values");
  const auto before = [](int r) { return r != never_relative && r < 0; };
  if (std::none_of(design.relative.begin(), design.relative.end(), before))
    throw Error("policy.nothing_before", "no treated unit is seen before its start",
                "the sample must begin before the policy does");
  if (design.never == 0 && design.cohorts.size() == 1)
    throw Error("policy.no_control", "all units are treated from the same time on: there is no control group",
                "add units that are treated later, or never");
}

}  // namespace

namespace {

void warn_of_unknown(const Treatment& timing, Diagnostics& notes) {
  notes.warning(
      "policy.treatment_unknown",
      fmt::format("{} rows of `{}` are blank where treatment may have begun: they are left out, and a "
                  "start among them counts from the first 1",
                  timing.count_unknown(), timing.column),
      {}, "fill the column in, or give the first treated time as a cohort column");
}

// Without its frame.
EventDesign planned(const EstimationSpec& model, const Treatment& timing, const DesignData& data) {
  EventDesign design;
  design.model = model;
  design.model.iv_tests = false;
  design.model.tests.clear();
  design.table = data.table;
  design.panel = data.panel;
  design.notes = &data.notes;
  design.first = timing.first;
  leave_out_treatment(timing.column, design);
  return design;
}

}  // namespace

EventDesign whole_design(const Context& context, const EstimationSpec& model, const TreatmentSpec& treatment,
                         const DesignData& data) {
  const Treatment timing = read_treatment(treatment, data.table, data.panel);
  EventDesign design = planned(model, timing, data);
  if (timing.count_unknown() == 0) {
    build_frame(context, design);
    return design;
  }
  warn_of_unknown(timing, data.notes);
  std::vector<bool> keep = timing.unknown;
  keep.flip();
  return restricted(context, design, keep, timing.first);
}

EventDesign event_design(const Context& context, const EstimationSpec& model, const TreatmentSpec& treatment,
                         const DesignData& data) {
  EventDesign design = whole_design(context, model, treatment, data);
  const std::vector<bool> throughout = treated_throughout(design);
  const Index count = std::count(throughout.begin(), throughout.end(), true);
  if (count > 0) design = restricted(context, design, rows_of_units(*data.panel, throughout), design.first);
  design.throughout = count;
  require_two_sides(design);
  return design;
}

EventDesign restricted(const Context& context, const EventDesign& design, const std::vector<bool>& keep,
                       std::vector<std::int64_t> first) {
  EventDesign out = design;
  out.first = std::move(first);
  if (std::find(keep.begin(), keep.end(), false) != keep.end()) {
    std::string name(sample_column);
    while (out.table.has(name)) name += "'";
    out.table.set(name, Column::numbers(std::vector<double>(keep.begin(), keep.end())));
    out.model.frame.where = both(out.model.frame.where, name);
  }
  build_frame(context, out);
  return out;
}

Estimation estimate_with(const Context& context, const EventDesign& design,
                         std::vector<AddedColumn> columns) {
  Table table = design.table;
  std::string right;
  for (AddedColumn& column : columns) {
    right += fmt::format("{}`{}`", right.empty() ? "" : " + ", column.name);
    table.set(column.name, Column::numbers(std::move(column.values)));
  }
  Diagnostics mistakes;
  const std::vector<Formula> added = parse_formula("y ~ " + right, {}, {}, mistakes);
  mistakes.throw_first_error();
  EstimationSpec spec = design.model;
  std::vector<FormulaTerm>& terms = spec.formula.regressors;
  terms.insert(terms.begin(), added.front().regressors.begin(), added.front().regressors.end());
  spec.formula.text = formula_text(spec.formula);
  return estimate_model(context, spec, table, design.panel, *design.notes);
}

std::vector<int> relative_times(const EventDesign& design) {
  std::vector<int> times;
  for (std::size_t row = 0; row < design.panel->time.size(); ++row)
    times.push_back(steps_between(*design.panel, design.panel->time[row],
                                  design.first[static_cast<std::size_t>(design.panel->unit[row])]));
  return times;
}

AddedColumn treated_column(const EventDesign& design) {
  AddedColumn column{"treated", {}};
  while (design.table.has(column.name)) column.name += "'";
  for (const int time : relative_times(design))
    column.values.push_back(time != never_relative && time >= 0 ? 1.0 : 0.0);
  return column;
}

std::vector<int> times_of(const EventDesign& design) {
  std::set<int> times(design.relative.begin(), design.relative.end());
  times.erase(never_relative);
  return {times.begin(), times.end()};
}

const Grouping& policy_clusters(const EventDesign& design) {
  return design.frame->clusters.size() == 1 ? design.frame->clusters.front() : design.frame->unit;
}

Index term_position(const Fit& fit, const std::string& term) {
  const auto place = std::find(fit.names.begin(), fit.names.end(), term);
  return place == fit.names.end() ? -1 : place - fit.names.begin();
}

}  // namespace panelist
