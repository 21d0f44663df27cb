// SPDX-License-Identifier: Apache-2.0
#include "shape/marginal/whole_column.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace panelist {
namespace {

constexpr double line_tolerance = 1e-9;
constexpr std::size_t rows_looked_at = 40;

bool same(double a, double b) {
  if (std::isnan(a) || std::isnan(b)) return std::isnan(a) == std::isnan(b);
  return std::abs(a - b) <= line_tolerance * (1 + std::abs(a));
}

std::vector<double> values_on(const Expression& expression, const Table& table, const Panel* panel) {
  Diagnostics notes;
  const Column column = evaluate(expression, {table, panel}, notes);
  return column.is_text() ? std::vector<double>() : column.values();
}

Table columns_of(const Expression& expression, const Table& table) {
  Table own(table.rows());
  for (const std::string& name : expression.columns())
    if (const Column* column = table.find(name)) own.set(name, *column);
  return own;
}

// Rows with the least and the largest values of every column, where tails are cut, and some between.
std::vector<std::size_t> telling_rows(const Table& own, const std::vector<std::size_t>& rows) {
  std::vector<std::size_t> telling;
  for (std::size_t i = 0; i < rows.size(); i += std::max<std::size_t>(1, rows.size() / rows_looked_at))
    telling.push_back(rows[i]);
  for (const std::string& name : own.names()) {
    if (own.at(name).is_text()) continue;
    const std::vector<double>& values = own.at(name).values();
    const auto [low, high] = std::minmax_element(
        rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    telling.insert(telling.end(), {*low, *high});
  }
  return telling;
}

[[noreturn]] void throw_whole_column(const Expression& expression) {
  throw Error(
      "shape.whole_column",
      fmt::format("what `{}` is at a value of its variables depends on other rows", expression.text()),
      "compute it in [derive], and write its name in the formula, and as `x` or `by`",
      "term " + expression.text());
}

}  // namespace

bool is_lag_or_lead(const std::string& label, const Table& table) {
  const std::size_t dot = label.find('.');
  if (dot == std::string::npos || (label[0] != 'L' && label[0] != 'F') ||
      label == "L0." + label.substr(dot + 1))
    return false;
  const bool number = std::all_of(label.begin() + 1, label.begin() + static_cast<std::ptrdiff_t>(dot),
                                  [](char c) { return c >= '0' && c <= '9'; });
  return number && table.has(label.substr(dot + 1));
}

bool looks_at_other_rows(const Expression& expression, const Fit& fit, const Table& table) {
  if (expression.uses_panel()) return true;
  const Table own = columns_of(expression, table);
  const std::vector<double> together = values_on(expression, own, nullptr);
  if (together.empty()) return false;
  const std::vector<std::size_t> rows = telling_rows(own, {fit.frame->rows.begin(), fit.frame->rows.end()});
  return std::any_of(rows.begin(), rows.end(), [&](std::size_t row) {
    return !same(together[row], values_on(expression, own.take({row}), nullptr).front());
  });
}

Line line_in(const std::string& variable, const Expression& expression, const Fit& fit, const Table& table,
             const Panel* panel) {
  if (expression.columns() != std::set<std::string>{variable}) throw_whole_column(expression);
  const std::vector<double>& from = table.at(variable).values();
  const std::vector<double> to = values_on(expression, table, panel);
  const auto& rows = fit.frame->rows;
  const auto [low, high] = std::minmax_element(
      rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return from[a] < from[b]; });
  if (!(from[*low] < from[*high])) throw_whole_column(expression);
  const double slope = (to[*high] - to[*low]) / (from[*high] - from[*low]);
  const Line line{to[*low] - slope * from[*low], slope};
  for (const std::size_t row : rows)
    if (!same(to[row], line.constant + line.slope * from[row])) throw_whole_column(expression);
  return line;
}

}  // namespace panelist
