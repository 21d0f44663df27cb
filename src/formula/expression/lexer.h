// SPDX-License-Identifier: Apache-2.0
// Text of an expression or formula into tokens, and the cursor both parsers read them with.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace panelist {

enum class TokenKind { end, number, text, name, lag_prefix, symbol };

struct Token {
  TokenKind kind = TokenKind::end;
  std::string word;     // name, text without quotes, symbol, number as typed, letter of a lag prefix
  double value = 0;     // number
  int steps = 1;        // lag prefix
  bool quoted = false;  // name in backquotes
  std::size_t begin = 0;
  std::size_t end = 0;
};

// Where a text stands and how its mistakes are told.
struct Reading {
  Span place;          // of the whole text in its file
  bool fixed = false;  // every mistake points at the whole place (terms of a {set})
  std::string prefix;  // "in the set `controls`: "
  std::string code;    // "expression.syntax" or "formula.syntax"
  Diagnostics* diagnostics = nullptr;

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
  void error(const std::string& what_code, const std::string& message, const Span& where,
             const std::string& hint = "") const;
};

// A mistake that ends reading of the present part; it is in the diagnostics already.
struct SyntaxStop {};

// The last token is always `end`.
std::vector<Token> tokenize(std::string_view text, const Reading& reading);
// The word reads back as one bare name.
bool is_bare_name(const std::string& word);

class TokenCursor {
 public:
  TokenCursor(std::vector<Token> tokens, Reading reading)
      : tokens_(std::move(tokens)), reading_(std::move(reading)) {}

  [[nodiscard]] const Token& peek(std::size_t ahead = 0) const;
  const Token& take();
  [[nodiscard]] bool at_end() const { return peek().kind == TokenKind::end; }
  [[nodiscard]] bool at(std::string_view symbol, std::size_t ahead = 0) const;
  [[nodiscard]] bool at_word(std::string_view word, std::size_t ahead = 0) const;
  bool accept(std::string_view symbol);
  bool accept_word(std::string_view word);
  void expect(std::string_view symbol, const std::string& after);
  [[nodiscard]] Span here() const { return span_of(peek()); }
  [[nodiscard]] Span span_of(const Token& token) const { return reading_.span(token.begin, token.end); }
  [[nodiscard]] Span since(std::size_t begin) const;
  [[nodiscard]] const Reading& reading() const { return reading_; }
  [[nodiscard]] std::size_t position() const { return position_; }
  void move_to(std::size_t position) { position_ = position; }
  // Past what cannot be read, to the next of `symbols` outside brackets.
  void skip_to(std::string_view symbols);
  [[noreturn]] void stop(const std::string& message, const Span& where, const std::string& hint = "") const;
  [[noreturn]] void unexpected(const std::string& wanted) const;

 private:
  std::vector<Token> tokens_;
  Reading reading_;
  std::size_t position_ = 0;
};

}  // namespace panelist
