// SPDX-License-Identifier: Apache-2.0
// Figures of robustness results.
#include <fmt/format.h>

#include <cmath>

#include "report/table_words.h"
#include "study/run/figure_sources.h"
#include "study/run/robustness.h"

namespace panelist::study {

namespace {

void fill(const SpecificationCurve& curve, const std::string& lang, const Labels& labels, Figure& figure) {
  std::vector<double> estimate, low, high, main;
  std::vector<std::string> texts;
  for (const Specification& one : curve.specifications) {
    if (!one.estimated()) continue;
    estimate.push_back(one.estimate);
    low.push_back(one.conf_low);
    high.push_back(one.conf_high);
    main.push_back(one.main ? 1 : 0);
    texts.push_back(choices_in_words(curve, one, lang, labels));
  }
  figure.data.set("estimate", Column::numbers(std::move(estimate)));
  figure.data.set("low", Column::numbers(std::move(low)));
  figure.data.set("high", Column::numbers(std::move(high)));
  figure.data.set("choices", Column::texts(texts));
  figure.data.set("main", Column::numbers(std::move(main)));
}

}  // namespace

std::vector<Figure> spec_curve_figures(const Source& source) {
  const SpecificationCurve curve = curve_of(source.work, *source.entry.robustness);
  const std::string& lang = source.work.study->lang;
  Figure figure = figure_of(source, "spec_curve", curve.term);
  fill(curve, lang, labels_of(source.work), figure);
  name_axes(figure, source.entry, "",
            table_words("curve_axis", lang, {fmt::format("{:g}", 100 * curve.level)}));
  return {figure};
}

// A level a line, the model itself first.
std::vector<Figure> leave_out_figures(const Source& source) {
  const LeaveOut result = leave_out_of(source.work, *source.entry.robustness);
  const std::string& lang = source.work.study->lang;
  std::vector<std::string> levels = {table_words("left_out_none", lang, {})};
  std::vector<double> estimate = {result.coefficient.estimate}, low = {result.coefficient.conf_low},
                      high = {result.coefficient.conf_high};
  for (const LeftOut& one : result.levels) {
    if (!one.problem.empty()) continue;
    levels.push_back(one.level);
    estimate.push_back(one.coefficient.estimate);
    low.push_back(one.coefficient.conf_low);
    high.push_back(one.coefficient.conf_high);
  }
  Figure figure = figure_of(source, "coefficients", result.term);
  figure.data.set("term", Column::texts(levels));
  figure.data.set("estimate", Column::numbers(std::move(estimate)));
  figure.data.set("low", Column::numbers(std::move(low)));
  figure.data.set("high", Column::numbers(std::move(high)));
  name_axes(figure, source.entry, table_words("curve_axis", lang, {fmt::format("{:g}", 100 * result.level)}),
            table_words("left_out_head", lang, {label_of(source.work, result.by)}));
  return {figure};
}

std::vector<Figure> permutation_figures(const Source& source) {
  const Permutation result = permutation_of(source.work, *source.entry.robustness);
  std::vector<double> draws;
  for (const double one : result.randomisation.statistics)
    if (!std::isnan(one)) draws.push_back(one);
  Figure figure = figure_of(source, "density", result.term);
  figure.data.set("value", Column::numbers(std::move(draws)));
  figure.numbers.emplace("reference", result.randomisation.statistic);
  name_axes(figure, source.entry,
            table_words(
                "permutation_axis", source.work.study->lang,
                {label_of(source.work, result.term), fmt::format("{:.4g}", result.randomisation.statistic)}),
            "");
  return {figure};
}

}  // namespace panelist::study
