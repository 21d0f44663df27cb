// SPDX-License-Identifier: Apache-2.0
// The tree back into text: as few brackets as the grammar needs, no spaces but around words.
#include "base/text.h"
#include "formula/expression/lexer.h"
#include "formula/expression/node.h"

namespace panelist {
namespace {

int precedence(const ExpressionNode& node) {
  switch (node.kind) {
    case NodeKind::logical:
      return node.word == "or" ? 1 : 2;
    case NodeKind::logical_not:
      return 3;
    case NodeKind::comparison:
    case NodeKind::membership:
    case NodeKind::missing_test:
      return 4;
    case NodeKind::arithmetic:
      return node.word == "^" ? 8 : node.word == "+" || node.word == "-" ? 5 : 6;
    case NodeKind::negate:
      return 7;
    default:
      return 9;
  }
}

std::string quoted_text(const std::string& text) {
  if (text.find('\'') == std::string::npos) return "'" + text + "'";
  if (text.find('"') == std::string::npos) return "\"" + text + "\"";
  return "'" + replace_all(text, "'", "''") + "'";
}

class Printer {
 public:
  explicit Printer(bool backquotes) : backquotes_(backquotes) {}

  [[nodiscard]] std::string text(const ExpressionNode& node) const {
    switch (node.kind) {
      case NodeKind::number:
        return node.word;
      case NodeKind::text:
        return quoted_text(node.word);
      case NodeKind::missing:
        return "NA";
      case NodeKind::name:
        return backquotes_ ? quoted_name(node.word) : node.word;
      case NodeKind::negate:
        return "-" + child(node, 0, 7);
      case NodeKind::arithmetic:
        return arithmetic(node);
      case NodeKind::comparison:
        return comparison(node);
      case NodeKind::logical:
        return logical(node);
      case NodeKind::logical_not:
        return "not " + child(node, 0, 3);
      case NodeKind::membership:
        return membership(node);
      case NodeKind::missing_test:
        return child(node, 0, 5) + (node.negated ? " is not missing" : " is missing");
      case NodeKind::call:
        return call(node);
      case NodeKind::lag:
        return prefixed(node, node.steps < 0 ? 'F' : 'L');
      case NodeKind::difference:
        return prefixed(node, 'D');
    }
    return "";
  }

 private:
  [[nodiscard]] std::string child(const ExpressionNode& node, std::size_t which, int least) const {
    const auto& inner = *node.children[which];
    return precedence(inner) < least ? "(" + text(inner) + ")" : text(inner);
  }

  [[nodiscard]] std::string arithmetic(const ExpressionNode& node) const {
    const int own = precedence(node);
    if (own == 8) return child(node, 0, 9) + "^" + child(node, 1, 7);
    return child(node, 0, own) + node.word + child(node, 1, own + 1);
  }

  [[nodiscard]] std::string comparison(const ExpressionNode& node) const {
    std::string result = child(node, 0, 5);
    for (std::size_t i = 0; i < node.operators.size(); ++i)
      result += node.operators[i] + child(node, i + 1, 5);
    return result;
  }

  [[nodiscard]] std::string logical(const ExpressionNode& node) const {
    const int own = precedence(node);
    return child(node, 0, own) + " " + node.word + " " + child(node, 1, own + 1);
  }

  [[nodiscard]] std::string list(const std::vector<Node>& nodes, std::size_t from) const {
    std::string result;
    for (std::size_t i = from; i < nodes.size(); ++i) result += (i > from ? "," : "") + text(*nodes[i]);
    return result;
  }

  [[nodiscard]] std::string membership(const ExpressionNode& node) const {
    return child(node, 0, 5) + (node.negated ? " not in (" : " in (") + list(node.children, 1) + ")";
  }

  [[nodiscard]] std::string call(const ExpressionNode& node) const {
    std::string inner = list(node.children, 0);
    if (!node.by.empty()) {
      const std::string groups = list(node.by, 0);
      inner += (inner.empty() ? "by=" : ",by=") + (node.by.size() > 1 ? "(" + groups + ")" : groups);
    }
    return node.word + "(" + inner + ")";
  }

  [[nodiscard]] std::string prefixed(const ExpressionNode& node, char letter) const {
    const int steps = node.steps < 0 ? -node.steps : node.steps;
    const std::string prefix = std::string(1, letter) + (steps == 1 ? "" : std::to_string(steps)) + ".";
    const auto kind = node.children[0]->kind;
    const bool bare = kind == NodeKind::name || kind == NodeKind::call || kind == NodeKind::lag ||
                      kind == NodeKind::difference;
    return prefix + (bare ? text(*node.children[0]) : "(" + text(*node.children[0]) + ")");
  }

  bool backquotes_;
};

}  // namespace

std::string quoted_name(const std::string& name) { return is_bare_name(name) ? name : "`" + name + "`"; }

std::string node_text(const ExpressionNode& node, bool backquotes) { return Printer(backquotes).text(node); }

}  // namespace panelist
