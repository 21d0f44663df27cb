// SPDX-License-Identifier: Apache-2.0
// Arithmetic and logic, row by row. Missing in, missing out.
#include <cmath>

#include "formula/expression/evaluator.h"

namespace panelist {
namespace {

// f(row) for every row, or once when every operand is constant.
template <typename F>
Value each_row(const Evaluator& evaluator, bool constant, const F& f) {
  if (constant) return Value::constant(f(std::size_t{0}));
  std::vector<double> result(evaluator.rows());
  for (std::size_t row = 0; row < result.size(); ++row) result[row] = f(row);
  return Value::numbers(std::move(result));
}

double truth_of(double x) { return std::isnan(x) ? x : (x != 0 ? 1.0 : 0.0); }

double both(double a, double b) {
  if (a == 0 || b == 0) return 0;
  return std::isnan(a) || std::isnan(b) ? missing_value : 1;
}

double either(double a, double b) {
  if ((a != 0 && !std::isnan(a)) || (b != 0 && !std::isnan(b))) return 1;
  return std::isnan(a) || std::isnan(b) ? missing_value : 0;
}

// Truth with every comparison of a missing cell missing, where the language says false.
std::vector<double> three_valued(const Evaluator& evaluator, const ExpressionNode& node) {
  if (node.kind == NodeKind::logical || node.kind == NodeKind::logical_not) {
    std::vector<double> truth = three_valued(evaluator, *node.children[0]);
    if (node.kind == NodeKind::logical_not) {
      for (double& x : truth) x = 1 - truth_of(x);
      return truth;
    }
    const std::vector<double> other = three_valued(evaluator, *node.children[1]);
    const auto combine = node.word == "and" ? both : either;
    for (std::size_t row = 0; row < truth.size(); ++row) truth[row] = combine(truth[row], other[row]);
    return truth;
  }
  std::vector<double> truth = evaluator.truth(node).number_rows(evaluator.rows());
  const bool compares = node.kind == NodeKind::comparison || node.kind == NodeKind::membership;
  const std::size_t sides = compares ? (node.kind == NodeKind::membership ? 1 : node.children.size()) : 0;
  for (std::size_t side = 0; side < sides; ++side) {
    const Value value = evaluator.value(*node.children[side]);
    for (std::size_t row = 0; row < truth.size(); ++row)
      if (truth[row] == 0 && value.is_missing(row)) truth[row] = missing_value;
  }
  return truth;
}

// `not (x > 0)` holds where x is missing, since the comparison does not: said, for few expect it.
void tell_missing_negated(const Evaluator& evaluator, const ExpressionNode& node, const Value& inner) {
  Diagnostics said_before;
  const std::vector<double> truth = three_valued(evaluator.with_notes(said_before), *node.children[0]);
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < truth.size(); ++row)
    if (std::isnan(truth[row]) && inner.number(row) == 0 && evaluator.is_relevant(row)) rows.push_back(row);
  if (rows.empty()) return;
  Diagnostic warning;
  warning.code = "expression.not_of_missing";
  warning.severity = Severity::warning;
  warning.message = "`" + node_text(node, false) + "` holds in " + std::to_string(rows.size()) +
                    (rows.size() == 1 ? " row" : " rows") +
                    " where what it compares is missing: a comparison with missing is false";
  warning.span = node.span;
  for (std::size_t i = 0; i < rows.size() && i < 3; ++i) warning.notes.push_back(evaluator.row_name(rows[i]));
  if (rows.size() > 3) warning.notes.push_back("and " + std::to_string(rows.size() - 3) + " more");
  warning.hint = "write the opposite comparison, or add `and ... is not missing`";
  evaluator.notes().add(std::move(warning));
}

Value as_boolean(Value value) {
  if (value.is_constant()) return value;
  return Value::numbers({value.number_data().begin(), value.number_data().end()}, ColumnKind::boolean);
}

}  // namespace

double power(double base, double exponent) {
  if (std::isnan(base) || std::isnan(exponent)) return missing_value;
  return exponent == 2 ? base * base : std::pow(base, exponent);
}

Value negated(const Evaluator& evaluator, const ExpressionNode& node) {
  const Value inner = evaluator.numeric(*node.children[0], "`-`");
  return each_row(evaluator, inner.is_constant(), [&](std::size_t row) { return -inner.number(row); });
}

Value arithmetic(const Evaluator& evaluator, const ExpressionNode& node) {
  const std::string user = "`" + node.word + "`";
  const Value left = evaluator.numeric(*node.children[0], user);
  const Value right = evaluator.numeric(*node.children[1], user);
  const bool constant = left.is_constant() && right.is_constant();
  const auto rows = [&](const auto& f) {
    return each_row(evaluator, constant,
                    [&](std::size_t row) { return f(left.number(row), right.number(row), row); });
  };
  DomainCount domain(evaluator, node, node.word == "^" ? "power without a real value" : "division by zero");
  switch (node.word[0]) {
    case '+':
      return rows([](double a, double b, std::size_t) { return a + b; });
    case '-':
      return rows([](double a, double b, std::size_t) { return a - b; });
    case '*':
      return rows([](double a, double b, std::size_t) { return a * b; });
    case '/':
      return rows([&](double a, double b, std::size_t row) {
        return b == 0 && !std::isnan(a) ? domain.at(row) : a / b;
      });
    case '%':
      return rows([&](double a, double b, std::size_t row) {
        if (b == 0 && !std::isnan(a)) return domain.at(row);
        return a - b * std::floor(a / b);
      });
    default:
      return rows([&](double a, double b, std::size_t row) {
        const double result = power(a, b);
        const bool defined = std::isfinite(result) || std::isnan(a) || std::isnan(b);
        return defined ? result : domain.at(row);
      });
  }
}

Value logical(const Evaluator& evaluator, const ExpressionNode& node) {
  const Value left = evaluator.truth(*node.children[0]);
  const Value right = evaluator.truth(*node.children[1]);
  const bool constant = left.is_constant() && right.is_constant();
  const auto combine = node.word == "and" ? both : either;
  return as_boolean(each_row(evaluator, constant,
                             [&](std::size_t row) { return combine(left.number(row), right.number(row)); }));
}

Value logical_not(const Evaluator& evaluator, const ExpressionNode& node) {
  const Value inner = evaluator.truth(*node.children[0]);
  if (!inner.is_constant()) tell_missing_negated(evaluator, node, inner);
  return as_boolean(each_row(evaluator, inner.is_constant(),
                             [&](std::size_t row) { return 1 - truth_of(inner.number(row)); }));
}

Value missing_test(const Evaluator& evaluator, const ExpressionNode& node) {
  const Value inner = evaluator.value(*node.children[0]);
  return as_boolean(each_row(evaluator, inner.is_constant(), [&](std::size_t row) {
    return inner.is_missing(row) != node.negated ? 1.0 : 0.0;
  }));
}

}  // namespace panelist
