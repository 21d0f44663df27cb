// SPDX-License-Identifier: Apache-2.0
#include "formula/expression/lexer.h"

#include <array>
#include <charconv>

#include "base/text.h"

namespace panelist {
namespace {

constexpr std::array<std::string_view, 7> two_byte_symbols = {"==", "!=", "<=", ">=", "&&", "||", "**"};
constexpr std::string_view symbols = "+-*/^%<>=()[]{},:|~&!";
constexpr std::array<std::string_view, 6> keywords = {"and", "or", "not", "in", "is", "NA"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

char32_t code_point_at(std::string_view text, std::size_t offset, std::size_t length) {
  const auto points = to_code_points(text.substr(offset, length));
  return points.empty() ? U'\0' : points.front();
}

bool is_wide_space(char32_t c) {
  return c == 0xA0 || c == 0x3000 || c == 0xFEFF || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
         c == 0x2029;
}

// Full-width and typographic punctuation is not part of a bare name: it is nearly always a slip of the input method.
bool is_wide_punctuation(char32_t c) {
  return (c >= 0xFF01 && c <= 0xFF0F) || (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) ||
         (c >= 0xFF5B && c <= 0xFF65) || (c >= 0x2010 && c <= 0x206F) || (c >= 0x3001 && c <= 0x3003) ||
         (c >= 0x3008 && c <= 0x3011) || c == 0xD7 || c == 0xF7 || (c >= 0x2200 && c <= 0x22FF);
}

class Lexer {
 public:
  Lexer(std::string_view text, const Reading& reading) : text_(text), reading_(reading) {}

  std::vector<Token> run() {
    while (skip_spaces(), offset_ < text_.size()) read_token();
    add(TokenKind::end, text_.size(), "");
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char at(std::size_t offset) const { return offset < text_.size() ? text_[offset] : '\0'; }
  [[nodiscard]] std::size_t length_at(std::size_t offset) const { return code_point_length(text_, offset); }

  void skip_spaces() {
    while (offset_ < text_.size()) {
      const char c = text_[offset_];
      if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
        ++offset_;
      } else if (static_cast<unsigned char>(c) >= 0x80 &&
                 is_wide_space(code_point_at(text_, offset_, length_at(offset_)))) {
        offset_ += length_at(offset_);
      } else {
        return;
      }
    }
  }

  void read_token() {
    const char c = text_[offset_];
    if (is_digit(c) || (c == '.' && is_digit(at(offset_ + 1)))) return read_number();
    if (c == '\'' || c == '"') return read_text(c);
    if (c == '`') return read_quoted_name();
    if (name_length(offset_, true) > 0) return read_name();
    read_symbol();
  }

  // Bytes of the name character at `offset`, 0 when it is none.
  [[nodiscard]] std::size_t name_length(std::size_t offset, bool first) const {
    if (offset >= text_.size()) return 0;
    const char c = text_[offset];
    if (is_letter(c)) return 1;
    if (!first && (is_digit(c) || c == '.' || c == '@')) return 1;
    if (static_cast<unsigned char>(c) < 0x80) return 0;
    const std::size_t length = length_at(offset);
    if (length < 2) return 0;
    const char32_t point = code_point_at(text_, offset, length);
    return is_wide_space(point) || is_wide_punctuation(point) ? 0 : length;
  }

  [[nodiscard]] std::size_t name_end(std::size_t offset) const {
    for (bool first = true;; first = false) {
      const std::size_t length = name_length(offset, first);
      if (length == 0) return offset;
      offset += length;
    }
  }

  void read_number() {
    const char* begin = text_.data() + offset_;
    double value = 0;
    const auto result = std::from_chars(begin, text_.data() + text_.size(), value);
    std::size_t end = offset_ + static_cast<std::size_t>(result.ptr - begin);
    if (end == offset_) end = offset_ + 1;
    const std::size_t after = name_end(end);
    if (after > end) {
      const std::string word(text_.substr(offset_, after - offset_));
      error(offset_, after, "a name cannot begin with a digit: `" + word + "`", "write it in backquotes");
      add(TokenKind::name, after, word);
      return;
    }
    if (result.ec != std::errc()) error(offset_, end, "this number is out of range");
    add(TokenKind::number, end, std::string(text_.substr(offset_, end - offset_)));
    tokens_.back().value = value;
  }

  // A doubled quote stands for itself.
  void read_text(char quote) {
    std::string word;
    std::size_t end = offset_ + 1;
    for (; end < text_.size(); ++end) {
      if (text_[end] != quote) {
        word += text_[end];
      } else if (at(end + 1) == quote) {
        word += quote;
        ++end;
      } else {
        add(TokenKind::text, end + 1, word);
        return;
      }
    }
    error(offset_, text_.size(), "this text has no closing quote", std::string("add ") + quote);
    add(TokenKind::text, text_.size(), word);
  }

  void read_quoted_name() {
    const std::size_t close = text_.find('`', offset_ + 1);
    const bool open = close == std::string_view::npos;
    const std::size_t end = open ? text_.size() : close + 1;
    const std::string word(text_.substr(offset_ + 1, (open ? end : close) - offset_ - 1));
    if (open) error(offset_, end, "this name has no closing backquote", "add `");
    if (!open && word.empty()) error(offset_, end, "a name in backquotes is empty");
    add(TokenKind::name, end, word);
    tokens_.back().quoted = true;
  }

  void read_name() {
    if (read_lag_prefix()) return;
    const std::size_t end = name_end(offset_);
    add(TokenKind::name, end, std::string(text_.substr(offset_, end - offset_)));
  }

  // L. L2. F. D. before a name, a backquote or a bracket.
  bool read_lag_prefix() {
    const char letter = text_[offset_];
    if (letter != 'L' && letter != 'F' && letter != 'D') return false;
    std::size_t dot = offset_ + 1;
    while (is_digit(at(dot))) ++dot;
    if (at(dot) != '.' || dot - offset_ > 5) return false;
    const char next = at(dot + 1);
    if (next != '`' && next != '(' && name_length(dot + 1, true) == 0) return false;
    int steps = 1;
    std::from_chars(text_.data() + offset_ + 1, text_.data() + dot, steps);
    add(TokenKind::lag_prefix, dot + 1, std::string(1, letter));
    tokens_.back().steps = steps;
    return true;
  }

  void read_symbol() {
    for (const auto symbol : two_byte_symbols) {
      if (text_.substr(offset_, 2) == symbol) return add(TokenKind::symbol, offset_ + 2, std::string(symbol));
    }
    if (symbols.find(text_[offset_]) != std::string_view::npos) {
      return add(TokenKind::symbol, offset_ + 1, std::string(1, text_[offset_]));
    }
    refuse_character();
  }

  void refuse_character() {
    const std::size_t length = length_at(offset_);
    const std::string shown(text_.substr(offset_, length));
    if (length < 2 && static_cast<unsigned char>(text_[offset_]) >= 0x80) {
      error(offset_, offset_ + length, "this byte is not valid UTF-8");
    } else if (length < 2 && static_cast<unsigned char>(text_[offset_]) < 0x20) {
      error(offset_, offset_ + length, "a control character does not belong here");
    } else {
      error(offset_, offset_ + length, "`" + shown + "` does not belong here",
            length > 1 ? "type the ASCII sign, or write names that contain it in backquotes"
                       : "write names that contain it in backquotes");
    }
    offset_ += length;
  }

  void add(TokenKind kind, std::size_t end, std::string word) {
    Token token;
    token.kind = kind;
    token.word = std::move(word);
    token.begin = offset_;
    token.end = end;
    tokens_.push_back(std::move(token));
    offset_ = end;
  }

  void error(std::size_t begin, std::size_t end, const std::string& message, const std::string& hint = "") {
    reading_.error(reading_.code, message, reading_.span(begin, end), hint);
  }

  std::string_view text_;
  const Reading& reading_;
  std::size_t offset_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokenize(std::string_view text, const Reading& reading) {
  return Lexer(text, reading).run();
}

bool is_bare_name(const std::string& word) {
  for (const auto keyword : keywords) {
    if (word == keyword) return false;
  }
  Diagnostics ignored;
  Reading reading;
  reading.diagnostics = &ignored;
  const auto tokens = tokenize(word, reading);
  return ignored.size() == 0 && tokens.size() == 2 && tokens[0].kind == TokenKind::name &&
         !tokens[0].quoted && tokens[0].word == word;
}

}  // namespace panelist
