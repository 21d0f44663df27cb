// SPDX-License-Identifier: Apache-2.0
// The integer time axis of a column without missing values.
//   whole numbers, and text of whole numbers ("2015", "2015年")   the number
//   dates        days; months since 1970-01 when all fall on the same day of the month or on month ends, so that
//                a lag of monthly, quarterly or yearly dates finds its row
//   other text   rank of the sorted distinct values ("2015Q1" < "2015Q2")
// Errors  data.bad_time for numbers that are not whole
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "table/column.h"

namespace panelist {

struct TimeAxis {
  std::vector<std::int64_t> time;   // per row
  std::vector<std::int64_t> times;  // sorted distinct
  std::vector<std::string> names;   // of `times`
  std::int64_t step = 1;
};

TimeAxis time_axis(const Column& column);

}  // namespace panelist
