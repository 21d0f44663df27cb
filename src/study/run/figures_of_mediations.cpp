// SPDX-License-Identifier: Apache-2.0
// Indirect effects over the values of a moderator, with their band.
#include "report/table_words.h"
#include "study/run/figure_sources.h"
#include "study/run/result_numbers.h"

namespace panelist::study {

using nlohmann::ordered_json;

namespace {

void fill_band(const ordered_json& curve, Figure& figure) {
  std::vector<double> x, estimate, low, high;
  for (const ordered_json& point : curve) {
    x.push_back(number_of(point.at("value")));
    estimate.push_back(number_of(point.at("estimate")));
    low.push_back(number_of(point.at("low")));
    high.push_back(number_of(point.at("high")));
  }
  figure.data.set("x", Column::numbers(x));
  figure.data.set("estimate", Column::numbers(estimate));
  figure.data.set("low", Column::numbers(low));
  figure.data.set("high", Column::numbers(high));
}

// Numbered where there are several.
std::string id_of(const Source& source, std::size_t figures, std::size_t number) {
  const std::string id = source.entry.id.empty() ? source.entry.names.at(0).text + "-curve" : source.entry.id;
  return figures == 1 ? id : id + "-" + std::to_string(number);
}

}  // namespace

// One a mediator.
std::vector<Figure> indirect_effect_figures(const Source& source) {
  const BuiltTable& built = table_shown(source, "conditional");
  const ordered_json& result = built.json.at("conditional");
  const std::string moderator = label_of(source.work, result.at("moderator").get<std::string>());
  const std::string effect = table_words("indirect_effect_words", source.work.study->lang, {});
  std::vector<Figure> figures;
  for (const ordered_json& path : result.at("paths")) {
    const std::string mediator = path.at("mediator").get<std::string>();
    Figure figure = figure_of(source, "marginal_effects", mediator);
    figure.id = id_of(source, result.at("paths").size(), figures.size() + 1);
    fill_band(path.at("curve"), figure);
    if (source.entry.title.empty())
      figure.title = table_words("title_indirect_figure", source.work.study->lang,
                                 {label_of(source.work, mediator), moderator});
    name_axes(figure, source.entry, moderator, effect);
    figures.push_back(std::move(figure));
  }
  return figures;
}

}  // namespace panelist::study
