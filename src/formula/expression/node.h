// SPDX-License-Identifier: Apache-2.0
// The syntax tree of EXPR. Nodes are immutable and shared.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/diagnostic.h"

namespace panelist {

enum class NodeKind {
  number,        // word = as typed, value
  text,          // word
  missing,       // NA
  name,          // word = column
  negate,        // - child
  arithmetic,    // word = + - * / ^ %, two children
  comparison,    // operators between children: a <= b <= c
  logical,       // word = and | or, two children
  logical_not,   // not child
  membership,    // child 0 in the others; negated: not in
  missing_test,  // child is missing; negated: is not missing
  call,          // word = function, children = arguments, by = groups
  lag,           // child `steps` steps before (negative: ahead)
  difference     // differences of order `steps`
};

struct ExpressionNode {
  NodeKind kind = NodeKind::missing;
  Span span;
  std::string word;
  double value = 0;
  int steps = 0;
  bool negated = false;
  std::vector<std::string> operators;
  std::vector<std::shared_ptr<const ExpressionNode>> children;
  std::vector<std::shared_ptr<const ExpressionNode>> by;
  int depth = 1;
};

using Node = std::shared_ptr<const ExpressionNode>;

// Text without spaces; names in backquotes where the bare name would not be read back (or never).
std::string node_text(const ExpressionNode& node, bool backquotes);
// `name` or ``name`` as it must be typed.
std::string quoted_name(const std::string& name);

}  // namespace panelist
