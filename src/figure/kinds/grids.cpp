// SPDX-License-Identifier: Apache-2.0
// Cells of unit by time: a value, presence, the share that is missing.
#include <algorithm>
#include <cmath>

#include "figure/kinds/kinds.h"
#include "figure/kinds/option.h"

namespace panelist::figure {

namespace {

struct Grid {
  Categories rows, columns;
};

Grid grid_of(const Figure& figure, std::string_view rows) {
  Grid grid{categories_of(figure, rows), categories_of(figure, "time")};
  check_marks(figure, grid.rows.names.size() * grid.columns.names.size());
  return grid;
}

bool in_grid(const Grid& grid, std::size_t row) {
  return grid.rows.of_row[row] < grid.rows.names.size() &&
         grid.columns.of_row[row] < grid.columns.names.size();
}

Json cells_option(const FigureStyle& style, const Grid& grid, Json cells) {
  Json option = start(style);
  add_grid(option, style);
  option["xAxis"] = category_axis(style, grid.columns.names, true);
  option["yAxis"] = category_axis(style, grid.rows.names, false);
  // Every row is named while names fit; narrow rows lose every other one.
  const double room = 0.86 * style.pixels(style.height_mm) / static_cast<double>(grid.rows.names.size());
  if (room > 0.6 * style.font_pixels()) {
    option["yAxis"]["axisLabel"]["interval"] = 0;
    option["yAxis"]["axisLabel"]["fontSize"] =
        std::floor(10 * std::min(style.font_pixels(), 0.9 * room)) / 10;
  }
  option["series"].push_back({{"type", "heatmap"},
                              {"itemStyle", {{"borderColor", "#ffffff"}, {"borderWidth", 0.5}}},
                              {"data", std::move(cells)}});
  return option;
}

void add_scale(Json& option, const FigureStyle& style, double low, double high) {
  option["visualMap"] = colour_scale(style, low, high);
  option["grid"]["right"] = std::round(style.font_pixels() * 5);
}

// A legend without series: two swatches drawn by a stepped scale.
Json present_absent(const FigureStyle& style) {
  return {{"type", "piecewise"},
          {"show", false},
          {"dimension", 2},
          {"pieces", Json::array({{{"value", 1}, {"color", area_colour(style, 0)}},
                                  {{"value", 0}, {"color", "#eeeeee"}}})}};
}

}  // namespace

std::string heat_map_option(const Figure& figure, const FigureStyle& style) {
  const Grid grid = grid_of(figure, "unit");
  const std::span<const double> value = numbers_of(figure, "value");
  Json cells = Json::array();
  for (std::size_t row = 0; row < value.size(); ++row)
    if (in_grid(grid, row) && std::isfinite(value[row]))
      cells.push_back({grid.columns.of_row[row], grid.rows.of_row[row], value[row]});
  Json option = cells_option(style, grid, std::move(cells));
  const auto [low, high] = range_of(value);
  add_scale(option, style, low, high);
  return option.dump();
}

std::string panel_map_option(const Figure& figure, const FigureStyle& style) {
  const Grid grid = grid_of(figure, "unit");
  std::vector<std::vector<int>> seen(grid.rows.names.size(), std::vector<int>(grid.columns.names.size(), 0));
  for (std::size_t row = 0; row < figure.data.rows(); ++row)
    if (in_grid(grid, row)) seen[grid.rows.of_row[row]][grid.columns.of_row[row]] = 1;
  Json cells = Json::array();
  for (std::size_t unit = 0; unit < seen.size(); ++unit)
    for (std::size_t time = 0; time < seen[unit].size(); ++time)
      cells.push_back({time, unit, seen[unit][time]});
  Json option = cells_option(style, grid, std::move(cells));
  option["visualMap"] = present_absent(style);
  return option.dump();
}

// `missing` is 1 where a cell is missing; the share by variable and time.
std::string missing_map_option(const Figure& figure, const FigureStyle& style) {
  const Grid grid = grid_of(figure, "variable");
  const std::span<const double> missing = numbers_of(figure, "missing");
  std::vector<std::vector<std::pair<double, double>>> sums(
      grid.rows.names.size(), std::vector<std::pair<double, double>>(grid.columns.names.size()));
  for (std::size_t row = 0; row < missing.size(); ++row)
    if (in_grid(grid, row)) {
      auto& [total, count] = sums[grid.rows.of_row[row]][grid.columns.of_row[row]];
      total += missing[row] != 0 ? 1 : 0;
      count += 1;
    }
  Json cells = Json::array();
  for (std::size_t variable = 0; variable < sums.size(); ++variable)
    for (std::size_t time = 0; time < sums[variable].size(); ++time)
      if (const auto [total, count] = sums[variable][time]; count > 0)
        cells.push_back({time, variable, total / count});
  Json option = cells_option(style, grid, std::move(cells));
  add_scale(option, style, 0, 1);
  return option.dump();
}

}  // namespace panelist::figure
