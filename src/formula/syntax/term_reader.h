// SPDX-License-Identifier: Apache-2.0
// Reads sums of terms: a + a:b + a*b + {set} + (a + b):c + i(v, ref=r) + poly(x,2) + l(x,1:3), and, on the right side of a
// formula only, 0 1 -1 offset() sw() and [endogenous ~ instruments].
#pragma once
#include <string>
#include <vector>

#include "formula/expression/parser.h"
#include "formula/formula.h"

namespace panelist {

// What one place of a sum may hold: one option, or several under a stepwise operator.
template <typename Entry>
using Options = std::vector<std::vector<Entry>>;

struct RightSide {
  std::vector<Options<FormulaTerm>> items;
  bool intercept = true;
  Expression offset;
  std::vector<FormulaTerm> endogenous;
  std::vector<FormulaTerm> instruments;
};

// Guards against formulas that would grow without bound.
inline constexpr std::size_t most_terms = 10000;

bool at_stepwise(const TokenCursor& cursor);
// `symbol` stands before the bracket that opens here closes, outside inner brackets.
bool bracket_holds(const TokenCursor& cursor, std::string_view symbol);

class TermReader {
 public:
  TermReader(TokenCursor& cursor, const FormulaSets& sets, std::vector<std::string> open_sets = {})
      : cursor_(cursor), sets_(sets), open_sets_(std::move(open_sets)) {}

  // To the end of the text; mistakes are told and passed over.
  RightSide right_side();
  std::vector<FormulaTerm> all_terms();
  // One {set}, name or bracket.
  std::vector<FormulaTerm> sum_of_one() { return primary(); }
  // A sum up to a bracket or comma.
  std::vector<FormulaTerm> sum();

 private:
  void item(RightSide& side);
  bool constant_item(RightSide& side, bool minus);
  void offset_item(RightSide& side);
  void instrument_item(RightSide& side, const std::string& middle, const std::string& close);
  void end_of_item();
  std::vector<FormulaTerm> starred();
  std::vector<FormulaTerm> crossed();
  std::vector<FormulaTerm> primary();
  std::vector<FormulaTerm> set_terms();
  std::vector<FormulaTerm> categories();
  std::vector<FormulaTerm> polynomial();
  std::vector<FormulaTerm> lag_range();
  std::vector<FormulaTerm> plain();
  void reference(FormulaFactor& factor);
  [[noreturn]] void refuse();

  TokenCursor& cursor_;
  const FormulaSets& sets_;
  std::vector<std::string> open_sets_;
  int depth_ = 0;
};

// sw(a, b): {a}, {b}; sw0: {}, {a}, {b}; csw(a, b): {a}, {a, b}; csw0: {}, {a}, {a, b}.
// `argument` reads one argument. The cursor stands on the operator's name.
template <typename Entry, typename Argument>
Options<Entry> stepwise(TokenCursor& cursor, const Argument& argument) {
  const std::string word = cursor.take().word;
  cursor.expect("(", "after `" + word + "`");
  Options<Entry> options;
  if (word.back() == '0') options.push_back({});
  std::vector<Entry> so_far;
  do {
    std::vector<Entry> entries = argument();
    if (word[0] == 'c') {
      so_far.insert(so_far.end(), entries.begin(), entries.end());
      options.push_back(so_far);
    } else {
      options.push_back(std::move(entries));
    }
  } while (cursor.accept(","));
  cursor.expect(")", "to close `" + word + "(`");
  return options;
}

// Text.
std::string factor_text(const FormulaFactor& factor, bool backquotes);
std::string term_text(const FormulaTerm& term, bool backquotes);
std::string effect_text(const FormulaEffect& effect, bool backquotes);
FormulaTerm make_term(std::vector<FormulaFactor> factors, const Span& span);

}  // namespace panelist
