// SPDX-License-Identifier: Apache-2.0
#include "table/panel/time_axis.h"

#include <fmt/format.h>

#include <numeric>

#include "base/diagnostic.h"
#include "base/text.h"
#include "table/date.h"

namespace panelist {
namespace {

constexpr double largest_exact = 9007199254740992.0;  // 2^53

std::optional<long long> whole_number_in(std::string_view text) {
  constexpr std::string_view year_mark = "年";
  if (text.ends_with(year_mark)) text.remove_suffix(year_mark.size());
  return parse_integer(text);
}

bool all_on_one_day_of_month(const std::vector<double>& days) {
  bool same_day = true;
  bool month_ends = true;
  const int day = days.empty() ? 1 : civil_from_days(days.front()).day;
  for (const double value : days) {
    same_day = same_day && civil_from_days(value).day == day;
    month_ends = month_ends && civil_from_days(value + 1).day == 1;
  }
  return same_day || month_ends;
}

std::vector<std::int64_t> months_of(const std::vector<double>& days) {
  std::vector<std::int64_t> months;
  for (const double value : days) {
    const CivilDate date = civil_from_days(value);
    months.push_back(static_cast<std::int64_t>(date.year - 1970) * 12 + date.month - 1);
  }
  return months;
}

std::vector<std::int64_t> whole_values(const std::vector<double>& values) {
  std::vector<std::int64_t> whole;
  whole.reserve(values.size());
  for (const double value : values) {
    if (value != std::floor(value) || std::abs(value) > largest_exact) {
      throw Error("data.bad_time", fmt::format("a time must be a whole number, not {}", shortest(value)),
                  "give time as whole numbers (2015), dates (2015-01-31) or sortable text (2015Q1)");
    }
    whole.push_back(static_cast<std::int64_t>(value));
  }
  return whole;
}

std::vector<std::int64_t> numeric_time(const Column& column) {
  if (column.kind() == ColumnKind::date && all_on_one_day_of_month(column.values()))
    return months_of(column.values());
  return whole_values(column.values());
}

// The number each dictionary entry stands for, or nothing when one of them is no whole number.
std::optional<std::vector<std::int64_t>> numbers_in(const std::vector<std::string>& dictionary,
                                                    const std::vector<bool>& used) {
  std::vector<std::int64_t> numbers(dictionary.size(), 0);
  for (std::size_t code = 0; code < dictionary.size(); ++code) {
    if (!used[code]) continue;
    const auto number = whole_number_in(dictionary[code]);
    if (!number) return std::nullopt;
    numbers[code] = *number;
  }
  return numbers;
}

std::vector<std::int64_t> ranks_of(const std::vector<std::string>& dictionary,
                                   const std::vector<bool>& used) {
  std::vector<std::size_t> sorted;
  for (std::size_t code = 0; code < dictionary.size(); ++code) {
    if (used[code]) sorted.push_back(code);
  }
  std::sort(sorted.begin(), sorted.end(),
            [&](std::size_t a, std::size_t b) { return dictionary[a] < dictionary[b]; });
  std::vector<std::int64_t> ranks(dictionary.size(), 0);
  for (std::size_t i = 0; i < sorted.size(); ++i) ranks[sorted[i]] = static_cast<std::int64_t>(i);
  return ranks;
}

std::vector<std::int64_t> text_time(const Column& column) {
  std::vector<bool> used(column.dictionary().size(), false);
  for (const std::int32_t code : column.codes()) used[static_cast<std::size_t>(code)] = true;
  const auto numbers = numbers_in(column.dictionary(), used);
  const std::vector<std::int64_t> time_of = numbers ? *numbers : ranks_of(column.dictionary(), used);
  std::vector<std::int64_t> time;
  time.reserve(column.size());
  for (const std::int32_t code : column.codes()) time.push_back(time_of[static_cast<std::size_t>(code)]);
  return time;
}

std::int64_t common_step(const std::vector<std::int64_t>& times) {
  std::int64_t step = 0;
  for (std::size_t i = 1; i < times.size(); ++i) step = std::gcd(step, times[i] - times[i - 1]);
  return step == 0 ? 1 : step;
}

void list_distinct(const Column& column, TimeAxis& axis) {
  std::map<std::int64_t, std::size_t> first_row;
  for (std::size_t row = 0; row < axis.time.size(); ++row) first_row.try_emplace(axis.time[row], row);
  for (const auto& [time, row] : first_row) {
    axis.times.push_back(time);
    axis.names.push_back(column.text_at(row));
  }
}

}  // namespace

TimeAxis time_axis(const Column& column) {
  TimeAxis axis;
  axis.time = column.is_text() ? text_time(column) : numeric_time(column);
  list_distinct(column, axis);
  axis.step = common_step(axis.times);
  return axis;
}

}  // namespace panelist
