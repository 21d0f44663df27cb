// SPDX-License-Identifier: Apache-2.0
// What an expression reads.
#include "formula/expression/inspect.h"

#include "formula/expression.h"

namespace panelist {

void visit(const ExpressionNode& node, const std::function<void(const ExpressionNode&)>& see) {
  see(node);
  for (const auto& child : node.children) visit(*child, see);
  for (const auto& child : node.by) visit(*child, see);
}

void report_unknown_column(const std::string& name, const Span& span, const std::vector<std::string>& known,
                           Diagnostics& diagnostics) {
  const std::string close = nearest(name, known);
  std::string hint;
  if (!close.empty()) {
    hint = "did you mean `" + close + "`?";
  } else if (!known.empty()) {
    hint = "the data have ";
    for (std::size_t i = 0; i < known.size() && i < 8; ++i) hint += (i > 0 ? ", `" : "`") + known[i] + "`";
    if (known.size() > 8) hint += " and " + std::to_string(known.size() - 8) + " more";
  }
  diagnostics.error("formula.unknown_column", "unknown variable `" + name + "`", span, hint);
}

std::string Expression::text() const { return empty() ? "" : node_text(*node_, true); }

std::string Expression::label() const { return empty() ? "" : node_text(*node_, false); }

std::set<std::string> Expression::columns() const {
  std::set<std::string> names;
  if (empty()) return names;
  visit(*node_, [&](const ExpressionNode& node) {
    if (node.kind == NodeKind::name) names.insert(node.word);
  });
  return names;
}

bool Expression::uses_panel() const {
  bool found = false;
  if (empty()) return found;
  visit(*node_, [&](const ExpressionNode& node) {
    found = found || node.kind == NodeKind::lag || node.kind == NodeKind::difference ||
            (node.kind == NodeKind::call && node.word == "d");
  });
  return found;
}

void check_columns(const Expression& expression, const std::vector<std::string>& known,
                   Diagnostics& diagnostics) {
  if (expression.empty()) return;
  const std::set<std::string> names(known.begin(), known.end());
  visit(expression.node(), [&](const ExpressionNode& node) {
    if (node.kind == NodeKind::name && names.count(node.word) == 0) {
      report_unknown_column(node.word, node.span, known, diagnostics);
    }
  });
}

}  // namespace panelist
