// SPDX-License-Identifier: Apache-2.0
// Cells of unit by time: a value, presence, the share that is missing.
#include <algorithm>
#include <cmath>

#include "figure/kinds/kinds.h"
#include "figure/kinds/labels.h"
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

Json cells_option(const Figure& figure, const FigureStyle& style, const Grid& grid, Json cells) {
  Json option = start(style);
  add_grid(option, style);
  option["xAxis"] = category_axis(style, grid.columns.names, true);
  option["yAxis"] = category_axis(style, grid.rows.names, false, 0.86 * style.pixels(style.height_mm));
  name_axis(option["xAxis"], style, figure.x_label, true);
  name_axis(option["yAxis"], style, figure.y_label, false);
  option["series"].push_back({{"type", "heatmap"},
                              {"itemStyle", {{"borderColor", "#ffffff"}, {"borderWidth", 0.5}}},
                              {"data", std::move(cells)}});
  return option;
}

constexpr const char* absent = "#eeeeee";

Json present_absent(const FigureStyle& style) {
  return {{"type", "piecewise"},
          {"show", false},
          {"dimension", 2},
          {"pieces", Json::array({{{"value", 1}, {"color", area_colour(style, 0)}},
                                  {{"value", 0}, {"color", absent}}})}};
}

// What two colours stand for, above the plot.
void add_key(Json& option, const FigureStyle& style, const std::vector<Swatch>& swatches) {
  Json key = swatch_key(style, swatches);
  key["top"] = 2;
  key["left"] = "center";
  option["title"].push_back(std::move(key));
  option["grid"]["top"] = std::round(1.9 * style.font_pixels());
}

}  // namespace

Json heat_map_option(const Figure& figure, const FigureStyle& style) {
  const Grid grid = grid_of(figure, "unit");
  const std::span<const double> value = numbers_of(figure, "value");
  Json cells = Json::array();
  for (std::size_t row = 0; row < value.size(); ++row)
    if (in_grid(grid, row) && std::isfinite(value[row]))
      cells.push_back({grid.columns.of_row[row], grid.rows.of_row[row], value[row]});
  Json option = cells_option(figure, style, grid, std::move(cells));
  add_colour_scale(option, style, figure.value_label, range_of(value));
  return option;
}

Json panel_map_option(const Figure& figure, const FigureStyle& style) {
  const Grid grid = grid_of(figure, "unit");
  std::vector<std::vector<int>> seen(grid.rows.names.size(), std::vector<int>(grid.columns.names.size(), 0));
  for (std::size_t row = 0; row < figure.data.rows(); ++row)
    if (in_grid(grid, row)) seen[grid.rows.of_row[row]][grid.columns.of_row[row]] = 1;
  Json cells = Json::array();
  for (std::size_t unit = 0; unit < seen.size(); ++unit)
    for (std::size_t time = 0; time < seen[unit].size(); ++time)
      cells.push_back({time, unit, seen[unit][time]});
  Json option = cells_option(figure, style, grid, std::move(cells));
  option["visualMap"] = present_absent(style);
  const bool zh = figure.lang == "zh";
  add_key(option, style,
          {{area_colour(style, 0), zh ? "有观测" : "Observed"}, {absent, zh ? "无观测" : "Not observed"}});
  return option;
}

// `missing` is 1 where a cell is missing; the share by variable and time.
Json missing_map_option(const Figure& figure, const FigureStyle& style) {
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
  Json option = cells_option(figure, style, grid, std::move(cells));
  add_colour_scale(option, style, figure.value_label, {0, 1});
  return option;
}

}  // namespace panelist::figure
