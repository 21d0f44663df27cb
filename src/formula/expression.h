// SPDX-License-Identifier: Apache-2.0
// EXPR: the arithmetic of derive, where, weights and of terms inside formulas.
//
//   numbers  'text' "text"  names  `names in backquotes`  + - * / ^ %  == != < <= > >= (chains: 2014 <= year
//   <= 2022) and or not  in (..)  not in (..)  is missing  is not missing  NA log exp sqrt abs  ifelse(c, a,
//   b)  round floor min max  pow L.x L2.x F.x D.x  l(x,1) f(x,1) d(x,1)           panel time, never rows; a
//   gap gives missing mean sum sd min max count p50 first last (x, by=u) or by=(u, t)   aggregates ignore
//   missing; without by: all rows region_cn(province, 'east12')   winsor(x, 0.01)   trim(x, 0.01)   rank(x,
//   by=t)
//
// Missing in, missing out; a comparison with missing is false. log of a non-positive number is missing and
// counted (expression.domain warning with the count and the first rows), as is division by zero. Errors
// (collected, with span)  expression.syntax expression.unknown_function expression.arguments
//                                 expression.type expression.no_panel formula.unknown_column
#pragma once
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "table/panel.h"
#include "table/table.h"

namespace panelist {

struct ExpressionNode;  // private to the room

class Expression {
 public:
  Expression() = default;
  explicit Expression(std::shared_ptr<const ExpressionNode> node) : node_(std::move(node)) {}
  [[nodiscard]] bool empty() const { return node_ == nullptr; }
  [[nodiscard]] const ExpressionNode& node() const { return *node_; }
  // Canonical text without spaces, as terms are printed: "log(x)", "x^2", "a:b", "L.x".
  [[nodiscard]] std::string text() const;
  // The same without backquotes: the name of a term in results.
  [[nodiscard]] std::string label() const;
  // Columns it reads.
  [[nodiscard]] std::set<std::string> columns() const;
  // It needs a panel (lags, leads, differences).
  [[nodiscard]] bool uses_panel() const;

 private:
  std::shared_ptr<const ExpressionNode> node_;
};

// Parses the whole text. `place` is the span of the text in its file: errors point inside it (offset by
// place.begin).
Expression parse_expression(std::string_view text, const Span& place, Diagnostics& diagnostics);

// What an expression may read. `panel` may be null: then lags are an error (expression.no_panel).
struct ExpressionData {
  const Table& table;
  const Panel* panel = nullptr;
};

// One value a row. Unknown columns and type errors throw Error with a span.
Column evaluate(const Expression& expression, const ExpressionData& data, Diagnostics& notes);
// Rows where it is true (missing counts as false).
std::vector<bool> evaluate_condition(const Expression& expression, const ExpressionData& data,
                                     Diagnostics& notes);

// Reports every unknown column of the expression into `diagnostics` with its span and nearest name.
void check_columns(const Expression& expression, const std::vector<std::string>& known,
                   Diagnostics& diagnostics);

}  // namespace panelist
