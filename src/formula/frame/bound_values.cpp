// SPDX-License-Identifier: Apache-2.0
#include "formula/frame/bound_values.h"

#include "formula/expression/text_among_numbers.h"

namespace panelist {

Expression column_expression(const std::string& name, const Span& span) {
  ExpressionNode node;
  node.kind = NodeKind::name;
  node.word = name;
  node.span = span;
  return Expression(std::make_shared<const ExpressionNode>(std::move(node)));
}

const Value& BoundValues::keep(const std::string& key, const ExpressionNode& node) {
  const auto found = values_.find(key);
  if (found != values_.end()) return found->second;
  const auto place = values_.emplace(key, evaluator_.value(node)).first;
  order_.emplace_back(node_text(node, false), &place->second);
  return place->second;
}

const Value& BoundValues::value(const Expression& expression) {
  return keep(expression.text(), expression.node());
}

const Value& BoundValues::column(const std::string& name, const Span& span) {
  return value(column_expression(name, span));
}

const Value& BoundValues::number(const Expression& expression, const std::string& role) {
  const Value& result = value(expression);
  if (!result.is_text()) return result;
  const TextAmongNumbers cell = text_among_numbers(result);
  Diagnostic diagnostic;
  diagnostic.code = "formula.not_a_number";
  diagnostic.message = role + " `" + expression.label() + "` is text, not a number" + cell.words;
  diagnostic.span = expression.node().span;
  diagnostic.subject = "variable " + expression.label();
  diagnostic.hint = cell.words.empty() ? "derive a numeric column from it, such as ifelse(" +
                                             expression.text() + " == '...', 1, 0)"
                                       : cell.hint;
  throw Error(std::move(diagnostic));
}

}  // namespace panelist
