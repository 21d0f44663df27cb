// SPDX-License-Identifier: Apache-2.0
#include "formula/syntax/term_reader.h"

namespace panelist {
namespace {

constexpr std::string_view arithmetic_hint = "write arithmetic inside I(): I(a/b)";

bool is_open(const Token& token) { return token.word == "(" || token.word == "[" || token.word == "{"; }
bool is_close(const Token& token) { return token.word == ")" || token.word == "]" || token.word == "}"; }

}  // namespace

bool at_stepwise(const TokenCursor& cursor) {
  if (!cursor.at("(", 1)) return false;
  return cursor.at_word("sw") || cursor.at_word("sw0") || cursor.at_word("csw") || cursor.at_word("csw0");
}

bool bracket_holds(const TokenCursor& cursor, std::string_view symbol) {
  int depth = 0;
  for (std::size_t ahead = 0; cursor.peek(ahead).kind != TokenKind::end; ++ahead) {
    const Token& token = cursor.peek(ahead);
    if (token.kind != TokenKind::symbol) continue;
    if (is_open(token)) ++depth;
    if (is_close(token) && --depth <= 0) return false;
    if (depth == 1 && token.word == symbol) return true;
  }
  return false;
}

RightSide TermReader::right_side() {
  RightSide side;
  if (cursor_.at_end())
    cursor_.stop("there is nothing here", cursor_.here(), "write 1 for the intercept alone");
  while (true) {
    try {
      item(side);
      end_of_item();
    } catch (const SyntaxStop&) {
      cursor_.skip_to("+");
    }
    if (cursor_.at_end()) return side;
    cursor_.accept("+");
  }
}

std::vector<FormulaTerm> TermReader::all_terms() {
  std::vector<FormulaTerm> terms;
  if (cursor_.at_end()) cursor_.stop("there is nothing here", cursor_.here());
  while (true) {
    try {
      auto more = starred();
      terms.insert(terms.end(), more.begin(), more.end());
      end_of_item();
    } catch (const SyntaxStop&) {
      cursor_.skip_to("+");
    }
    if (cursor_.at_end()) return terms;
    if (!cursor_.accept("+")) refuse();
  }
}

std::vector<FormulaTerm> TermReader::sum() {
  std::vector<FormulaTerm> terms;
  do {
    auto more = starred();
    terms.insert(terms.end(), more.begin(), more.end());
  } while (cursor_.accept("+"));
  return terms;
}

void TermReader::item(RightSide& side) {
  const bool minus = cursor_.accept("-");
  if (constant_item(side, minus)) return;
  if (minus) {
    cursor_.stop("a formula takes away nothing but 1", cursor_.here(),
                 "write differences inside I(): I(a-b)");
  }
  if (at_stepwise(cursor_)) {
    side.items.push_back(stepwise<FormulaTerm>(cursor_, [this] {
      if (cursor_.peek().kind != TokenKind::number || !(cursor_.at(",", 1) || cursor_.at(")", 1)))
        return sum();
      cursor_.take();
      return std::vector<FormulaTerm>{};
    }));
  } else if (cursor_.at_word("offset") && cursor_.at("(", 1)) {
    offset_item(side);
  } else if (cursor_.at("[")) {
    instrument_item(side, "~", "]");
  } else if (cursor_.at("(") && (bracket_holds(cursor_, "=") || bracket_holds(cursor_, "~"))) {
    instrument_item(side, bracket_holds(cursor_, "=") ? "=" : "~", ")");
  } else {
    side.items.push_back({starred()});
  }
}

bool TermReader::constant_item(RightSide& side, bool minus) {
  const Token& token = cursor_.peek();
  if (token.kind != TokenKind::number) return false;
  if ((token.value != 0 && token.value != 1) || cursor_.at("*", 1) || cursor_.at("/", 1) ||
      cursor_.at("^", 1)) {
    cursor_.stop("a number is no term", cursor_.here(), std::string(arithmetic_hint));
  }
  side.intercept = (token.value == 1) != minus;
  cursor_.take();
  return true;
}

void TermReader::offset_item(RightSide& side) {
  const std::size_t begin = cursor_.take().begin;
  cursor_.take();
  Node node = ExpressionParser(cursor_).whole();
  cursor_.expect(")", "to close `offset(`");
  if (!side.offset.empty()) cursor_.stop("there are two offsets", cursor_.since(begin), "add them up in one");
  side.offset = Expression(node);
}

void TermReader::instrument_item(RightSide& side, const std::string& middle, const std::string& close) {
  cursor_.take();
  auto endogenous = sum();
  cursor_.expect(middle, "between the endogenous variables and their instruments");
  auto instruments = sum();
  cursor_.expect(close, "after the instruments");
  side.endogenous.insert(side.endogenous.end(), endogenous.begin(), endogenous.end());
  side.instruments.insert(side.instruments.end(), instruments.begin(), instruments.end());
}

void TermReader::end_of_item() {
  if (cursor_.at_end() || cursor_.at("+") || cursor_.at("-")) return;
  refuse();
}

void TermReader::refuse() {
  const Token& token = cursor_.peek();
  if (token.kind == TokenKind::symbol && token.word == "[") {
    cursor_.stop("slopes `[ ]` belong to the effects", cursor_.here(),
                 "write names that contain brackets in backquotes");
  }
  if (token.kind == TokenKind::symbol && token.word.find_first_of("/%<>=!&*-") != std::string::npos) {
    cursor_.stop("`" + token.word + "` does not join terms", cursor_.here(), std::string(arithmetic_hint));
  }
  if (token.kind == TokenKind::symbol && token.word == ",") {
    cursor_.stop("`,` does not join terms", cursor_.here(), "write `+`");
  }
  cursor_.unexpected("`+` between terms");
}

std::vector<FormulaTerm> TermReader::starred() {
  auto terms = crossed();
  while (cursor_.accept("*")) {
    const auto right = crossed();
    std::vector<FormulaTerm> both;
    for (const auto& a : terms) {
      for (const auto& b : right) {
        auto factors = a.factors;
        factors.insert(factors.end(), b.factors.begin(), b.factors.end());
        both.push_back(
            make_term(std::move(factors), Span{a.span.file, a.span.begin, std::max(a.span.end, b.span.end)}));
      }
    }
    terms.insert(terms.end(), right.begin(), right.end());
    terms.insert(terms.end(), both.begin(), both.end());
    if (terms.size() > most_terms) cursor_.stop("this gives too many terms", cursor_.here());
  }
  return terms;
}

std::vector<FormulaTerm> TermReader::crossed() {
  auto terms = primary();
  while (cursor_.accept(":")) {
    const auto right = primary();
    std::vector<FormulaTerm> both;
    for (const auto& a : terms) {
      for (const auto& b : right) {
        auto factors = a.factors;
        factors.insert(factors.end(), b.factors.begin(), b.factors.end());
        both.push_back(
            make_term(std::move(factors), Span{a.span.file, a.span.begin, std::max(a.span.end, b.span.end)}));
      }
    }
    terms = std::move(both);
    if (terms.size() > most_terms) cursor_.stop("this gives too many terms", cursor_.here());
  }
  return terms;
}

}  // namespace panelist
