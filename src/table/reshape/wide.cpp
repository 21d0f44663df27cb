// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.h"
#include "table/io/csv_notes.h"
#include "table/read.h"
#include "table/reshape/merge_columns.h"

namespace panelist {
namespace {

constexpr std::string_view year_mark = "年";

// A heading that names a year: its stem ("" when the year stands alone) and the year.
struct YearHeading {
  std::string stem;
  int year = 0;
};

std::optional<int> year_in(std::string_view text) {
  const auto number = text.size() == 4 ? parse_integer(text) : std::nullopt;
  if (!number || *number < 1800 || *number > 2200) return std::nullopt;
  return static_cast<int>(*number);
}

std::string_view without_joint(std::string_view stem) {
  while (!stem.empty() && std::string_view("_-. ").find(stem.back()) != std::string_view::npos)
    stem.remove_suffix(1);
  while (!stem.empty() && std::string_view("_-. ").find(stem.front()) != std::string_view::npos)
    stem.remove_prefix(1);
  return stem;
}

// "gdp2015", "gdp_2016", "2015", "2015年", "2015年 gdp"
std::optional<YearHeading> year_heading(std::string_view name) {
  std::string_view text = name;
  if (text.ends_with(year_mark)) text.remove_suffix(year_mark.size());
  if (text.size() >= 4) {
    const std::string_view stem = text.substr(0, text.size() - 4);
    // A digit before the four makes a longer number, not a year.
    const bool longer = !stem.empty() && stem.back() >= '0' && stem.back() <= '9';
    const auto year = year_in(text.substr(text.size() - 4));
    if (year && !longer) return YearHeading{std::string(without_joint(stem)), *year};
  }
  if (name.size() > 4 + year_mark.size() && name.substr(4, year_mark.size()) == year_mark) {
    const auto year = year_in(name.substr(0, 4));
    if (year) return YearHeading{std::string(without_joint(name.substr(4 + year_mark.size()))), *year};
  }
  return std::nullopt;
}

struct WidePlan {
  std::vector<std::string> kept;                                // columns that stay, in order
  std::vector<std::string> stems;                               // new columns, in order of appearance
  std::map<std::string, std::map<int, const Column*>> by_stem;  // stem -> year -> column
  std::vector<int> years;                                       // sorted
};

[[noreturn]] void throw_repeated(const std::string& stem, int year) {
  throw Error("data.duplicate_column", fmt::format("two columns hold `{}` of {}", stem, year),
              "give each column its own name", "column " + stem);
}

WidePlan plan_of(const Table& table, const WideShape& shape) {
  WidePlan plan;
  for (const std::string& name : table.names()) {
    const auto heading = name == shape.id ? std::nullopt : year_heading(name);
    if (!heading) {
      plan.kept.push_back(name);
      continue;
    }
    const std::string stem = heading->stem.empty() ? shape.value : heading->stem;
    if (plan.by_stem.count(stem) == 0) plan.stems.push_back(stem);
    if (!plan.by_stem[stem].emplace(heading->year, &table.at(name)).second)
      throw_repeated(stem, heading->year);
    if (std::find(plan.years.begin(), plan.years.end(), heading->year) == plan.years.end()) {
      plan.years.push_back(heading->year);
    }
  }
  std::sort(plan.years.begin(), plan.years.end());
  return plan;
}

void check_plan(const WidePlan& plan, const Table& table, const WideShape& shape) {
  if (plan.years.empty()) {
    throw Error("data.not_wide", fmt::format("no column of `{}` names a year", table.source),
                "headings such as gdp2015, gdp_2015 or 2015 become rows; is the file long already?",
                table.source);
  }
  for (const std::string& kept : plan.kept) {
    if (kept != shape.time && plan.by_stem.count(kept) == 0) continue;
    throw Error("data.duplicate_column", fmt::format("`{}` is a column already", kept),
                "rename it, or name the new column otherwise", "column " + kept);
  }
}

std::vector<std::size_t> repeat_rows(std::size_t rows, std::size_t times) {
  std::vector<std::size_t> repeated;
  repeated.reserve(rows * times);
  for (std::size_t row = 0; row < rows; ++row) repeated.insert(repeated.end(), times, row);
  return repeated;
}

Column stacked_column(const std::map<int, const Column*>& by_year, const std::vector<int>& years,
                      std::size_t rows) {
  std::vector<const Column*> parts;
  for (const auto& [year, column] : by_year) parts.push_back(column);
  ColumnMerger merger(parts);
  for (std::size_t row = 0; row < rows; ++row) {
    for (const int year : years) {
      const auto place = by_year.find(year);
      if (place == by_year.end()) {
        merger.add_missing();
      } else {
        merger.add(*place->second, row);
      }
    }
  }
  return merger.take_column();
}

}  // namespace

Table wide_to_long(const Table& table, const WideShape& shape, Diagnostics& notes) {
  (void)table.at(shape.id);
  const WidePlan plan = plan_of(table, shape);
  check_plan(plan, table, shape);
  const std::vector<std::size_t> repeated = repeat_rows(table.rows(), plan.years.size());
  Table result(repeated.size());
  result.source = table.source;
  for (const std::string& kept : plan.kept) result.set(kept, table.at(kept).take(repeated));
  std::vector<double> times;
  for (std::size_t row = 0; row < table.rows(); ++row)
    times.insert(times.end(), plan.years.begin(), plan.years.end());
  result.set(shape.time, Column::numbers(std::move(times), ColumnKind::integer));
  for (const std::string& stem : plan.stems) {
    result.set(stem, stacked_column(plan.by_stem.at(stem), plan.years, table.rows()));
  }
  if (!table.source_rows.empty()) {
    for (const std::size_t row : repeated) result.source_rows.push_back(table.source_rows[row]);
  }
  add_note(notes, "data.wide_to_long",
           fmt::format("{} rows of {} years ({} to {}) became {} rows of {}", table.rows(), plan.years.size(),
                       plan.years.front(), plan.years.back(), result.rows(), join(plan.stems, ", ")));
  return result;
}

}  // namespace panelist
