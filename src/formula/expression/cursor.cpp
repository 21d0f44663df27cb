// SPDX-License-Identifier: Apache-2.0
#include "formula/expression/lexer.h"

namespace panelist {

Span Reading::span(std::size_t begin, std::size_t end) const {
  if (fixed) return place;
  return Span{place.file, place.begin + begin, place.begin + end};
}

void Reading::error(const std::string& what_code, const std::string& message, const Span& where,
                    const std::string& hint) const {
  diagnostics->error(what_code, prefix + message, where, hint);
}

const Token& TokenCursor::peek(std::size_t ahead) const {
  const std::size_t index = position_ + ahead;
  return index < tokens_.size() ? tokens_[index] : tokens_.back();
}

const Token& TokenCursor::take() {
  const Token& token = peek();
  if (position_ + 1 < tokens_.size()) ++position_;
  return token;
}

bool TokenCursor::at(std::string_view symbol, std::size_t ahead) const {
  return peek(ahead).kind == TokenKind::symbol && peek(ahead).word == symbol;
}

bool TokenCursor::at_word(std::string_view word, std::size_t ahead) const {
  return peek(ahead).kind == TokenKind::name && !peek(ahead).quoted && peek(ahead).word == word;
}

bool TokenCursor::accept(std::string_view symbol) {
  if (!at(symbol)) return false;
  take();
  return true;
}

bool TokenCursor::accept_word(std::string_view word) {
  if (!at_word(word)) return false;
  take();
  return true;
}

void TokenCursor::expect(std::string_view symbol, const std::string& after) {
  if (!accept(symbol)) unexpected("`" + std::string(symbol) + "` " + after);
}

Span TokenCursor::since(std::size_t begin) const {
  const std::size_t end = position_ > 0 ? tokens_[position_ - 1].end : begin;
  return reading_.span(begin, end < begin ? begin : end);
}

void TokenCursor::skip_to(std::string_view symbols) {
  for (int depth = 0; !at_end(); take()) {
    if (peek().kind != TokenKind::symbol) continue;
    const std::string& word = peek().word;
    if (depth <= 0 && symbols.find(word) != std::string_view::npos) return;
    if (word == "(" || word == "[" || word == "{") ++depth;
    if (word == ")" || word == "]" || word == "}") --depth;
  }
}

void TokenCursor::stop(const std::string& message, const Span& where, const std::string& hint) const {
  reading_.error(reading_.code, message, where, hint);
  throw SyntaxStop{};
}

void TokenCursor::unexpected(const std::string& wanted) const {
  const std::string found = at_end() ? "the text ends" : "`" + peek().word + "` stands";
  stop("expected " + wanted + " but " + found + (at_end() ? "" : " here"), here());
}

}  // namespace panelist
