// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/equations.h"

#include <fmt/format.h>

namespace panelist {
namespace {

const std::string mask_name = "outcome and mediators";

Expression mediator_expression(const std::string& text) {
  Diagnostics diagnostics;
  Expression expression = parse_expression(text, Span{}, diagnostics);
  diagnostics.throw_first_error();
  return expression;
}

FormulaTerm term_of(const Expression& expression) {
  FormulaFactor factor;
  factor.expression = expression;
  FormulaTerm term;
  term.factors.push_back(factor);
  term.text = expression.label();
  return term;
}

void refuse_mediator_in(const std::vector<FormulaTerm>& terms, const std::string& mediator) {
  for (const FormulaTerm& term : terms)
    if (term.text == mediator)
      throw Error("mechanism.mediator_in_formula",
                  "the mediator `" + mediator + "` is a regressor of the total equation",
                  "take it out of the formula: the total effect is the one without the mediators",
                  "mediator " + mediator);
}

void refuse_outcome(const Formula& formula, const std::string& mediator) {
  if (formula.outcome.label() != mediator) return;
  throw Error("mechanism.mediator_is_outcome", "the mediator `" + mediator + "` is the outcome",
              "name what stands between the treatment and the outcome", "mediator " + mediator);
}

void refuse_repeated(const std::vector<std::string>& terms, const std::string& mediator) {
  if (std::find(terms.begin(), terms.end(), mediator) == terms.end()) return;
  throw Error("mechanism.repeated_mediator", "the mediator `" + mediator + "` is named twice",
              "name each mediator once", "mediator " + mediator);
}

void require_serial_number(std::size_t mediators) {
  if (mediators >= 2 && mediators <= most_serial_mediators) return;
  throw Error("mechanism.serial_mediators",
              mediators < 2 ? "serial mediation needs a first and a second mediator"
                            : std::to_string(mediators) + " mediators in a row have " +
                                  std::to_string((1U << mediators) - 1) + " paths",
              mediators < 2 ? "name two or three in their order: through = [\"M1\", \"M2\"]"
                            : "take the three that matter");
}

// One where every expression is present, missing elsewhere: as a needed column it makes the sample common.
Column common_rows(const std::vector<Expression>& needed, const Table& table, const Panel* panel) {
  std::vector<double> mask(table.rows(), 1);
  Diagnostics said_with_the_models;
  for (const Expression& expression : needed) {
    const Column values = evaluate(expression, {table, panel}, said_with_the_models);
    for (std::size_t row = 0; row < mask.size(); ++row)
      if (values.is_missing(row)) mask[row] = missing_value;
  }
  return Column::numbers(std::move(mask));
}

// Rows that the total equation has by itself and the mediators leave out; a frame is built where some variable is missing.
Index rows_lost(const Context& context, const MediationSpec& spec, const ModelFrame& common,
                const MediationData& data) {
  if (common.dropped.missing == 0) return 0;
  Diagnostics said_with_the_models;
  return frame_of(context, spec.total, data.table, data.panel, said_with_the_models)->n() - common.n();
}

}  // namespace

FormulaTerm expression_term(const std::string& text) { return term_of(mediator_expression(text)); }

void require_treatment(const Formula& formula, const std::string& x) {
  std::vector<std::string> terms;
  for (const auto* part : {&formula.regressors, &formula.endogenous})
    for (const FormulaTerm& term : *part) {
      if (term.text == x) return;
      terms.push_back(term.text);
    }
  const std::string near = nearest(x, terms);
  throw Error("mechanism.unknown_term", "the total equation has no term `" + x + "`",
              near.empty() ? "name a regressor of the formula" : "did you mean `" + near + "`?", "term " + x);
}

MediationEquations mediation_equations(const MediationSpec& spec, const Table& table, const Panel* panel) {
  if (spec.mediators.empty())
    throw Error("mechanism.no_mediator", "a mediation needs at least one mediator",
                "name it: through = \"M\"");
  if (spec.serial) require_serial_number(spec.mediators.size());
  require_treatment(spec.total.formula, spec.x);
  MediationEquations equations{
      table, spec.total, spec.total, {}, {}};  // outcome gains the mediators one by one
  equations.total.frame.needed_columns.push_back(mask_name);
  equations.outcome.frame.needed_columns.push_back(mask_name);
  std::vector<Expression> needed = {spec.total.formula.outcome};
  for (const std::string& text : spec.mediators) {
    const Expression mediator = mediator_expression(text);
    const FormulaTerm term = term_of(mediator);
    refuse_outcome(spec.total.formula, term.text);
    refuse_repeated(equations.terms, term.text);
    refuse_mediator_in(spec.total.formula.regressors, term.text);
    refuse_mediator_in(spec.total.formula.endogenous, term.text);
    EstimationSpec equation = spec.serial ? equations.outcome : equations.total;
    equation.formula.outcome = mediator;
    equation.formula.outcome_text = term.text;
    equation.formula.text = formula_text(equation.formula);
    equations.mediators.push_back(equation);
    equations.outcome.formula.regressors.push_back(term);
    equations.terms.push_back(term.text);
    needed.push_back(mediator);
  }
  equations.outcome.formula.text = formula_text(equations.outcome.formula);
  equations.table.set(mask_name, common_rows(needed, table, panel));
  return equations;
}

void say_rows_lost(const Context& context, const MediationSpec& spec, const ModelFrame& common,
                   const MediationData& data) {
  const Index lost = rows_lost(context, spec, common, data);
  if (lost <= 0) return;
  data.notes.warning(
      "mechanism.fewer_rows",
      fmt::format("all equations use the {} rows that have the mediators; the total equation alone has {}",
                  common.n(), common.n() + lost),
      {}, "the total effect differs from that of a regression on its own rows");
}

void say_one_way_drawn(const MediationSpec& spec, const ModelFrame& common, Diagnostics& notes) {
  if (spec.bootstrap <= 0 || !spec.cluster.empty() || common.clusters.size() < 2) return;
  notes.warning("mechanism.one_way_drawn",
                fmt::format("the bootstrap draws clusters of `{}` alone, the covariance has `{}` too",
                            common.clusters.front().name, common.clusters.back().name),
                {}, "take the delta or the Monte Carlo interval (draws), or name first what is to be drawn");
}

}  // namespace panelist
