// SPDX-License-Identifier: Apache-2.0
#include "report/code/dialect.h"

#include <fmt/format.h>

#include <vector>

#include "base/text.h"

namespace panelist {

namespace {

struct Token {
  enum class Kind { name, number, text, sign } kind = Kind::sign;
  std::string body;    // names without backquotes, texts without quotes
  char operation = 0;  // of a lag: 'L', 'F' or 'D' before the name
  int periods = 0;
};

bool begins_name(char letter) {
  return letter == '_' || (static_cast<unsigned char>(letter) & 0x80U) != 0 ||
         (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}
bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

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

bool compares(const Token& token) {
  return token.kind == Token::Kind::sign && (token.body == "<" || token.body == "<=" || token.body == ">" ||
                                             token.body == ">=" || token.body == "==" || token.body == "!=");
}

class Translation {
 public:
  Translation(std::vector<Token> tokens, const Dialect& dialect, bool& understood)
      : tokens_(std::move(tokens)), dialect_(dialect), understood_(understood) {}

  std::string write() {
    for (at_ = 0; at_ < tokens_.size(); ++at_) {
      if (membership() || absence()) continue;
      out_.push_back(one(tokens_[at_]));
      close_chain();
    }
    return join(out_, "");
  }

 private:
  bool follows(std::size_t ahead, std::string_view body) const {
    return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].body == body &&
           tokens_[at_ + ahead].kind != Token::Kind::text;
  }

  // x in (a, b); x not in (a, b)
  bool membership() {
    const bool negative = follows(1, "not") && follows(2, "in");
    if (tokens_[at_].kind != Token::Kind::name || (!negative && !follows(1, "in"))) return false;
    const std::string column = one(tokens_[at_]);
    std::vector<std::string> items(1);
    for (at_ += negative ? 4 : 3; at_ < tokens_.size() && !is_sign(tokens_[at_], ")"); ++at_)
      if (is_sign(tokens_[at_], ","))
        items.emplace_back();
      else
        items.back() += one(tokens_[at_]);
    out_.push_back(in_lists(column, items, negative));
    return true;
  }

  static bool is_sign(const Token& token, std::string_view body) {
    return token.kind == Token::Kind::sign && token.body == body;
  }

  // Languages that know short lists only get several.
  std::string in_lists(const std::string& column, const std::vector<std::string>& items,
                       bool negative) const {
    const std::size_t longest = dialect_.longest_list == 0 ? items.size() : dialect_.longest_list;
    std::vector<std::string> lists;
    for (std::size_t at = 0; at < items.size(); at += longest) {
      const auto end = std::min(at + longest, items.size());
      const std::vector<std::string> some(items.begin() + static_cast<std::ptrdiff_t>(at),
                                          items.begin() + static_cast<std::ptrdiff_t>(end));
      lists.push_back(fmt::format(fmt::runtime(negative ? dialect_.not_among : dialect_.among), column,
                                  join(some, ", ")));
    }
    const std::string all = join(lists, std::string(negative ? dialect_.both : dialect_.either));
    return lists.size() > 1 ? "(" + all + ")" : all;
  }

  bool absence() {
    const bool negative = follows(1, "is") && follows(2, "not") && follows(3, "missing");
    if (tokens_[at_].kind != Token::Kind::name || !(negative || (follows(1, "is") && follows(2, "missing"))))
      return false;
    const std::string column = one(tokens_[at_]);
    out_.push_back(fmt::format(fmt::runtime(negative ? dialect_.is_present : dialect_.is_missing), column));
    at_ += negative ? 3 : 2;
    return true;
  }

  // 2014 <= year <= 2022: the middle is said twice.
  void close_chain() {
    if (dialect_.chains || at_ < 1 || at_ + 1 >= tokens_.size()) return;
    if (!compares(tokens_[at_ + 1]) || !compares(tokens_[at_ - 1])) return;
    out_.push_back(std::string(dialect_.both));
    out_.push_back(one(tokens_[at_]));
  }

  std::string one(const Token& token) {
    if (token.kind == Token::Kind::text) return "\"" + token.body + "\"";
    if (token.kind == Token::Kind::number) return token.body;
    if (token.kind == Token::Kind::sign) return sign(token.body);
    return name(token);
  }

  std::string sign(const std::string& body) const {
    if (body == "^") return std::string(dialect_.power);
    if (body == "==" || body == "!=" || body == "<" || body == "<=" || body == ">" || body == ">=" ||
        body == "+" || body == "-" || body == "*" || body == "/")
      return " " + body + " ";
    return body == "," ? ", " : body;
  }

  std::string name(const Token& token) {
    if (token.operation == 'D' && token.periods == 1)
      return "(" + dialect_.column(token.body) + " - " + dialect_.lag(token.body, 1) + ")";
    if (token.operation == 'D') understood_ = false;
    if (token.operation != 0)
      return dialect_.lag(token.body, token.operation == 'F' ? -token.periods : token.periods);
    if (token.body == "and") return std::string(dialect_.both);
    if (token.body == "or") return std::string(dialect_.either);
    if (token.body == "not") return std::string(dialect_.negation);
    if (token.body == "NA") return std::string(dialect_.missing);
    if (!follows(1, "(")) return dialect_.column(token.body);
    const auto function = dialect_.functions.find(token.body);
    understood_ = understood_ && function != dialect_.functions.end();
    return function == dialect_.functions.end() ? token.body : function->second;
  }

  std::vector<Token> tokens_;
  const Dialect& dialect_;
  bool& understood_;
  std::size_t at_ = 0;
  std::vector<std::string> out_;
};

}  // namespace

std::string translated(std::string_view expression, const Dialect& dialect, bool& understood) {
  return Translation(Tokens(expression).read(), dialect, understood).write();
}

bool plain_name(std::string_view text) {
  return !text.empty() && begins_name(text[0]) && std::all_of(text.begin(), text.end(), [](char letter) {
    return begins_name(letter) || is_digit(letter);
  });
}

std::string without_backquotes(std::string_view text) { return replace_all(std::string(text), "`", ""); }

std::string without_identity(const std::string& text) {
  return text.starts_with("I(") && text.ends_with(")") ? text.substr(2, text.size() - 3) : text;
}

}  // namespace panelist
