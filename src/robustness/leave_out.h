// SPDX-License-Identifier: Apache-2.0
// A model without each unit in turn, each period, or each level of any column: does one of them carry the result?
//
//   b_(-g)  the coefficient on the rows of the model's `where` whose level is not g, everything else as it is
//   change  b_(-g) - b, also in standard errors of b
// Every b_(-g) is the refit `fit` would give: effects, singletons and clusters follow the rows that are left; lags look at
// the whole panel all the same.
// Errors  infer.unknown_term formula.unknown_column robustness.one_level robustness.too_many_levels; those of the model.
//         What fails without one level is said of that level.
// Cost    one regression a level
// Agrees  `fit --where "g != level"` (tests/robustness)
#pragma once
#include <string>
#include <vector>

#include "infer/estimation.h"

namespace panelist {

struct LeaveOutSpec {
  EstimationSpec model;
  std::string term;
  std::string by;  // a column; "": the panel's unit
};

struct LeftOut {
  std::string level;
  Coefficient coefficient;  // missing values where it could not be estimated
  double n = missing_value;
  double change = missing_value, change_in_se = missing_value;
  std::string problem;  // code; "" when it was estimated
};

struct LeaveOut {
  std::string term, by, vcov;
  Coefficient coefficient;  // of the model
  double n = 0, level = 0.95;
  std::vector<LeftOut> levels;  // in order of the column's values
  // Positions among the levels; as many as there are levels when none was estimated.
  std::size_t lowest = 0, highest = 0, most_influential = 0;
  std::size_t other_sign = 0,
              significance_lost = 0;  // counts; lost: p of the model below 1 - level, without it not
};

inline constexpr std::size_t most_levels_left_out = 5000;

LeaveOut leave_out(const Context& context, const LeaveOutSpec& spec, const Table& table, const Panel* panel,
                   Diagnostics& notes);

}  // namespace panelist
