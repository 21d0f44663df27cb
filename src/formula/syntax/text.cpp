// SPDX-License-Identifier: Apache-2.0
// Formulas back into text.
#include "base/text.h"
#include "formula/syntax/term_reader.h"

namespace panelist {
namespace {

std::string reference_text(const std::string& reference, bool backquotes) {
  if (!backquotes || is_bare_name(reference) || parse_number(reference)) return reference;
  ExpressionNode node;
  node.kind = NodeKind::text;
  node.word = reference;
  return node_text(node, true);
}

std::string expression_text(const Expression& expression, bool backquotes) {
  return backquotes ? expression.text() : expression.label();
}

std::string sum_text(const std::vector<FormulaTerm>& terms) {
  std::vector<std::string> parts;
  for (const auto& term : terms) parts.push_back(term_text(term, true));
  return join(parts, " + ");
}

std::string right_side_text(const Formula& formula) {
  std::vector<std::string> parts;
  if (!formula.intercept) parts.emplace_back("0");
  if (!formula.regressors.empty()) parts.push_back(sum_text(formula.regressors));
  if (!formula.offset.empty()) parts.push_back("offset(" + formula.offset.text() + ")");
  return parts.empty() ? "1" : join(parts, " + ");
}

}  // namespace

std::string factor_text(const FormulaFactor& factor, bool backquotes) {
  const std::string inner = expression_text(factor.expression, backquotes);
  if (factor.kind == FormulaFactor::Kind::polynomial)
    return "poly(" + inner + "," + std::to_string(factor.degree) + ")";
  if (factor.kind == FormulaFactor::Kind::expression) return inner;
  return "i(" + inner + (factor.has_reference ? ",ref=" + reference_text(factor.reference, backquotes) : "") +
         ")";
}

std::string term_text(const FormulaTerm& term, bool backquotes) {
  std::vector<std::string> parts;
  for (const auto& factor : term.factors) parts.push_back(factor_text(factor, backquotes));
  return join(parts, ":");
}

std::string effect_text(const FormulaEffect& effect, bool backquotes) {
  std::vector<std::string> names;
  for (const auto& factor : effect.factors) names.push_back(backquotes ? quoted_name(factor) : factor);
  std::vector<std::string> slopes;
  for (const auto& slope : effect.slopes) slopes.push_back(expression_text(slope, backquotes));
  std::string text = join(names, "^");
  if (!slopes.empty())
    text += (effect.intercept ? "[" : "[[") + join(slopes, ",") + (effect.intercept ? "]" : "]]");
  return text;
}

FormulaTerm make_term(std::vector<FormulaFactor> factors, const Span& span) {
  FormulaTerm term;
  term.factors = std::move(factors);
  term.text = term_text(term, false);
  term.span = span;
  return term;
}

std::string formula_text(const Formula& formula) {
  std::string text = formula.outcome.text() + " ~ " + right_side_text(formula);
  std::vector<std::string> effects;
  for (const auto& effect : formula.effects) effects.push_back(effect_text(effect, true));
  if (!effects.empty()) text += " | " + join(effects, " + ");
  if (!formula.endogenous.empty()) {
    text += " | " + sum_text(formula.endogenous) + " ~ " + sum_text(formula.instruments);
  }
  return text;
}

}  // namespace panelist
