// SPDX-License-Identifier: Apache-2.0
// A value by region of any GeoJSON (RFC 7946): features are found by a property, `name` unless said.
#include <fmt/format.h>

#include <cmath>
#include <set>

#include "base/diagnostic.h"
#include "base/text.h"
#include "figure/kinds/kinds.h"
#include "figure/kinds/labels.h"
#include "figure/kinds/option.h"

namespace panelist {

namespace {

using figure::Json;

[[noreturn]] void throw_bad_map(const Figure& figure, const std::string& words) {
  throw Error("figure.bad_map", "the map cannot be read: " + words,
              "it has to be a GeoJSON FeatureCollection of polygons", figure.id);
}

// The first names of a list, and how many there are.
std::string first_of(const std::vector<std::string>& names) {
  constexpr std::size_t most = 8;
  if (names.size() <= most) return join(names, ", ");
  const std::vector<std::string> first(names.begin(), names.begin() + most);
  return fmt::format("{}, ... ({} in all)", join(first, ", "), names.size());
}

}  // namespace

std::vector<std::string> map_regions(const Figure& figure) {
  const Json map = Json::parse(figure.map, nullptr, false);
  if (map.is_discarded()) throw_bad_map(figure, figure.map.empty() ? "none is given" : "it is not JSON");
  if (!map.is_object() || !map.contains("features") || !map["features"].is_array())
    throw_bad_map(figure, "it has no features");
  std::vector<std::string> names;
  for (const Json& feature : map["features"]) {
    if (!feature.is_object() || !feature.contains("geometry"))
      throw_bad_map(figure, "a feature has no geometry");
    const Json properties = feature.value("properties", Json::object());
    if (properties.is_object() && properties.contains(figure.map_key) &&
        properties[figure.map_key].is_string())
      names.push_back(properties[figure.map_key].get<std::string>());
  }
  return names;
}

std::vector<std::string> unmatched_regions(const Figure& figure) {
  const std::vector<std::string> regions = map_regions(figure);
  const std::set<std::string> known(regions.begin(), regions.end());
  std::vector<std::string> unmatched;
  for (const std::string& name : figure::categories_of(figure, "region").names)
    if (!known.contains(name)) unmatched.push_back(name);
  return unmatched;
}

namespace figure {

namespace {

// White where the scale begins in grey.
const char* no_data_colour(const FigureStyle& style) { return style.grey ? "#ffffff" : "#eeeeee"; }

}  // namespace

Json map_option(const Figure& figure, const FigureStyle& style) {
  const Categories regions = categories_of(figure, "region");
  const std::vector<std::string> unmatched = unmatched_regions(figure);
  if (unmatched.size() == regions.names.size())
    throw Error("figure.no_region_matches", "the map knows none of the regions: " + first_of(unmatched),
                "say which property of its features holds the names (`" + figure.map_key + "` was looked at)",
                figure.id);
  const std::span<const double> value = numbers_of(figure, "value");
  Json data = Json::array();
  for (std::size_t row = 0; row < value.size(); ++row)
    if (regions.of_row[row] < regions.names.size() && std::isfinite(value[row]))
      data.push_back({{"name", regions.names[regions.of_row[row]]}, {"value", value[row]}});
  Json option = start(style);
  add_colour_scale(option, style, figure.value_label, range_of(value));
  const double right = option["grid"]["right"];
  option.erase("grid");
  const bool lacking = data.size() < map_regions(figure).size();
  if (lacking) {
    Json key = swatch_key(style, {{no_data_colour(style), figure.lang == "zh" ? "无数据" : "No data"}});
    key["left"] = 8;
    key["bottom"] = 4;
    option["title"].push_back(std::move(key));
  }
  option["series"].push_back(
      {{"type", "map"},
       {"map", figure.id.empty() ? "map" : figure.id},
       {"nameProperty", figure.map_key},
       {"left", 8},
       {"right", right},
       {"top", 8},
       {"bottom", lacking ? std::round(1.6 * style.font_pixels()) : 8},
       {"label", {{"show", false}}},
       {"itemStyle",
        {{"areaColor", no_data_colour(style)}, {"borderColor", "#777777"}, {"borderWidth", 0.5}}},
       {"emphasis", {{"label", {{"show", false}}}}},
       {"data", std::move(data)}});
  return option;
}

}  // namespace figure

}  // namespace panelist
