// SPDX-License-Identifier: Apache-2.0
// The formula language of models: syntax only, independent of data (interfaces.md, section 3).
//
//   y ~ x1 + x2 | fe1 + fe2 | endogenous ~ instruments
//
// Also read: [endo ~ iv], (endo = iv), f1^f2, f1:f2, fe[x], fe[[x]], {set}, 0 +, -1, a:b, a*b, i(v, ref=r),
// poly(x,2), offset(EXPR), sw() sw0() csw() csw0() (which give several formulas), "| 0 |" for no effects.
// l(x,1:3) is L.x + L2.x + L3.x. Terms listed twice are merged (a:b and b:a are one).
// Mistakes inside the terms of a {set} point at the set in the formula.
// Errors (collected, with span)  formula.syntax formula.unknown_set formula.empty formula.duplicate_outcome
//                                formula.duplicate_endogenous expression.unknown_function expression.arguments
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "formula/expression.h"

namespace panelist {

// One entry of the right side: a product (a:b) of factors.
struct FormulaFactor {
  enum class Kind { expression, categories, polynomial };
  Kind kind = Kind::expression;
  Expression expression;  // for categories i(v, ref=r): v
  std::string reference;  // of i(); "" = first in sorted order
  bool has_reference = false;
  int degree = 1;  // of poly()
  Span span;
};

struct FormulaTerm {
  std::vector<FormulaFactor> factors;  // one, or several for a:b
  std::string text;                    // as printed in results, without backquotes: "a:b"
  std::string set;                     // name of the {set} it came from, "" otherwise
  Span span;
};

struct FormulaEffect {
  std::vector<std::string> factors;  // one, or several for f1^f2
  std::vector<Expression> slopes;    // fe[x]
  bool intercept = true;             // false for fe[[x]]
  std::string text;                  // "province", "province^year", "province[year]"
  Span span;
};

struct Formula {
  std::string text;  // canonical, sets expanded
  Span span;
  Expression outcome;
  std::string outcome_text;
  std::vector<FormulaTerm> regressors;  // exogenous only
  bool intercept = true;                // false with "0 +" or "-1"; absorbed effects hold it otherwise
  std::vector<FormulaEffect> effects;
  std::vector<FormulaTerm> endogenous;
  std::vector<FormulaTerm> instruments;
  Expression offset;
};

using FormulaSets = std::map<std::string, std::vector<std::string>>;  // set name -> terms as written

// One formula, or several under stepwise operators, in order. On errors the list may be empty.
std::vector<Formula> parse_formula(std::string_view text, const Span& place, const FormulaSets& sets,
                                   Diagnostics& diagnostics);

// Every column it reads.
std::set<std::string> columns_of(const Formula& formula);
void check_columns(const Formula& formula, const std::vector<std::string>& known, Diagnostics& diagnostics);
// The canonical text again, after a change of its parts.
std::string formula_text(const Formula& formula);

}  // namespace panelist
