// SPDX-License-Identifier: Apache-2.0
#include "study/run/sample_steps.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace panelist::study {

using nlohmann::ordered_json;

namespace {

// Variables of a regression by the name they have in it.
using Variables = std::vector<std::pair<std::string, Expression>>;

Expression column_expression(const std::string& name) {
  Diagnostics problems;
  Expression column = parse_expression("`" + name + "`", {}, problems);
  problems.throw_first_error();
  return column;
}

void add_terms(const std::vector<FormulaTerm>& terms, Variables& out) {
  for (const FormulaTerm& term : terms)
    for (const FormulaFactor& factor : term.factors)
      out.emplace_back(factor.expression.label(), factor.expression);
}

void add_names(const std::vector<std::string>& names, Variables& out) {
  for (const std::string& name : names)
    for (const std::string& part : split(name, '^')) out.emplace_back(part, column_expression(part));
}

Variables variables_of(const Formula& formula, const VcovSpec& vcov, const Expression& weights) {
  Variables out = {{formula.outcome_text, formula.outcome}};
  add_terms(formula.regressors, out);
  add_terms(formula.endogenous, out);
  add_terms(formula.instruments, out);
  for (const FormulaEffect& effect : formula.effects) {
    add_names(effect.factors, out);
    for (const Expression& slope : effect.slopes) out.emplace_back(slope.label(), slope);
  }
  if (!formula.offset.empty()) out.emplace_back(formula.offset.label(), formula.offset);
  add_names(vcov.columns, out);
  add_names(vcov.coordinates, out);
  if (!weights.empty()) out.emplace_back(weights.label(), weights);
  return out;
}

void add_step(ordered_json& steps, const char* step, const char* what, const std::string& name,
              std::size_t left_out) {
  if (left_out == 0) return;
  ordered_json one = {{"step", step}};
  if (!name.empty()) one[what] = name;
  one["left_out"] = left_out;
  steps.push_back(std::move(one));
}

// Rows of the conditions that lack a variable, counted for the first of them; `left` is how many there are in all.
void add_missing(const Workspace& work, const Regression& regression, const Variables& variables,
                 std::vector<std::size_t> rows, std::size_t left, ordered_json& steps) {
  for (const auto& [name, expression] : variables) {
    if (left == 0) break;
    Diagnostics heard_before;
    const Column column = evaluate(expression, {regression.table, &work.panel}, heard_before);
    const std::size_t before = rows.size();
    std::erase_if(rows, [&](std::size_t row) { return column.is_missing(row); });
    const std::size_t lacking = std::min(left, before - rows.size());
    add_step(steps, "missing", "variable", name, lacking);
    left -= lacking;
  }
  add_step(steps, "missing", "variable", "", left);
}

// Those of the formula that was estimated, or with `beside` those of the formula asked for and this variable.
Variables variables_needed(const Workspace& work, const TableEntry& entry, const Regression& regression,
                           const std::string& estimated, const std::string& beside) {
  const SpannedExpression& weights =
      entry.weights.expression.empty() ? work.study->data.weights : entry.weights;
  Diagnostics problems;
  if (!beside.empty()) {
    Variables variables = variables_of(regression.formula, regression.vcov, weights.expression);
    const bool column = regression.table.has(beside);
    variables.emplace_back(beside,
                           column ? column_expression(beside) : parse_expression(beside, {}, problems));
    return variables;
  }
  const std::vector<Formula> formula = parse_formula(estimated, {}, {}, problems);
  if (formula.empty() || problems.has_errors()) return {};
  return variables_of(formula.front(), regression.vcov, weights.expression);
}

// The conditions as the study wrote them; those that split a sample or make it common have no words.
std::string own_conditions(const Regression& regression) {
  std::vector<std::string> written;
  for (const std::string& condition : regression.where)
    if (!condition.starts_with("`")) written.push_back(condition);
  return join(written, "; ");
}

}  // namespace

ordered_json sample_steps(Workspace& work, const TableEntry& entry, const Regression& regression,
                          const Estimation& estimation, const std::string& beside) {
  const ModelFrame& frame = *estimation.fit->frame;
  const DroppedRows& dropped = frame.dropped;
  const std::size_t panel = work.table.rows();
  const std::size_t study = std::min(dropped.where, panel - work.sample.size());
  ordered_json steps = ordered_json::array();
  steps.push_back({{"step", "panel"}, {"rows", panel}});
  add_step(steps, "where", "condition", work.study->data.where.text, study);
  add_step(steps, "column", "condition", own_conditions(regression), dropped.where - study);
  if (dropped.missing > 0)
    add_missing(work, regression, variables_needed(work, entry, regression, frame.formula, beside),
                rows_where(work, regression.table, regression.where), dropped.missing, steps);
  add_step(steps, "weight", "", "", dropped.weight);
  add_step(steps, "singleton", "", "", dropped.singleton);
  add_step(steps, "separated", "", "", dropped.separated);
  steps.push_back({{"step", "estimated"}, {"rows", frame.rows.size()}});
  return steps;
}

}  // namespace panelist::study
