// SPDX-License-Identifier: Apache-2.0
// Functions of the cells of one row.
#include <cmath>
#include <unordered_map>

#include "formula/expression/functions.h"

namespace panelist {
namespace {

std::string user_of(const ExpressionNode& call) { return "`" + call.word + "()`"; }

template <typename F>
Value map_numbers(const Evaluator& evaluator, const ExpressionNode& call, const F& f) {
  const Value x = evaluator.numeric(*call.children[0], user_of(call));
  if (x.is_constant()) return Value::constant(f(x.number(0), 0));
  std::vector<double> result(evaluator.rows());
  for (std::size_t row = 0; row < result.size(); ++row) result[row] = f(x.number(row), row);
  return Value::numbers(std::move(result));
}

// f where x > least (or >=), else missing and counted.
template <typename F>
Value map_domain(const Evaluator& evaluator, const ExpressionNode& call, const std::string& what,
                 const F& f) {
  DomainCount domain(evaluator, call, what);
  return map_numbers(evaluator, call, [&](double x, std::size_t row) {
    const double result = std::isnan(x) ? missing_value : f(x);
    return std::isnan(x) || std::isfinite(result) ? result : domain.at(row);
  });
}

std::vector<bool> rows_where(const Evaluator& evaluator, const Value& condition, bool wanted) {
  std::vector<bool> rows(evaluator.rows());
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const double cell = condition.number(row);
    rows[row] = evaluator.is_relevant(row) && !std::isnan(cell) && (cell != 0) == wanted;
  }
  return rows;
}

// Both dictionaries in one; `codes` maps the codes of `second` into it.
std::vector<std::string> joined_dictionary(const Value& first, const Value& second,
                                           std::vector<std::int32_t>& codes) {
  std::vector<std::string> words = first.dictionary();
  std::unordered_map<std::string, std::int32_t> known;
  for (std::size_t i = 0; i < words.size(); ++i) known.emplace(words[i], static_cast<std::int32_t>(i));
  for (const auto& word : second.dictionary()) {
    const auto [place, added] = known.emplace(word, static_cast<std::int32_t>(words.size()));
    if (added) words.push_back(word);
    codes.push_back(place->second);
  }
  return words;
}

Value choose_text(const Evaluator& evaluator, const Value& condition, const Value& yes, const Value& no) {
  std::vector<std::int32_t> moved;
  auto words = joined_dictionary(yes, no, moved);
  std::vector<std::int32_t> codes(evaluator.rows(), -1);
  for (std::size_t row = 0; row < codes.size(); ++row) {
    const double cell = condition.number(row);
    if (std::isnan(cell)) continue;
    if (cell != 0) {
      codes[row] = yes.is_nothing() ? -1 : yes.code(row);
    } else if (!no.is_nothing() && no.code(row) >= 0) {
      codes[row] = moved[no.code(row)];
    }
  }
  return Value::texts(std::move(codes), std::move(words));
}

Value choose_number(const Evaluator& evaluator, const Value& condition, const Value& yes, const Value& no) {
  std::vector<double> result(evaluator.rows());
  for (std::size_t row = 0; row < result.size(); ++row) {
    const double cell = condition.number(row);
    result[row] = std::isnan(cell) ? missing_value : cell != 0 ? yes.number(row) : no.number(row);
  }
  return Value::numbers(std::move(result), yes.kind() == no.kind() ? yes.kind() : ColumnKind::real);
}

}  // namespace

Value apply_log(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_domain(evaluator, call, "log of a non-positive number", [](double x) { return std::log(x); });
}
Value apply_log10(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_domain(evaluator, call, "log of a non-positive number", [](double x) { return std::log10(x); });
}
Value apply_log1p(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_domain(evaluator, call, "log1p of a number not above -1",
                    [](double x) { return std::log1p(x); });
}
Value apply_exp(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_domain(evaluator, call, "exp too large", [](double x) { return std::exp(x); });
}
Value apply_sqrt(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_domain(evaluator, call, "square root of a negative number",
                    [](double x) { return std::sqrt(x); });
}
Value apply_abs(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_numbers(evaluator, call, [](double x, std::size_t) { return std::fabs(x); });
}
Value apply_sign(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_numbers(evaluator, call, [](double x, std::size_t) { return x > 0 ? 1.0 : x < 0 ? -1.0 : x; });
}
Value apply_asinh(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_numbers(evaluator, call, [](double x, std::size_t) { return std::asinh(x); });
}
Value apply_floor(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_numbers(evaluator, call, [](double x, std::size_t) { return std::floor(x); });
}
Value apply_ceil(const Evaluator& evaluator, const ExpressionNode& call) {
  return map_numbers(evaluator, call, [](double x, std::size_t) { return std::ceil(x); });
}

// Halves away from zero.
Value apply_round(const Evaluator& evaluator, const ExpressionNode& call) {
  double scale = 1;
  if (call.children.size() > 1) {
    const Value digits = evaluator.numeric(*call.children[1], user_of(call));
    if (!digits.is_constant()) {
      expression_error("expression.arguments", "the digits of `round()` must be one number",
                       *call.children[1]);
    }
    scale = std::pow(10.0, digits.number(0));
  }
  return map_numbers(evaluator, call, [&](double x, std::size_t) { return std::round(x * scale) / scale; });
}

Value apply_pow(const Evaluator& evaluator, const ExpressionNode& call) {
  const Value base = evaluator.numeric(*call.children[0], user_of(call));
  const Value exponent = evaluator.numeric(*call.children[1], user_of(call));
  DomainCount domain(evaluator, call, "power without a real value");
  std::vector<double> result(evaluator.rows());
  for (std::size_t row = 0; row < result.size(); ++row) {
    const double x = base.number(row);
    const double p = exponent.number(row);
    result[row] = power(x, p);
    if (!std::isfinite(result[row]) && !std::isnan(x) && !std::isnan(p)) result[row] = domain.at(row);
  }
  return Value::numbers(std::move(result));
}

Value apply_ifelse(const Evaluator& evaluator, const ExpressionNode& call) {
  const Value condition = evaluator.truth(*call.children[0]);
  const auto chosen = rows_where(evaluator, condition, true);
  const auto other = rows_where(evaluator, condition, false);
  const Value yes = evaluator.only_where(chosen).value(*call.children[1]);
  const Value no = evaluator.only_where(other).value(*call.children[2]);
  const bool text = yes.is_text() || no.is_text();
  if (text && (yes.is_text() || yes.is_nothing()) && (no.is_text() || no.is_nothing())) {
    return choose_text(evaluator, condition, yes, no);
  }
  if (text)
    expression_error("expression.type", "`ifelse()` gives a text in one case and a number in the other",
                     call);
  return choose_number(evaluator, condition, yes, no);
}

Value apply_identity(const Evaluator& evaluator, const ExpressionNode& call) {
  return evaluator.value(*call.children[0]);
}

// d(x,2) is x - L2.x.
Value apply_step_difference(const Evaluator& evaluator, const ExpressionNode& call) {
  const Value x = evaluator.numeric(*call.children[0], user_of(call));
  const auto steps = call.children.size() > 1 ? static_cast<std::int64_t>(call.children[1]->value) : 1;
  const Value before = evaluator.lagged(x, steps, call);
  std::vector<double> result(evaluator.rows());
  for (std::size_t row = 0; row < result.size(); ++row) result[row] = x.number(row) - before.number(row);
  return Value::numbers(std::move(result));
}

}  // namespace panelist
