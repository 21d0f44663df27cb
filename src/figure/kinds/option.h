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
  std::size_t series = 0;  // its colour, shape and dash
};
// By the text column `group`: those of figure.groups in their order, then in order of first appearance.
std::vector<Group> groups_of(const Figure& figure);

std::span<const double> numbers_of(const Figure& figure, std::string_view column);
// A number, or null where it is missing or infinite.
Json number(double value);
Json pair_of(double x, double y);
// A number as it is read in print: with as many decimals as asked and a true minus sign.
std::string printed(double value, int decimals);
// Marks are smaller in small figures.
double mark_size(const FigureStyle& style, double usual);
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
// A horizontal one names its periods; a vertical one its rows, in `room` pixels (0: about what a plot takes of the figure).
Json category_axis(const FigureStyle& style, const std::vector<std::string>& names, bool horizontal,
                   double room = 0);
// Room for axis names; a legend above when there are names.
void add_grid(Json& option, const FigureStyle& style, const std::vector<std::string>& legend = {});
// Height that is left for the plot under its legend and above its axis.
double room_below_legend(const Json& option, const FigureStyle& style);
// In place of the legend of add_grid: small swatches for series of marks. Lines without symbols.
void legend_of_marks(Json& option, const FigureStyle& style, const std::vector<std::string>& names);
void legend_of_lines(Json& option);
// Says so where more lines stand than colours and dashes tell apart.
void check_lines(Json& option, const FigureStyle& style, std::size_t lines);
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
// The scale with its name above and room for both beside the plot.
void add_colour_scale(Json& option, const FigureStyle& style, const std::string& name,
                      std::pair<double, double> ends);
// Least and largest finite value, apart even when they are equal.
std::pair<double, double> range_of(std::span<const double> values);

void check_marks(const Figure& figure, std::size_t marks);

}  // namespace panelist::figure
