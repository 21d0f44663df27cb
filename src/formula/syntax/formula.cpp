// SPDX-License-Identifier: Apache-2.0
// A whole formula: cut at `|`, read part by part, multiply out the stepwise operators, check.
#include <set>

#include "base/text.h"
#include "formula/expression/inspect.h"
#include "formula/syntax/effect_reader.h"

namespace panelist {
namespace {

struct FormulaParts {
  std::vector<Expression> outcomes;
  RightSide right;
  std::vector<Options<FormulaEffect>> effects;
  std::vector<FormulaTerm> endogenous;
  std::vector<FormulaTerm> instruments;
};

using Tokens = std::vector<Token>;

// Cuts at `symbol` outside brackets. Each piece ends with an end token standing where it was cut.
std::vector<Tokens> cut(const Tokens& tokens, std::string_view symbol) {
  std::vector<Tokens> pieces(1);
  int depth = 0;
  for (const auto& token : tokens) {
    const bool sign = token.kind == TokenKind::symbol;
    if (sign && (token.word == "(" || token.word == "[" || token.word == "{")) ++depth;
    if (sign && (token.word == ")" || token.word == "]" || token.word == "}")) --depth;
    const bool here = sign && depth <= 0 && token.word == symbol;
    if (here) {
      Token end = token;
      end.kind = TokenKind::end;
      pieces.back().push_back(end);
      pieces.emplace_back();
    } else {
      pieces.back().push_back(token);
    }
  }
  return pieces;
}

// All choices of one option from each item, the first item varying slowest.
template <typename Entry>
Options<Entry> multiplied(const std::vector<Options<Entry>>& items) {
  Options<Entry> all = {{}};
  for (const auto& options : items) {
    Options<Entry> longer;
    for (const auto& begun : all) {
      for (const auto& option : options) {
        if (longer.size() > most_terms) return longer;
        longer.push_back(begun);
        longer.back().insert(longer.back().end(), option.begin(), option.end());
      }
    }
    all = std::move(longer);
  }
  return all;
}

// a:b and b:a are one column.
std::string identity(const FormulaTerm& term) {
  std::vector<std::string> factors;
  for (const auto& factor : term.factors) factors.push_back(factor_text(factor, true));
  std::sort(factors.begin(), factors.end());
  return join(factors, ":");
}

std::string identity(const FormulaEffect& effect) { return effect_text(effect, true); }

template <typename Entry>
std::vector<Entry> without_duplicates(const std::vector<Entry>& entries) {
  std::vector<Entry> kept;
  std::set<std::string> seen;
  for (const auto& entry : entries) {
    if (seen.insert(identity(entry)).second) kept.push_back(entry);
  }
  return kept;
}

class FormulaReader {
 public:
  FormulaReader(std::string_view text, const Reading& reading, const FormulaSets& sets)
      : reading_(reading),
        sets_(sets),
        whole_(reading.span(0, text.size())),
        tokens_(tokenize(text, reading)) {}

  std::vector<Formula> run() {
    FormulaParts parts;
    if (tokens_.size() == 1) {
      reading_.error("formula.empty", "the formula is empty", whole_, "write y ~ x");
      return {};
    }
    const auto pieces = cut(tokens_, "|");
    attempt([&] { model_part(pieces[0], parts); });
    for (std::size_t i = 1; i < pieces.size(); ++i) attempt([&] { later_part(pieces, i, parts); });
    return reading_.diagnostics->has_errors() ? std::vector<Formula>() : assembled(parts);
  }

 private:
  template <typename Body>
  void attempt(const Body& body) {
    try {
      body();
    } catch (const SyntaxStop&) {
      return;
    }
  }

  TokenCursor cursor(const Tokens& tokens) const { return TokenCursor(tokens, reading_); }

  void model_part(const Tokens& tokens, FormulaParts& parts) {
    const auto sides = cut(tokens, "~");
    if (sides.size() != 2) {
      const bool none = sides.size() < 2;
      cursor(tokens).stop(
          none ? "a formula needs `~` between the outcome and the terms" : "there is a second `~` here",
          none ? whole_ : reading_.span(sides[1].back().begin, sides[1].back().end),
          none ? "write y ~ x" : "instruments follow a `|`: y ~ x | endogenous ~ instruments");
    }
    attempt([&] { outcome(sides[0], parts); });
    if (sides[1].size() == 1) {
      reading_.error("formula.empty", "there are no terms after `~`", whole_,
                     "write 1 for the intercept alone");
      return;
    }
    auto right = cursor(sides[1]);
    parts.right = TermReader(right, sets_).right_side();
  }

  void outcome(const Tokens& tokens, FormulaParts& parts) {
    auto left = cursor(tokens);
    if (left.at_end()) {
      reading_.error("formula.empty", "there is no outcome before `~`", whole_, "write y ~ x");
      return;
    }
    const bool several = left.at("(", 1) && (left.at_word("sw") || left.at_word("c"));
    if (several) {
      left.take();
      left.take();
    }
    do {
      parts.outcomes.emplace_back(ExpressionParser(left).sum());
    } while (several && left.accept(","));
    if (several) left.expect(")", "to close the list of outcomes");
    if (!left.at_end()) left.unexpected("`~` after the outcome");
  }

  void later_part(const std::vector<Tokens>& pieces, std::size_t which, FormulaParts& parts) {
    const Tokens& tokens = pieces[which];
    const Span start = reading_.span(tokens.front().begin, tokens.back().end);
    if (tokens.size() == 1) {
      reading_.error("formula.empty", "there is nothing in the part after `|`", start,
                     "write 0 for no effects");
      return;
    }
    const auto sides = cut(tokens, "~");
    if (sides.size() > 2) cursor(tokens).stop("there is a second `~` in this part", start);
    if (sides.size() == 2) {
      if (which + 1 < pieces.size())
        cursor(tokens).stop("the instruments come last", start,
                            "write y ~ x | effects | endogenous ~ instruments");
      return instruments(sides, parts);
    }
    if (which > 1) {
      cursor(tokens).stop(which == 2 ? "the third part needs `~`" : "a formula has three parts at most",
                          start, "write y ~ x | effects | endogenous ~ instruments");
    }
    auto effects = cursor(tokens);
    parts.effects = EffectReader(effects, sets_).all();
  }

  void instruments(const std::vector<Tokens>& sides, FormulaParts& parts) {
    if (sides[0].size() == 1 || sides[1].size() == 1) {
      reading_.error("formula.empty",
                     sides[0].size() == 1 ? "there is no endogenous variable before `~`"
                                          : "there are no instruments after `~`",
                     reading_.span(sides[0].back().begin, sides[0].back().end),
                     "write y ~ x | effects | endogenous ~ instruments");
      return;
    }
    auto left = cursor(sides[0]);
    auto right = cursor(sides[1]);
    attempt([&] { parts.endogenous = TermReader(left, sets_).all_terms(); });
    attempt([&] { parts.instruments = TermReader(right, sets_).all_terms(); });
  }

  std::vector<Formula> assembled(const FormulaParts& parts) {
    const auto sides = multiplied(parts.right.items);
    const auto effects = multiplied(parts.effects);
    if (sides.size() * effects.size() * parts.outcomes.size() > most_terms) {
      reading_.error("formula.syntax", "this gives more than 10000 formulas", whole_);
      return {};
    }
    std::vector<Formula> formulas;
    for (const auto& outcome : parts.outcomes) {
      for (const auto& terms : sides) {
        for (const auto& absorbed : effects) formulas.push_back(one(parts, outcome, terms, absorbed));
      }
    }
    for (const auto& formula : formulas) {
      if (!consistent(formula)) return {};
    }
    return formulas;
  }

  Formula one(const FormulaParts& parts, const Expression& outcome, const std::vector<FormulaTerm>& terms,
              const std::vector<FormulaEffect>& absorbed) const {
    Formula formula;
    formula.span = whole_;
    formula.outcome = outcome;
    formula.outcome_text = outcome.label();
    formula.regressors = without_duplicates(terms);
    formula.intercept = parts.right.intercept;
    formula.effects = without_duplicates(absorbed);
    formula.endogenous = parts.right.endogenous;
    formula.endogenous.insert(formula.endogenous.end(), parts.endogenous.begin(), parts.endogenous.end());
    formula.endogenous = without_duplicates(formula.endogenous);
    formula.instruments = parts.right.instruments;
    formula.instruments.insert(formula.instruments.end(), parts.instruments.begin(), parts.instruments.end());
    formula.instruments = without_duplicates(formula.instruments);
    formula.offset = parts.right.offset;
    formula.text = formula_text(formula);
    return formula;
  }

  bool consistent(const Formula& formula) const {
    const std::string outcome = formula.outcome.text();
    std::set<std::string> endogenous;
    for (const auto& term : formula.endogenous) endogenous.insert(identity(term));
    for (const auto* terms : {&formula.regressors, &formula.endogenous, &formula.instruments}) {
      for (const auto& term : *terms) {
        if (identity(term) != outcome) continue;
        reading_.error("formula.duplicate_outcome", "the outcome `" + term.text + "` is also a term",
                       term.span, "take it out of the right side");
        return false;
      }
    }
    for (const auto& term : formula.regressors) {
      if (endogenous.count(identity(term)) == 0) continue;
      reading_.error("formula.duplicate_endogenous", "the endogenous `" + term.text + "` is also a regressor",
                     term.span, "name it in the instruments' part only");
      return false;
    }
    for (const auto& term : formula.instruments) {
      if (endogenous.count(identity(term)) == 0) continue;
      reading_.error("formula.endogenous_instrument",
                     "the endogenous `" + term.text + "` cannot be its own instrument", term.span,
                     "name a variable that moves `" + term.text + "` and is not endogenous itself");
      return false;
    }
    const bool intercept = formula.intercept && formula.effects.empty();
    if (formula.regressors.empty() && formula.endogenous.empty() && !intercept && formula.effects.empty()) {
      reading_.error("formula.empty", "there is nothing to estimate", whole_, "add a term");
      return false;
    }
    return true;
  }

  const Reading& reading_;
  const FormulaSets& sets_;
  Span whole_;
  Tokens tokens_;
};

void visit_expressions(const Formula& formula, const std::function<void(const Expression&)>& see) {
  see(formula.outcome);
  for (const auto* terms : {&formula.regressors, &formula.endogenous, &formula.instruments}) {
    for (const auto& term : *terms) {
      for (const auto& factor : term.factors) see(factor.expression);
    }
  }
  for (const auto& effect : formula.effects) {
    for (const auto& slope : effect.slopes) see(slope);
  }
  see(formula.offset);
}

}  // namespace

std::vector<Formula> parse_formula(std::string_view text, const Span& place, const FormulaSets& sets,
                                   Diagnostics& diagnostics) {
  Diagnostics own;
  Reading reading;
  reading.place = place;
  reading.code = "formula.syntax";
  reading.diagnostics = &own;
  auto formulas = FormulaReader(text, reading, sets).run();
  diagnostics.append(own);
  return own.has_errors() ? std::vector<Formula>() : formulas;
}

std::set<std::string> columns_of(const Formula& formula) {
  std::set<std::string> names;
  visit_expressions(formula, [&](const Expression& expression) { names.merge(expression.columns()); });
  for (const auto& effect : formula.effects) names.insert(effect.factors.begin(), effect.factors.end());
  return names;
}

void check_columns(const Formula& formula, const std::vector<std::string>& known, Diagnostics& diagnostics) {
  visit_expressions(formula,
                    [&](const Expression& expression) { check_columns(expression, known, diagnostics); });
  const std::set<std::string> names(known.begin(), known.end());
  for (const auto& effect : formula.effects) {
    for (const auto& name : effect.factors) {
      if (names.count(name) == 0) report_unknown_column(name, effect.span, known, diagnostics);
    }
  }
}

}  // namespace panelist
