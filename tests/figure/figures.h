// SPDX-License-Identifier: Apache-2.0
// Small data for each kind of chart, made here: kinds without an estimator yet are shown on these.
#pragma once
#include <cmath>
#include <string>
#include <vector>

#include "figure/drawing.h"

namespace panelist::testing {

inline Figure figure_of(const std::string& kind, Table data) {
  Figure figure;
  figure.id = kind;
  figure.kind = kind;
  figure.data = std::move(data);
  figure.x_label = "x axis";
  figure.y_label = "y axis";
  return figure;
}

inline Table intervals(const std::string& name, std::vector<double> places) {
  std::vector<double> estimate, low, high;
  for (std::size_t i = 0; i < places.size(); ++i) {
    estimate.push_back(std::sin(static_cast<double>(i)) / 3);
    low.push_back(estimate.back() - 0.2);
    high.push_back(estimate.back() + 0.25);
  }
  Table table;
  table.set(name, Column::numbers(std::move(places)));
  table.set("estimate", Column::numbers(estimate));
  table.set("low", Column::numbers(low));
  table.set("high", Column::numbers(high));
  return table;
}

inline Table panel(const std::string& unit_name, const std::string& value_name) {
  std::vector<std::string> units;
  std::vector<double> times, values;
  const std::vector<std::string> names = {"Anhui", "Beijing", "Fujian", "Gansu", "Hainan"};
  for (std::size_t u = 0; u < names.size(); ++u)
    for (int t = 0; t < 4; ++t) {
      units.push_back(names[u]);
      times.push_back(2018 + t);
      values.push_back(std::cos(1.7 * static_cast<double>(u) + t));
    }
  Table table;
  table.set(unit_name, Column::texts(units));
  table.set("time", Column::numbers(times, ColumnKind::integer));
  table.set(value_name, Column::numbers(values));
  return table;
}

inline Table two_groups(std::size_t rows) {
  std::vector<double> x, y;
  std::vector<std::string> group;
  for (std::size_t i = 0; i < rows; ++i) {
    x.push_back(std::fmod(static_cast<double>(i) * 0.61803398875, 1));
    y.push_back(x.back() * (i % 2 == 0 ? 1.0 : -0.5) + 0.1 * std::sin(static_cast<double>(i)));
    group.emplace_back(i % 2 == 0 ? "treated" : "control");
  }
  Table table;
  table.set("x", Column::numbers(x));
  table.set("y", Column::numbers(y));
  table.set("value", Column::numbers(y));
  table.set("group", Column::texts(group));
  return table;
}

inline Table with_terms() {
  Table table = intervals("place", {1, 2, 3, 4});
  table.set("term", Column::texts({"DT", "LP", "UL", "GAP"}));
  return table;
}

inline Table with_choices() {
  Table table = intervals("place", {1, 2, 3, 4, 5});
  table.set("choices",
            Column::texts({"hc1", "hc1; LP", "hc1; LP; UL", "cluster(province)", "cluster(province); LP"}));
  return table;
}

inline Table named_values(const std::string& name) {
  Table table;
  table.set(name, Column::texts({"West", "East", "North"}));
  table.set("value", Column::numbers({0.2, 0.5, 0.3}));
  return table;
}

inline Table grouped_values() {
  Table table;
  table.set("name", Column::texts({"weights", "weights", "scaling", "scaling"}));
  table.set("value", Column::numbers({0.2, 0.5, 0.3, 0.35}));
  table.set("group", Column::texts({"first order", "total", "first order", "total"}));
  return table;
}

inline Table ranges_of_ranks() {
  Table table;
  table.set("name", Column::texts({"West", "East", "North"}));
  table.set("low", Column::numbers({1, 1, 2}));
  table.set("mid", Column::numbers({1, 2, 3}));
  table.set("high", Column::numbers({2, 3, 3}));
  return table;
}

inline Table thresholds() {
  std::vector<double> at, ratio;
  for (int i = 0; i < 50; ++i) {
    at.push_back(0.02 * i);
    ratio.push_back(400 * (at.back() - 0.4) * (at.back() - 0.4));
  }
  Table table;
  table.set("threshold", Column::numbers(at));
  table.set("ratio", Column::numbers(ratio));
  table.set("critical", Column::numbers(std::vector<double>(50, 7.35)));
  return table;
}

inline Table missing_cells() {
  Table table = panel("variable", "missing");
  std::vector<double> missing;
  for (std::size_t i = 0; i < table.rows(); ++i) missing.push_back(i % 3 == 0 ? 1 : 0);
  table.set("missing", Column::numbers(missing));
  return table;
}

inline constexpr const char* squares = R"({"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"name":"West"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,2],[0,2],[0,0]]]}},
{"type":"Feature","properties":{"name":"East"},"geometry":{"type":"Polygon","coordinates":[[[1,0],[2,0],[2,2],[1,2],[1,0]]]}},
{"type":"Feature","properties":{"name":"North"},"geometry":{"type":"MultiPolygon","coordinates":[[[[0,2],[2,2],[1,3],[0,2]]]]}}]})";

inline std::vector<Figure> one_of_each() {
  std::vector<Figure> figures = {
      figure_of("coefficients", with_terms()),
      figure_of("event_study", intervals("time", {-3, -2, -1, 0, 1, 2})),
      figure_of("marginal_effects", intervals("x", {0, 1, 2, 3, 4})),
      figure_of("threshold", thresholds()),
      figure_of("spec_curve", with_choices()),
      figure_of("binned_scatter", two_groups(400)),
      figure_of("trend", two_groups(12)),
      figure_of("density", two_groups(60)),
      figure_of("ridge", two_groups(60)),
      figure_of("heat_map", panel("unit", "value")),
      figure_of("bars", named_values("name")),
      figure_of("grouped_bars", grouped_values()),
      figure_of("rank_intervals", ranges_of_ranks()),
      figure_of("rank_flow", panel("unit", "value")),
      figure_of("map", named_values("region")),
      figure_of("panel_map", panel("unit", "value")),
      figure_of("missing_map", missing_cells()),
  };
  for (Figure& figure : figures)
    if (figure.kind == "map") figure.map = squares;
  return figures;
}

}  // namespace panelist::testing
