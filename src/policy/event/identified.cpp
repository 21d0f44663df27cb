// SPDX-License-Identifier: Apache-2.0
#include "policy/event/identified.h"

#include <cmath>

namespace panelist {

namespace {

// Coefficients of dummies on dummies are ratios of counts; below this they are rounding.
constexpr double no_part = 1e-7;

// The regression of one column on the others, beside the model's controls and effects.
EventDesign with_outcome(const EventDesign& design, const AddedColumn& outcome) {
  EventDesign probe = design;
  probe.table.set(outcome.name, Column::numbers(outcome.values));
  Diagnostics mistakes;
  Formula& formula = probe.model.formula;
  formula.outcome = parse_expression("`" + outcome.name + "`", {}, mistakes);
  probe.model.vcov = parse_vcov("iid", {}, mistakes);
  mistakes.throw_first_error();
  formula.outcome_text = outcome.name;
  formula.text = formula_text(formula);
  return probe;
}

void add_parts(const Context& context, const EventDesign& design, const AddedColumn& lost,
               const std::vector<AddedColumn>& kept, std::set<std::string>& entangled) {
  try {
    Diagnostics unsaid;
    EventDesign probe = with_outcome(design, lost);
    probe.notes = &unsaid;
    const Estimation on_others = estimate_with(context, probe, kept);
    for (const AddedColumn& column : kept) {
      const Index at = term_position(*on_others.fit, column.name);
      if (at >= 0 && std::abs(on_others.fit->coefficients[at]) > no_part) entangled.insert(column.name);
    }
  } catch (const Error& error) {
    if (!error.diagnostic().code.starts_with("estimate.")) throw;  // the effects alone hold all of it
  }
}

}  // namespace

std::set<std::string> not_identified(const Context& context, const EventDesign& design, const Fit& fit,
                                     const std::vector<AddedColumn>& columns) {
  std::vector<AddedColumn> kept, lost;
  for (const AddedColumn& column : columns)
    (term_position(fit, column.name) < 0 ? lost : kept).push_back(column);
  std::set<std::string> names;
  for (const AddedColumn& column : lost) {
    names.insert(column.name);
    if (!kept.empty()) add_parts(context, design, column, kept, names);
  }
  return names;
}

}  // namespace panelist
