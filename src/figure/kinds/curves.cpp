// SPDX-License-Identifier: Apache-2.0
// Lines over time, kernel densities and the flow of ranks.
#include <algorithm>
#include <cmath>

#include "base/diagnostic.h"
#include "base/text.h"

#include "figure/kinds/density.h"
#include "figure/kinds/kinds.h"
#include "figure/kinds/option.h"

namespace panelist::figure {

namespace {

// Years, from the first to the last: places of an axis that names each of them (a number axis would write 2,015).
struct Years {
  double first = 0;
  std::vector<std::string> names;  // none when x is not whole numbers over a readable span
};

Years years_of(std::span<const double> x) {
  const auto [low, high] = range_of(x);
  const bool whole =
      std::all_of(x.begin(), x.end(), [](double v) { return !std::isfinite(v) || v == std::floor(v); });
  Years years{std::ceil(low), {}};
  if (whole && high - low < 500)
    for (double year = years.first; year <= high; ++year) years.names.push_back(shortest(year));
  return years;
}

Json time_axis(const FigureStyle& style, const Figure& figure, const Years& years) {
  Json axis =
      years.names.empty() ? value_axis(style, figure.x_label, true) : category_axis(style, years.names, true);
  axis["name"] = figure.x_label;
  if (!years.names.empty()) axis["boundaryGap"] = years.names.size() < 3;
  return axis;
}

}  // namespace

std::string trend_option(const Figure& figure, const FigureStyle& style) {
  check_marks(figure, figure.data.rows());
  const std::span<const double> x = numbers_of(figure, "x"), y = numbers_of(figure, "y");
  const Years years = years_of(x);
  Json option = start(style);
  std::vector<std::string> legend;
  for (const Group& group : groups_of(figure)) {
    Json line = line_series(style, group.name, option["series"].size());
    for (const std::size_t row : group.rows)
      line["data"].push_back(pair_of(years.names.empty() ? x[row] : x[row] - years.first, y[row]));
    option["series"].push_back(std::move(line));
    if (!group.name.empty()) legend.push_back(group.name);
  }
  add_grid(option, style, legend);
  option["xAxis"] = time_axis(style, figure, years);
  option["yAxis"] = value_axis(style, figure.y_label, false);
  return option.dump();
}

namespace {

std::vector<double> finite_values(const Figure& figure, const Group& group) {
  const std::span<const double> cells = numbers_of(figure, "value");
  std::vector<double> values;
  for (const std::size_t row : group.rows)
    if (std::isfinite(cells[row])) values.push_back(cells[row]);
  return values;
}

// Groups of fewer than two different values have no density.
std::vector<std::pair<std::string, Density>> densities_of(const Figure& figure) {
  std::vector<std::pair<std::string, Density>> found;
  for (const Group& group : groups_of(figure))
    if (Density density = kernel_density(finite_values(figure, group)); !density.x.empty())
      found.emplace_back(group.name, std::move(density));
  if (found.empty())
    throw Error("figure.no_data", "a density needs two different values", "there are none in its data",
                figure.id);
  return found;
}

}  // namespace

std::string density_option(const Figure& figure, const FigureStyle& style) {
  Json option = start(style);
  std::vector<std::string> legend;
  std::size_t series = 0;
  for (const auto& [name, density] : densities_of(figure)) {
    Json line = line_series(style, name, series++);
    line["symbol"] = "none";
    for (std::size_t i = 0; i < density.x.size(); ++i)
      line["data"].push_back(pair_of(density.x[i], density.y[i]));
    option["series"].push_back(std::move(line));
    if (!name.empty()) legend.push_back(name);
  }
  add_grid(option, style, legend);
  legend_of_lines(option);
  option["xAxis"] = value_axis(style, figure.x_label, true);
  option["yAxis"] = value_axis(style, figure.y_label, false);
  return option.dump();
}

// Each group's density stands on its own ground, the first on top; heights share one scale.
std::string ridge_option(const Figure& figure, const FigureStyle& style) {
  const auto densities = densities_of(figure);
  double highest = 0;
  for (const auto& [name, density] : densities)
    highest = std::max(highest, *std::max_element(density.y.begin(), density.y.end()));
  Json option = start(style);
  std::vector<std::string> names;
  const auto count = static_cast<double>(densities.size());
  for (std::size_t g = 0; g < densities.size(); ++g) {
    const auto& [name, density] = densities[g];
    const double ground = count - 1 - static_cast<double>(g);
    std::vector<std::array<double, 3>> band;
    Json line = line_series(style, name, 0);
    line["symbol"] = "none";
    line["yAxisIndex"] = 1;
    for (std::size_t i = 0; i < density.x.size(); ++i) {
      const double top = ground + 0.96 * density.y[i] / highest;
      line["data"].push_back(pair_of(density.x[i], top));
      band.push_back({density.x[i], ground, top});
    }
    const std::size_t before = option["series"].size();
    add_band(option["series"], "ridge" + std::to_string(g), band, colour(style, 0));
    for (std::size_t i = before; i < option["series"].size(); ++i) option["series"][i]["yAxisIndex"] = 1;
    option["series"].push_back(std::move(line));
    names.push_back(name);
  }
  add_grid(option, style);
  option["xAxis"] = value_axis(style, figure.x_label, true);
  Json labels = category_axis(style, names, false);
  labels["axisTick"]["show"] = false;
  option["yAxis"] = Json::array({labels, {{"type", "value"}, {"min", 0}, {"max", count}, {"show", false}}});
  return option.dump();
}

namespace {

// Ranks within each period, 1 the largest value; ties share the smaller rank.
std::vector<double> ranks_within(const Categories& times, std::span<const double> value) {
  std::vector<double> ranks(value.size(), missing_value);
  for (std::size_t row = 0; row < value.size(); ++row) {
    if (!std::isfinite(value[row])) continue;
    ranks[row] = 1;
    for (std::size_t other = 0; other < value.size(); ++other)
      if (times.of_row[other] == times.of_row[row] && value[other] > value[row]) ++ranks[row];
  }
  return ranks;
}

}  // namespace

std::string rank_flow_option(const Figure& figure, const FigureStyle& style) {
  check_marks(figure, figure.data.rows());
  const Categories units = categories_of(figure, "unit"), times = categories_of(figure, "time");
  const std::vector<double> ranks = ranks_within(times, numbers_of(figure, "value"));
  std::vector<Json> points(units.names.size(), Json(std::vector<Json>(times.names.size())));
  for (std::size_t row = 0; row < ranks.size(); ++row)
    if (units.of_row[row] < units.names.size() && times.of_row[row] < times.names.size())
      points[units.of_row[row]][times.of_row[row]] = number(ranks[row]);
  Json option = start(style);
  for (std::size_t unit = 0; unit < points.size(); ++unit) {
    Json line = line_series(style, units.names[unit], unit);
    line["data"] = points[unit];
    line["endLabel"] = text_style(style, 0.85);
    line["endLabel"]["show"] = true;
    line["endLabel"]["formatter"] = "{a}";
    option["series"].push_back(std::move(line));
  }
  add_grid(option, style);
  option["grid"]["right"] = std::round(0.2 * style.pixels(style.width_mm));
  option["xAxis"] = category_axis(style, times.names, true);
  option["xAxis"]["boundaryGap"] = false;
  option["yAxis"] = value_axis(style, figure.y_label, false);
  option["yAxis"]["inverse"] = true;
  option["yAxis"]["min"] = 1;
  option["yAxis"]["minInterval"] = 1;
  return option.dump();
}

}  // namespace panelist::figure
