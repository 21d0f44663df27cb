// SPDX-License-Identifier: Apache-2.0
#include "figure/kinds/option.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/diagnostic.h"
#include "base/text.h"
#include "figure/kinds/labels.h"

namespace panelist::figure {

namespace {

constexpr const char* okabe_ito[] = {"#0072B2", "#D55E00", "#009E73", "#CC79A7",
                                     "#E69F00", "#56B4E9", "#000000", "#999933"};
constexpr const char* greys[] = {"#000000", "#6b6b6b", "#8f8f8f", "#3c3c3c", "#7d7d7d", "#a5a5a5"};
constexpr const char* grey_areas[] = {"#4d4d4d", "#a6a6a6", "#d4d4d4", "#7a7a7a", "#2b2b2b", "#c0c0c0"};
constexpr const char* symbols[] = {"circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect"};
constexpr const char* axis_grey = "#333333";
constexpr const char* grid_grey = "#e4e4e4";

// Dashes turn over once the colours are used up; in grey each series has its own.
Json dash_of(const FigureStyle& style, std::size_t series) {
  static const std::vector<Json> dashes = {"solid", Json::array({6, 3}), Json::array({2, 3}),
                                           Json::array({8, 3, 2, 3})};
  const std::size_t colours = style.palette.empty() ? std::size(okabe_ito) : style.palette.size();
  return dashes[(style.grey ? series : series / colours) % dashes.size()];
}

}  // namespace

std::vector<Group> groups_of(const Figure& figure) {
  const Column* column = figure.data.find("group");
  std::vector<Group> groups;
  if (column == nullptr) {
    groups.push_back({"", std::vector<std::size_t>(figure.data.rows())});
    for (std::size_t row = 0; row < figure.data.rows(); ++row) groups[0].rows[row] = row;
    return groups;
  }
  std::map<std::string, std::size_t> place;
  const auto add = [&](const std::string& name) {
    const auto [found, is_new] = place.try_emplace(name, groups.size());
    if (is_new) groups.push_back({name, {}, groups.size()});
    return found->second;
  };
  for (const std::string& name : figure.groups) add(name);
  for (std::size_t row = 0; row < figure.data.rows(); ++row)
    groups[add(column->text_at(row))].rows.push_back(row);
  std::erase_if(groups, [](const Group& group) { return group.rows.empty(); });
  return groups;
}

std::span<const double> numbers_of(const Figure& figure, std::string_view column) {
  return figure.data.at(column).cells();
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json pair_of(double x, double y) { return Json::array({number(x), number(y)}); }

std::string printed(double value, int decimals) { return replace_all(fixed(value, decimals), "-", "−"); }

double mark_size(const FigureStyle& style, double usual) {
  const FigureStyle whole;
  const double share = std::sqrt(style.width_mm * style.height_mm / (whole.width_mm * whole.height_mm));
  return std::round(10 * usual * std::clamp(share, 0.55, 1.0)) / 10;
}

Categories categories_of(const Figure& figure, std::string_view name) {
  const Column& column = figure.data.at(name);
  std::vector<std::size_t> order(column.size());
  for (std::size_t row = 0; row < order.size(); ++row) order[row] = row;
  if (!column.is_text())
    std::stable_sort(order.begin(), order.end(), [cells = column.cells()](std::size_t a, std::size_t b) {
      return std::isfinite(cells[a]) && (!std::isfinite(cells[b]) || cells[a] < cells[b]);
    });
  Categories categories{{}, std::vector<std::size_t>(column.size())};
  std::map<std::string, std::size_t> place;
  std::vector<std::size_t> missing;
  for (const std::size_t row : order) {
    if (column.is_missing(row)) {
      missing.push_back(row);
      continue;
    }
    const auto [found, is_new] = place.try_emplace(column.text_at(row), categories.names.size());
    if (is_new) categories.names.push_back(found->first);
    categories.of_row[row] = found->second;
  }
  for (const std::size_t row : missing) categories.of_row[row] = categories.names.size();
  return categories;
}

std::string colour(const FigureStyle& style, std::size_t series) {
  if (!style.palette.empty()) return style.palette[series % style.palette.size()];
  return style.grey ? greys[series % std::size(greys)] : okabe_ito[series % std::size(okabe_ito)];
}

std::string area_colour(const FigureStyle& style, std::size_t series) {
  const bool own = !style.palette.empty() || !style.grey;
  return own ? colour(style, series) : grey_areas[series % std::size(grey_areas)];
}

double text_pixels(const FigureStyle& style, const std::string& text) {
  return 0.52 * style.font_pixels() * static_cast<double>(display_width(text));
}

std::string symbol(std::size_t series) { return symbols[series % std::size(symbols)]; }

Json line_style(const FigureStyle& style, std::size_t series, double width) {
  return {{"color", colour(style, series)}, {"width", width}, {"type", dash_of(style, series)}};
}

Json text_style(const FigureStyle& style, double scale) {
  return {{"fontFamily", style.font},
          {"fontSize", std::round(10 * style.font_pixels() * scale) / 10},
          {"color", axis_grey}};
}

Json start(const FigureStyle& style) {
  return {{"animation", false},
          {"backgroundColor", "#ffffff"},
          {"textStyle", text_style(style)},
          {"tooltip", {{"trigger", "item"}, {"confine", true}}},
          {"series", Json::array()}};
}

namespace {

Json axis(const FigureStyle& style, const std::string& name, bool horizontal) {
  const double font = style.font_pixels();
  Json made = {{"name", ""},
               {"nameLocation", "middle"},
               {"nameGap", std::round(font * (horizontal ? 2.4 : 3.6))},
               {"nameTextStyle", text_style(style)},
               {"axisLabel", text_style(style)},
               {"axisLine", {{"show", true}, {"onZero", false}, {"lineStyle", {{"color", axis_grey}}}}},
               {"axisTick", {{"show", true}, {"lineStyle", {{"color", axis_grey}}}}}};
  name_axis(made, style, name, horizontal);
  return made;
}

}  // namespace

Json value_axis(const FigureStyle& style, const std::string& name, bool horizontal) {
  Json made = axis(style, name, horizontal);
  made["type"] = "value";
  made["scale"] = true;
  made["splitLine"] = {{"show", !horizontal}, {"lineStyle", {{"color", grid_grey}}}};
  if (horizontal) {  // narrow figures have room for few numbers
    const double room = 0.62 * style.pixels(style.width_mm) / (3.4 * style.font_pixels());
    made["splitNumber"] = std::clamp(std::floor(room), 2.0, 5.0);
  } else {  // and low ones
    const double room = 0.62 * style.pixels(style.height_mm) / (2.6 * style.font_pixels());
    made["splitNumber"] = std::clamp(std::floor(room), 1.0, 5.0);
  }
  made["axisLabel"]["hideOverlap"] = true;
  return made;
}

Json category_axis(const FigureStyle& style, const std::vector<std::string>& names, bool horizontal,
                   double room) {
  Json made = axis(style, "", horizontal);
  made["type"] = "category";
  made["splitLine"] = {{"show", false}};
  if (horizontal) {
    made["data"] = names;
    made["axisLabel"]["hideOverlap"] = true;
    return made;
  }
  made["inverse"] = true;  // as one reads: the first on top
  name_rows(made, style, names, room > 0 ? room : 0.8 * style.pixels(style.height_mm));
  return made;
}

Json reach(const std::vector<std::array<double, 4>>& ends) {
  Json data = Json::array();
  for (const auto& [x1, y1, x2, y2] : ends) {
    data.push_back(pair_of(x1, y1));
    data.push_back(pair_of(x2, y2));
  }
  return {{"type", "scatter"}, {"symbolSize", 0}, {"silent", true}, {"data", std::move(data)}};
}

Json mark_line(const std::string& name, double value, const std::string& line_colour) {
  return {{"silent", true},
          {"symbol", "none"},
          {"label", {{"show", false}}},
          {"lineStyle", {{"color", line_colour}, {"type", "dashed"}, {"width", 1}}},
          {"data", Json::array({Json{{name, value}}})}};
}

Json segments(const std::vector<std::array<double, 4>>& ends, const Json& style) {
  Json data = Json::array();
  for (const auto& [x1, y1, x2, y2] : ends)
    if (std::isfinite(x1 + y1 + x2 + y2)) data.push_back({{"coords", Json::array({{x1, y1}, {x2, y2}})}});
  return {{"type", "lines"},
          {"coordinateSystem", "cartesian2d"},
          {"silent", true},
          {"lineStyle", style},
          {"data", std::move(data)}};
}

Json line_series(const FigureStyle& style, const std::string& name, std::size_t series) {
  return {{"type", "line"},
          {"name", name},
          {"symbol", symbol(series)},
          {"symbolSize", mark_size(style, 5)},
          {"lineStyle", line_style(style, series)},
          {"itemStyle", {{"color", colour(style, series)}}},
          {"data", Json::array()}};
}

void add_band(Json& series, const std::string& stack, const std::vector<std::array<double, 3>>& x_low_high,
              const std::string& band_colour) {
  Json low = Json::array(), width = Json::array();
  for (const auto& [x, from, to] : x_low_high) {
    low.push_back(pair_of(x, from));
    width.push_back(pair_of(x, to - from));
  }
  const Json hidden = {{"type", "line"},   {"stack", stack}, {"stackStrategy", "all"},
                       {"symbol", "none"}, {"silent", true}, {"lineStyle", {{"opacity", 0}}}};
  Json lower = hidden, upper = hidden;
  lower["data"] = std::move(low);
  upper["data"] = std::move(width);
  upper["areaStyle"] = {{"color", band_colour}, {"opacity", 0.18}};
  series.push_back(std::move(lower));
  series.push_back(std::move(upper));
}

Json colour_scale(const FigureStyle& style, double low, double high) {
  const Json colours = style.grey ? Json::array({"#e4e4e4", "#868686", "#111111"})
                                  : Json::array({"#f7fbff", "#9ecae1", "#4292c6", "#08306b"});
  // Three digits of the larger end, and as many decimals at the other.
  const double largest = std::max(std::abs(low), std::abs(high));
  const int decimals =
      largest > 0 ? static_cast<int>(std::clamp(2 - std::floor(std::log10(largest)), 0.0, 12.0)) : 0;
  return {{"type", "continuous"},
          {"min", low},
          {"max", high},
          {"orient", "vertical"},
          {"right", 2},
          {"top", "middle"},
          {"calculable", false},
          {"precision", 3},
          {"itemWidth", std::round(style.font_pixels())},
          {"itemHeight", std::round(0.5 * style.pixels(style.height_mm))},
          {"textStyle", text_style(style, 0.9)},
          {"text", Json::array({printed(high, decimals), printed(low, decimals)})},
          {"inRange", {{"color", colours}}}};
}

void add_colour_scale(Json& option, const FigureStyle& style, const std::string& name,
                      std::pair<double, double> ends) {
  const double font = style.font_pixels(), height = style.pixels(style.height_mm);
  option["visualMap"] = colour_scale(style, ends.first, ends.second);
  const double room = std::min(std::max(5 * font, 0.14 * style.pixels(style.width_mm)),
                               std::max(5 * font, text_pixels(style, name) + 0.5 * font));
  option["grid"]["right"] = std::round(room);
  const Fitted fit = fitted(style, name, room - 0.4 * font, 4);
  Json words = text_style(style, 0.9);
  words["fontWeight"] = "normal";
  words["lineHeight"] = std::round(1.05 * font);
  const double above = 0.25 * height + 2.2 * font + 1.05 * font * static_cast<double>(fit.lines);
  option["title"].push_back({{"text", fit.text},
                             {"right", 2},
                             {"top", std::round(std::max(0.0, 0.5 * height - above))},
                             {"padding", 0},
                             {"textAlign", "right"},
                             {"textStyle", std::move(words)}});
}

std::pair<double, double> range_of(std::span<const double> values) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double value : values)
    if (std::isfinite(value)) low = std::min(low, value), high = std::max(high, value);
  if (low == high) low -= 0.5, high += 0.5;
  return {low, high};
}

void check_marks(const Figure& figure, std::size_t marks) {
  if (marks <= most_marks) return;
  throw Error("figure.too_many_marks",
              fmt::format("{} marks are too many to be told apart in a chart of kind `{}` (at most {})",
                          marks, figure.kind, most_marks),
              "count or average first: `binned_scatter` and `density` take any number of rows", figure.id);
}

}  // namespace panelist::figure
