// SPDX-License-Identifier: Apache-2.0
// Parts of chart options that kinds share: fonts, axes, legends, palettes, series of marks.
#pragma once
#include <array>
#include <nlohmann/json.hpp>
#include <span>

#include "figure/figure.h"

namespace panelist::figure {

using Json = nlohmann::ordered_json;

// Points of one series, in the order of the rows.
struct Group {
  std::string name;  // "" when the figure has no column `group`
  std::vector<std::size_t> rows;
};
// By the text column `group`, in order of first appearance.
std::vector<Group> groups_of(const Figure& figure);

std::span<const double> numbers_of(const Figure& figure, std::string_view column);
// A number, or null where it is missing or infinite.
Json number(double value);
Json pair_of(double x, double y);
// Three significant digits, for the ends of a colour scale.
std::string tidy(double value);
// The distinct texts of a column in order of first appearance (numbers: ascending, in their shortest form).
struct Categories {
  std::vector<std::string> names;
  std::vector<std::size_t> of_row;  // names.size() where missing
};
Categories categories_of(const Figure& figure, std::string_view column);

std::string colour(const FigureStyle& style, std::size_t series);
// Of bars and cells: greys far enough apart without outlines, and none black.
std::string area_colour(const FigureStyle& style, std::size_t series);
// About as wide as a text is drawn.
double text_pixels(const FigureStyle& style, const std::string& text);
std::string symbol(std::size_t series);
Json line_style(const FigureStyle& style, std::size_t series, double width = 1.5);

// Animation off, fonts, palette, white ground, no title.
Json start(const FigureStyle& style);
Json value_axis(const FigureStyle& style, const std::string& name, bool horizontal);
Json category_axis(const FigureStyle& style, const std::vector<std::string>& names, bool horizontal);
// Room for axis names; a legend above when there are names.
void add_grid(Json& option, const FigureStyle& style, const std::vector<std::string>& legend = {});
// Small swatches for series of marks; lines without symbols.
void legend_of_marks(Json& option, const FigureStyle& style);
void legend_of_lines(Json& option);
Json text_style(const FigureStyle& style, double scale = 1);

// A straight line across the plot at `value`.
Json mark_line(const std::string& axis, double value, const std::string& colour = "#666666");
// Segments of one series: intervals, steps.
Json segments(const std::vector<std::array<double, 4>>& ends, const Json& style);
// Segments alone do not stretch an axis: the same ends as marks of no size.
Json reach(const std::vector<std::array<double, 4>>& ends);
Json line_series(const FigureStyle& style, const std::string& name, std::size_t series);
// The area between two curves: two stacked lines without symbols, the lower one invisible.
void add_band(Json& series, const std::string& stack, const std::vector<std::array<double, 3>>& x_low_high,
              const std::string& colour);

// A continuous scale at the right; lightness falls evenly, so that the order survives a grey printer.
Json colour_scale(const FigureStyle& style, double low, double high);
// Least and largest finite value, apart even when they are equal.
std::pair<double, double> range_of(std::span<const double> values);

void check_marks(const Figure& figure, std::size_t marks);

}  // namespace panelist::figure
