// SPDX-License-Identifier: Apache-2.0
#include "report/tables/model_notes.h"

#include "base/text.h"
#include "report/tables/regression_view.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

void take_brackets_out(const TableStyle& style, std::vector<std::string>& notes) {
  const std::string& lang = style.lang;
  const std::string place(bracket_words(bracket_of(style, 0), lang));
  if (notes.empty()) return;
  notes.front() = lang == "zh" ? replace_all(notes.front(), place, std::string(word("in_table", lang)))
                               : replace_all(notes.front(), " " + place, "");
}

}  // namespace

RegressionTableSpec regression_spec(const TableHead& head) {
  RegressionTableSpec spec;
  spec.id = head.id;
  spec.title = head.title;
  spec.number = head.number;
  spec.style = head.style;
  spec.labels = head.labels;
  return spec;
}

std::vector<std::string> notes_of_model(const Estimation& estimation, const TableHead& head,
                                        const std::string& source) {
  RegressionTableSpec spec = regression_spec(head);
  spec.style.below = {"se"};
  spec.style.stats = {"n"};
  RegressionColumn column;
  column.estimation = &estimation;
  column.source = source;
  spec.columns.push_back(column);
  std::vector<std::string> notes = regression_table(spec).notes;
  take_brackets_out(spec.style, notes);
  return notes;
}

}  // namespace panelist
