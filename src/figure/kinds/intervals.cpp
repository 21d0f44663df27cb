// SPDX-License-Identifier: Apache-2.0
// Estimates with their intervals: on lines of their own, over time, as a curve with a band; and the likelihood ratio of a
// threshold.
#include <cmath>

#include "figure/kinds/kinds.h"
#include "figure/kinds/labels.h"
#include "figure/kinds/option.h"

namespace panelist::figure {

namespace {

std::vector<std::string> names_of(const std::vector<Group>& groups) {
  std::vector<std::string> names;
  for (const Group& group : groups)
    if (!group.name.empty()) names.push_back(group.name);
  return names;
}

struct Intervals {
  std::span<const double> estimate, low, high;
};

Intervals intervals_of(const Figure& figure) {
  return {numbers_of(figure, "estimate"), numbers_of(figure, "low"), numbers_of(figure, "high")};
}

// Groups stand side by side around their place.
double offset_of(std::size_t group, std::size_t groups, double widest) {
  const double spacing = std::min(widest, widest * 5 / static_cast<double>(std::max<std::size_t>(1, groups)));
  return groups < 2 ? 0 : spacing * (static_cast<double>(group) - 0.5 * (static_cast<double>(groups) - 1));
}

Json dots(const FigureStyle& style, const Group& group) {
  Json made = {{"type", "scatter"},
               {"name", group.name},
               {"symbol", symbol(group.series)},
               {"symbolSize", mark_size(style, 7)},
               {"itemStyle", {{"color", colour(style, group.series)}}},
               {"data", Json::array()}};
  return made;
}

Json whisker_style(const FigureStyle& style, std::size_t series) {
  return {{"color", colour(style, series)}, {"width", 1.4}, {"opacity", 1}};
}

double smallest_step(std::span<const double> values) {
  std::vector<double> sorted;
  for (const double value : values)
    if (std::isfinite(value)) sorted.push_back(value);
  std::sort(sorted.begin(), sorted.end());
  double step = 0;
  for (std::size_t i = 1; i < sorted.size(); ++i)
    if (const double gap = sorted[i] - sorted[i - 1]; gap > 0 && (step == 0 || gap < step)) step = gap;
  return step == 0 ? 1 : step;
}

}  // namespace

namespace {

// The category axis holds names only; a hidden value axis over the same room carries the marks, so that groups can stand
// beside each other.
Json rows_of_intervals(const Figure& figure, const FigureStyle& style, const Categories& rows,
                       const Intervals& intervals) {
  const std::vector<Group> groups = groups_of(figure);
  Json option = start(style);
  add_grid(option, style);
  legend_of_marks(option, style, names_of(groups));
  const auto places = static_cast<double>(rows.names.size());
  option["xAxis"] = value_axis(style, figure.x_label, true);
  option["yAxis"] =
      Json::array({category_axis(style, rows.names, false, room_below_legend(option, style)),
                   {{"type", "value"}, {"min", 0}, {"max", places}, {"inverse", true}, {"show", false}}});
  for (std::size_t g = 0; g < groups.size(); ++g) {
    Json marks = dots(style, groups[g]);
    std::vector<std::array<double, 4>> ends;
    for (const std::size_t row : groups[g].rows) {
      const double place = static_cast<double>(rows.of_row[row]) + 0.5 + offset_of(g, groups.size(), 0.18);
      marks["data"].push_back(pair_of(intervals.estimate[row], place));
      ends.push_back({intervals.low[row], place, intervals.high[row], place});
    }
    marks["yAxisIndex"] = 1;
    for (Json series : {segments(ends, whisker_style(style, groups[g].series)), reach(ends)}) {
      series["yAxisIndex"] = 1;
      option["series"].push_back(std::move(series));
    }
    option["series"].push_back(std::move(marks));
  }
  return option;
}

}  // namespace

Json coefficients_option(const Figure& figure, const FigureStyle& style) {
  check_marks(figure, figure.data.rows());
  Json option = rows_of_intervals(figure, style, categories_of(figure, "term"), intervals_of(figure));
  option["xAxis"]["scale"] = false;  // the line at zero always stands
  option["series"][2]["markLine"] = mark_line("xAxis", 0);
  return option;
}

Json rank_intervals_option(const Figure& figure, const FigureStyle& style) {
  check_marks(figure, figure.data.rows());
  const Intervals ranks{numbers_of(figure, "mid"), numbers_of(figure, "low"), numbers_of(figure, "high")};
  Json option = rows_of_intervals(figure, style, categories_of(figure, "name"), ranks);
  option["xAxis"]["minInterval"] = 1;
  return option;
}

Json event_study_option(const Figure& figure, const FigureStyle& style) {
  check_marks(figure, figure.data.rows());
  const std::vector<Group> groups = groups_of(figure);
  const auto [estimate, low, high] = intervals_of(figure);
  const std::span<const double> time = numbers_of(figure, "time");
  const double spacing = 0.18 * smallest_step(time);
  Json option = start(style);
  add_grid(option, style);
  option["xAxis"] = value_axis(style, figure.x_label, true);
  const auto [first, last] = range_of(time);
  option["xAxis"]["axisLabel"]["showMinLabel"] = false;
  option["xAxis"]["axisLabel"]["showMaxLabel"] = false;
  option["xAxis"]["minInterval"] = 1;
  option["xAxis"]["min"] = std::floor(first) - 1;
  option["xAxis"]["max"] = std::ceil(last) + 1;
  legend_of_marks(option, style, names_of(groups));
  option["yAxis"] = value_axis(style, figure.y_label, false);
  option["yAxis"]["scale"] = false;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    Json marks = dots(style, groups[g]);
    std::vector<std::array<double, 4>> ends;
    for (const std::size_t row : groups[g].rows) {
      const double place = time[row] + offset_of(g, groups.size(), spacing);
      marks["data"].push_back(pair_of(place, estimate[row]));
      ends.push_back({place, low[row], place, high[row]});
    }
    if (g == 0) {
      marks["markLine"] = mark_line("yAxis", 0);
      if (const auto at = figure.numbers.find("reference"); at != figure.numbers.end())
        marks["markLine"]["data"].push_back({{"xAxis", at->second}});
    }
    option["series"].push_back(segments(ends, whisker_style(style, groups[g].series)));
    option["series"].push_back(reach(ends));
    option["series"].push_back(std::move(marks));
  }
  return option;
}

namespace {

// How many rows lie about each x: bars in the lowest fifth of the plot.
void add_histogram(Json& option, const Figure& figure, const FigureStyle& style) {
  const std::span<const double> x = numbers_of(figure, "x"), count = numbers_of(figure, "count");
  const auto [first, last] = range_of(x);
  const double places = (last - first) / smallest_step(x) + 1;
  Json bars = {{"type", "bar"},
               {"yAxisIndex", 1},
               {"silent", true},
               {"itemStyle", {{"color", "#bdbdbd"}}},
               {"barWidth", std::max(1.0, std::floor(0.8 * 0.8 * style.pixels(style.width_mm) / places))},
               {"data", Json::array()}};
  std::map<double, double> total;
  for (std::size_t row = 0; row < x.size(); ++row)
    if (std::isfinite(x[row] + count[row])) total[x[row]] = std::max(total[x[row]], count[row]);
  double most = 0;
  for (const auto& [at, rows] : total) {
    bars["data"].push_back(pair_of(at, rows));
    most = std::max(most, rows);
  }
  option["yAxis"] = Json::array(
      {option["yAxis"], {{"type", "value"}, {"min", 0}, {"max", 5 * std::max(1.0, most)}, {"show", false}}});
  option["series"].insert(option["series"].begin(), std::move(bars));
}

}  // namespace

Json marginal_effects_option(const Figure& figure, const FigureStyle& style) {
  check_marks(figure, figure.data.rows());
  const std::vector<Group> groups = groups_of(figure);
  const auto [estimate, low, high] = intervals_of(figure);
  const std::span<const double> x = numbers_of(figure, "x");
  Json option = start(style);
  add_grid(option, style, names_of(groups));
  legend_of_lines(option);
  option["xAxis"] = value_axis(style, figure.x_label, true);
  option["yAxis"] = value_axis(style, figure.y_label, false);
  option["yAxis"]["scale"] = false;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    Json line = line_series(style, groups[g].name, groups[g].series);
    line["symbol"] = "none";
    std::vector<std::array<double, 3>> band;
    for (const std::size_t row : groups[g].rows) {
      line["data"].push_back(pair_of(x[row], estimate[row]));
      band.push_back({x[row], low[row], high[row]});
    }
    if (g == 0) line["markLine"] = mark_line("yAxis", 0);
    add_band(option["series"], "band" + std::to_string(g), band, colour(style, groups[g].series));
    option["series"].push_back(std::move(line));
  }
  if (figure.data.has("count")) add_histogram(option, figure, style);
  return option;
}

Json threshold_option(const Figure& figure, const FigureStyle& style) {
  check_marks(figure, figure.data.rows());
  const std::span<const double> at = numbers_of(figure, "threshold"), ratio = numbers_of(figure, "ratio");
  Json option = start(style);
  add_grid(option, style);
  option["xAxis"] = value_axis(style, figure.x_label, true);
  option["yAxis"] = value_axis(style, figure.y_label, false);
  Json line = line_series(style, "", 0);
  line["symbol"] = "none";
  for (std::size_t row = 0; row < at.size(); ++row) line["data"].push_back(pair_of(at[row], ratio[row]));
  if (const Column* critical = figure.data.find("critical"); critical != nullptr)
    line["markLine"] = mark_line("yAxis", critical->cells()[0], colour(style, 1));
  option["series"].push_back(std::move(line));
  return option;
}

}  // namespace panelist::figure
