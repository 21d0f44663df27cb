// SPDX-License-Identifier: Apache-2.0
// Bars: weights of indicators, contributions, counts. Groups are stacked.
#include <cmath>

#include "figure/kinds/kinds.h"
#include "figure/kinds/option.h"

namespace panelist::figure {

std::string bars_option(const Figure& figure, const FigureStyle& style) {
  const Categories names = categories_of(figure, "name");
  const std::vector<Group> groups = groups_of(figure);
  const std::span<const double> value = numbers_of(figure, "value");
  check_marks(figure, names.names.size() * groups.size());
  Json option = start(style);
  std::vector<std::string> legend;
  for (std::size_t g = 0; g < groups.size(); ++g) {
    Json heights(std::vector<Json>(names.names.size()));
    for (const std::size_t row : groups[g].rows)
      if (names.of_row[row] < names.names.size()) heights[names.of_row[row]] = number(value[row]);
    Json bars = {{"type", "bar"},
                 {"name", groups[g].name},
                 {"itemStyle", {{"color", area_colour(style, g)}}},
                 {"barMaxWidth", std::round(1.6 * style.font_pixels())},
                 {"data", std::move(heights)}};
    if (groups.size() > 1) bars["stack"] = "all";
    option["series"].push_back(std::move(bars));
    if (!groups[g].name.empty()) legend.push_back(groups[g].name);
  }
  add_grid(option, style, legend);
  option["xAxis"] = value_axis(style, figure.x_label, true);
  option["xAxis"]["scale"] = false;
  option["yAxis"] = category_axis(style, names.names, false);
  option["yAxis"]["axisLabel"]["interval"] = 0;
  return option.dump();
}

}  // namespace panelist::figure
