// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/moderated_equations.h"

namespace panelist {
namespace {

const FormulaTerm* find_term(const std::vector<FormulaTerm>& terms, const std::string& text) {
  const auto found =
      std::find_if(terms.begin(), terms.end(), [&](const FormulaTerm& term) { return term.text == text; });
  return found == terms.end() ? nullptr : &*found;
}

FormulaTerm product(const FormulaTerm& first, const FormulaTerm& second) {
  FormulaTerm term;
  term.factors = first.factors;
  term.factors.insert(term.factors.end(), second.factors.begin(), second.factors.end());
  term.text = first.text + ":" + second.text;
  return term;
}

// The product as the formula has it, in either order, else "".
std::string product_in(const std::vector<FormulaTerm>& terms, const std::string& x, const std::string& w) {
  for (const std::string& text : {x + ":" + w, w + ":" + x})
    if (find_term(terms, text) != nullptr) return text;
  return "";
}

[[noreturn]] void refuse(const char* code, const std::string& message, const std::string& hint,
                         const std::string& moderator) {
  throw Error(code, message, hint, "moderator " + moderator);
}

void refuse_part_of_path(const ConditionalSpec& spec, const std::string& moderator) {
  const auto is = [&](const std::string& what, const char* words) {
    if (what == moderator)
      refuse("mechanism.moderator_in_path", "the moderator `" + moderator + "` is the " + words,
             "a moderator stands beside the path, not on it", moderator);
  };
  is(spec.mediation.x, "treatment");
  is(spec.mediation.total.formula.outcome_text, "outcome");
  for (const std::string& mediator : spec.mediation.mediators) is(expression_term(mediator).text, "mediator");
}

Column numbers_of(const ConditionalSpec& spec, const FormulaTerm& moderator, const Table& table,
                  const Panel* panel) {
  Diagnostics said_with_the_models;
  Column values = evaluate(moderator.factors.front().expression, {table, panel}, said_with_the_models);
  if (values.is_text())
    refuse("mechanism.text_moderator", "the moderator `" + moderator.text + "` is text",
           "for groups: by = \"" + spec.moderator + "\"", moderator.text);
  return values;
}

const FormulaTerm& treatment(const ConditionalSpec& spec, const std::string& moderator) {
  const Formula& formula = spec.mediation.total.formula;
  if (find_term(formula.endogenous, spec.mediation.x) != nullptr)
    refuse("mechanism.moderated_instrument",
           "`" + spec.mediation.x + "` is endogenous: its product with `" + moderator +
               "` would need an instrument of its own",
           "take the instruments out", moderator);
  const FormulaTerm* x = find_term(formula.regressors, spec.mediation.x);
  if (x == nullptr) require_treatment(formula, spec.mediation.x);
  return *x;
}

void add_term(const FormulaTerm& term, EstimationSpec& equation) {
  if (find_term(equation.formula.regressors, term.text) != nullptr) return;
  equation.formula.regressors.push_back(term);
  equation.formula.text = formula_text(equation.formula);
}

// x w in the mediators' equations: the formula's own, else added.
void move_first_stage(const FormulaTerm& x, const FormulaTerm& moderator, ModeratedEquations& equations) {
  equations.product_of_x = product_in(equations.base.total.formula.regressors, x.text, moderator.text);
  if (!equations.product_of_x.empty()) return;
  const FormulaTerm added = product(x, moderator);
  equations.product_of_x = added.text;
  for (EstimationSpec& equation : equations.base.mediators) add_term(added, equation);
  add_term(added, equations.widest);
}

void move_second_stage(const FormulaTerm& moderator, ModeratedEquations& equations) {
  for (const std::string& mediator : equations.base.terms) {
    const FormulaTerm added = product(expression_term(mediator), moderator);
    equations.products.push_back(added.text);
    add_term(added, equations.base.outcome);
    add_term(added, equations.widest);
  }
}

}  // namespace

ModeratedEquations moderated_equations(const ConditionalSpec& spec, const Table& table, const Panel* panel) {
  const FormulaTerm moderator = expression_term(spec.moderator);
  refuse_part_of_path(spec, moderator.text);
  const FormulaTerm x = treatment(spec, moderator.text);
  MediationSpec with_moderator = spec.mediation;
  ModeratedEquations equations;
  equations.moderator = moderator.text;
  equations.moderator_values = numbers_of(spec, moderator, table, panel);
  equations.added = find_term(spec.mediation.total.formula.regressors, moderator.text) == nullptr;
  add_term(moderator, with_moderator.total);
  equations.base = mediation_equations(with_moderator, table, panel);
  equations.widest = equations.base.outcome;
  equations.direct_moves =
      !product_in(spec.mediation.total.formula.regressors, x.text, moderator.text).empty();
  if (equations.direct_moves && spec.stage == "second")
    refuse("mechanism.moderated_stage",
           "the formula has the product of `" + x.text + "` and `" + moderator.text +
               "`: the mediators move with it, and the first stage with them",
           "write stage = \"both\", or take the product out", moderator.text);
  if (spec.stage != "second") move_first_stage(x, moderator, equations);
  if (spec.stage != "first") move_second_stage(moderator, equations);
  return equations;
}

}  // namespace panelist
