// SPDX-License-Identifier: Apache-2.0
// The legend above the plot and the room it takes. Where it would take more than a third of the figure its letters shrink, then
// names that have no room are left out and counted.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "figure/kinds/labels.h"

namespace panelist::figure {

namespace {

constexpr double line_swatch = 2.2, mark_swatch = 0.8, item_gap = 1.0;  // letters' heights
constexpr double small_letters = 0.8, most_of_height = 0.36;

struct Legend {
  double letters = 1, height = 0;
  std::size_t named = 0;
};

double height_of(const FigureStyle& style, double lines) {
  return std::round(style.font_pixels() * (0.3 + (1.2 + 0.8 * item_gap) * lines));
}

// Lines the first `count` names take in the width of the figure.
double lines_of(const FigureStyle& style, const std::vector<std::string>& names, std::size_t count,
                double swatch) {
  const double font = style.font_pixels(), room = style.pixels(style.width_mm) - 2 * font;
  double lines = 1, used = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double item = (swatch + item_gap) * font + 5 + text_pixels(style, names[i]);
    if (used > 0 && used + item > room) lines += 1, used = 0;
    used += item;
  }
  return lines;
}

Legend legend_of(const FigureStyle& style, const std::vector<std::string>& names, double swatch) {
  const double most = most_of_height * style.pixels(style.height_mm);
  Legend legend;
  FigureStyle letters = style;
  for (legend.letters = 1;; legend.letters = small_letters) {
    letters.font_pt = style.font_pt * legend.letters;
    legend.named = names.size();
    legend.height = height_of(letters, lines_of(letters, names, names.size(), swatch));
    if (legend.height <= most) return legend;
    if (legend.letters < 1) break;
  }
  while (legend.named > 1 && legend.height > most) {
    --legend.named;
    legend.height = height_of(letters, lines_of(letters, names, legend.named, swatch));
  }
  return legend;
}

void remark_on_names(Json& option, const FigureStyle& style, const std::vector<std::string>& names,
                     const Legend& legend, double swatch) {
  FigureStyle letters = style;
  letters.font_pt *= small_letters;
  const double whole = height_of(letters, lines_of(letters, names, names.size(), swatch)) / most_of_height;
  remark(option, "figure.crowded",
         fmt::format("the legend has room for {} of {} groups", legend.named, names.size()),
         larger(style, "height", whole - style.pixels(style.height_mm)) +
             fmt::format(" names them all; at this size show at most {}", legend.named));
}

void add_legend(Json& option, const FigureStyle& style, std::vector<std::string> names, double swatch) {
  const Legend legend = legend_of(style, names, swatch);
  Json& place = option["legend"];
  if (legend.named < names.size()) remark_on_names(place, style, names, legend, swatch);
  names.resize(legend.named);
  const double font = style.font_pixels() * legend.letters;
  Json words = text_style(style, legend.letters);
  words["width"] = std::round(style.pixels(style.width_mm) - (swatch + 3) * font);
  words["overflow"] = "truncate";
  place.update({{"data", names},
                {"top", 2},
                {"type", "plain"},
                {"itemWidth", std::round(font * swatch)},
                {"itemGap", std::round(font * (names.size() > 12 ? 0.8 : item_gap))},
                {"itemHeight", std::round(font * 0.8)},
                {"textStyle", std::move(words)}});
  option["grid"]["top"] = legend.height;
}

}  // namespace

void add_grid(Json& option, const FigureStyle& style, const std::vector<std::string>& legend) {
  const double font = style.font_pixels();
  option["grid"] = {{"left", std::round(font * 1.2)}, {"right", std::round(font * 1.6)},
                    {"top", std::round(font)},        {"bottom", std::round(font * 0.6)},
                    {"outerBoundsMode", "same"},  // axis labels and names lie inside
                    {"outerBoundsContain", "all"}};
  if (!legend.empty()) add_legend(option, style, legend, line_swatch);
}

double room_below_legend(const Json& option, const FigureStyle& style) {
  const double axis = 3.8 * style.font_pixels();
  return std::max(style.font_pixels(),
                  style.pixels(style.height_mm) - option["grid"]["top"].get<double>() - axis);
}

void legend_of_marks(Json& option, const FigureStyle& style, const std::vector<std::string>& names) {
  if (!names.empty()) add_legend(option, style, names, mark_swatch);
}

void legend_of_lines(Json& option) {
  if (option.contains("legend")) option["legend"]["itemStyle"] = {{"opacity", 0}};
}

void check_lines(Json& option, const FigureStyle& style, std::size_t lines) {
  const std::size_t colours = style.palette.empty() ? 8 : style.palette.size();
  const std::size_t most = style.grey ? 6 : 2 * colours;
  if (lines <= most) return;
  remark(option, "figure.crowded", fmt::format("{} lines are more than can be told apart", lines),
         fmt::format("show at most {} groups, or draw a `ridge` or a `heat_map`", most));
}

}  // namespace panelist::figure
