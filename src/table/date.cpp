// SPDX-License-Identifier: Apache-2.0
#include "table/date.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace panelist {
namespace {

bool is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int days_in_month(int year, int month) {
  static constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : lengths[static_cast<std::size_t>(month - 1)];
}

// Reads one to `most` digits at `at`; nothing when there is none.
std::optional<int> read_digits(std::string_view text, std::size_t& at, std::size_t most) {
  const std::size_t start = at;
  int value = 0;
  while (at < text.size() && at - start < most && text[at] >= '0' && text[at] <= '9') {
    value = value * 10 + (text[at++] - '0');
  }
  if (at == start) return std::nullopt;
  return value;
}

// The mark after the year decides the mark after the month: - / . or 年 月 日.
bool read_mark(std::string_view text, std::size_t& at, std::string_view mark) {
  if (text.substr(at, mark.size()) != mark) return false;
  at += mark.size();
  return true;
}

std::optional<double> checked_date(int year, int month, int day) {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return days_from_civil({year, month, day});
}

}  // namespace

// Howard Hinnant's days_from_civil: eras of 400 years, years beginning in March.
double days_from_civil(const CivilDate& date) {
  const int year = date.month <= 2 ? date.year - 1 : date.year;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int shifted_month = date.month > 2 ? date.month - 3 : date.month + 9;
  const int day_of_year = (153 * shifted_month + 2) / 5 + date.day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<double>(era) * 146097 + day_of_era - 719468;
}

CivilDate civil_from_days(double days) {
  // Beyond this the year leaves the range of int; the caller's value is no date then.
  const double bounded = std::isfinite(days) ? std::clamp(std::floor(days), -1e8, 1e8) : 0.0;
  const auto shifted = static_cast<long long>(bounded) + 719468;
  const long long era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const long long day_of_era = shifted - era * 146097;
  const long long year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const long long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const long long shifted_month = (5 * day_of_year + 2) / 153;
  CivilDate date;
  date.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  date.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
  return date;
}

std::string date_text(double days) {
  const CivilDate date = civil_from_days(days);
  return fmt::format("{:04}-{:02}-{:02}", date.year, date.month, date.day);
}

std::optional<double> parse_date(std::string_view text) {
  std::size_t at = 0;
  const auto year = read_digits(text, at, 4);
  if (!year || at != 4) return std::nullopt;
  const bool chinese = text.substr(at, 3) == "年";
  if (!chinese && (at >= text.size() || (text[at] != '-' && text[at] != '/' && text[at] != '.'))) {
    return std::nullopt;
  }
  const std::string_view mark = text.substr(at, chinese ? 3 : 1);
  at += mark.size();
  const auto month = read_digits(text, at, 2);
  if (!month || !read_mark(text, at, chinese ? std::string_view("月") : mark)) return std::nullopt;
  const auto day = read_digits(text, at, 2);
  if (!day || (chinese && !read_mark(text, at, "日")) || at != text.size()) return std::nullopt;
  return checked_date(*year, *month, *day);
}

}  // namespace panelist
