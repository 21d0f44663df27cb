// SPDX-License-Identifier: Apache-2.0
// == != < <= > >= and `in`. A comparison with missing is false. Text compares by bytes, that is by code points; a date
// column compares with texts such as '2020-06-30'.
#include <array>
#include <cmath>

#include "base/text.h"
#include "formula/expression/evaluator.h"

namespace panelist {
namespace {

bool holds(const std::string& op, int order) {
  if (op == "==") return order == 0;
  if (op == "!=") return order != 0;
  if (op == "<") return order < 0;
  if (op == "<=") return order <= 0;
  if (op == ">") return order > 0;
  return order >= 0;
}

int sign_of(double a, double b) { return a < b ? -1 : a > b ? 1 : 0; }

// Answers of one operator to the three orders.
struct Truths {
  explicit Truths(const std::string& op) : of{holds(op, -1), holds(op, 0), holds(op, 1)} {}
  [[nodiscard]] bool operator()(double a, double b) const { return of[sign_of(a, b) + 1]; }
  std::array<bool, 3> of;
};

// Days since 1970-01-01 (proleptic Gregorian).
double days_from_civil(long long year, long long month, long long day) {
  year -= month <= 2 ? 1 : 0;
  const long long era = (year >= 0 ? year : year - 399) / 400;
  const long long of_era = year - era * 400;
  const long long of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return static_cast<double>(era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468);
}

std::optional<double> date_of(const Value& value) {
  if (!value.is_constant() || !value.is_text()) return std::nullopt;
  const auto parts = split(value.dictionary()[0], '-');
  if (parts.size() != 3) return std::nullopt;
  const auto year = parse_integer(parts[0]);
  const auto month = parse_integer(parts[1]);
  const auto day = parse_integer(parts[2]);
  if (!year || !month || !day || *month < 1 || *month > 12 || *day < 1 || *day > 31) return std::nullopt;
  return days_from_civil(*year, *month, *day);
}

void match_dates(const Value& with, Value& value) {
  if (with.kind() != ColumnKind::date) return;
  if (const auto days = date_of(value)) value = Value::constant(*days);
}

void match_kinds(Value& left, Value& right, const ExpressionNode& node) {
  match_dates(left, right);
  match_dates(right, left);
  if (left.is_nothing() || right.is_nothing() || left.is_text() == right.is_text()) return;
  expression_error("expression.type",
                   "a text cannot be compared with a number in `" + node_text(node, false) + "`", node,
                   left.is_text() ? "put the right side in quotes" : "leave the quotes out");
}

std::vector<std::int32_t> ranks_in(const std::vector<std::string>& words,
                                   const std::vector<std::string>& sorted) {
  std::vector<std::int32_t> ranks(words.size());
  for (std::size_t i = 0; i < words.size(); ++i) {
    ranks[i] =
        static_cast<std::int32_t>(std::lower_bound(sorted.begin(), sorted.end(), words[i]) - sorted.begin());
  }
  return ranks;
}

// Compares codes by their rank in both dictionaries together.
void narrow_texts(std::vector<double>& truth, const std::string& op, const Value& left, const Value& right) {
  std::vector<std::string> sorted = left.dictionary();
  sorted.insert(sorted.end(), right.dictionary().begin(), right.dictionary().end());
  std::sort(sorted.begin(), sorted.end());
  const auto left_ranks = ranks_in(left.dictionary(), sorted);
  const auto right_ranks = ranks_in(right.dictionary(), sorted);
  const Truths holds_for(op);
  for (std::size_t row = 0; row < truth.size(); ++row) {
    const auto a = left.code(row);
    const auto b = right.code(row);
    if (a < 0 || b < 0 || !holds_for(left_ranks[a], right_ranks[b])) truth[row] = 0;
  }
}

void narrow_numbers(std::vector<double>& truth, const std::string& op, const Value& left,
                    const Value& right) {
  const Truths holds_for(op);
  for (std::size_t row = 0; row < truth.size(); ++row) {
    const double a = left.number(row);
    const double b = right.number(row);
    if (std::isnan(a) || std::isnan(b) || !holds_for(a, b)) truth[row] = 0;
  }
}

// truth &= (left op right)
void narrow(std::vector<double>& truth, const std::string& op, Value left, Value right,
            const ExpressionNode& node) {
  match_kinds(left, right, node);
  if (left.is_nothing() || right.is_nothing()) {
    std::fill(truth.begin(), truth.end(), 0.0);
  } else if (left.is_text()) {
    narrow_texts(truth, op, left, right);
  } else {
    narrow_numbers(truth, op, left, right);
  }
}

Value boolean(std::vector<double> truth, bool constant) {
  return constant ? Value::constant(truth[0]) : Value::numbers(std::move(truth), ColumnKind::boolean);
}

std::vector<double> all_true(const Evaluator& evaluator, bool constant) {
  return std::vector<double>(constant ? 1 : evaluator.rows(), 1.0);
}

}  // namespace

Value compared(const Evaluator& evaluator, const ExpressionNode& node) {
  std::vector<Value> sides;
  bool constant = true;
  for (const auto& child : node.children) {
    sides.push_back(evaluator.value(*child));
    constant = constant && sides.back().is_constant();
  }
  std::vector<double> truth = all_true(evaluator, constant);
  for (std::size_t i = 0; i < node.operators.size(); ++i) {
    narrow(truth, node.operators[i], sides[i], sides[i + 1], node);
  }
  return boolean(std::move(truth), constant);
}

Value membership(const Evaluator& evaluator, const ExpressionNode& node) {
  const Value left = evaluator.value(*node.children[0]);
  std::vector<Value> items;
  bool constant = left.is_constant();
  for (std::size_t i = 1; i < node.children.size(); ++i) {
    items.push_back(evaluator.value(*node.children[i]));
    constant = constant && items.back().is_constant();
  }
  std::vector<double> found(constant ? 1 : evaluator.rows(), 0.0);
  for (const auto& item : items) {
    std::vector<double> equal = all_true(evaluator, constant);
    narrow(equal, "==", left, item, node);
    for (std::size_t row = 0; row < found.size(); ++row)
      found[row] = found[row] != 0 || equal[row] != 0 ? 1 : 0;
  }
  if (node.negated) {
    for (std::size_t row = 0; row < found.size(); ++row)
      found[row] = found[row] != 0 || left.is_missing(row) ? 0 : 1;
  }
  return boolean(std::move(found), constant);
}

}  // namespace panelist
