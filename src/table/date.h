// SPDX-License-Identifier: Apache-2.0
// Dates as days since 1970-01-01 (proleptic Gregorian calendar; valid for years 1 to 9999).
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace panelist {

struct CivilDate {
  int year = 1970, month = 1, day = 1;
};

double days_from_civil(const CivilDate& date);
CivilDate civil_from_days(double days);
std::string date_text(double days);  // YYYY-MM-DD
// "2020-01-31", "2020/1/31", "2020.1.31", "2020年1月31日"; nothing when it is no date of the calendar.
std::optional<double> parse_date(std::string_view text);

}  // namespace panelist
