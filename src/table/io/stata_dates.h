// SPDX-License-Identifier: Apache-2.0
// Stata's date formats. %td days, %tc and %tC milliseconds, %tm months, %tq quarters, %th half-years: all from 1960.
// Periods become the first day of the period; %ty are plain years and %tw weeks stay numbers.
#pragma once
#include <string>

namespace panelist {

bool is_stata_date(const std::string& format);
bool loses_time_of_day(const std::string& format);
double days_of_stata_date(double value, const std::string& format);  // days since 1970-01-01
inline constexpr double stata_epoch_days = 3653;                     // 1970-01-01 in %td

}  // namespace panelist
