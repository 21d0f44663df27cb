// SPDX-License-Identifier: Apache-2.0
// Figures of robustness results.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "report/table_words.h"
#include "study/run/figure_sources.h"
#include "study/run/robustness.h"

namespace panelist::study {

namespace {

// What a specification adds to the marks of its figure: itself and its choices.
std::size_t marks_of(const std::string& choices) {
  return 2 + static_cast<std::size_t>(std::count(choices.begin(), choices.end(), ';'));
}

struct Drawn {
  std::vector<std::size_t> specifications;
  std::size_t every = 1;
};

// In order of size every so manieth, and the main one, so that the figure holds its marks.
Drawn drawn_of(const SpecificationCurve& curve, const std::vector<std::string>& choices) {
  std::vector<std::size_t> order;
  std::size_t marks = 0;
  for (std::size_t at = 0; at < curve.specifications.size(); ++at) {
    if (!curve.specifications[at].estimated()) continue;
    order.push_back(at);
    marks += marks_of(choices[at]);
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return curve.specifications[a].estimate < curve.specifications[b].estimate;
  });
  Drawn drawn;
  drawn.every = (marks + most_marks * 9 / 10 - 1) / (most_marks * 9 / 10);
  drawn.every = std::max<std::size_t>(1, drawn.every);
  for (std::size_t place = 0; place < order.size(); ++place)
    if (place % drawn.every == 0 || curve.specifications[order[place]].main)
      drawn.specifications.push_back(order[place]);
  return drawn;
}

void fill(const SpecificationCurve& curve, const std::vector<std::string>& choices, const Drawn& drawn,
          Figure& figure) {
  std::vector<double> estimate, low, high, main;
  std::vector<std::string> texts;
  for (const std::size_t at : drawn.specifications) {
    const Specification& one = curve.specifications[at];
    estimate.push_back(one.estimate);
    low.push_back(one.conf_low);
    high.push_back(one.conf_high);
    main.push_back(one.main ? 1 : 0);
    texts.push_back(choices[at]);
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
  const Labels labels = labels_of(source.work);
  std::vector<std::string> choices;
  for (const Specification& one : curve.specifications)
    choices.push_back(choices_in_words(curve, one, lang, labels));
  const Drawn drawn = drawn_of(curve, choices);
  Figure figure = figure_of(source, "spec_curve", curve.term);
  fill(curve, choices, drawn, figure);
  name_axes(figure, source.entry, "",
            table_words("curve_axis", lang, {fmt::format("{:g}", 100 * curve.level)}));
  if (drawn.every > 1)
    figure.notes.push_back(table_words(
        "curve_thinned", lang, {std::to_string(drawn.every), std::to_string(curve.summary.estimated)}));
  return {figure};
}

}  // namespace panelist::study
