// SPDX-License-Identifier: Apache-2.0
// Bars: weights of indicators, contributions, counts. Groups are stacked, or stand beside each other.
#include <cmath>

#include "figure/kinds/kinds.h"
#include "figure/kinds/labels.h"
#include "figure/kinds/option.h"

namespace panelist::figure {

namespace {

Json option_of_bars(const Figure& figure, const FigureStyle& style, bool stacked) {
  const Categories names = categories_of(figure, "name");
  const std::vector<Group> groups = groups_of(figure);
  const std::span<const double> value = numbers_of(figure, "value");
  check_marks(figure, names.names.size() * groups.size());
  Json option = start(style);
  std::vector<std::string> legend;
  for (const Group& group : groups) {
    Json heights(std::vector<Json>(names.names.size()));
    for (const std::size_t row : group.rows)
      if (names.of_row[row] < names.names.size()) heights[names.of_row[row]] = number(value[row]);
    Json bars = {{"type", "bar"},
                 {"name", group.name},
                 {"itemStyle", {{"color", area_colour(style, group.series)}}},
                 {"barMaxWidth", std::round(1.6 * style.font_pixels())},
                 {"data", std::move(heights)}};
    if (groups.size() > 1 && stacked) bars["stack"] = "all";
    option["series"].push_back(std::move(bars));
    if (!group.name.empty()) legend.push_back(group.name);
  }
  add_grid(option, style);
  legend_of_marks(option, style, legend);
  option["xAxis"] = value_axis(style, figure.x_label, true);
  option["xAxis"]["scale"] = false;
  option["yAxis"] = category_axis(style, names.names, false, room_below_legend(option, style));
  return option;
}

}  // namespace

Json bars_option(const Figure& figure, const FigureStyle& style) {
  return option_of_bars(figure, style, true);
}

Json grouped_bars_option(const Figure& figure, const FigureStyle& style) {
  return option_of_bars(figure, style, false);
}

}  // namespace panelist::figure
