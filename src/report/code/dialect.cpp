// SPDX-License-Identifier: Apache-2.0
#include "report/code/dialect.h"

#include <fmt/format.h>

#include <vector>

#include "base/text.h"
#include "report/code/tokens.h"

namespace panelist {

using code::begins_name;
using code::is_digit;
using code::Token;

namespace {

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
  return Translation(code::tokens_of(expression), dialect, understood).write();
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
