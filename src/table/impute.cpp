// SPDX-License-Identifier: Apache-2.0
#include "table/impute.h"

#include <array>
#include <cmath>
#include <utility>

namespace panelist {
namespace {

constexpr std::array<std::pair<std::string_view, ImputeMethod>, 4> methods = {{
    {"mean", ImputeMethod::mean},
    {"year_mean", ImputeMethod::year_mean},
    {"linear", ImputeMethod::linear},
    {"linear_nearest", ImputeMethod::linear_nearest},
}};

// Mean of the present values among `rows`; missing when there is none.
template <typename Rows>
double mean_over(const std::vector<double>& values, const Rows& rows) {
  double sum = 0;
  std::size_t count = 0;
  for (const std::size_t row : rows) {
    if (std::isnan(values[row])) continue;
    sum += values[row];
    ++count;
  }
  return count == 0 ? missing_value : sum / static_cast<double>(count);
}

void fill_rows(std::vector<double>& values, const std::vector<std::size_t>& rows, double filling) {
  for (const std::size_t row : rows) {
    if (std::isnan(values[row])) values[row] = filling;
  }
}

std::vector<double> fill_by_mean(const std::vector<double>& values) {
  std::vector<std::size_t> rows(values.size());
  for (std::size_t row = 0; row < rows.size(); ++row) rows[row] = row;
  std::vector<double> filled = values;
  fill_rows(filled, rows, mean_over(values, rows));
  return filled;
}

std::vector<double> fill_by_time_mean(const std::vector<double>& values, const Panel& panel) {
  if (panel.keys.time.empty()) return values;  // there are no times to take means of
  std::vector<std::vector<std::size_t>> rows_of_time(panel.times.size());
  for (std::size_t row = 0; row < values.size(); ++row) {
    const auto place = std::lower_bound(panel.times.begin(), panel.times.end(), panel.time[row]);
    rows_of_time[static_cast<std::size_t>(place - panel.times.begin())].push_back(row);
  }
  std::vector<double> filled = values;
  for (const auto& rows : rows_of_time) fill_rows(filled, rows, mean_over(values, rows));
  return filled;
}

// The straight line in time between two observed rows of a unit, for the rows between them.
void fill_between(std::vector<double>& filled, const Panel& panel, std::size_t from, std::size_t to) {
  const std::size_t first = panel.order[from];
  const std::size_t last = panel.order[to];
  const auto span = static_cast<double>(panel.time[last] - panel.time[first]);
  for (std::size_t i = from + 1; i < to; ++i) {
    const std::size_t row = panel.order[i];
    const double share = static_cast<double>(panel.time[row] - panel.time[first]) / span;
    filled[row] = filled[first] + share * (filled[last] - filled[first]);
  }
}

void fill_unit(std::vector<double>& filled, const Panel& panel, std::size_t unit, bool ends) {
  std::vector<std::size_t> observed;  // places in panel.order
  for (std::size_t i = panel.unit_begin[unit]; i < panel.unit_begin[unit + 1]; ++i) {
    if (!std::isnan(filled[panel.order[i]])) observed.push_back(i);
  }
  if (observed.empty()) return;
  for (std::size_t k = 1; k < observed.size(); ++k) fill_between(filled, panel, observed[k - 1], observed[k]);
  if (!ends) return;
  for (std::size_t i = panel.unit_begin[unit]; i < observed.front(); ++i) {
    filled[panel.order[i]] = filled[panel.order[observed.front()]];
  }
  for (std::size_t i = observed.back() + 1; i < panel.unit_begin[unit + 1]; ++i) {
    filled[panel.order[i]] = filled[panel.order[observed.back()]];
  }
}

std::vector<double> fill_within_units(const std::vector<double>& values, const Panel& panel, bool ends) {
  std::vector<double> filled = values;
  if (panel.keys.unit.empty() || panel.keys.time.empty())
    return filled;  // there is no time to interpolate in
  for (std::size_t unit = 0; unit + 1 < panel.unit_begin.size(); ++unit) fill_unit(filled, panel, unit, ends);
  return filled;
}

std::vector<double> fill(const std::vector<double>& values, const Panel& panel, ImputeMethod method) {
  switch (method) {
    case ImputeMethod::mean:
      return fill_by_mean(values);
    case ImputeMethod::year_mean:
      return fill_by_time_mean(values, panel);
    case ImputeMethod::linear:
      return fill_within_units(values, panel, false);
    default:
      return fill_within_units(values, panel, true);
  }
}

}  // namespace

std::optional<ImputeMethod> impute_method(std::string_view name) {
  if (name == "nearest") return ImputeMethod::linear_nearest;
  for (const auto& [known, method] : methods) {
    if (known == name) return method;
  }
  return std::nullopt;
}

std::vector<std::string> impute_method_names() {
  std::vector<std::string> names;
  for (const auto& method : methods) names.emplace_back(method.first);
  return names;
}

Imputed impute(const std::vector<double>& values, const Panel& panel, ImputeMethod method) {
  Imputed imputed;
  imputed.values = fill(values, panel, method);
  for (std::size_t row = 0; row < values.size(); ++row) {
    if (std::isnan(imputed.values[row])) {
      ++imputed.still_missing;
    } else if (std::isnan(values[row])) {
      imputed.filled.push_back(row);
    }
  }
  return imputed;
}

}  // namespace panelist
