// SPDX-License-Identifier: Apache-2.0
// Figures of tables of policies: event studies, and where an effect stands among placebos.
#include <fmt/format.h>

#include "base/text.h"
#include "policy/event_study.h"
#include "report/table_words.h"
#include "study/run/figure_sources.h"
#include "study/run/result_numbers.h"

namespace panelist::study {

namespace {

using nlohmann::ordered_json;

// The reference is a point on zero.
struct Path {
  std::vector<double> time, estimate, low, high;
  std::vector<std::string> group;
};

void add_method(const ordered_json& method, bool band, const std::string& name, Path& path) {
  for (const ordered_json& time : method.at("times")) {
    const bool reference = time.at("reference").get<bool>();
    path.time.push_back(number_at(time, "time"));
    path.estimate.push_back(number_at(time, "estimate"));
    path.low.push_back(reference ? 0 : number_at(time, band ? "band_low" : "conf_low"));
    path.high.push_back(reference ? 0 : number_at(time, band ? "band_high" : "conf_high"));
    path.group.push_back(name);
  }
}

std::string name_of(const Source& source, const ordered_json& method) {
  const EventMethod* known = find_event_method(method.at("method").get<std::string>());
  return std::string(in_chinese(source.work) ? known->zh : known->en);
}

}  // namespace

std::vector<Figure> event_study_figures(const Source& source) {
  const BuiltTable& built = table_shown(source, "event_study");
  const ordered_json& study = built.json.at("event_study");
  const ordered_json& methods = study.at("methods");
  const bool band = methods.at(0).contains("band_factor");
  Path path;
  for (const ordered_json& method : methods) add_method(method, band, name_of(source, method), path);
  Figure figure = figure_of(source, "event_study", built.table.id);
  if (source.entry.title.empty()) figure.title = built.table.title;
  figure.data.set("time", Column::numbers(path.time));
  figure.data.set("estimate", Column::numbers(path.estimate));
  figure.data.set("low", Column::numbers(path.low));
  figure.data.set("high", Column::numbers(path.high));
  if (methods.size() > 1) figure.data.set("group", Column::texts(path.group));
  figure.numbers.emplace("reference", number_at(study, "reference"));
  const std::string& lang = source.work.study->lang;
  name_axes(figure, source.entry, table_words("event_axis", lang, {}),
            table_words(band ? "event_band_axis" : "event_effect_axis", lang,
                        {shortest(100 * number_at(study, "level"))}));
  return {figure};
}

std::vector<Figure> placebo_figures(const Source& source) {
  const BuiltTable& built = table_shown(source, "placebo");
  const ordered_json& found = built.json.at("placebo");
  std::vector<double> draws;
  for (const ordered_json& draw : found.at("space").at("draws"))
    if (draw.is_number()) draws.push_back(draw.get<double>());
  Figure figure = figure_of(source, "density", built.table.id);
  if (source.entry.title.empty()) figure.title = built.table.title;
  figure.data.set("value", Column::numbers(std::move(draws)));
  const double effect = number_at(found.at("effect"), "estimate");
  figure.numbers.emplace("reference", effect);
  const std::string& lang = source.work.study->lang;
  name_axes(figure, source.entry, table_words("placebo_axis", lang, {fmt::format("{:.4g}", effect)}),
            table_words("placebo_density", lang, {}));
  return {figure};
}

}  // namespace panelist::study
