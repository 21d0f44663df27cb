// SPDX-License-Identifier: Apache-2.0
// Panel structure: which unit and which time each row belongs to.
//
// Time is an integer axis: whole numbers as they are, also when they are text ("2015", "2015年"); dates in
// days, or in months since 1970-01 when all fall on one day of the month or on month ends; other text by sorted
// rank. Lags run on that axis, never on rows; a gap gives missing. The step is the greatest common divisor of
// the differences of times (yearly data have 1). Units are sorted by name, numeric units by number. Without a
// time key the rows of a unit are numbered and lags are missing; without a unit key every row is a unit.
// Errors  data.unknown_column; data.missing_key; data.bad_time (a time that is not whole); data.duplicate_keys
//         (lists the rows, the columns in which they differ and a likely cause)
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "table/table.h"

namespace panelist {

struct PanelKeys {
  std::string unit;
  std::string time;
  [[nodiscard]] bool empty() const { return unit.empty(); }
};

struct Panel {
  PanelKeys keys;
  std::vector<std::int32_t> unit;  // per row, 0 .. unit_names.size()-1, units in order of sorted name
  std::vector<std::int64_t> time;  // per row
  std::vector<std::string> unit_names;
  std::vector<std::string> time_names;  // sorted distinct times as text
  std::vector<std::int64_t> times;      // sorted distinct times
  std::int64_t step = 1;
  bool balanced = false;  // every unit has every time
  std::size_t gaps = 0;   // unit-times missing between a unit's first and last time
  // Row of (unit, time), or -1.
  [[nodiscard]] std::int64_t row_of(std::int32_t unit_id, std::int64_t when) const;
  // Value of `values` `lags` steps before each row (negative: leads); missing where there is no such row.
  [[nodiscard]] std::vector<double> lag(const std::vector<double>& values, std::int64_t lags) const;

  std::vector<std::size_t> order;       // rows sorted by (unit, time)
  std::vector<std::size_t> unit_begin;  // unit u owns order[unit_begin[u] .. unit_begin[u+1])
};

Panel make_panel(const Table& table, const PanelKeys& keys);

}  // namespace panelist
