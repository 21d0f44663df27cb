// SPDX-License-Identifier: Apache-2.0
// Marginal effects with their bands, likelihood ratios of thresholds.
#include <fmt/format.h>

#include "base/text.h"
#include "report/shape_tables.h"
#include "report/table_words.h"
#include "study/run/figure_sources.h"
#include "study/run/result_numbers.h"
#include "study/run/shapes.h"

namespace panelist::study {
namespace {

using nlohmann::ordered_json;

constexpr int points_of_a_curve = 41;

std::string words(const Source& source, const char* key, const std::vector<std::string>& parts = {}) {
  return table_words(key, source.work.study->lang, parts);
}

// The last column of numbers of every point, and the pointwise and the uniform band as two series.
struct Band {
  std::vector<double> x, estimate, low, high;
  std::vector<std::string> group;
  void add(double at, const ordered_json& point, const std::string& name, bool uniform) {
    x.push_back(at);
    estimate.push_back(number_of(point.at("estimate")));
    low.push_back(number_of(uniform ? point.at("uniform")[0] : point.at("conf_low")));
    high.push_back(number_of(uniform ? point.at("uniform")[1] : point.at("conf_high")));
    group.push_back(name);
  }
};

Figure curve_of(const Source& source, const ordered_json& effects) {
  Figure figure = figure_of(source, "marginal_effects", effects.at("x").get<std::string>());
  Band band;
  for (const bool uniform : {true, false})
    for (const ordered_json& point : effects.at("points"))
      band.add(number_of(point.at("value")), point,
               words(source, uniform ? "uniform_band" : "pointwise_band"), uniform);
  figure.data.set("x", Column::numbers(band.x));
  figure.data.set("estimate", Column::numbers(band.estimate));
  figure.data.set("low", Column::numbers(band.low));
  figure.data.set("high", Column::numbers(band.high));
  figure.data.set("group", Column::texts(band.group));
  return figure;
}

// A moderator with groups: an interval a group.
Figure intervals_of(const Source& source, const ordered_json& effects) {
  Figure figure = figure_of(source, "coefficients", effects.at("x").get<std::string>());
  Band band;
  for (const ordered_json& point : effects.at("points"))
    band.add(0, point, point.at("group").get<std::string>(), false);
  figure.data.set("term", Column::texts(band.group));
  figure.data.set("estimate", Column::numbers(band.estimate));
  figure.data.set("low", Column::numbers(band.low));
  figure.data.set("high", Column::numbers(band.high));
  return figure;
}

}  // namespace

std::vector<Figure> marginal_effect_figures(const Source& source) {
  ordered_json effects;
  if (source.entry.shape) {
    TableEntry entry;
    entry.id = "marginal_effects";
    ShapeEntry asked = *source.entry.shape;
    if (asked.points == 0 && asked.at.empty()) asked.points = points_of_a_curve;
    effects = to_json(marginal_result(source.work, entry, asked).effects);
  } else {
    effects = table_shown(source, "marginal_effects").json.at("marginal_effects");
  }
  const bool grouped = effects.at("points")[0].contains("group");
  Figure figure = grouped ? intervals_of(source, effects) : curve_of(source, effects);
  const std::string by = label_of(source.work, effects.at("by").get<std::string>());
  const std::string effect =
      words(source, "effect_of", {label_of(source.work, effects.at("x").get<std::string>())});
  if (source.entry.title.empty()) figure.title = effect;
  name_axes(figure, source.entry, grouped ? effect : by, grouped ? "" : effect);
  return {figure};
}

std::vector<Figure> threshold_figures(const Source& source) {
  const BuiltTable& built = table_shown(source, "threshold");
  const ordered_json& model = built.json.at("threshold");
  std::vector<Figure> figures;
  for (const ordered_json& threshold : model.at("thresholds")) {
    Figure figure = figure_of(source, "threshold", source.entry.names.at(0).text);
    std::vector<double> at, ratio;
    for (const ordered_json& pair : threshold.at("ratio")) {
      at.push_back(number_of(pair[0]));
      ratio.push_back(number_of(pair[1]));
    }
    const std::vector<double> critical(at.size(), number_of(model.at("critical_ratio")));
    figure.data.set("threshold", Column::numbers(std::move(at)));
    figure.data.set("ratio", Column::numbers(std::move(ratio)));
    figure.data.set("critical", Column::numbers(critical));
    if (source.entry.title.empty()) figure.title = built.table.title;
    if (model.at("thresholds").size() > 1)
      figure.title += fmt::format("{}{}",
                                  figure.title.empty()      ? ""
                                  : in_chinese(source.work) ? "："
                                                            : ": ",
                                  words(source, "threshold_value", {std::to_string(figures.size() + 1)}));
    name_axes(figure, source.entry, label_of(source.work, model.at("by").get<std::string>()),
              words(source, "likelihood_ratio"));
    figures.push_back(std::move(figure));
  }
  return figures;
}

}  // namespace panelist::study
