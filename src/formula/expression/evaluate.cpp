// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "base/text.h"
#include "formula/expression/evaluator.h"
#include "formula/expression/functions.h"
#include "formula/expression/inspect.h"
#include "formula/expression/text_among_numbers.h"

namespace panelist {

void expression_error(const std::string& code, const std::string& message, const ExpressionNode& node,
                      const std::string& hint) {
  Diagnostic diagnostic;
  diagnostic.code = code;
  diagnostic.message = message;
  diagnostic.span = node.span;
  diagnostic.subject = "expression " + node_text(node, true);
  diagnostic.hint = hint;
  throw Error(std::move(diagnostic));
}

Value Evaluator::value(const ExpressionNode& node) const {
  switch (node.kind) {
    case NodeKind::number:
      return Value::constant(node.value);
    case NodeKind::text:
      return Value::constant_text(node.word);
    case NodeKind::missing:
      return Value::nothing();
    case NodeKind::name:
      return name(node);
    case NodeKind::negate:
      return negated(*this, node);
    case NodeKind::arithmetic:
      return arithmetic(*this, node);
    case NodeKind::comparison:
      return compared(*this, node);
    case NodeKind::logical:
      return logical(*this, node);
    case NodeKind::logical_not:
      return logical_not(*this, node);
    case NodeKind::membership:
      return membership(*this, node);
    case NodeKind::missing_test:
      return missing_test(*this, node);
    case NodeKind::call:
      break;
    case NodeKind::lag:
      return lagged(Evaluator({table_, panel_}, notes_).value(*node.children[0]), node.steps, node);
    case NodeKind::difference:
      return difference(node);
  }
  const Function* function = find_function(node.word);
  if (function == nullptr)
    expression_error("expression.unknown_function", "unknown function `" + node.word + "`", node);
  return function->apply(*this, node);
}

Value Evaluator::name(const ExpressionNode& node) const {
  auto column = table_.share(node.word);
  if (column != nullptr) return Value::borrowed(std::move(column));
  Diagnostics unknown;
  report_unknown_column(node.word, node.span, table_.names(), unknown);
  Diagnostic diagnostic = unknown.items().front();
  diagnostic.subject = "column " + node.word;
  throw Error(std::move(diagnostic));
}

Value Evaluator::numeric(const ExpressionNode& node, const std::string& user) const {
  Value result = value(node);
  if (result.is_text()) {
    const TextAmongNumbers cell = text_among_numbers(result);
    expression_error("expression.type",
                     user + " needs a number, but `" + node_text(node, false) + "` is text" + cell.words,
                     node, cell.hint);
  }
  return result;
}

Value Evaluator::truth(const ExpressionNode& node) const {
  Value result = value(node);
  if (result.is_text()) {
    expression_error("expression.type", "`" + node_text(node, false) + "` is text, not a condition", node,
                     "compare it: " + node_text(node, true) + " == '...'");
  }
  return result;
}

Evaluator Evaluator::only_where(const std::vector<bool>& relevant) const {
  return Evaluator({table_, panel_}, notes_, &relevant);
}

const Panel& Evaluator::needed_panel(const ExpressionNode& node) const {
  if (panel_ == nullptr) {
    expression_error("expression.no_panel", "`" + node_text(node, false) + "` needs a panel", node,
                     "say which columns are unit and time (--panel UNIT,TIME)");
  }
  return *panel_;
}

Value Evaluator::lagged(const Value& value, std::int64_t steps, const ExpressionNode& node) const {
  const Panel& panel = needed_panel(node);
  if (value.is_constant()) return value;
  if (!value.is_text())
    return Value::numbers(panel.lag({value.number_data().begin(), value.number_data().end()}, steps),
                          value.kind());
  std::vector<double> codes(rows());
  for (std::size_t row = 0; row < rows(); ++row) {
    codes[row] = value.code(row) < 0 ? missing_value : static_cast<double>(value.code(row));
  }
  codes = panel.lag(codes, steps);
  std::vector<std::int32_t> moved(rows());
  for (std::size_t row = 0; row < rows(); ++row) {
    moved[row] = std::isnan(codes[row]) ? -1 : static_cast<std::int32_t>(codes[row]);
  }
  return Value::texts(std::move(moved), value.dictionary());
}

// D2.x is the difference of D.x, as in Stata.
Value Evaluator::difference(const ExpressionNode& node) const {
  const Panel& panel = needed_panel(node);
  std::vector<double> values = numeric(*node.children[0], "a difference").number_rows(rows());
  for (int order = 0; order < node.steps; ++order) {
    const std::vector<double> before = panel.lag(values, 1);
    for (std::size_t row = 0; row < rows(); ++row) values[row] -= before[row];
  }
  return Value::numbers(std::move(values));
}

std::string Evaluator::row_name(std::size_t row) const {
  if (panel_ != nullptr && table_.has(panel_->keys.unit) && table_.has(panel_->keys.time)) {
    return panel_->keys.unit + " " + table_.at(panel_->keys.unit).text_at(row) + ", " + panel_->keys.time +
           " " + table_.at(panel_->keys.time).text_at(row);
  }
  const std::size_t number = row < table_.source_rows.size() ? table_.source_rows[row] : row + 1;
  return "row " + std::to_string(number);
}

double DomainCount::at(std::size_t row) {
  if (row < evaluator_.rows() && evaluator_.is_relevant(row)) {
    if (first_.size() < 3) first_.push_back(row);
    ++count_;
  }
  return missing_value;
}

DomainCount::~DomainCount() {
  if (count_ == 0) return;
  Diagnostic diagnostic;
  diagnostic.code = "expression.domain";
  diagnostic.severity = Severity::warning;
  diagnostic.message = what_ + " in `" + node_text(node_, false) + "`: " + std::to_string(count_) +
                       (count_ == 1 ? " row is" : " rows are") + " missing";
  diagnostic.span = node_.span;
  for (const std::size_t row : first_) diagnostic.notes.push_back(evaluator_.row_name(row));
  if (count_ > first_.size()) {
    diagnostic.notes.push_back("and " + std::to_string(count_ - first_.size()) + " more");
  }
  evaluator_.notes().add(std::move(diagnostic));
}

Column evaluate(const Expression& expression, const ExpressionData& data, Diagnostics& notes) {
  return Evaluator(data, notes).value(expression.node()).column(data.table.rows());
}

std::vector<bool> evaluate_condition(const Expression& expression, const ExpressionData& data,
                                     Diagnostics& notes) {
  const Value value = Evaluator(data, notes).truth(expression.node());
  std::vector<bool> result(data.table.rows());
  for (std::size_t row = 0; row < result.size(); ++row) {
    const double cell = value.number(row);
    result[row] = cell != 0 && !std::isnan(cell);
  }
  return result;
}

}  // namespace panelist
