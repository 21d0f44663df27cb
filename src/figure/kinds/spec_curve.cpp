// SPDX-License-Identifier: Apache-2.0
// Specification curve: estimates in order of size with their intervals, and below which choices each made. `choices` is a
// text of choices separated by "; ": "vcov: hc1; controls: LP+UL" stand under the names of their groups; of plain ones
// ("hc1; LP") those of the same place are a group without a name, where every row has as many. One `main` row (column, 1) is
// marked in both plots. Beyond `most_drawn` specifications evenly spaced ones are drawn, the first, last and main among them,
// and the intervals become a band.
// Source  Simonsohn, Simmons & Nelson (2020)
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"
#include "figure/kinds/kinds.h"
#include "figure/kinds/labels.h"
#include "figure/kinds/option.h"

namespace panelist::figure {

namespace {

constexpr std::size_t most_drawn = 400, most_whiskers = 200;

bool is_main(const Figure& figure, std::size_t row) {
  const Column* main = figure.data.find("main");
  return main != nullptr && !main->is_text() && main->cells()[row] == 1;
}

std::vector<std::size_t> order_by_size(std::span<const double> estimate) {
  std::vector<std::size_t> order;
  for (std::size_t row = 0; row < estimate.size(); ++row)
    if (std::isfinite(estimate[row])) order.push_back(row);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return estimate[a] < estimate[b]; });
  return order;
}

// A specification and its place among all, from 1.
struct Drawn {
  std::size_t row = 0;
  double place = 0;
};

std::vector<Drawn> drawn_of(const Figure& figure, const std::vector<std::size_t>& order) {
  std::vector<Drawn> drawn;
  std::size_t next = 0;  // of the evenly spaced ones
  const std::size_t count = order.size(), wanted = std::min(count, most_drawn);
  for (std::size_t place = 0; place < count; ++place) {
    const bool is_next = wanted < 2 || place >= next * (count - 1) / (wanted - 1);
    if (is_next) ++next;
    if (is_next || is_main(figure, order[place]))
      drawn.push_back({order[place], static_cast<double>(place + 1)});
  }
  return drawn;
}

struct Choice {
  std::string group, name;
  auto operator<=>(const Choice&) const = default;
};

std::vector<Choice> choices_in(const std::string& text, bool by_place) {
  std::vector<Choice> found;
  for (const std::string& part : split(text, ';')) {
    const std::string name(trim(part));
    if (name.empty()) continue;
    const std::size_t colon = name.find(": ");
    if (colon != std::string::npos && colon > 0)
      found.push_back({name.substr(0, colon), std::string(trim(name.substr(colon + 2)))});
    else
      found.push_back({by_place ? "\x01" + std::to_string(found.size()) : "", name});
  }
  return found;
}

// Every row makes as many choices, without names of groups: their places are the groups.
bool groups_by_place(const Column& column) {
  std::set<std::size_t> counts;
  for (std::size_t row = 0; row < column.size(); ++row) {
    const std::vector<Choice> choices = choices_in(column.text_at(row), false);
    counts.insert(choices.size());
    for (const Choice& choice : choices)
      if (!choice.group.empty()) return false;
  }
  return counts.size() == 1 && *counts.begin() > 1;
}

// Lines of the lower plot: heads of groups (or an empty line between groups without names), then their choices.
struct Lines {
  std::vector<std::string> names;
  std::vector<bool> is_head;
  std::map<Choice, std::size_t> place;
};

Lines lines_of(const Figure& figure) {
  const Column& column = figure.data.at("choices");
  const bool by_place = groups_by_place(column);
  std::vector<std::string> groups;
  std::map<std::string, std::vector<Choice>> members;
  std::set<Choice> known;
  for (std::size_t row = 0; row < column.size(); ++row)
    for (const Choice& choice : choices_in(column.text_at(row), by_place)) {
      if (!known.insert(choice).second) continue;
      if (!members.contains(choice.group)) groups.push_back(choice.group);
      members[choice.group].push_back(choice);
    }
  Lines lines;
  for (const std::string& group : groups) {
    const bool is_named = !group.empty() && group[0] != '\x01';
    if (is_named || !lines.names.empty()) {
      lines.names.push_back(is_named ? group : "");
      lines.is_head.push_back(true);
    }
    for (const Choice& choice : members[group]) {
      lines.place[choice] = lines.names.size();
      lines.names.push_back(choice.name);
      lines.is_head.push_back(false);
    }
  }
  return lines;
}

Json estimates(const Figure& figure, const FigureStyle& style, const std::vector<Drawn>& drawn) {
  const std::span<const double> estimate = numbers_of(figure, "estimate");
  Json dots = {{"type", "scatter"},
               {"symbol", "circle"},
               {"symbolSize", drawn.size() > most_whiskers ? 2.0 : mark_size(style, 4)},
               {"itemStyle", {{"color", colour(style, 0)}}},
               {"z", 3},
               {"data", Json::array()}};
  for (const Drawn& each : drawn) {
    Json point = {{"value", pair_of(each.place, estimate[each.row])}};
    if (is_main(figure, each.row)) {
      point["symbolSize"] = mark_size(style, 9);
      point["symbol"] = "diamond";
      point["itemStyle"] = {{"color", colour(style, 1)}};
    }
    dots["data"].push_back(std::move(point));
  }
  dots["markLine"] = mark_line("yAxis", 0);
  for (const Drawn& each : drawn)
    if (is_main(figure, each.row)) dots["markLine"]["data"].push_back({{"xAxis", each.place}});
  return dots;
}

// Whiskers, or a band where they would lie on each other.
void add_intervals(Json& series, const Figure& figure, const FigureStyle& style,
                   const std::vector<Drawn>& drawn) {
  const std::span<const double> low = numbers_of(figure, "low"), high = numbers_of(figure, "high");
  if (drawn.size() > most_whiskers) {
    std::vector<std::array<double, 3>> band;
    for (const Drawn& each : drawn) band.push_back({each.place, low[each.row], high[each.row]});
    add_band(series, "intervals", band, style.grey ? "#555555" : colour(style, 0));
    return;
  }
  std::vector<std::array<double, 4>> ends;
  for (const Drawn& each : drawn) ends.push_back({each.place, low[each.row], each.place, high[each.row]});
  series.push_back(segments(ends, {{"color", "#9a9a9a"}, {"width", 1}, {"opacity", 1}}));
  series.push_back(reach(ends));
}

struct Sizes {
  double left = 0, lower = 0, line = 0;  // pixels: names, lower plot, one of its lines
};

Sizes sizes_of(const FigureStyle& style, const Lines& lines) {
  const double height = style.pixels(style.height_mm), font = style.font_pixels();
  double longest = 0;
  for (const std::string& name : lines.names) longest = std::max(longest, text_pixels(style, name));
  Sizes sizes;
  sizes.left = std::round(std::clamp(longest + 1.8 * font, 5 * font, 0.42 * style.pixels(style.width_mm)));
  const auto count = static_cast<double>(lines.names.size());
  sizes.lower = std::min(0.62 * height, 1.3 * font * count + font);
  sizes.line = (sizes.lower - 0.5 * font) / std::max(1.0, count);
  return sizes;
}

Json marks_of_choices(const Figure& figure, const FigureStyle& style, const std::vector<Drawn>& drawn,
                      const Lines& lines) {
  const Column& column = figure.data.at("choices");
  const bool by_place = groups_by_place(column);
  const Sizes sizes = sizes_of(style, lines);
  const double room = (style.pixels(style.width_mm) - sizes.left) / static_cast<double>(drawn.size() + 1);
  const Json size = Json::array({std::clamp(std::round(6 * room) / 10, 0.8, 4.0),
                                 std::round(10 * std::clamp(0.55 * sizes.line, 2.0, 7.0)) / 10});
  Json marks = {{"type", "scatter"}, {"symbol", "rect"},     {"symbolSize", size},
                {"xAxisIndex", 1},   {"yAxisIndex", 1},      {"itemStyle", {{"color", colour(style, 0)}}},
                {"silent", true},    {"data", Json::array()}};
  for (const Drawn& each : drawn)
    for (const Choice& choice : choices_in(column.text_at(each.row), by_place)) {
      const Json place = Json::array({each.place, lines.place.at(choice)});
      if (!is_main(figure, each.row))
        marks["data"].push_back(place);
      else
        marks["data"].push_back({{"value", place},
                                 {"symbolSize", {std::max(3.0, size[0].get<double>()), size[1]}},
                                 {"itemStyle", {{"color", colour(style, 1)}}}});
    }
  return marks;
}

Json grids_of(const FigureStyle& style, const Sizes& sizes, std::size_t lines_of_name) {
  const double font = style.font_pixels(), named = 1.15 * font * static_cast<double>(lines_of_name);
  return Json::array({{{"left", sizes.left},
                       {"right", font},
                       {"top", font},
                       {"bottom", std::round(sizes.lower + named + 1.1 * font)},
                       {"outerBoundsMode", "none"}},
                      {{"left", sizes.left},
                       {"right", font},
                       {"bottom", std::round(0.5 * font)},
                       {"height", std::round(sizes.lower - 0.5 * font)},
                       {"outerBoundsMode", "none"}}});
}

Json place_axis(const FigureStyle& style, const std::string& name, std::size_t count) {
  Json axis = value_axis(style, name, true);
  axis["min"] = 0;
  axis["max"] = count + 1;
  axis["axisLabel"]["show"] = false;
  axis["axisTick"]["show"] = false;
  axis["nameGap"] = std::round(0.5 * style.font_pixels());
  return axis;
}

Json names_axis(const FigureStyle& style, const Lines& lines, const Sizes& sizes) {
  FigureStyle narrow = style;  // names have the room left of the plot
  narrow.width_mm = (sizes.left - 1.2 * style.font_pixels()) / 0.34 * 25.4 / 96;
  Json names = category_axis(narrow, lines.names, false, sizes.lower - 0.5 * style.font_pixels());
  for (std::size_t i = 0; i < lines.names.size(); ++i)
    if (lines.is_head[i])
      names["data"][i] = {{"value", names["data"][i]}, {"textStyle", {{"fontWeight", "bold"}}}};
  names["gridIndex"] = 1;
  names["axisTick"]["show"] = false;
  return names;
}

// The horizontal axis says how many there are, and how many of them are drawn.
std::string counted(const Figure& figure, std::size_t all, std::size_t drawn) {
  const bool zh = figure.lang == "zh";
  if (drawn == all) return fmt::format(fmt::runtime(zh ? "{}（{}个）" : "{} ({})"), figure.x_label, all);
  return fmt::format(fmt::runtime(zh ? "{}（{}个，画出其中{}个）" : "{} ({}, of which {} are drawn)"),
                     figure.x_label, all, drawn);
}

}  // namespace

Json spec_curve_option(const Figure& figure, const FigureStyle& style) {
  const std::vector<std::size_t> order = order_by_size(numbers_of(figure, "estimate"));
  const std::vector<Drawn> drawn = drawn_of(figure, order);
  const Lines lines = lines_of(figure);
  check_marks(figure, lines.names.size() * most_whiskers);
  const Sizes sizes = sizes_of(style, lines);
  Json option = start(style);
  Json top = place_axis(style, counted(figure, order.size(), drawn.size()), order.size());
  const std::string name = top["name"];
  option["grid"] =
      grids_of(style, sizes, static_cast<std::size_t>(std::count(name.begin(), name.end(), '\n')) + 1);
  Json below = place_axis(style, "", order.size());
  below["gridIndex"] = 1;
  below["axisLine"]["show"] = false;
  FigureStyle upper = style;
  upper.height_mm -= sizes.lower * 25.4 / 96;
  option["xAxis"] = Json::array({std::move(top), std::move(below)});
  option["yAxis"] = Json::array({value_axis(upper, figure.y_label, false), names_axis(style, lines, sizes)});
  option["yAxis"][0]["scale"] = false;
  add_intervals(option["series"], figure, style, drawn);
  option["series"].push_back(estimates(figure, style, drawn));
  option["series"].push_back(marks_of_choices(figure, style, drawn, lines));
  for (const Drawn& each : drawn)
    if (is_main(figure, each.row)) {
      Json line = mark_line("xAxis", each.place);
      option["series"].back()["markLine"] = std::move(line);
    }
  return option;
}

}  // namespace panelist::figure
