// SPDX-License-Identifier: Apache-2.0
#include "formula/expression/parser.h"

#include <cmath>

#include "formula/expression.h"

namespace panelist {
namespace {

// Deeper trees would overflow the stack of whoever walks them.
constexpr int deepest = 400;

bool is_comparison(const Token& token) {
  if (token.kind != TokenKind::symbol) return false;
  const auto& word = token.word;
  return word == "==" || word == "!=" || word == "<" || word == "<=" || word == ">" || word == ">=";
}

bool is_operator_word(const Token& token) {
  const auto& word = token.word;
  return !token.quoted && (word == "and" || word == "or" || word == "in" || word == "is" || word == "not");
}

}  // namespace

void ExpressionParser::enter() {
  if (++depth_ > deepest) {
    --depth_;
    cursor_.stop("this is nested too deeply", cursor_.here());
  }
}

Node ExpressionParser::make(ExpressionNode node, std::size_t begin) {
  node.span = cursor_.since(begin);
  int depth = 0;
  for (const auto& child : node.children) depth = std::max(depth, child->depth);
  for (const auto& child : node.by) depth = std::max(depth, child->depth);
  node.depth = depth + 1;
  if (node.depth > deepest)
    cursor_.stop("this expression is too long", node.span, "derive a part of it first");
  return std::make_shared<const ExpressionNode>(std::move(node));
}

Node ExpressionParser::binary(NodeKind kind, const std::string& word, Node left, Node right,
                              std::size_t begin) {
  ExpressionNode node;
  node.kind = kind;
  node.word = word;
  node.children = {std::move(left), std::move(right)};
  return make(std::move(node), begin);
}

Node ExpressionParser::whole() {
  const Nesting nesting(*this);
  const std::size_t begin = cursor_.peek().begin;
  Node left = conjunction();
  while (cursor_.accept_word("or")) left = binary(NodeKind::logical, "or", left, conjunction(), begin);
  if (cursor_.at("|") || cursor_.at("||")) {
    cursor_.stop("`" + cursor_.peek().word + "` is not an operator here", cursor_.here(), "write `or`");
  }
  return left;
}

Node ExpressionParser::conjunction() {
  const std::size_t begin = cursor_.peek().begin;
  Node left = negation();
  while (cursor_.accept_word("and")) left = binary(NodeKind::logical, "and", left, negation(), begin);
  if (cursor_.at("&") || cursor_.at("&&")) {
    cursor_.stop("`" + cursor_.peek().word + "` is not an operator", cursor_.here(), "write `and`");
  }
  return left;
}

Node ExpressionParser::negation() {
  if (cursor_.at("!")) cursor_.stop("`!` is not an operator", cursor_.here(), "write `not`");
  if (!cursor_.at_word("not")) return comparison();
  const Nesting nesting(*this);
  const std::size_t begin = cursor_.take().begin;
  ExpressionNode node;
  node.kind = NodeKind::logical_not;
  node.children = {negation()};
  return make(std::move(node), begin);
}

Node ExpressionParser::comparison() {
  const std::size_t begin = cursor_.peek().begin;
  Node left = sum();
  if (cursor_.at_word("in")) return membership(left, begin, false);
  if (cursor_.at_word("not") && cursor_.at_word("in", 1)) {
    cursor_.take();
    return membership(left, begin, true);
  }
  if (cursor_.at_word("is")) return missing_test(left, begin);
  if (cursor_.at("=")) cursor_.stop("`=` does not compare", cursor_.here(), "write `==`");
  if (!is_comparison(cursor_.peek())) return left;
  ExpressionNode node;
  node.kind = NodeKind::comparison;
  node.children = {left};
  while (is_comparison(cursor_.peek())) {
    node.operators.push_back(cursor_.take().word);
    node.children.push_back(sum());
  }
  return make(std::move(node), begin);
}

Node ExpressionParser::membership(Node left, std::size_t begin, bool negated) {
  cursor_.take();
  ExpressionNode node;
  node.kind = NodeKind::membership;
  node.negated = negated;
  node.children = {std::move(left)};
  cursor_.expect("(", "after `in`");
  do {
    node.children.push_back(sum());
  } while (cursor_.accept(","));
  cursor_.expect(")", "after the list");
  return make(std::move(node), begin);
}

Node ExpressionParser::missing_test(Node left, std::size_t begin) {
  cursor_.take();
  ExpressionNode node;
  node.kind = NodeKind::missing_test;
  node.negated = cursor_.accept_word("not");
  node.children = {std::move(left)};
  if (!cursor_.accept_word("missing") && !cursor_.accept_word("NA"))
    cursor_.unexpected("`missing` after `is`");
  return make(std::move(node), begin);
}

Node ExpressionParser::sum() {
  const std::size_t begin = cursor_.peek().begin;
  Node left = product();
  while (cursor_.at("+") || cursor_.at("-")) {
    const std::string word = cursor_.take().word;
    left = binary(NodeKind::arithmetic, word, left, product(), begin);
  }
  return left;
}

Node ExpressionParser::product() {
  const std::size_t begin = cursor_.peek().begin;
  Node left = unary();
  while (cursor_.at("*") || cursor_.at("/") || cursor_.at("%")) {
    const std::string word = cursor_.take().word;
    left = binary(NodeKind::arithmetic, word, left, unary(), begin);
  }
  if (cursor_.at("**")) cursor_.stop("`**` is not an operator", cursor_.here(), "write `^` for powers");
  return left;
}

Node ExpressionParser::unary() {
  const Nesting nesting(*this);
  const std::size_t begin = cursor_.peek().begin;
  if (cursor_.accept("+")) return unary();
  if (!cursor_.accept("-")) return power();
  ExpressionNode node;
  node.kind = NodeKind::negate;
  node.children = {unary()};
  return make(std::move(node), begin);
}

Node ExpressionParser::power() {
  const std::size_t begin = cursor_.peek().begin;
  Node left = primary();
  if (!cursor_.accept("^")) return left;
  return binary(NodeKind::arithmetic, "^", left, unary(), begin);
}

Node ExpressionParser::primary() {
  const Nesting nesting(*this);
  const Token token = cursor_.peek();
  if (token.kind == TokenKind::lag_prefix) return lagged();
  if (cursor_.at("(")) return bracketed();
  if (token.kind == TokenKind::name && !token.quoted && cursor_.at("(", 1)) return call();
  ExpressionNode node;
  node.word = token.word;
  node.value = token.value;
  if (token.kind == TokenKind::number) {
    node.kind = NodeKind::number;
  } else if (token.kind == TokenKind::text) {
    node.kind = NodeKind::text;
  } else if (token.kind == TokenKind::name) {
    if (is_operator_word(token)) cursor_.unexpected("a value");
    node.kind = !token.quoted && token.word == "NA" ? NodeKind::missing : NodeKind::name;
  } else {
    cursor_.unexpected("a value");
  }
  cursor_.take();
  return make(std::move(node), token.begin);
}

Node ExpressionParser::bracketed() {
  cursor_.take();
  Node inner = whole();
  cursor_.expect(")", "to close the bracket");
  return inner;
}

Node ExpressionParser::lagged() {
  const Token token = cursor_.take();
  ExpressionNode node;
  node.kind = token.word == "D" ? NodeKind::difference : NodeKind::lag;
  node.steps = token.word == "F" ? -token.steps : token.steps;
  node.children = {primary()};
  return make(std::move(node), token.begin);
}

int ExpressionParser::whole_number(const std::string& wanted) {
  const bool minus = cursor_.accept("-");
  const Token& token = cursor_.peek();
  if (token.kind != TokenKind::number || token.value != std::floor(token.value) || token.value > 9999) {
    cursor_.unexpected(wanted);
  }
  const int value = static_cast<int>(cursor_.take().value);
  return minus ? -value : value;
}

}  // namespace panelist
