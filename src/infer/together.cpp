// SPDX-License-Identifier: Apache-2.0
// Regressions of one call that differ in their regressors and outcomes only: one frame, one absorption, one set of cross products.
#include "estimate/together.h"

#include <algorithm>
#include <set>

#include "infer/estimation.h"

namespace panelist {
namespace {

std::string effects_text(const Formula& formula) {
  std::string text;
  for (const FormulaEffect& effect : formula.effects) text += effect.text + " + ";
  return text;
}

// Without effects there is nothing to share but the reading of columns.
bool is_plain(const EstimationSpec& spec) {
  return (spec.method.empty() || spec.method == "ols") && !spec.formula.effects.empty() &&
         spec.formula.endogenous.empty() && spec.formula.instruments.empty();
}

bool same_frame(const EstimationSpec& a, const EstimationSpec& b) {
  return a.frame.where.label() == b.frame.where.label() &&
         a.frame.weights.label() == b.frame.weights.label() && a.frame.weight_type == b.frame.weight_type &&
         a.frame.panel.unit == b.frame.panel.unit && a.frame.panel.time == b.frame.panel.time &&
         a.frame.drop_singletons == b.frame.drop_singletons && a.vcov.columns == b.vcov.columns &&
         a.vcov.coordinates == b.vcov.coordinates && a.frame.exposure.label() == b.frame.exposure.label() &&
         a.frame.needed_columns == b.frame.needed_columns &&
         a.small_sample.keeps_singletons == b.small_sample.keeps_singletons;
}

// Another outcome is one column more to absorb; an offset would be taken from the first one only.
bool outcomes_go_together(const EstimationSpec& a, const EstimationSpec& b) {
  return a.formula.outcome_text == b.formula.outcome_text ||
         (a.formula.offset.empty() && a.frame.exposure.empty());
}

bool may_share(const EstimationSpec& a, const EstimationSpec& b) {
  return a.method == b.method && outcomes_go_together(a, b) && a.formula.intercept == b.formula.intercept &&
         effects_text(a.formula) == effects_text(b.formula) &&
         a.formula.offset.label() == b.formula.offset.label() && same_frame(a, b) &&
         a.estimate.absorb.tolerance == b.estimate.absorb.tolerance &&
         a.estimate.collinear_tolerance == b.estimate.collinear_tolerance;
}

bool repeats_a_term(const Formula& formula) {
  std::set<std::string> seen;
  return std::any_of(formula.regressors.begin(), formula.regressors.end(),
                     [&](const FormulaTerm& term) { return !seen.insert(term.text).second; });
}

using Specs = std::vector<EstimationSpec>;

// Position after the last that may share with the one at `first`.
std::size_t end_of_group(const Specs& specs, std::size_t first) {
  std::size_t end = first;
  while (end < specs.size() && is_plain(specs[end]) && !repeats_a_term(specs[end].formula) &&
         may_share(specs[first], specs[end]))
    ++end;
  return std::max(end, first + 1);
}

FormulaTerm outcome_as_term(const Formula& formula) {
  FormulaTerm term;
  FormulaFactor factor;
  factor.expression = formula.outcome;
  factor.span = term.span = formula.span;
  term.factors = {factor};
  term.text = formula.outcome_text;
  return term;
}

// Every regressor once, in order of first appearance, then every other outcome.
EstimationSpec union_of(const std::vector<EstimationSpec>& specs) {
  EstimationSpec all = specs.front();
  std::set<std::string> seen;
  all.formula.regressors.clear();
  for (const EstimationSpec& spec : specs)
    for (const FormulaTerm& term : spec.formula.regressors)
      if (seen.insert(term.text).second) all.formula.regressors.push_back(term);
  seen.insert(all.formula.outcome_text);
  for (const EstimationSpec& spec : specs)
    if (seen.insert(spec.formula.outcome_text).second)
      all.formula.regressors.push_back(outcome_as_term(spec.formula));
  all.formula.text = formula_text(all.formula);
  all.tests.clear();
  for (const EstimationSpec& spec : specs)
    all.tests.insert(all.tests.end(), spec.tests.begin(), spec.tests.end());
  return all;
}

// Each term is one column of its own name: how it is coded does not depend on the other terms.
bool is_column_by_column(const ModelFrame& frame, const Formula& formula) {
  if (frame.intercept || frame.exogenous.names.size() != formula.regressors.size()) return false;
  for (std::size_t j = 0; j < formula.regressors.size(); ++j)
    if (frame.exogenous.names[j] != formula.regressors[j].text) return false;
  return true;
}

// The rows of the frame with every regressor are those of the frame with none: then of any between.
bool keeps_the_sample(const Context& context, const EstimationSpec& all, const ModelFrame& frame,
                      const Table& table, const Panel* panel) {
  if (frame.dropped.missing == 0) return true;
  EstimationSpec bare = all;
  bare.formula.regressors.clear();
  Diagnostics unsaid;
  const auto least = frame_of(context, bare, table, panel, unsaid);
  return least->dropped.missing == frame.dropped.missing && least->notes == frame.notes;
}

Index column_of(const ModelFrame& all, const std::string& name) {
  const std::vector<std::string>& names = all.exogenous.names;
  return std::find(names.begin(), names.end(), name) - names.begin();
}

std::shared_ptr<const ModelFrame> part_of(const ModelFrame& all, const Formula& formula) {
  auto own = std::make_shared<ModelFrame>(all);
  own->formula = formula.text;
  if (formula.outcome_text != all.outcome_name) {
    own->outcome_name = formula.outcome_text;
    own->outcome = all.exogenous.values.col(column_of(all, formula.outcome_text));
  }
  own->exogenous = {{}, {}, SharedColumns(all.n())};
  for (const FormulaTerm& term : formula.regressors) {
    own->exogenous.names.push_back(term.text);
    own->exogenous.sets.push_back(term.set);
    own->exogenous.values.append(all.exogenous.values.col(column_of(all, term.text)));
  }
  return own;
}

// Nothing where they do not share a sample.
std::vector<Estimation> estimate_shared(const Context& context, const std::vector<EstimationSpec>& specs,
                                        const Table& table, const Panel* panel, Diagnostics& notes) {
  const EstimationSpec all = union_of(specs);
  const auto frame = frame_of(context, all, table, panel, notes);
  if (!is_column_by_column(*frame, all.formula) || !keeps_the_sample(context, all, *frame, table, panel))
    return {};
  std::vector<std::shared_ptr<const ModelFrame>> own;
  for (const EstimationSpec& spec : specs) own.push_back(part_of(*frame, spec.formula));
  std::vector<Fit> fits = estimate_together(context, *frame, own, all.estimate);
  std::vector<Estimation> results;
  for (std::size_t i = 0; i < specs.size(); ++i)
    results.push_back(infer_model(context, specs[i], std::move(fits[i])));
  return results;
}

std::vector<Estimation> estimate_one_by_one(const Context& context, const Specs& specs, const Table& table,
                                            const Panel* panel, Diagnostics& notes) {
  std::vector<Estimation> results;
  for (const EstimationSpec& spec : specs)
    results.push_back(estimate_model(context, spec, table, panel, notes));
  return results;
}

// Errors that a single regression of a group may have while the others can be estimated; all else ends the work.
bool may_be_of_one(const Error& error) {
  const std::string& code = error.diagnostic().code;
  if (code == "data.no_rows") return true;
  for (const char* kind : {"estimate.", "infer.", "formula.", "expression."})
    if (code.starts_with(kind)) return true;
  return false;
}

std::vector<Estimation> estimate_group(const Context& context, const Specs& specs, const Table& table,
                                       const Panel* panel, Diagnostics& notes) {
  if (specs.size() == 1) return estimate_one_by_one(context, specs, table, panel, notes);
  Diagnostics own;
  std::vector<Estimation> results;
  try {
    results = estimate_shared(context, specs, table, panel, own);
  } catch (const Error& error) {
    if (!may_be_of_one(error)) throw;
    results.clear();  // one of them cannot be estimated: one by one says which
  }
  if (results.empty()) return estimate_one_by_one(context, specs, table, panel, notes);
  notes.append(own);
  return results;
}

}  // namespace

std::vector<Estimation> estimate_models(const Context& context, const std::vector<EstimationSpec>& specs,
                                        const Table& table, const Panel* panel, Diagnostics& notes) {
  std::vector<Estimation> results;
  for (std::size_t first = 0; first < specs.size();) {
    const std::size_t end = end_of_group(specs, first);
    const Specs group(specs.begin() + static_cast<std::ptrdiff_t>(first),
                      specs.begin() + static_cast<std::ptrdiff_t>(end));
    for (Estimation& estimation : estimate_group(context, group, table, panel, notes))
      results.push_back(std::move(estimation));
    first = end;
  }
  return results;
}

}  // namespace panelist
