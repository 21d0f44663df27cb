// SPDX-License-Identifier: Apache-2.0
// Lines over time, kernel densities and the flow of ranks.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/diagnostic.h"
#include "base/text.h"

#include "figure/kinds/density.h"
#include "figure/kinds/kinds.h"
#include "figure/kinds/labels.h"
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
  if (years.names.empty()) return value_axis(style, figure.x_label, true);
  Json axis = category_axis(style, years.names, true);
  name_axis(axis, style, figure.x_label, true);
  axis["boundaryGap"] = years.names.size() < 3;
  return axis;
}

}  // namespace

Json trend_option(const Figure& figure, const FigureStyle& style) {
  check_marks(figure, figure.data.rows());
  const std::span<const double> x = numbers_of(figure, "x"), y = numbers_of(figure, "y");
  const Years years = years_of(x);
  Json option = start(style);
  std::vector<std::string> legend;
  const std::vector<Group> groups = groups_of(figure);
  for (const Group& group : groups) {
    Json line = line_series(style, group.name, group.series);
    for (const std::size_t row : group.rows)
      line["data"].push_back(pair_of(years.names.empty() ? x[row] : x[row] - years.first, y[row]));
    option["series"].push_back(std::move(line));
    if (!group.name.empty()) legend.push_back(group.name);
  }
  add_grid(option, style, legend);
  check_lines(option, style, groups.size());
  option["xAxis"] = time_axis(style, figure, years);
  option["yAxis"] = value_axis(style, figure.y_label, false);
  return option;
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
struct GroupDensity {
  Group group;
  Density density;
};
std::vector<GroupDensity> densities_of(const Figure& figure) {
  std::vector<GroupDensity> found;
  for (const Group& group : groups_of(figure))
    if (Density density = kernel_density(finite_values(figure, group)); !density.x.empty())
      found.push_back({group, std::move(density)});
  if (found.empty())
    throw Error("figure.no_data", "a density needs two different values", "there are none in its data",
                figure.id);
  return found;
}

}  // namespace

namespace {

// A line at the reference; beyond its ends a density is zero, and drawn so as far as the line.
void mark_reference(double reference, Json& series) {
  series["markLine"] = mark_line("xAxis", reference);
  Json& data = series["data"];
  if (reference < data.front()[0].get<double>()) data.insert(data.begin(), pair_of(reference, 0));
  if (reference > data.back()[0].get<double>()) data.push_back(pair_of(reference, 0));
}

}  // namespace

Json density_option(const Figure& figure, const FigureStyle& style) {
  Json option = start(style);
  std::vector<std::string> legend;
  for (const auto& [group, density] : densities_of(figure)) {
    const std::string& name = group.name;
    Json line = line_series(style, name, group.series);
    line["symbol"] = "none";
    for (std::size_t i = 0; i < density.x.size(); ++i)
      line["data"].push_back(pair_of(density.x[i], density.y[i]));
    option["series"].push_back(std::move(line));
    if (!name.empty()) legend.push_back(name);
  }
  const auto reference = figure.numbers.find("reference");
  if (reference != figure.numbers.end() && !option["series"].empty())
    mark_reference(reference->second, option["series"][0]);
  add_grid(option, style, legend);
  check_lines(option, style, legend.size());
  legend_of_lines(option);
  option["xAxis"] = value_axis(style, figure.x_label, true);
  option["yAxis"] = value_axis(style, figure.y_label, false);
  return option;
}

// Each group's density stands on its own ground, the first on top; heights share one scale.
Json ridge_option(const Figure& figure, const FigureStyle& style) {
  const auto densities = densities_of(figure);
  double highest = 0;
  for (const auto& [group, density] : densities)
    highest = std::max(highest, *std::max_element(density.y.begin(), density.y.end()));
  Json option = start(style);
  std::vector<std::string> names;
  const auto count = static_cast<double>(densities.size());
  for (std::size_t g = 0; g < densities.size(); ++g) {
    const auto& [group, density] = densities[g];
    const std::string& name = group.name;
    const double ground = count - 1 - static_cast<double>(g);
    std::vector<std::array<double, 3>> band;
    Json line = line_series(style, name, 0);
    line["symbol"] = "none";
    line["yAxisIndex"] = 1;
    for (std::size_t i = 0; i < density.x.size(); i += 2) {  // a ridge is low: half the points draw the same
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
  return option;
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

// Last places at which units still have a rank: names stand there.
std::vector<double> last_ranks(const std::vector<Json>& points) {
  std::vector<double> last;
  for (const Json& unit : points) {
    double rank = missing_value;
    for (const Json& point : unit)
      if (point.is_number()) rank = point.get<double>();
    last.push_back(rank);
  }
  return last;
}

struct EndNames {
  double letters = 0.85;  // of the usual size
  std::size_t every = 1;  // rank is named
};

EndNames end_names(const FigureStyle& style, std::size_t units, double room) {
  const double place = room / static_cast<double>(std::max<std::size_t>(1, units));
  EndNames names;
  names.letters = std::clamp(place / (1.1 * style.font_pixels()), 0.6, 0.85);
  names.every = static_cast<std::size_t>(
      std::max(1.0, std::ceil(1.1 * names.letters * style.font_pixels() / place - 1e-9)));
  return names;
}

}  // namespace

Json rank_flow_option(const Figure& figure, const FigureStyle& style) {
  check_marks(figure, figure.data.rows());
  const Categories units = categories_of(figure, "unit"), times = categories_of(figure, "time");
  const std::vector<double> ranks = ranks_within(times, numbers_of(figure, "value"));
  std::vector<Json> points(units.names.size(), Json(std::vector<Json>(times.names.size())));
  for (std::size_t row = 0; row < ranks.size(); ++row)
    if (units.of_row[row] < units.names.size() && times.of_row[row] < times.names.size())
      points[units.of_row[row]][times.of_row[row]] = number(ranks[row]);
  Json option = start(style);
  add_grid(option, style);
  const double room = room_below_legend(option, style);
  const EndNames names = end_names(style, units.names.size(), room);
  const std::vector<double> last = last_ranks(points);
  FigureStyle small = style;
  small.font_pt *= names.letters;
  const double widest = 0.3 * style.pixels(style.width_mm);
  double longest = 0;
  std::size_t shown = 0;
  for (std::size_t unit = 0; unit < points.size(); ++unit) {
    Json line = line_series(style, units.names[unit], unit);
    line["data"] = points[unit];
    const bool is_named =
        std::isfinite(last[unit]) && std::fmod(last[unit] - 1, static_cast<double>(names.every)) == 0;
    if (is_named) {
      line["endLabel"] = text_style(style, names.letters);
      line["endLabel"].update(
          {{"show", true}, {"formatter", "{a}"}, {"width", std::round(widest)}, {"overflow", "truncate"}});
      longest = std::max(longest, text_pixels(small, units.names[unit]));
      shown += 1;
    }
    option["series"].push_back(std::move(line));
  }
  if (shown < units.names.size() && names.every > 1)
    remark(option, "figure.crowded",
           fmt::format("{} of {} names have room in the figure", shown, units.names.size()),
           larger(style, "height",
                  0.6 * 1.1 * style.font_pixels() * static_cast<double>(units.names.size()) - room) +
               " names them all");
  option["grid"]["right"] = std::round(std::min(longest, widest) + 1.5 * style.font_pixels());
  option["xAxis"] = category_axis(style, times.names, true);
  option["xAxis"]["boundaryGap"] = false;
  option["yAxis"] = value_axis(style, figure.y_label, false);
  option["yAxis"]["inverse"] = true;
  option["yAxis"]["min"] = 1;
  option["yAxis"]["minInterval"] = 1;
  return option;
}

}  // namespace panelist::figure
