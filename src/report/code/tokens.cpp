// SPDX-License-Identifier: Apache-2.0
#include "report/code/tokens.h"

#include <algorithm>

#include "base/text.h"

namespace panelist::code {

bool begins_name(char letter) {
  return letter == '_' || (static_cast<unsigned char>(letter) & 0x80U) != 0 ||
         (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}
bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

namespace {

class Tokens {
 public:
  explicit Tokens(std::string_view text) : text_(text) {}
  std::vector<Token> read() {
    while (at_ < text_.size()) {
      const char letter = text_[at_];
      if (letter == ' ')
        ++at_;
      else if (letter == '\'' || letter == '"')
        add(Token::Kind::text, quoted(letter));
      else if (begins_name(letter) || letter == '`')
        name();
      else if (is_digit(letter) || (letter == '.' && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])))
        add(Token::Kind::number, number());
      else
        add(Token::Kind::sign, sign());
    }
    return std::move(tokens_);
  }

 private:
  void add(Token::Kind kind, std::string body) { tokens_.push_back({kind, std::move(body)}); }
  std::string quoted(char mark) {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != mark) ++at_;
    return std::string(text_.substr(begin, at_++ - begin));
  }
  std::string number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.' || text_[at_] == 'e' ||
                                  ((text_[at_] == '-' || text_[at_] == '+') && text_[at_ - 1] == 'e')))
      ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  std::string sign() {
    const std::string_view two = text_.substr(at_, 2);
    const std::size_t length = two == "==" || two == "!=" || two == "<=" || two == ">=" ? 2 : 1;
    at_ += length;
    return std::string(text_.substr(at_ - length, length));
  }
  std::string word() {
    if (text_[at_] == '`') return quoted('`');
    const std::size_t begin = at_;
    while (at_ < text_.size() && (begins_name(text_[at_]) || is_digit(text_[at_]))) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }
  // "L2.x" is one token: x, two periods before.
  void name() {
    const std::string first = word();
    const bool operates = first.size() < 4 &&
                          std::string_view("LFD").find(first[0]) != std::string_view::npos &&
                          std::all_of(first.begin() + 1, first.end(), is_digit);
    if (!operates || at_ + 1 >= text_.size() || text_[at_] != '.') return add(Token::Kind::name, first);
    ++at_;
    add(Token::Kind::name, word());
    tokens_.back().operation = first[0];
    tokens_.back().periods = first.size() == 1 ? 1 : static_cast<int>(*parse_integer(first.substr(1)));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view expression) { return Tokens(expression).read(); }

}  // namespace panelist::code
