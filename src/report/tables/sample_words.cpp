// SPDX-License-Identifier: Apache-2.0
// Conditions on rows in words: periods, values left out, bounds. What has no words stays code, in quotation marks.
#include <cmath>
#include <optional>

#include "base/text.h"
#include "report/build_table.h"
#include "report/code/tokens.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

using code::Token;
using Tokens = std::vector<Token>;

bool is_sign(const Token& token, std::string_view body) {
  return token.kind == Token::Kind::sign && token.body == body;
}
bool is_name(const Token& token, std::string_view body) {
  return token.kind == Token::Kind::name && token.operation == 0 && token.body == body;
}

// The parts between top-level `and`s, parentheses around the whole opened; nothing when an `or` stands between them.
std::optional<std::vector<Tokens>> parts_of(Tokens tokens) {
  const auto closes_at_end = [&] {
    int depth = 0;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      depth += is_sign(tokens[i], "(") ? 1 : is_sign(tokens[i], ")") ? -1 : 0;
      if (depth == 0) return i + 1 == tokens.size();
    }
    return false;
  };
  while (tokens.size() > 2 && is_sign(tokens.front(), "(") && closes_at_end())
    tokens = Tokens(tokens.begin() + 1, tokens.end() - 1);
  std::vector<Tokens> parts(1);
  int depth = 0;
  for (const Token& token : tokens) {
    depth += is_sign(token, "(") ? 1 : is_sign(token, ")") ? -1 : 0;
    if (depth == 0 && is_name(token, "or")) return std::nullopt;
    if (depth == 0 && is_name(token, "and"))
      parts.emplace_back();
    else
      parts.back().push_back(token);
  }
  return parts;
}

// Bounds and values of one column, over all conditions.
struct ColumnBounds {
  std::string name;
  std::string low, high;  // as written
  bool low_in = true, high_in = true;
  std::vector<std::string> only, without;
  bool texts = false;  // the values are texts
  bool known = false, missing = false;
};

class Conditions {
 public:
  // False when a part has no words; nothing is kept of the condition then.
  bool add(const std::string& condition) {
    const std::vector<ColumnBounds> before = columns_;
    if (add_all(code::tokens_of(condition))) return true;
    columns_ = before;
    return false;
  }
  [[nodiscard]] const std::vector<ColumnBounds>& columns() const { return columns_; }

 private:
  // Parentheses around one of several parts hold parts of their own.
  bool add_all(const Tokens& tokens) {
    const auto parts = parts_of(tokens);
    return parts && std::all_of(parts->begin(), parts->end(), [&](const Tokens& part) {
             const bool enclosed = parts->size() > 1 && !part.empty() && is_sign(part.front(), "(");
             return enclosed ? add_all(part) : add_part(part);
           });
  }

  ColumnBounds& of(const std::string& name) {
    for (ColumnBounds& column : columns_)
      if (column.name == name) return column;
    columns_.push_back({});
    columns_.back().name = name;
    return columns_.back();
  }

  static bool is_column(const Token& token) {
    return token.kind == Token::Kind::name && token.operation == 0 && token.body != "not" &&
           token.body != "NA";
  }

  static bool is_comparison(const Token& token) {
    static const std::vector<std::string> signs = {"<", "<=", ">", ">=", "==", "!="};
    return token.kind == Token::Kind::sign &&
           std::find(signs.begin(), signs.end(), token.body) != signs.end();
  }

  static bool is_value(const Token& token) {
    return token.kind == Token::Kind::number || token.kind == Token::Kind::text;
  }

  // -5 as one number.
  static Tokens with_signed_numbers(const Tokens& part) {
    Tokens out;
    for (const Token& token : part) {
      const bool number = token.kind == Token::Kind::number && !out.empty() && is_sign(out.back(), "-");
      if (number) out.pop_back();
      out.push_back(token);
      if (number) out.back().body.insert(0, "-");
    }
    return out;
  }

  bool add_part(const Tokens& written) {
    const Tokens part = with_signed_numbers(written);
    if (part.size() == 3 && is_column(part[0]) && is_comparison(part[1]) && is_value(part[2]))
      return compare(part[0].body, part[1].body, part[2]);
    if (part.size() == 3 && is_value(part[0]) && is_comparison(part[1]) && is_column(part[2]))
      return compare(part[2].body, turned(part[1].body), part[0]);
    if (part.size() == 5 && is_value(part[0]) && is_comparison(part[1]) && is_column(part[2]) &&
        is_comparison(part[3]) && is_value(part[4]))
      return compare(part[2].body, turned(part[1].body), part[0]) &&
             compare(part[2].body, part[3].body, part[4]);
    return membership(part) || absence(part);
  }

  static std::string turned(const std::string& sign) {
    if (sign[0] == '<') return ">" + sign.substr(1);
    return sign[0] == '>' ? "<" + sign.substr(1) : sign;
  }

  bool compare(const std::string& name, const std::string& sign, const Token& value) {
    ColumnBounds& column = of(name);
    const bool text = value.kind == Token::Kind::text;
    column.texts = column.texts || text;
    if (sign == "==") return add_once(column.only, value.body);
    if (sign == "!=") return add_once(column.without, value.body);
    if (text) return false;
    const bool lower = sign[0] == '>', inclusive = sign.size() == 2;
    std::string& bound = lower ? column.low : column.high;
    bool& in = lower ? column.low_in : column.high_in;
    if (!bound.empty()) {
      const double old = *parse_number(bound), now = *parse_number(value.body);
      const bool tighter = lower ? now > old : now < old;
      if (!tighter && !(now == old && in && !inclusive)) return true;
    }
    bound = value.body;
    in = inclusive;
    return true;
  }

  static bool add_once(std::vector<std::string>& list, const std::string& value) {
    if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
    return true;
  }

  // x in (a, b); x not in (a, b)
  bool membership(const Tokens& part) {
    const bool negative = part.size() > 2 && is_name(part[1], "not");
    const std::size_t at = negative ? 2 : 1;
    if (part.size() < at + 4 || !is_column(part[0]) || !is_name(part[at], "in") ||
        !is_sign(part[at + 1], "(") || !is_sign(part.back(), ")"))
      return false;
    ColumnBounds& column = of(part[0].body);
    for (std::size_t i = at + 2; i + 1 < part.size(); ++i) {
      if (is_sign(part[i], ",")) continue;
      if (!is_value(part[i])) return false;
      column.texts = column.texts || part[i].kind == Token::Kind::text;
      add_once(negative ? column.without : column.only, part[i].body);
    }
    return true;
  }

  bool absence(const Tokens& part) {
    if (part.size() < 3 || !is_column(part[0]) || !is_name(part[1], "is")) return false;
    const bool negative = part.size() == 4 && is_name(part[2], "not");
    if (!is_name(part.back(), "missing") || part.size() != (negative ? 4U : 3U)) return false;
    (negative ? of(part[0].body).known : of(part[0].body).missing) = true;
    return true;
  }

  std::vector<ColumnBounds> columns_;
};

class SampleText {
 public:
  SampleText(const SampleNames& names, const std::string& lang) : names_(names), lang_(lang) {}

  std::string write(const std::vector<std::string>& conditions) {
    Conditions known;
    std::vector<std::string> code;
    for (const std::string& condition : conditions)
      if (const std::string text(trim(condition)); !text.empty() && !known.add(text)) code.push_back(text);
    for (const ColumnBounds& column : known.columns())
      if (column.name == names_.time) add_time(column);
    for (const ColumnBounds& column : known.columns())
      if (column.name != names_.time) add_column(column);
    for (const std::string& text : code) say("sample_code", text);
    return join(parts_, word("sample_separator", lang_));
  }

 private:
  template <typename... Parts>
  void say(const char* key, const Parts&... parts) {
    parts_.push_back(format_words(key, lang_, parts...));
  }
  std::string listed(const std::vector<std::string>& values) const { return enumerate(values, lang_); }
  std::string label(const ColumnBounds& column) const { return term_label(column.name, names_.labels); }

  // After 2016 is from 2017 on.
  static std::string first_in(const std::string& bound, bool inclusive, int step) {
    const auto whole = parse_integer(bound);
    return inclusive || !whole ? bound : std::to_string(*whole + step);
  }

  void add_time(const ColumnBounds& column) {
    const char* unit = names_.years ? "_year" : "";
    const auto key = [&](const char* name) { return std::string(name) + unit; };
    const std::string low = first_in(column.low, column.low_in, 1),
                      high = first_in(column.high, column.high_in, -1);
    if (!low.empty() && !high.empty())
      parts_.push_back(low == high ? format_words(key("sample_one"), lang_, low)
                                   : format_words(key("sample_between"), lang_, low, high));
    else if (!low.empty())
      parts_.push_back(format_words(key("sample_from"), lang_, low));
    else if (!high.empty())
      parts_.push_back(format_words(key("sample_to"), lang_, high));
    if (!column.only.empty()) parts_.push_back(format_words(key("sample_one"), lang_, listed(column.only)));
    if (!column.without.empty())
      parts_.push_back(format_words(key("sample_without_time"), lang_, listed(column.without)));
  }

  void add_column(const ColumnBounds& column) {
    if (column.texts && column.name == names_.unit && !column.only.empty())
      say("sample_only", listed(column.only));
    else if (column.texts && !column.only.empty())
      say("sample_values", label(column), listed(column.only));
    else if (!column.only.empty())
      say("sample_equal", label(column), listed(column.only));
    if (!column.without.empty()) {
      if (column.texts)
        say("sample_without", listed(column.without));
      else
        say("sample_unequal", label(column), listed(column.without));
    }
    if (!column.low.empty() || !column.high.empty()) parts_.push_back(bounded(column));
    if (column.known) say("sample_known", label(column));
    if (column.missing) say("sample_missing", label(column));
  }

  // "0 < Urbanisation ≤ 1", "Population ≥ 100"
  std::string bounded(const ColumnBounds& column) const {
    if (column.low.empty()) return label(column) + (column.high_in ? " ≤ " : " < ") + column.high;
    if (column.high.empty()) return label(column) + (column.low_in ? " ≥ " : " > ") + column.low;
    return column.low + (column.low_in ? " ≤ " : " < ") + label(column) + (column.high_in ? " ≤ " : " < ") +
           column.high;
  }

  const SampleNames& names_;
  const std::string lang_;
  std::vector<std::string> parts_;
};

}  // namespace

std::string sample_words(const std::vector<std::string>& conditions, const SampleNames& names,
                         const std::string& lang) {
  return SampleText(names, lang).write(conditions);
}

std::string sample_note(const std::vector<std::string>& conditions, const SampleNames& names,
                        const std::string& lang) {
  const std::string said = sample_words(conditions, names, lang);
  return said.empty() ? "" : format_words("sample", lang, said);
}

}  // namespace panelist
