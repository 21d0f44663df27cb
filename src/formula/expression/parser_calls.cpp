// SPDX-License-Identifier: Apache-2.0
// Function calls, and the entry that reads a whole text.
#include <algorithm>

#include "formula/expression.h"
#include "formula/expression/functions.h"
#include "formula/expression/parser.h"

namespace panelist {
namespace {

bool is_lag_function(const std::string& word) { return word == "l" || word == "f" || word == "d"; }

std::vector<std::string> function_names() {
  std::vector<std::string> names = {"l", "f", "d"};
  for (const auto& function : functions()) names.emplace_back(function.name);
  return names;
}

std::string argument_count(const Function& function) {
  if (function.least == function.most) return std::to_string(function.least);
  if (function.most > 99) return "at least " + std::to_string(function.least);
  return std::to_string(function.least) + " to " + std::to_string(function.most);
}

}  // namespace

Node ExpressionParser::call() {
  const Token token = cursor_.take();
  ExpressionNode node;
  node.kind = NodeKind::call;
  node.word = token.word;
  node.span = cursor_.span_of(token);
  cursor_.expect("(", "after `" + token.word + "`");
  if (is_lag_function(node.word)) return lag_call(std::move(node), token.begin);
  if (!cursor_.accept(")")) {
    arguments(node);
    cursor_.expect(")", "to close `" + token.word + "(`");
  }
  check_call(node);
  return make(std::move(node), token.begin);
}

void ExpressionParser::arguments(ExpressionNode& node) {
  do {
    if (cursor_.peek().kind == TokenKind::name && cursor_.at("=", 1)) {
      if (!cursor_.at_word("by")) {
        cursor_.stop("unknown argument `" + cursor_.peek().word + "=` of `" + node.word + "`", cursor_.here(),
                     "only `by=` is named here; `==` compares");
      }
      cursor_.take();
      cursor_.take();
      groups(node);
    } else {
      node.children.push_back(whole());
    }
  } while (cursor_.accept(","));
}

void ExpressionParser::groups(ExpressionNode& node) {
  if (!cursor_.accept("(")) {
    node.by.push_back(sum());
    return;
  }
  do {
    node.by.push_back(sum());
  } while (cursor_.accept(","));
  cursor_.expect(")", "to close `by=(`");
}

// l(x,1) is L.x; d(x,2) is the difference over two steps, as in fixest, and stays a call.
Node ExpressionParser::lag_call(ExpressionNode node, std::size_t begin) {
  node.children = {whole()};
  node.steps = cursor_.accept(",") ? whole_number("a whole number of steps") : 1;
  cursor_.expect(")", "to close `" + node.word + "(`");
  const bool difference = node.word == "d";
  if (difference && node.steps < 1) {
    cursor_.stop("`d()` needs a positive number of steps", cursor_.since(begin), "write d(x,1)");
  }
  if (difference && node.steps > 1) {
    ExpressionNode steps;
    steps.kind = NodeKind::number;
    steps.word = std::to_string(node.steps);
    steps.value = node.steps;
    node.children.push_back(make(std::move(steps), begin));
    node.kind = NodeKind::call;
  } else {
    node.kind = difference ? NodeKind::difference : NodeKind::lag;
    if (node.word == "f") node.steps = -node.steps;
    node.word.clear();
  }
  return make(std::move(node), begin);
}

void ExpressionParser::check_call(const ExpressionNode& node) {
  const Reading& reading = cursor_.reading();
  const Function* function = find_function(node.word);
  if (function == nullptr) {
    const std::string close = nearest(node.word, function_names());
    reading.error("expression.unknown_function", "unknown function `" + node.word + "`", node.span,
                  close.empty() ? "" : "did you mean `" + close + "`?");
    return;
  }
  const int count = static_cast<int>(node.children.size());
  if (count < function->least || count > function->most) {
    reading.error(
        "expression.arguments",
        "`" + node.word + "` takes " + argument_count(*function) + " arguments, not " + std::to_string(count),
        node.span, "write " + std::string(function->usage));
  }
  if (!node.by.empty() && !function->groups) {
    reading.error("expression.arguments", "`" + node.word + "` takes no `by=`", node.span,
                  "write " + std::string(function->usage));
  }
}

Expression parse_expression(std::string_view text, const Span& place, Diagnostics& diagnostics) {
  Reading reading;
  reading.place = place;
  reading.code = "expression.syntax";
  Diagnostics own;
  reading.diagnostics = &own;
  Node node;
  try {
    TokenCursor cursor(tokenize(text, reading), reading);
    if (cursor.at_end()) cursor.stop("the expression is empty", reading.span(0, text.size()));
    node = ExpressionParser(cursor).whole();
    if (!cursor.at_end()) cursor.unexpected("an operator or the end");
  } catch (const SyntaxStop&) {
    node = nullptr;
  }
  diagnostics.append(own);
  return own.has_errors() ? Expression() : Expression(node);
}

}  // namespace panelist
