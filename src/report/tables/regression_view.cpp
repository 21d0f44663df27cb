// SPDX-License-Identifier: Apache-2.0
#include "report/tables/regression_view.h"

#include "report/tables/words.h"

namespace panelist {

namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (!contains(names, name)) names.push_back(name);
}

const FirstStageInference* stage_of(const RegressionColumn& column) {
  const auto& stages = column.estimation->iv.first_stage;
  const auto at = static_cast<std::size_t>(std::max(0, column.first_stage));
  return column.first_stage >= 0 && at < stages.size() ? &stages[at] : nullptr;
}

void read_equation(ColumnView& view) {
  const Estimation& estimation = *view.estimation;
  view.coefficients = &estimation.inference.coefficients;
  view.outcome = estimation.fit->frame == nullptr ? "" : estimation.fit->frame->outcome_name;
  view.coefficient_pointer = view.column->source + "/coefficients";
}

void read_first_stage(ColumnView& view, const FirstStageInference& stage) {
  view.coefficients = &stage.coefficients;
  view.outcome = stage.endogenous;
  view.coefficient_pointer =
      view.column->source + fmt::format("/first_stage/{}/coefficients", view.column->first_stage);
}

void read_constant(ColumnView& view, const StyleEntry& style) {
  if (const Coefficient* constant = view.find(std::string(intercept_term)))
    view.constant = *constant;
  else if (style.xtreg_constant && view.column->first_stage < 0 && view.estimation->xtreg_constant)
    view.constant = view.estimation->xtreg_constant, view.constant_of_xtreg = true;
}

// Side by side, the stages say what they are and the first one carries the identification tests.
void mark_stages(std::vector<ColumnView>& views, const std::string& lang) {
  for (ColumnView& view : views) {
    const auto same_estimation = [&](const ColumnView& other) {
      return other.estimation == view.estimation && other.column->first_stage >= 0;
    };
    const bool first = view.column->first_stage >= 0;
    const bool has_first = std::any_of(views.begin(), views.end(), same_estimation);
    view.stat_source = {view.estimation, view.column->first_stage, first || !has_first};
    if (has_first && view.group.empty())
      view.group = std::string(word(first ? "first_stage" : "second_stage", lang));
  }
}

}  // namespace

const Coefficient* ColumnView::find(const std::string& term) const {
  for (const Coefficient& coefficient : *coefficients)
    if (coefficient.term == term) return &coefficient;
  return nullptr;
}

std::string ColumnView::pointer_of(const Coefficient& coefficient, std::string_view field) const {
  if (column->source.empty()) return "";
  if (constant_of_xtreg && &coefficient == &*estimation->xtreg_constant)
    return fmt::format("{}/xtreg_constant/{}", column->source, field);
  const auto at = &coefficient - coefficients->data();
  return fmt::format("{}/{}/{}", coefficient_pointer, at, field);
}

std::vector<ColumnView> column_views(const RegressionTableSpec& spec, const StyleEntry& style) {
  std::vector<ColumnView> views;
  for (const RegressionColumn& column : spec.columns) {
    ColumnView view;
    view.column = &column;
    view.estimation = column.estimation;
    view.group = column.group;
    const FirstStageInference* stage = stage_of(column);
    if (stage == nullptr)
      read_equation(view);
    else
      read_first_stage(view, *stage);
    read_constant(view, style);
    views.push_back(std::move(view));
  }
  mark_stages(views, spec.style.lang);
  return views;
}

TermPlan plan_terms(const std::vector<ColumnView>& views, const std::vector<std::string>& keep) {
  TermPlan plan;
  for (const std::string& term : keep)
    for (const ColumnView& view : views)
      if (view.find(term) != nullptr) add_once(plan.shown, term);
  for (const ColumnView& view : views)
    for (const Coefficient& coefficient : *view.coefficients) {
      if (coefficient.term == intercept_term || contains(plan.shown, coefficient.term)) continue;
      if (!coefficient.set.empty())
        add_once(plan.folded, coefficient.set);
      else
        add_once(keep.empty() ? plan.shown : plan.hidden, coefficient.term);
    }
  return plan;
}

int stars_of(double p, const StarLevels& stars) {
  if (p < stars.three) return 3;
  if (p < stars.two) return 2;
  return p < stars.one ? 1 : 0;
}

}  // namespace panelist
