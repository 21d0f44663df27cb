// SPDX-License-Identifier: Apache-2.0
// The rows of a threshold model: balanced, each with its unit, x and the threshold variable.
#pragma once
#include "shape/threshold.h"

namespace panelist {

struct ThresholdRows {
  Vector x, q;
  std::vector<Level> unit;
  std::vector<std::size_t> row;             // of the table
  std::vector<std::vector<Index>> by_unit;  // rows of each unit, in order of time
  Index units = 0, periods = 0;
  [[nodiscard]] double freedom() const { return static_cast<double>(units * (periods - 1)); }
};

// The table with the threshold variable as a column, which the model then asks of every row.
Table with_threshold_variable(ThresholdSpec& spec, const Table& table, const Panel* panel);
// Checks the panel: shape.no_panel, .unbalanced_panel, .too_few_units, .constant_moderator.
ThresholdRows threshold_rows(const ThresholdSpec& spec, const Estimation& linear, const Table& table);

}  // namespace panelist
