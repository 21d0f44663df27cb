// SPDX-License-Identifier: Apache-2.0
// Figures of results: weights of indices, estimates of tables; and of data files of the user's own.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/file.h"
#include "base/text.h"
#include "study/run/figure_sources.h"
#include "study/run/result_numbers.h"
#include "table/read.h"

namespace panelist::study {

namespace {

// --- results --------------------------------------------------------------------------------------------------------

}  // namespace

std::vector<Figure> weights(const Source& source) {
  std::vector<Figure> figures;
  for (const Spanned& name : source.entry.names) {
    const auto place = source.work.indices.find(name.text);
    if (place == source.work.indices.end()) continue;
    Figure figure = figure_of(source, "bars", name.text);
    std::vector<std::string> names, groups;
    std::vector<double> values;
    for (const IndicatorResult& indicator : place->second.indicators) {
      names.push_back(label_of(source.work, indicator.indicator.code));
      values.push_back(indicator.weight);
    }
    figure.data.set("name", Column::texts(names));
    figure.data.set("value", Column::numbers(std::move(values)));
    name_axes(figure, source.entry, in_chinese(source.work) ? "权重" : "Weight", "");
    figures.push_back(std::move(figure));
  }
  return figures;
}

namespace {

struct Estimates {
  std::vector<std::string> term, group;
  std::vector<double> estimate, low, high;
};

void add_estimates(const nlohmann::ordered_json& column, const std::string& name,
                   const std::vector<std::string>& terms, Estimates& found) {
  for (const auto& coefficient : column.at("coefficients")) {
    const std::string term = coefficient.at("term");
    if (std::find(terms.begin(), terms.end(), term) == terms.end()) continue;
    found.term.push_back(term);
    found.group.push_back(name);
    found.estimate.push_back(number_at(coefficient, "estimate"));
    found.low.push_back(number_at(coefficient, "conf_low"));
    found.high.push_back(number_at(coefficient, "conf_high"));
  }
}

std::string heading_of(const nlohmann::ordered_json& column, std::size_t number) {
  std::string heading = column.value("heading", "");
  if (heading.empty() && column.contains("remarks") && !column["remarks"].empty())
    heading = column["remarks"][0];
  return fmt::format("({}){}{}", number, heading.empty() ? "" : " ", heading);
}

// A term a line and a series a column; one term alone has a line for each column.
Figure coefficient_figure(const Source& source, const Estimates& found, bool one_term) {
  Figure figure = figure_of(source, "coefficients", source.entry.names.at(0).text);
  std::vector<std::string> lines = one_term ? found.group : found.term;
  if (!one_term)
    for (std::string& term : lines) term = label_of(source.work, term);
  figure.data.set("term", Column::texts(lines));
  if (!one_term) figure.data.set("group", Column::texts(found.group));
  figure.data.set("estimate", Column::numbers(found.estimate));
  figure.data.set("low", Column::numbers(found.low));
  figure.data.set("high", Column::numbers(found.high));
  name_axes(figure, source.entry,
            in_chinese(source.work) ? "估计值与 95% 置信区间" : "Estimate and 95% confidence interval", "");
  return figure;
}

}  // namespace

std::vector<Figure> coefficient_figures(const Source& source) {
  const BuiltTable& built = table_shown(source, "columns");
  const auto& columns = built.json.at("columns");
  std::vector<std::string> terms = source.entry.terms;
  if (terms.empty() && !columns.empty() && !columns[0].at("coefficients").empty())
    terms.push_back(columns[0].at("coefficients")[0].at("term"));
  Estimates found;
  for (std::size_t i = 0; i < columns.size(); ++i)
    add_estimates(columns[i], heading_of(columns[i], i + 1), terms, found);
  if (found.term.empty())
    throw Error("figure.no_data",
                fmt::format("table `{}` has none of the terms: {}", built.table.id, join(terms, ", ")),
                "name terms as the table's columns do");
  Figure figure = coefficient_figure(source, found, terms.size() == 1);
  if (source.entry.title.empty()) {
    std::vector<std::string> labels;
    for (const std::string& term : terms) labels.push_back(label_of(source.work, term));
    figure.title = title_of(
        source, listed(source.work, labels),
        fmt::format(fmt::runtime(in_chinese(source.work) ? "表{}" : "Table {}"), built.table.number));
  }
  return {figure};
}

std::vector<Figure> figures_of_data(const Source& source) {
  Figure figure = figure_of(source, source.entry.kind.c_str(), file_name_of(source.entry.names.at(0).text));
  figure.id = source.entry.id.empty() ? source.entry.kind : source.entry.id;
  if (source.entry.title.empty()) figure.title = title_of_kind(source, source.entry.kind);
  figure.data = read_table(join_path(source.work.study->directory, source.entry.names[0].text));
  if (source.entry.file)
    figure.map = read_file(join_path(source.work.study->directory, source.entry.file->text));
  if (!source.entry.key.empty()) figure.map_key = source.entry.key;
  name_axes(figure, source.entry, "", "");
  return {figure};
}

}  // namespace panelist::study
