// SPDX-License-Identifier: Apache-2.0
// What covariates take from a coefficient, with intervals; indirect effects over the correlation of the errors.
#include "report/table_words.h"
#include "study/run/figure_sources.h"
#include "study/run/result_numbers.h"

namespace panelist::study {

using nlohmann::ordered_json;

std::vector<Figure> channel_figures(const Source& source) {
  const BuiltTable& built = table_shown(source, "gelbach");
  const ordered_json& result = built.json.at("gelbach");
  const std::string& lang = source.work.study->lang;
  Figure figure = figure_of(source, "coefficients", source.entry.names.at(0).text);
  std::vector<std::string> names;
  std::vector<double> estimate, low, high;
  const auto add = [&](const std::string& name, const ordered_json& part) {
    names.push_back(name);
    estimate.push_back(number_of(part.at("estimate")));
    low.push_back(number_of(part.at("conf_low")));
    high.push_back(number_of(part.at("conf_high")));
  };
  for (const ordered_json& part : result.at("parts")) add(part.at("group").get<std::string>(), part);
  add(table_words("channel_total", lang, {}), result.at("total"));
  figure.data.set("term", Column::texts(names));
  figure.data.set("estimate", Column::numbers(estimate));
  figure.data.set("low", Column::numbers(low));
  figure.data.set("high", Column::numbers(high));
  if (source.entry.title.empty()) figure.title = built.table.title;
  name_axes(figure, source.entry, table_words("channel_axis", lang, {}), "");
  return {figure};
}

namespace {

Figure curve_of(const Source& source, const ordered_json& one) {
  const std::string& lang = source.work.study->lang;
  Figure figure = figure_of(source, "marginal_effects", source.entry.names.at(0).text);
  std::map<std::string, std::vector<double>> columns;
  for (const ordered_json& at : one.at("curve"))
    for (const auto& [name, key] : {std::pair{"x", "rho"}, std::pair{"estimate", "estimate"},
                                    std::pair{"low", "conf_low"}, std::pair{"high", "conf_high"}})
      columns[name].push_back(number_of(at.at(key)));
  for (auto& [name, values] : columns) figure.data.set(name, Column::numbers(values));
  const std::string effect =
      table_words("errors_effect", lang, {label_of(source.work, one.at("mediator").get<std::string>())});
  if (source.entry.title.empty()) figure.title = table_words("errors_title", lang, {effect});
  name_axes(figure, source.entry, table_words("errors_rho", lang, {}), effect);
  return figure;
}

}  // namespace

// One a mediator.
std::vector<Figure> correlated_error_figures(const Source& source) {
  const BuiltTable& built = table_shown(source, "correlated_errors");
  std::vector<Figure> figures;
  for (const ordered_json& one : built.json.at("correlated_errors")) figures.push_back(curve_of(source, one));
  return figures;
}

}  // namespace panelist::study
