// SPDX-License-Identifier: Apache-2.0
// A figure is a plain data table and the kind of chart that shows it. What an estimator has to give is the table; the
// kind knows the picture. One description (an ECharts option, JSON without functions) is drawn everywhere: by the
// reader's browser in report.html, and by draw_svg (drawing.h) for print.
//
//   Figure figure{.id = "event", .kind = "event_study", .data = table};   // columns time, estimate, low, high
//   std::string option = chart_option(figure);
//
// Kinds are a catalog: one function and one line. Columns are named as the catalog says; further columns are left alone.
// Missing or infinite cells are gaps; how many is said by gaps_of. A kind that counts (density, binned_scatter,
// missing_map) takes raw rows, any number; marks of the others beyond `most_marks` are an error with the count.
// Errors  figure.unknown_kind (nearest named), figure.missing_column, figure.not_numeric, figure.no_data,
//         figure.too_many_marks, figure.bad_map, figure.no_region_matches
#pragma once
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "base/diagnostic.h"
#include "table/table.h"

namespace panelist {

struct FigureStyle {
  double width_mm = 150, height_mm = 90;
  double font_pt = 9;
  std::string font = "'Times New Roman','Liberation Serif','Noto Serif CJK SC',SimSun,serif";
  bool grey = false;                 // the grey palette; shapes and dashes tell series apart in either
  std::vector<std::string> palette;  // empty: Okabe & Ito (2008), which colour-blind readers can tell apart
  // These before the usual ones; "" leaves those as they are.
  void take_fonts(const std::string& latin, const std::string& chinese);
  [[nodiscard]] double pixels(double millimetres) const { return millimetres * 96 / 25.4; }
  [[nodiscard]] double font_pixels() const { return font_pt * 96 / 72; }
};

struct Figure {
  std::string id;
  int number = 0;
  std::string title;  // the caption; not drawn
  std::string kind;
  Table data;
  std::string x_label, y_label;  // "": the kind's own
  std::string value_label;       // of colours: the name of their scale
  std::vector<std::string>
      groups;  // order and so colours of group values; those not listed follow as they come
  std::vector<std::string> notes;
  std::string lang = "en";
  std::map<std::string, double> numbers;  // settings of a kind: "bins", "reference", "at"
  std::string map;                        // map: the GeoJSON text
  std::string map_key = "name";           // map: the property that holds a region's name
  FigureStyle style;
};

struct ChartColumn {
  std::string_view name;
  bool text = false, needed = true;
};

// What an axis (or a scale of colours) is called where the figure does not say.
struct AxisName {
  std::string_view en, zh;
};

struct ChartKind {
  std::string_view name;     // "coefficients"
  std::string_view summary;  // one line
  std::vector<ChartColumn> columns;
  nlohmann::ordered_json (*option)(const Figure& figure, const FigureStyle& style) = nullptr;
  AxisName x{}, y{}, value{};
  bool wants_several = true;  // one point alone is no picture
};

inline constexpr std::size_t most_marks = 20'000;

const std::vector<ChartKind>& chart_kinds();
const ChartKind* find_chart_kind(std::string_view name);
std::string chart_option(const Figure& figure);
// The names of a map's regions, in the order of its features.
std::vector<std::string> map_regions(const Figure& figure);
// Regions of a map's data that the GeoJSON does not know.
std::vector<std::string> unmatched_regions(const Figure& figure);

// What a figure of this size does not show in full, each once and counted, with the size, or the number of groups, that would:
// figure.crowded (names of rows, lines, legend), figure.shortened (labels), figure.one_point. Severity is warning.
std::vector<Diagnostic> remarks_on(const Figure& figure);

// Rows of the figure's needed columns that are missing or infinite.
std::size_t gaps_of(const Figure& figure);

}  // namespace panelist
