// SPDX-License-Identifier: Apache-2.0
// Specification curve: estimates in order of size with their intervals, and below which choices each made. `choices` is a
// text of choices separated by "; " ("cluster(province); LP; UL"); one `main` row (column, 1) is marked.
// Source  Simonsohn, Simmons & Nelson (2020)
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "figure/kinds/kinds.h"
#include "figure/kinds/option.h"

namespace panelist::figure {

namespace {

std::vector<std::size_t> order_by_size(std::span<const double> estimate) {
  std::vector<std::size_t> order;
  for (std::size_t row = 0; row < estimate.size(); ++row)
    if (std::isfinite(estimate[row])) order.push_back(row);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return estimate[a] < estimate[b]; });
  return order;
}

struct Choices {
  std::vector<std::string> names;
  std::vector<std::pair<std::size_t, std::size_t>> marks;  // place in the order, choice
};

Choices choices_of(const Figure& figure, const std::vector<std::size_t>& order) {
  const Column& column = figure.data.at("choices");
  Choices choices;
  std::map<std::string, std::size_t> known;
  for (std::size_t place = 0; place < order.size(); ++place)
    for (const std::string& part : split(column.text_at(order[place]), ';')) {
      const std::string name(trim(part));
      if (name.empty()) continue;
      const auto [found, is_new] = known.try_emplace(name, choices.names.size());
      if (is_new) choices.names.push_back(name);
      choices.marks.emplace_back(place, found->second);
    }
  return choices;
}

Json curve(const Figure& figure, const FigureStyle& style, const std::vector<std::size_t>& order) {
  const std::span<const double> estimate = numbers_of(figure, "estimate");
  const Column* main = figure.data.find("main");
  Json dots = {{"type", "scatter"},
               {"symbol", "circle"},
               {"symbolSize", order.size() > 200 ? 2 : 4},
               {"itemStyle", {{"color", colour(style, 0)}}},
               {"data", Json::array()}};
  for (std::size_t place = 0; place < order.size(); ++place) {
    Json point = {{"value", pair_of(static_cast<double>(place + 1), estimate[order[place]])}};
    if (main != nullptr && main->cells()[order[place]] == 1) {
      point["symbolSize"] = 9;
      point["itemStyle"] = {{"color", colour(style, 1)}};
    }
    dots["data"].push_back(std::move(point));
  }
  dots["markLine"] = mark_line("yAxis", 0);
  return dots;
}

std::vector<std::array<double, 4>> interval_ends(const Figure& figure,
                                                 const std::vector<std::size_t>& order) {
  const std::span<const double> low = numbers_of(figure, "low"), high = numbers_of(figure, "high");
  std::vector<std::array<double, 4>> ends;
  for (std::size_t place = 0; place < order.size(); ++place) {
    const auto x = static_cast<double>(place + 1);
    ends.push_back({x, low[order[place]], x, high[order[place]]});
  }
  return ends;
}

Json whiskers(const std::vector<std::array<double, 4>>& ends) {
  return segments(ends, {{"color", "#9a9a9a"}, {"width", ends.size() > 200 ? 0.5 : 1}, {"opacity", 1}});
}

Json choice_marks(const FigureStyle& style, const Choices& choices) {
  Json marks = {{"type", "scatter"}, {"symbol", "rect"},     {"symbolSize", 3},
                {"xAxisIndex", 1},   {"yAxisIndex", 1},      {"itemStyle", {{"color", colour(style, 0)}}},
                {"large", false},    {"data", Json::array()}};
  for (const auto& [place, choice] : choices.marks) marks["data"].push_back({place + 1, choice});
  return marks;
}

// Two plots above each other that share their horizontal axis.
void add_two_grids(Json& option, const FigureStyle& style, const Figure& figure, const Choices& choices,
                   std::size_t count) {
  const double height = style.pixels(style.height_mm), font = style.font_pixels();
  double longest = 0;
  for (const std::string& name : choices.names) longest = std::max(longest, text_pixels(style, name));
  const double left =
      std::round(std::clamp(longest + 1.8 * font, 5 * font, 0.42 * style.pixels(style.width_mm)));
  const double lower =
      std::min(0.6 * height, 1.5 * font * static_cast<double>(choices.names.size()) + 1.5 * font);
  option["grid"] = Json::array({{{"left", left},
                                 {"right", font},
                                 {"top", font},
                                 {"bottom", std::round(lower + font)},
                                 {"outerBoundsMode", "none"}},
                                {{"left", left},
                                 {"right", font},
                                 {"bottom", std::round(0.5 * font)},
                                 {"height", std::round(lower - font)},
                                 {"outerBoundsMode", "none"}}});
  Json top = value_axis(style, "", true), below = top;
  for (Json* axis : {&top, &below}) {
    (*axis)["min"] = 0;
    (*axis)["max"] = count + 1;
    (*axis)["axisLabel"]["show"] = false;
    (*axis)["axisTick"]["show"] = false;
  }
  below["gridIndex"] = 1;
  below["axisLine"]["show"] = false;
  const Json estimates = value_axis(style, figure.y_label, false);
  Json names = category_axis(style, choices.names, false);
  names["gridIndex"] = 1;
  names["axisLabel"]["interval"] = 0;
  names["axisLabel"]["width"] = std::round(left - 1.5 * font);
  names["axisTick"]["show"] = false;
  option["xAxis"] = Json::array({top, below});
  option["yAxis"] = Json::array({estimates, names});
}

}  // namespace

std::string spec_curve_option(const Figure& figure, const FigureStyle& style) {
  const std::vector<std::size_t> order = order_by_size(numbers_of(figure, "estimate"));
  const Choices choices = choices_of(figure, order);
  check_marks(figure, order.size() + choices.marks.size());
  Json option = start(style);
  add_two_grids(option, style, figure, choices, order.size());
  const std::vector<std::array<double, 4>> ends = interval_ends(figure, order);
  option["series"].push_back(whiskers(ends));
  option["series"].push_back(reach(ends));
  option["series"].push_back(curve(figure, style, order));
  option["series"].push_back(choice_marks(style, choices));
  return option.dump();
}

}  // namespace panelist::figure
