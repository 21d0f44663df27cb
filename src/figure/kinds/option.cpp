// SPDX-License-Identifier: Apache-2.0
#include "figure/kinds/option.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/diagnostic.h"
#include "base/text.h"

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
  for (std::size_t row = 0; row < figure.data.rows(); ++row) {
    const std::string name = column->text_at(row);
    const auto [found, is_new] = place.try_emplace(name, groups.size());
    if (is_new) groups.push_back({name, {}});
    groups[found->second].rows.push_back(row);
  }
  return groups;
}

std::span<const double> numbers_of(const Figure& figure, std::string_view column) {
  return figure.data.at(column).cells();
}

Json number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json pair_of(double x, double y) { return Json::array({number(x), number(y)}); }

std::string tidy(double value) { return significant(value, 3); }

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
  return {{"name", name},
          {"nameLocation", "middle"},
          {"nameGap", std::round(font * (horizontal ? 2.4 : 3.6))},
          {"nameTextStyle", text_style(style)},
          {"axisLabel", text_style(style)},
          {"axisLine", {{"show", true}, {"onZero", false}, {"lineStyle", {{"color", axis_grey}}}}},
          {"axisTick", {{"show", true}, {"lineStyle", {{"color", axis_grey}}}}}};
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
    made["axisLabel"]["hideOverlap"] = true;
  }
  return made;
}

Json category_axis(const FigureStyle& style, const std::vector<std::string>& names, bool horizontal) {
  Json made = axis(style, "", horizontal);
  made["type"] = "category";
  made["data"] = names;
  made["splitLine"] = {{"show", false}};
  if (!horizontal) {  // as one reads: the first on top
    made["inverse"] = true;
    made["axisLabel"]["width"] = std::round(0.34 * style.pixels(style.width_mm));
    const double room =
        0.8 * style.pixels(style.height_mm) / static_cast<double>(std::max<std::size_t>(1, names.size()));
    made["axisLabel"]["overflow"] = room > 2.4 * style.font_pixels() ? "break" : "truncate";
  }
  return made;
}

namespace {

constexpr double line_swatch = 2.2, mark_swatch = 0.8, item_gap = 1.0;  // letters' heights

// Room for the lines a legend takes in the width of the figure.
double legend_height(const FigureStyle& style, const std::vector<std::string>& legend, double swatch) {
  const double font = style.font_pixels(), room = style.pixels(style.width_mm) - 2 * font;
  double lines = 1, used = 0;
  for (const std::string& name : legend) {
    const double item = (swatch + item_gap) * font + 5 + text_pixels(style, name);
    if (used > 0 && used + item > room) lines += 1, used = 0;
    used += item;
  }
  return std::round(font * (0.3 + (1.2 + item_gap) * lines));
}

}  // namespace

void add_grid(Json& option, const FigureStyle& style, const std::vector<std::string>& legend) {
  const double font = style.font_pixels();
  const bool named = !legend.empty();
  option["grid"] = {{"left", std::round(font * 1.2)},
                    {"right", std::round(font * 1.6)},
                    {"top", named ? legend_height(style, legend, line_swatch) : std::round(font)},
                    {"bottom", std::round(font * 0.6)},
                    {"outerBoundsMode", "same"},  // axis labels and names lie inside
                    {"outerBoundsContain", "all"}};
  if (named)
    option["legend"] = {{"data", legend},
                        {"top", 2},
                        {"type", "plain"},
                        {"itemWidth", std::round(font * line_swatch)},
                        {"itemGap", std::round(font * item_gap)},
                        {"itemHeight", std::round(font * 0.8)},
                        {"textStyle", text_style(style)}};
}

void legend_of_marks(Json& option, const FigureStyle& style) {
  if (!option.contains("legend")) return;
  option["legend"]["itemWidth"] = std::round(style.font_pixels() * mark_swatch);
  option["grid"]["top"] =
      legend_height(style, option["legend"]["data"].get<std::vector<std::string>>(), mark_swatch);
}

void legend_of_lines(Json& option) {
  if (option.contains("legend")) option["legend"]["itemStyle"] = {{"opacity", 0}};
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
          {"symbolSize", 5},
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
  const Json colours = style.grey ? Json::array({"#f5f5f5", "#8c8c8c", "#111111"})
                                  : Json::array({"#f7fbff", "#9ecae1", "#4292c6", "#08306b"});
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
          {"text", Json::array({tidy(high), tidy(low)})},
          {"inRange", {{"color", colours}}}};
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
