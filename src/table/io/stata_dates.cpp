// SPDX-License-Identifier: Apache-2.0
#include "table/io/stata_dates.h"

#include <cmath>

#include "table/column.h"
#include "table/date.h"

namespace panelist {
namespace {

constexpr double milliseconds_a_day = 86'400'000;
constexpr double last_month = 8040.0 * 12;  // beyond the year 9999 a number is no date

// 'd', 'c', 'm', 'q', 'h', or 0 when the format is no date.
char unit_of(const std::string& format) {
  std::size_t at = format.starts_with('%') ? 1 : 0;
  if (at < format.size() && format[at] == '-') ++at;
  if (format.compare(at, 1, "d") == 0) return 'd';  // %d, the old name of %td
  if (format.compare(at, 1, "t") != 0 || at + 1 >= format.size()) return 0;
  switch (format[at + 1]) {
    case 'd':
      return 'd';
    case 'c':
    case 'C':
      return 'c';
    case 'm':
      return 'm';
    case 'q':
      return 'q';
    case 'h':
      return 'h';
    default:
      return 0;
  }
}

double first_day_of_month(double months_since_1960) {
  if (std::abs(months_since_1960) > last_month) return missing_value;
  const auto months = static_cast<int>(std::floor(months_since_1960));
  const int year = 1960 + (months >= 0 ? months / 12 : -((11 - months) / 12));
  return days_from_civil({year, months - (year - 1960) * 12 + 1, 1});
}

}  // namespace

bool is_stata_date(const std::string& format) { return unit_of(format) != 0; }

bool loses_time_of_day(const std::string& format) { return unit_of(format) == 'c'; }

double days_of_stata_date(double value, const std::string& format) {
  if (std::isnan(value)) return value;
  switch (unit_of(format)) {
    case 'c':
      return std::floor(value / milliseconds_a_day) - stata_epoch_days;
    case 'm':
      return first_day_of_month(value);
    case 'q':
      return first_day_of_month(value * 3);
    case 'h':
      return first_day_of_month(value * 6);
    default:
      return std::floor(value) - stata_epoch_days;
  }
}

}  // namespace panelist
