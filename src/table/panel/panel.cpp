// SPDX-License-Identifier: Apache-2.0
#include "table/panel.h"

#include <fmt/format.h>

#include <numeric>

#include "base/text.h"
#include "table/panel/key_check.h"
#include "table/panel/time_axis.h"

namespace panelist {
namespace {

// Ranks of the distinct text values that occur, in sorted order.
void number_text_units(const Column& column, Panel& panel) {
  const auto& dictionary = column.dictionary();
  std::vector<bool> used(dictionary.size(), false);
  for (const std::int32_t code : column.codes()) used[static_cast<std::size_t>(code)] = true;
  std::vector<std::int32_t> sorted;
  for (std::size_t code = 0; code < dictionary.size(); ++code) {
    if (used[code]) sorted.push_back(static_cast<std::int32_t>(code));
  }
  std::sort(sorted.begin(), sorted.end(), [&](std::int32_t a, std::int32_t b) {
    return dictionary[static_cast<std::size_t>(a)] < dictionary[static_cast<std::size_t>(b)];
  });
  std::vector<std::int32_t> rank(dictionary.size(), -1);
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    rank[static_cast<std::size_t>(sorted[i])] = static_cast<std::int32_t>(i);
    panel.unit_names.push_back(dictionary[static_cast<std::size_t>(sorted[i])]);
  }
  for (const std::int32_t code : column.codes()) panel.unit.push_back(rank[static_cast<std::size_t>(code)]);
}

void number_numeric_units(const Column& column, Panel& panel) {
  std::vector<double> distinct = column.values();
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  for (const double value : distinct) {
    panel.unit_names.push_back(Column::numbers({value}, column.kind()).text_at(0));
  }
  for (const double value : column.values()) {
    const auto place = std::lower_bound(distinct.begin(), distinct.end(), value);
    panel.unit.push_back(static_cast<std::int32_t>(place - distinct.begin()));
  }
}

void number_units(const Table& table, Panel& panel) {
  panel.unit.reserve(table.rows());
  if (panel.keys.unit.empty()) {  // a cross-section: every row is a unit
    for (std::size_t row = 0; row < table.rows(); ++row) {
      panel.unit.push_back(static_cast<std::int32_t>(row));
      panel.unit_names.push_back(fmt::format("{}", row + 1));
    }
    return;
  }
  const Column& column = table.at(panel.keys.unit);
  if (column.is_text()) {
    number_text_units(column, panel);
  } else {
    number_numeric_units(column, panel);
  }
}

// Without a time column rows of a unit are numbered in the order they stand in; lag() knows that this is no time.
void number_rows_within_units(Panel& panel) {
  std::vector<std::int64_t> seen(panel.unit_names.size(), 0);
  for (const std::int32_t unit : panel.unit) panel.time.push_back(seen[static_cast<std::size_t>(unit)]++);
  const std::int64_t most = seen.empty() ? 0 : *std::max_element(seen.begin(), seen.end());
  for (std::int64_t time = 0; time < most; ++time) {
    panel.times.push_back(time);
    panel.time_names.push_back(fmt::format("{}", time + 1));
  }
}

void number_times(const Table& table, Panel& panel) {
  if (panel.keys.time.empty()) {
    number_rows_within_units(panel);
    return;
  }
  TimeAxis axis = time_axis(table.at(panel.keys.time));
  panel.time = std::move(axis.time);
  panel.times = std::move(axis.times);
  panel.time_names = std::move(axis.names);
  panel.step = axis.step;
}

// Counting sort by unit, then by time within the unit; rows of equal keys keep their order.
void sort_rows(Panel& panel) {
  const std::size_t units = panel.unit_names.size();
  panel.unit_begin.assign(units + 1, 0);
  for (const std::int32_t unit : panel.unit) ++panel.unit_begin[static_cast<std::size_t>(unit) + 1];
  std::partial_sum(panel.unit_begin.begin(), panel.unit_begin.end(), panel.unit_begin.begin());
  std::vector<std::size_t> next(panel.unit_begin.begin(), panel.unit_begin.end() - 1);
  panel.order.resize(panel.unit.size());
  for (std::size_t row = 0; row < panel.unit.size(); ++row) {
    panel.order[next[static_cast<std::size_t>(panel.unit[row])]++] = row;
  }
  const auto earlier = [&](std::size_t a, std::size_t b) { return panel.time[a] < panel.time[b]; };
  for (std::size_t unit = 0; unit < units; ++unit) {
    const auto begin = panel.order.begin() + static_cast<std::ptrdiff_t>(panel.unit_begin[unit]);
    const auto end = panel.order.begin() + static_cast<std::ptrdiff_t>(panel.unit_begin[unit + 1]);
    if (!std::is_sorted(begin, end, earlier)) std::stable_sort(begin, end, earlier);
  }
}

void describe_balance(Panel& panel) {
  panel.gaps = 0;
  for (std::size_t unit = 0; unit + 1 < panel.unit_begin.size(); ++unit) {
    const std::size_t begin = panel.unit_begin[unit];
    const std::size_t end = panel.unit_begin[unit + 1];
    if (begin == end) continue;
    const std::int64_t first = panel.time[panel.order[begin]];
    const std::int64_t last = panel.time[panel.order[end - 1]];
    panel.gaps += static_cast<std::size_t>((last - first) / panel.step + 1) - (end - begin);
  }
  panel.balanced = panel.unit.size() == panel.unit_names.size() * panel.times.size();
}

}  // namespace

std::int64_t Panel::row_of(std::int32_t unit_id, std::int64_t when) const {
  if (unit_id < 0 || static_cast<std::size_t>(unit_id) + 1 >= unit_begin.size()) return -1;
  const auto begin =
      order.begin() + static_cast<std::ptrdiff_t>(unit_begin[static_cast<std::size_t>(unit_id)]);
  const auto end =
      order.begin() + static_cast<std::ptrdiff_t>(unit_begin[static_cast<std::size_t>(unit_id) + 1]);
  const auto place = std::lower_bound(
      begin, end, when, [&](std::size_t row, std::int64_t wanted) { return time[row] < wanted; });
  if (place == end || time[*place] != when) return -1;
  return static_cast<std::int64_t>(*place);
}

std::vector<double> Panel::lag(const std::vector<double>& values, std::int64_t lags) const {
  std::vector<double> lagged(values.size(), missing_value);
  if (keys.unit.empty() || keys.time.empty()) return lagged;
  for (std::size_t u = 0; u + 1 < unit_begin.size(); ++u) {
    const std::size_t begin = unit_begin[u];
    const std::size_t end = unit_begin[u + 1];
    std::size_t source = begin;  // moves forward only: both sides are sorted by time
    for (std::size_t i = begin; i < end; ++i) {
      const std::int64_t wanted = time[order[i]] - lags * step;
      while (source < end && time[order[source]] < wanted) ++source;
      if (source == end) break;
      if (time[order[source]] == wanted) lagged[order[i]] = values[order[source]];
    }
  }
  return lagged;
}

Panel make_panel(const Table& table, const PanelKeys& keys) {
  Panel panel;
  panel.keys = keys;
  check_keys_present(table, keys);
  number_units(table, panel);
  number_times(table, panel);
  sort_rows(panel);
  check_keys_unique(table, panel);
  describe_balance(panel);
  return panel;
}

}  // namespace panelist
