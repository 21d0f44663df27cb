// SPDX-License-Identifier: Apache-2.0
// The single pieces of a sum of terms.
#include <cmath>

#include "formula/expression/inspect.h"
#include "formula/syntax/term_reader.h"

namespace panelist {

std::vector<FormulaTerm> TermReader::primary() {
  const Token& token = cursor_.peek();
  if (cursor_.at("{")) return set_terms();
  if (cursor_.at("(")) {
    if (++depth_ > 100) cursor_.stop("this is nested too deeply", cursor_.here());
    cursor_.take();
    auto terms = sum();
    cursor_.expect(")", "to close the bracket");
    --depth_;
    return terms;
  }
  if (token.kind == TokenKind::number)
    cursor_.stop("a number is no term", cursor_.here(), "write I() around arithmetic");
  if (token.kind == TokenKind::text)
    cursor_.stop("a text is no term", cursor_.here(), "write names in backquotes");
  if (at_stepwise(cursor_)) {
    cursor_.stop("`" + token.word + "()` must stand alone between two `+`", cursor_.here());
  }
  if (cursor_.at_word("i") && cursor_.at("(", 1)) return categories();
  if (cursor_.at_word("poly") && cursor_.at("(", 1)) return polynomial();
  const bool lag = cursor_.at_word("l") || cursor_.at_word("f");
  if (lag && cursor_.at("(", 1)) return lag_range();
  return plain();
}

std::vector<FormulaTerm> TermReader::plain() {
  const std::size_t begin = cursor_.peek().begin;
  FormulaFactor factor;
  factor.expression = Expression(ExpressionParser(cursor_).power());
  factor.span = cursor_.since(begin);
  return {make_term({factor}, factor.span)};
}

std::vector<FormulaTerm> TermReader::set_terms() {
  const std::size_t begin = cursor_.take().begin;
  if (cursor_.peek().kind != TokenKind::name) cursor_.unexpected("the name of a set after `{`");
  const std::string name = cursor_.take().word;
  cursor_.expect("}", "after the name of the set");
  const Span span = cursor_.since(begin);
  const auto found = sets_.find(name);
  if (found == sets_.end()) {
    std::vector<std::string> known;
    for (const auto& [set, terms] : sets_) known.push_back(set);
    const std::string close = nearest(name, known);
    cursor_.reading().error("formula.unknown_set", "unknown set `" + name + "`", span,
                            close.empty() ? (known.empty() ? "there are no sets: define it under [sets]" : "")
                                          : "did you mean `{" + close + "}`?");
    return {};
  }
  auto open = open_sets_;
  if (std::find(open.begin(), open.end(), name) != open.end()) {
    cursor_.stop("the set `" + name + "` contains itself", span);
  }
  open.push_back(name);
  Reading reading = cursor_.reading();
  reading.place = span;
  reading.fixed = true;
  reading.prefix = "in the set `" + name + "`: ";
  std::vector<FormulaTerm> terms;
  for (const auto& written : found->second) {
    TokenCursor inner(tokenize(written, reading), reading);
    auto more = TermReader(inner, sets_, open).all_terms();
    for (auto& term : more) term.set = name;
    terms.insert(terms.end(), more.begin(), more.end());
    if (terms.size() > most_terms) cursor_.stop("this gives too many terms", span);
  }
  return terms;
}

// i(v), i(v, ref=r), i(v, x, ref=r)
std::vector<FormulaTerm> TermReader::categories() {
  const std::size_t begin = cursor_.take().begin;
  cursor_.take();
  FormulaFactor levels;
  levels.kind = FormulaFactor::Kind::categories;
  const std::size_t inner = cursor_.peek().begin;
  levels.expression = Expression(ExpressionParser(cursor_).sum());
  levels.span = cursor_.since(inner);
  std::vector<FormulaFactor> factors = {levels};
  while (cursor_.accept(",")) {
    if (cursor_.at_word("ref") && cursor_.at("=", 1)) {
      reference(factors[0]);
      continue;
    }
    if (factors.size() > 1)
      cursor_.stop("`i()` takes one or two variables", cursor_.here(), "write i(v, x, ref=r)");
    FormulaFactor other;
    const std::size_t start = cursor_.peek().begin;
    other.expression = Expression(ExpressionParser(cursor_).sum());
    other.span = cursor_.since(start);
    factors.push_back(other);
  }
  cursor_.expect(")", "to close `i(`");
  return {make_term(std::move(factors), cursor_.since(begin))};
}

void TermReader::reference(FormulaFactor& factor) {
  cursor_.take();
  cursor_.take();
  const bool minus = cursor_.accept("-");
  const Token& token = cursor_.peek();
  const bool usable = token.kind == TokenKind::number ||
                      (!minus && (token.kind == TokenKind::name || token.kind == TokenKind::text));
  if (!usable) cursor_.unexpected("a level after `ref=`");
  factor.reference = (minus ? "-" : "") + token.word;
  factor.has_reference = true;
  cursor_.take();
}

std::vector<FormulaTerm> TermReader::polynomial() {
  const std::size_t begin = cursor_.take().begin;
  cursor_.take();
  FormulaFactor factor;
  factor.kind = FormulaFactor::Kind::polynomial;
  factor.expression = Expression(ExpressionParser(cursor_).sum());
  cursor_.expect(",", "and the degree in `poly(x,2)`");
  factor.degree = ExpressionParser(cursor_).whole_number("a whole number, the degree");
  cursor_.expect(")", "to close `poly(`");
  factor.span = cursor_.since(begin);
  if (factor.degree < 1 || factor.degree > 20)
    cursor_.stop("the degree of `poly()` goes from 1 to 20", factor.span);
  return {make_term({factor}, factor.span)};
}

// l(x, 1:3) is L.x + L2.x + L3.x; anything else is an ordinary call.
std::vector<FormulaTerm> TermReader::lag_range() {
  const std::size_t start = cursor_.position();
  const Token name = cursor_.take();
  if (!bracket_holds(cursor_, ":")) {
    cursor_.move_to(start);
    return plain();
  }
  cursor_.take();
  ExpressionParser parser(cursor_);
  const Node of = parser.sum();
  cursor_.expect(",", "and the lags");
  const int from = parser.whole_number("the first lag");
  cursor_.expect(":", "between the first and the last lag");
  const int to = parser.whole_number("the last lag");
  cursor_.expect(")", "to close `" + name.word + "(`");
  const Span span = cursor_.since(name.begin);
  if (from > to || to - from > 99)
    cursor_.stop("the lags must go up, at most 100 of them", span, "write l(x, 1:3)");
  std::vector<FormulaTerm> terms;
  for (int steps = from; steps <= to; ++steps) {
    ExpressionNode node;
    node.kind = NodeKind::lag;
    node.steps = name.word == "f" ? -steps : steps;
    node.children = {of};
    node.span = span;
    node.depth = of->depth + 1;
    FormulaFactor factor;
    factor.expression = Expression(steps == 0 ? of : std::make_shared<const ExpressionNode>(node));
    factor.span = span;
    terms.push_back(make_term({factor}, span));
  }
  return terms;
}

}  // namespace panelist
