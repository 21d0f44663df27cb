// SPDX-License-Identifier: Apache-2.0
// What a study file says in one place: texts, expressions and models with their spans.
#pragma once
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "formula/formula.h"

namespace panelist {

// A text of the file with its place.
struct Spanned {
  std::string text;
  Span span;
};

// An expression with the text it was written as.
struct SpannedExpression {
  Expression expression;
  std::string text;
  Span span;
};

// One regression of a table.
struct ColumnEntry {
  Formula formula;
  std::string model;  // name of the model it came from, or ""
};

struct DeriveEntry {
  Spanned name;
  SpannedExpression value;
};

struct NamedModel {
  Spanned name;
  std::vector<Formula> formulas;  // several under stepwise operators
};

}  // namespace panelist
