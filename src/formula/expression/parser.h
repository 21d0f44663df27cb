// SPDX-License-Identifier: Apache-2.0
// Recursive descent over tokens, one function a level of precedence:
//   or < and < not < comparison, in, is < + - < * / % < unary - < ^ (to the right) < names, calls, lags, brackets
#pragma once
#include <string>

#include "formula/expression/lexer.h"
#include "formula/expression/node.h"

namespace panelist {

class ExpressionParser {
 public:
  explicit ExpressionParser(TokenCursor& cursor) : cursor_(cursor) {}

  // Each throws SyntaxStop after putting the mistake into the diagnostics.
  Node whole();                                 // logical level
  Node sum();                                   // arithmetic level: the outcome of a formula
  Node power();                                 // a factor of a formula: name, call, lag, x^2
  int whole_number(const std::string& wanted);  // with an optional minus

 private:
  Node conjunction();
  Node negation();
  Node comparison();
  Node membership(Node left, std::size_t begin, bool negated);
  Node missing_test(Node left, std::size_t begin);
  Node product();
  Node unary();
  Node primary();
  Node lagged();
  Node bracketed();
  Node call();
  void arguments(ExpressionNode& node);
  void groups(ExpressionNode& node);
  Node lag_call(ExpressionNode node, std::size_t begin);
  void check_call(const ExpressionNode& node);
  Node make(ExpressionNode node, std::size_t begin);
  Node binary(NodeKind kind, const std::string& word, Node left, Node right, std::size_t begin);
  void enter();

  TokenCursor& cursor_;
  int depth_ = 0;

  struct Nesting {
    explicit Nesting(ExpressionParser& parser) : parser_(parser) { parser_.enter(); }
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    ExpressionParser& parser_;
  };
};

}  // namespace panelist
