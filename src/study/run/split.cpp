// SPDX-License-Identifier: Apache-2.0
// Groups of a split. A numeric column splits units by their mean over the sample (high = above the threshold), so no
// unit stands in both groups; level = "row" splits rows instead and the note says that units change group.
#include <set>

#include "base/text.h"
#include "report/table_words.h"
#include "study/run/regressions.h"
#include "table/statistics.h"

namespace panelist::study {

namespace {

// Mean of the column over the sample rows of each unit; missing where a unit has none.
std::vector<double> unit_means(const Workspace& work, const std::vector<double>& values,
                               const std::vector<std::size_t>& rows) {
  const std::size_t units = work.panel.unit_names.size();
  std::vector<double> sum(units, 0), count(units, 0);
  for (const std::size_t row : rows) {
    if (std::isnan(values[row])) continue;
    const auto unit = static_cast<std::size_t>(work.panel.unit[row]);
    sum[unit] += values[row];
    count[unit] += 1;
  }
  for (std::size_t unit = 0; unit < units; ++unit)
    sum[unit] = count[unit] > 0 ? sum[unit] / count[unit] : missing_value;
  return sum;
}

double threshold_of(const Split& split, const std::vector<double>& values) {
  if (split.at == Split::At::number) return split.threshold;
  if (split.at == Split::At::median) return percentile(values, 50);
  return summarise("", values).mean;
}

double side(double value, double threshold) {
  return std::isnan(value) ? missing_value : value > threshold ? 1.0 : 0.0;
}

// 0 low, 1 high, missing where the column says nothing.
std::vector<double> two_sides(const Workspace& work, const Split& split, const std::vector<double>& values,
                              const std::vector<std::size_t>& rows) {
  std::vector<double> code(values.size(), missing_value);
  if (split.by_row) {
    std::vector<double> in_sample;
    for (const std::size_t row : rows) in_sample.push_back(values[row]);
    const double threshold = threshold_of(split, in_sample);
    for (const std::size_t row : rows) code[row] = side(values[row], threshold);
    return code;
  }
  const std::vector<double> means = unit_means(work, values, rows);
  const double threshold = threshold_of(split, means);
  for (std::size_t row = 0; row < code.size(); ++row)
    code[row] = side(means[static_cast<std::size_t>(work.panel.unit[row])], threshold);
  return code;
}

std::vector<std::string> side_names(const Split& split, const std::string& lang) {
  if (split.names.size() == 2) return split.names;
  if (!split.names.empty())
    throw Error({"study.split_names",
                 Severity::error,
                 "a split at a threshold makes two groups: give two names, low first",
                 split.span,
                 "",
                 {},
                 ""});
  return {table_words("low_group", lang, {split.by.text}), table_words("high_group", lang, {split.by.text})};
}

// Distinct values in the sample, sorted (numbers as numbers), or those the study lists.
std::vector<std::string> values_in_sample(const Column& column, const Split& split,
                                          const std::vector<std::size_t>& rows) {
  std::vector<std::string> groups;
  if (column.is_text()) {
    std::set<std::string> seen;
    for (const std::size_t row : rows)
      if (!column.is_missing(row)) seen.insert(column.text_at(row));
    groups.assign(seen.begin(), seen.end());
  } else {
    std::set<double> seen;
    for (const std::size_t row : rows)
      if (!column.is_missing(row)) seen.insert(column.values()[row]);
    for (const double value : seen) groups.push_back(shortest(value));
  }
  if (split.groups.empty()) return groups;
  for (const std::string& wanted : split.groups)
    if (std::find(groups.begin(), groups.end(), wanted) == groups.end())
      throw Error({"study.empty_group",
                   Severity::error,
                   "`" + split.by.text + "` has no group `" + wanted + "` in the sample",
                   split.span,
                   "",
                   {},
                   "groups: " + join(groups, ", ")});
  return split.groups;
}

std::vector<double> code_values(const Column& column, const std::vector<std::string>& groups) {
  std::vector<double> code(column.size(), missing_value);
  for (std::size_t row = 0; row < code.size(); ++row) {
    const auto place =
        column.is_missing(row) ? groups.end() : std::find(groups.begin(), groups.end(), column.text_at(row));
    if (place != groups.end()) code[row] = static_cast<double>(place - groups.begin());
  }
  return code;
}

constexpr std::size_t most_groups = 40;

void check_groups(const Split& split, const std::vector<std::string>& groups, const std::vector<double>& code,
                  const std::vector<std::size_t>& rows) {
  if (groups.size() > most_groups)
    throw Error({"study.too_many_groups",
                 Severity::error,
                 "`" + split.by.text + "` has " + std::to_string(groups.size()) + " values: too many groups",
                 split.span,
                 "",
                 {},
                 "give a threshold, for example at = \"median\""});
  for (std::size_t group = 0; group < groups.size(); ++group) {
    const auto in_group = [&](std::size_t row) { return code[row] == static_cast<double>(group); };
    if (std::none_of(rows.begin(), rows.end(), in_group))
      throw Error({"study.empty_group",
                   Severity::error,
                   "group `" + groups[group] + "` of `" + split.by.text + "` is empty",
                   split.span,
                   "",
                   {},
                   "choose another threshold or column"});
  }
}

std::string literal(const std::string& value, bool is_text) {
  const char* mark = value.find('\'') == std::string::npos ? "'" : "\"";
  return is_text ? mark + value + mark : value;
}

constexpr std::size_t most_units_listed = 60;

// "region == 'East'"; of a threshold the units that lie on its side.
std::string condition_of(const Workspace& work, const Split& split, const std::vector<double>& code,
                         double group) {
  const Column& column = work.table.at(split.by.text);
  const Column& units = work.table.at(work.panel.keys.unit);
  std::vector<std::string> listed;
  for (const std::size_t row : work.sample) {
    if (code[row] != group) continue;
    if (split.at == Split::At::values)
      return "`" + split.by.text + "` == " + literal(column.text_at(row), column.is_text());
    const std::string unit = literal(units.text_at(row), units.is_text());
    if (std::find(listed.begin(), listed.end(), unit) == listed.end()) listed.push_back(unit);
  }
  if (split.by_row || listed.empty() || listed.size() > most_units_listed) return "";
  return "`" + work.panel.keys.unit + "` in (" + join(listed, ", ") + ")";
}

}  // namespace

Grouped group_rows(Workspace& work, const TableEntry& entry, const Split& split) {
  const Column& column = work.table.at(split.by.text);
  std::vector<std::string> conditions;
  if (!entry.where.text.empty()) conditions.push_back(entry.where.text);
  const std::vector<std::size_t> rows = rows_where(work, work.table, conditions);
  Grouped grouped{"split(" + split.by.text + ")", "split(" + split.by.text + "):code", {}, {}, work.table};
  std::vector<double> code;
  if (split.at == Split::At::values) {
    grouped.groups = values_in_sample(column, split, rows);
    code = code_values(column, grouped.groups);
    if (split.names.size() == grouped.groups.size()) grouped.groups = split.names;
  } else {
    if (column.is_text())
      throw Error({"study.not_a_number",
                   Severity::error,
                   "`" + split.by.text + "` is text: it has no median or mean",
                   split.by.span,
                   "",
                   {},
                   "leave `at` out to compare its values"});
    grouped.groups = side_names(split, work.study->lang);
    code = two_sides(work, split, column.values(), rows);
  }
  check_groups(split, grouped.groups, code, rows);
  for (std::size_t group = 0; group < grouped.groups.size(); ++group)
    grouped.conditions.push_back(condition_of(work, split, code, static_cast<double>(group)));
  std::vector<std::string> names(code.size());
  for (std::size_t row = 0; row < code.size(); ++row)
    if (!std::isnan(code[row])) names[row] = grouped.groups[static_cast<std::size_t>(code[row])];
  grouped.table.set(grouped.column, Column::texts(names));
  grouped.table.set(grouped.code_column, Column::numbers(code));
  return grouped;
}

}  // namespace panelist::study
