// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "base/distribution.h"
#include "base/text.h"
#include "infer/inference.h"
#include "infer/inference/linear_form.h"
#include "infer/inference/quadratic_form.h"

namespace panelist {
namespace {

bool is_name_byte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0 || c == '_' || c == '.' || c == ':';
}

// sum: product (+|- product)*;  product: signed (*|/ signed)*;  signed: -signed | number | term | ( sum )
class Parser {
 public:
  Parser(const Fit& fit, std::string_view text) : fit_(fit), text_(text) {}

  // left, or left = right: left - right
  LinearForm whole() {
    LinearForm form = sum();
    if (accept('=')) form = add(form, sum(), -1);
    if (!at_end()) fail(fmt::format("`{}` is not understood here", text_.substr(at_)));
    if (form.is_number()) fail("no term of the model occurs");
    return form;
  }

 private:
  LinearForm sum() {
    LinearForm form = product();
    for (;;) {
      if (accept('+')) {
        form = add(form, product(), 1);
      } else if (accept('-')) {
        form = add(form, product(), -1);
      } else {
        return form;
      }
    }
  }

  LinearForm product() {
    LinearForm form = signed_operand();
    for (;;) {
      if (accept('*')) {
        const LinearForm other = signed_operand();
        if (!form.is_number() && !other.is_number()) fail("two terms are multiplied: not linear");
        form = form.is_number() ? scale(other, form.constant) : scale(form, other.constant);
      } else if (accept('/')) {
        const LinearForm divisor = signed_operand();
        if (!divisor.is_number() || divisor.constant == 0) fail("only a number other than zero may divide");
        form = scale(form, 1 / divisor.constant);
      } else {
        return form;
      }
    }
  }

  LinearForm signed_operand() {
    if (accept('-')) return scale(signed_operand(), -1);
    if (accept('+')) return signed_operand();
    if (at_end()) fail("a term or a number is missing at the end");
    if (text_[at_] == '`') return quoted_term();
    if (const auto position = term_here()) return term(*position);
    if (accept('(')) {
      const LinearForm form = sum();
      if (!accept(')')) fail("the closing parenthesis is missing");
      return form;
    }
    return number_or_unknown();
  }

  LinearForm quoted_term() {
    const std::size_t end = text_.find('`', at_ + 1);
    if (end == std::string_view::npos) fail("the closing backquote is missing");
    const std::string_view name = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    for (std::size_t j = 0; j < fit_.names.size(); ++j)
      if (fit_.names[j] == name) return term(static_cast<Index>(j));
    throw_unknown_term(fit_, name);
  }

  // The longest term that stands literally here and does not run on: log(x) needs no backquotes.
  std::optional<Index> term_here() {
    std::optional<Index> best;
    std::size_t length = 0;
    for (std::size_t j = 0; j < fit_.names.size(); ++j) {
      const std::string& name = fit_.names[j];
      if (name.size() <= length || text_.substr(at_, name.size()) != name) continue;
      const std::size_t end = at_ + name.size();
      if (end < text_.size() && is_name_byte(text_[end]) && is_name_byte(name.back())) continue;
      best = static_cast<Index>(j);
      length = name.size();
    }
    at_ += length;
    return best;
  }

  LinearForm number_or_unknown() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
    // The sign of an exponent belongs to the number: 1e-3.
    const bool starts_with_digit =
        begin < at_ && (std::isdigit(static_cast<unsigned char>(text_[begin])) != 0 || text_[begin] == '.');
    const bool exponent = starts_with_digit && (text_[at_ - 1] == 'e' || text_[at_ - 1] == 'E');
    if (exponent && at_ < text_.size() && (text_[at_] == '-' || text_[at_] == '+')) {
      ++at_;
      while (at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
    }
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word.empty()) fail(fmt::format("`{}` is not understood here", text_.substr(begin)));
    const auto number = parse_number(word);
    if (!number) throw_unknown_term(fit_, word);
    return {Vector::Zero(fit_.k()), *number};
  }

  LinearForm term(Index position) const {
    LinearForm form{Vector::Zero(fit_.k()), 0};
    form.weights(position) = 1;
    return form;
  }
  static LinearForm add(const LinearForm& a, const LinearForm& b, double sign) {
    return {a.weights + sign * b.weights, a.constant + sign * b.constant};
  }
  static LinearForm scale(const LinearForm& a, double factor) {
    return {factor * a.weights, factor * a.constant};
  }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }
  bool at_end() {
    skip_blanks();
    return at_ >= text_.size();
  }
  bool accept(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    skip_blanks();
    return true;
  }
  [[noreturn]] void fail(const std::string& what) const {
    throw Error("infer.combination_syntax", fmt::format("in the combination `{}`: {}", text_, what),
                "write sums of terms with numbers, such as `2*x1 - x2`; other terms go in backquotes");
  }

  const Fit& fit_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

LinearForm linear_form(const Fit& fit, std::string_view expression) {
  return Parser(fit, expression).whole();
}

LinearCombination linear_combination(const Fit& fit, const Vcov& vcov, std::string_view expression,
                                     double level) {
  const LinearForm form = linear_form(fit, expression);
  const double estimate = form.weights.dot(fit.coefficients) + form.constant;
  const double se = std::sqrt(form.weights.dot(vcov.matrix * form.weights));
  const double t = se > 0 ? estimate / se : missing_value;
  const double df = degrees_of(vcov, form.weights);
  const double margin = t_quantile(1 - (1 - level) / 2, df) * se;
  return {std::string(trim(expression)),
          estimate,
          se,
          t,
          t_two_sided(t, df),
          estimate - margin,
          estimate + margin};
}

}  // namespace panelist
