// SPDX-License-Identifier: Apache-2.0
// Permutation of a term: its values are handed around at random and the model is estimated with each assignment.
//
//   units   whole paths change places among units (a balanced panel, or a term that is constant within units)
//   rows    values change places among rows, by default among the units of the same period
// `within` keeps exchanges inside the groups of a column. p = (1 + #{|T*| >= |T|}) / (draws + 1): infer/randomisation.h.
// Errors  those of randomise(); robustness.no_panel; formula.unknown_column
// Warns   robustness.term_elsewhere: other regressors hold the same variable and keep its values
// Cost    one absorption of one column a draw
// Source  Fisher (1935); Young (2019), QJE 134(2)
#pragma once
#include <string>

#include "infer/estimation.h"
#include "infer/randomisation.h"

namespace panelist {

struct PermutationSpec {
  EstimationSpec model;
  std::string term;
  bool rows = false;
  std::string within;  // a column; "": rows within their period, units everywhere
  std::int64_t draws = 999;
  bool studentised = false;
};

struct Permutation {
  std::string term, within;
  bool rows = false, studentised = false;
  Coefficient coefficient;  // of the model
  double n = 0;
  Randomisation randomisation;
  double low = missing_value, median = missing_value,
         high = missing_value;  // 2.5, 50 and 97.5 % of the draws
};

Permutation permute_term(const Context& context, const PermutationSpec& spec, const Table& table,
                         const Panel* panel, Diagnostics& notes);

}  // namespace panelist
