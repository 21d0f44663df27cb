// SPDX-License-Identifier: Apache-2.0
// Binned scatter: rows in order of x are cut into equal counts (20 unless `bins` says otherwise; rows with equal x stay
// together in the bin of the first), a dot stands at each bin's means, the line is least squares through all rows.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "figure/kinds/kinds.h"
#include "figure/kinds/labels.h"
#include "figure/kinds/option.h"

namespace panelist::figure {

namespace {

struct Points {
  std::vector<double> x, y;  // in order of x
};

Points sorted_points(const Figure& figure, const Group& group) {
  const std::span<const double> x = numbers_of(figure, "x"), y = numbers_of(figure, "y");
  std::vector<std::size_t> rows;
  for (const std::size_t row : group.rows)
    if (std::isfinite(x[row]) && std::isfinite(y[row])) rows.push_back(row);
  std::stable_sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return x[a] < x[b]; });
  Points points;
  for (const std::size_t row : rows) points.x.push_back(x[row]), points.y.push_back(y[row]);
  return points;
}

Json bin_means(const Points& points, std::size_t bins) {
  Json means = Json::array();
  const std::size_t n = points.x.size();
  std::size_t begin = 0;
  for (std::size_t bin = 1; bin <= bins && begin < n; ++bin) {
    std::size_t end = std::max(begin, n * bin / bins);
    while (end > begin && end < n && points.x[end] == points.x[end - 1]) ++end;
    if (end == begin) continue;
    double x = 0, y = 0;
    for (std::size_t i = begin; i < end; ++i) x += points.x[i], y += points.y[i];
    means.push_back(pair_of(x / static_cast<double>(end - begin), y / static_cast<double>(end - begin)));
    begin = end;
  }
  return means;
}

// The ends of the least-squares line; none when x does not vary.
std::vector<std::array<double, 4>> fitted_line(const Points& points) {
  const auto n = static_cast<double>(points.x.size());
  if (points.x.empty() || points.x.front() == points.x.back()) return {};
  const double mean_x = std::accumulate(points.x.begin(), points.x.end(), 0.0) / n;
  const double mean_y = std::accumulate(points.y.begin(), points.y.end(), 0.0) / n;
  double xx = 0, xy = 0;
  for (std::size_t i = 0; i < points.x.size(); ++i) {
    xx += (points.x[i] - mean_x) * (points.x[i] - mean_x);
    xy += (points.x[i] - mean_x) * (points.y[i] - mean_y);
  }
  const double slope = xy / xx, from = points.x.front(), to = points.x.back();
  return {{from, mean_y + slope * (from - mean_x), to, mean_y + slope * (to - mean_x)}};
}

}  // namespace

Json binned_scatter_option(const Figure& figure, const FigureStyle& style) {
  const auto asked = figure.numbers.find("bins");
  const double bins = asked == figure.numbers.end() ? 20 : std::max(1.0, asked->second);
  Json option = start(style);
  std::vector<std::string> legend;
  const std::vector<Group> groups = groups_of(figure);
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const Points points = sorted_points(figure, groups[g]);
    Json dots = {{"type", "scatter"},
                 {"name", groups[g].name},
                 {"symbol", symbol(groups[g].series)},
                 {"symbolSize", mark_size(style, 7)},
                 {"itemStyle", {{"color", colour(style, groups[g].series)}}},
                 {"data", bin_means(points, static_cast<std::size_t>(bins))}};
    const std::vector<std::array<double, 4>> line = fitted_line(points);
    option["series"].push_back(segments(line, line_style(style, groups[g].series)));
    option["series"].push_back(reach(line));
    option["series"].push_back(std::move(dots));
    if (!groups[g].name.empty()) legend.push_back(groups[g].name);
  }
  add_grid(option, style);
  legend_of_marks(option, style, legend);
  option["xAxis"] = value_axis(style, figure.x_label, true);
  option["yAxis"] = value_axis(style, figure.y_label, false);
  return option;
}

}  // namespace panelist::figure
