// SPDX-License-Identifier: Apache-2.0
#include "report/tables/regression_view.h"

#include "report/tables/labels.h"
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
void mark_stages(std::vector<ColumnView>& views, const StyleEntry& style, const std::string& lang) {
  for (ColumnView& view : views) {
    const auto same_estimation = [&](const ColumnView& other) {
      return other.estimation == view.estimation && other.column->first_stage >= 0;
    };
    const bool first = view.column->first_stage >= 0;
    const bool has_first = std::any_of(views.begin(), views.end(), same_estimation);
    view.stat_source = {view.estimation, view.column->first_stage, first || !has_first};
    if (has_first && view.group.empty())
      view.group = word_of(style, first ? "first_stage" : "second_stage", lang);
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
  mark_stages(views, style, spec.style.lang);
  return views;
}

namespace {

// One coefficient that is not asked for by name: its block, its set, a row of its own, or a note.
void place_term(const Coefficient& coefficient, const RegressionTableSpec& spec, TermPlan& plan) {
  const std::string& term = coefficient.term;
  if (contains(spec.drop, term)) return add_once(plan.hidden, term);
  for (TermBlock& block : plan.folded)
    if (contains(block.terms, term)) return;
  if (coefficient.set.empty()) return add_once(spec.keep.empty() ? plan.shown : plan.hidden, term);
  const bool usual = coefficient.set == "controls" && spec.labels.count(coefficient.set) == 0;
  const std::string label = usual ? word_of(entry_of(spec.style), "controls", spec.style.lang)
                                  : set_label(coefficient.set, spec.labels, spec.style.lang);
  for (TermBlock& block : plan.folded)
    if (block.label == label) return block.terms.push_back(term);
  plan.folded.push_back({label, {term}});
}

void put_first(const std::vector<std::string>& first, std::vector<std::string>& shown) {
  const auto rank = [&](const std::string& term) {
    return std::find(first.begin(), first.end(), term) - first.begin();
  };
  std::stable_sort(shown.begin(), shown.end(),
                   [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
}

}  // namespace

TermPlan plan_terms(const std::vector<ColumnView>& views, const RegressionTableSpec& spec) {
  TermPlan plan;
  plan.folded = spec.blocks;
  for (const std::string& term : spec.keep)
    for (const ColumnView& view : views)
      if (view.find(term) != nullptr) add_once(plan.shown, term);
  for (const ColumnView& view : views)
    for (const Coefficient& coefficient : *view.coefficients)
      if (coefficient.term != intercept_term && !contains(plan.shown, coefficient.term))
        place_term(coefficient, spec, plan);
  put_first(spec.first, plan.shown);
  return plan;
}

Bracket bracket_of(const TableStyle& style, std::size_t position) {
  const Bracket own = entry_of(style).bracket;
  if (style.below[position] == "ci") return Bracket::square;
  return position == 0 ? own : own == Bracket::square ? Bracket::round : Bracket::square;
}

std::string_view bracket_words(Bracket bracket, std::string_view lang) {
  const std::string_view key = bracket == Bracket::round    ? "in_round"
                               : bracket == Bracket::square ? "in_square"
                                                            : "in_none";
  return word(key, lang);
}

int stars_of(double p, const StarLevels& stars) {
  if (p < stars.three) return 3;
  if (p < stars.two) return 2;
  return p < stars.one ? 1 : 0;
}

}  // namespace panelist
