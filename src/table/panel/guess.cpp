// SPDX-License-Identifier: Apache-2.0
#include "table/guess.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"

namespace panelist {
namespace {

const char* const time_words[] = {"year",   "time", "date", "quarter", "month",
                                  "period", "yr",   "年",   "期",      "月"};
const char* const unit_words[] = {"province", "city", "county", "region", "country", "firm", "id",
                                  "code",     "unit", "state",  "name",   "省",      "市",   "县",
                                  "地区",     "企业", "公司",   "stkcd",  "symbol",  "国家", "company"};

template <typename Words>
bool says(const std::string& name, const Words& words) {
  const std::string lower = lower_ascii(name);
  return std::any_of(std::begin(words), std::end(words),
                     [&](const char* word) { return lower.find(word) != std::string::npos; });
}

bool holds_integers(const Column& column) {
  return column.kind() == ColumnKind::integer ||
         (column.kind() == ColumnKind::real && column.count_missing() < column.size() &&
          std::all_of(column.values().begin(), column.values().end(),
                      [](double value) { return std::isnan(value) || value == std::floor(value); }));
}

bool holds_years(const Column& column) {
  return holds_integers(column) &&
         std::all_of(column.values().begin(), column.values().end(),
                     [](double value) { return std::isnan(value) || (value >= 1800 && value <= 2100); });
}

std::vector<std::string> time_candidates(const Table& table) {
  std::vector<std::string> named, others;
  for (const std::string& name : table.names()) {
    const Column& column = table.at(name);
    if (column.is_text()) continue;
    const bool said = says(name, time_words) && (column.kind() == ColumnKind::date || holds_integers(column));
    if (said)
      named.push_back(name);
    else if (column.kind() == ColumnKind::date || holds_years(column))
      others.push_back(name);
  }
  named.insert(named.end(), others.begin(), others.end());
  return named;
}

std::vector<std::string> unit_candidates(const Table& table) {
  std::vector<std::string> named, others;
  for (const std::string& name : table.names()) {
    const Column& column = table.at(name);
    const bool said = says(name, unit_words);
    if (said && (column.is_text() || holds_integers(column)))
      named.push_back(name);
    else if (column.is_text())
      others.push_back(name);
  }
  named.insert(named.end(), others.begin(), others.end());
  return named;
}

std::size_t count_duplicates(const Table& table, const PanelKeys& keys) {
  const Column &unit = table.at(keys.unit), &time = table.at(keys.time);
  std::set<std::pair<std::string, double>> seen;
  std::size_t duplicates = 0;
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (!unit.is_missing(row) && !time.is_missing(row))
      duplicates += seen.emplace(unit.text_at(row), time.values()[row]).second ? 0 : 1;
  return duplicates;
}

// A key that never repeats is no unit of a panel: it numbers the rows.
bool repeats(const Column& column) {
  std::set<std::string> seen;
  for (std::size_t row = 0; row < column.size(); ++row)
    if (!column.is_missing(row) && !seen.insert(column.text_at(row)).second) return true;
  return false;
}

}  // namespace

PanelKeys guess_panel_keys(const Table& table) {
  PanelKeys likely;
  for (const std::string& time : time_candidates(table))
    for (const std::string& unit : unit_candidates(table)) {
      if (unit == time || !repeats(table.at(unit))) continue;
      const PanelKeys keys{unit, time};
      const std::size_t duplicates = count_duplicates(table, keys);
      if (duplicates == 0) return keys;
      const bool said = says(unit, unit_words) && says(time, time_words);
      if (likely.empty() && said && duplicates * 10 <= table.rows()) likely = keys;
    }
  return likely;
}

}  // namespace panelist
