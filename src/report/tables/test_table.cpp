// SPDX-License-Identifier: Apache-2.0
// Tests of single variables: unit roots and their kin.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/tables/labels.h"
#include "report/tables/regression_view.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

std::string label_of(const StatRow& test, const std::string& lang) {
  return lang == "zh" ? test.zh : test.en;
}

std::vector<StatRow> rows_of_tests(const TestTableSpec& spec) {
  std::vector<StatRow> tests;
  for (const std::string& written : spec.tests) tests.push_back(rows_of_test(written).front());
  return tests;
}

TableRow heads(const TestTableSpec& spec, const std::vector<StatRow>& tests) {
  std::vector<std::string> texts = {std::string(word("variable", spec.style.lang)),
                                    std::string(word("n", spec.style.lang))};
  for (const StatRow& test : tests) texts.push_back(label_of(test, spec.style.lang));
  return head_row(texts);
}

// Two rows: statistics, then p values in brackets.
void add_variable(const TestTableSpec& spec, const std::vector<StatRow>& tests, std::size_t at,
                  PublicationTable& table) {
  const Estimation& variable = *spec.variables[at];
  const std::string place = fmt::format("/variables/{}", at);
  TableRow statistics, below;
  statistics.cells.push_back(Cell::of_text(term_label(variable.fit->frame->outcome_name, spec.labels)));
  statistics.cells.push_back(Cell::of_number(CellKind::count, variable.fit->n, -1, place + "/n"));
  below.cells.resize(2);
  for (const StatRow& test : tests) {
    const StatValue value = test.value({&variable});
    statistics.cells.push_back(Cell::of_number(CellKind::statistic, value.value, -1, place + value.pointer));
    below.cells.emplace_back();
    if (std::isnan(value.p)) continue;
    statistics.cells.back().stars = stars_of(value.p, spec.style.stars);
    below.cells.back() = Cell::of_number(CellKind::p_value, value.p, -1,
                                         place + replace_all(value.pointer, "/statistic", "/p_value"));
    below.cells.back().bracket = Bracket::round;
  }
  table.rows.push_back(std::move(statistics));
  table.rows.push_back(std::move(below));
}

void add_once(std::vector<std::string>& notes, const std::string& note) {
  if (!note.empty() && std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
}

std::vector<std::string> notes_of(const TestTableSpec& spec, const std::vector<StatRow>& tests) {
  const std::string& lang = spec.style.lang;
  std::vector<std::string> notes = {format_words("p_below", lang, bracket_words(Bracket::round, lang)),
                                    star_legend(spec.style.stars, entry_of(spec.style), lang)};
  for (const Estimation* variable : spec.variables) {
    for (std::size_t t = 0; t < variable->requested.size(); ++t)
      if (const auto& test = variable->requested[t].test; lang != "zh" && test && !test->note.empty())
        add_once(notes, label_of(tests[t], lang) + ": " + replace_all(test->note, "`", "") + ".");
    for (const auto& [code, message] : variable->warnings)
      add_once(notes, code == "infer.short_series"
                          ? std::string(word("short_series", lang))
                          : warning_words(code, message, lang) + std::string(word("sentence_end", lang)));
  }
  return notes;
}

}  // namespace

PublicationTable test_table(const TestTableSpec& spec) {
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  const std::vector<StatRow> tests = rows_of_tests(spec);
  table.rows.push_back(heads(spec, tests));
  for (std::size_t i = 0; i < spec.variables.size(); ++i) add_variable(spec, tests, i, table);
  table.notes = notes_of(spec, tests);
  return table;
}

}  // namespace panelist
