// SPDX-License-Identifier: Apache-2.0
// The rows of a frame as series: by unit, in time.
//
//   order                rows sorted by (unit, time); unit u owns order[begin[u] .. begin[u+1])
//   row_before(lags)     for each row the row of its unit `lags` time steps earlier, or -1
//
// Without a declared panel the rows are one series in the order they stand.
// Cost  a sort of the rows
#pragma once
#include <vector>

#include "formula/model_frame.h"

namespace panelist {

struct PanelRows {
  std::vector<Index> order;
  std::vector<std::size_t> begin;      // units + 1
  std::vector<std::int64_t> position;  // time in steps, by row
  [[nodiscard]] std::size_t units() const { return begin.size() - 1; }
  [[nodiscard]] std::size_t length(std::size_t unit) const { return begin[unit + 1] - begin[unit]; }
  [[nodiscard]] std::vector<Index> row_before(std::int64_t lags) const;
};
PanelRows panel_rows(const ModelFrame& frame);

}  // namespace panelist
