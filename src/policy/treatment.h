// SPDX-License-Identifier: Apache-2.0
// When a policy reached each unit.
//
//   first_u = the first time at which unit u is treated; never_treated without one, or where it lies after the data
//   cohort g = the units with first_u = g;  relative time of a row = (time - first_u) / step of the panel
//
// From a column with the first treated time (the same in all rows of a unit; missing, 0, infinite, "never" and
// "从未" mean never), or from a column that is 0 before and 1 from the first treated time on (a missing cell between
// two 0, or after a 1, says what they say; any other is a row whose state is not known).
// A time between two periods starts with the later one. Read on the whole panel, whatever rows a model uses.
// Errors  policy.no_panel .cohort_changes .bad_cohort .not_zero_one .not_absorbing .nobody_treated .missing_treatment
// Cost    one pass over the rows
#pragma once
#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "table/panel.h"
#include "table/table.h"

namespace panelist {

inline constexpr std::int64_t never_treated = std::numeric_limits<std::int64_t>::max();

// One of the two.
struct TreatmentSpec {
  std::string cohort;   // column with the first treated time
  std::string treated;  // column that switches from 0 to 1
  [[nodiscard]] const std::string& column() const { return cohort.empty() ? treated : cohort; }
};

struct Treatment {
  std::string column;
  std::vector<std::int64_t> first;  // by unit of the panel
  std::vector<bool> unknown;        // rows of the table that are neither treated nor untreated for certain
  [[nodiscard]] std::size_t count_unknown() const {
    return static_cast<std::size_t>(std::count(unknown.begin(), unknown.end(), true));
  }
};
Treatment read_treatment(const TreatmentSpec& spec, const Table& table, const Panel* panel);

}  // namespace panelist
