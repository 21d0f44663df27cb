// SPDX-License-Identifier: Apache-2.0
#include "robustness/permutation.h"

#include <fmt/format.h>

#include <cmath>
#include <map>

#include "base/text.h"
#include "robustness/rows/terms.h"
#include "table/statistics.h"

namespace panelist {
namespace {

Grouping every_row(Index n) {
  Grouping rows;
  rows.name = "rows";
  std::vector<Level> level;
  std::vector<std::string> names;
  for (Index i = 0; i < n; ++i) {
    level.push_back(static_cast<Level>(i));
    names.push_back(std::to_string(i + 1));
  }
  rows.level = std::move(level);
  rows.names = std::move(names);
  return rows;
}

Grouping by_text(const std::string& name, const std::vector<std::string>& values) {
  std::map<std::string, Level> codes;
  for (const std::string& value : values) codes.emplace(value, 0);
  Grouping groups;
  groups.name = name;
  std::vector<std::string> names;
  Level next = 0;
  for (auto& [value, code] : codes) {
    code = next++;
    names.push_back(value);
  }
  std::vector<Level> level;
  for (const std::string& value : values) level.push_back(codes.at(value));
  groups.level = std::move(level);
  groups.names = std::move(names);
  return groups;
}

std::vector<std::string> texts_of(const Table& table, const std::string& name, const ModelFrame& frame) {
  const Column& column = table.at(name);
  std::vector<std::string> texts;
  for (const std::size_t row : frame.rows) texts.push_back(column.text_at(row));
  return texts;
}

void require_panel(const ModelFrame& frame) {
  if (frame.unit.size() > 0) return;
  throw Error("robustness.no_panel", "units and periods of the rows are not known",
              "say them: --panel UNIT,TIME, or panel under [data]");
}

void say_what_stays(const PermutationSpec& spec, Diagnostics& notes) {
  const std::vector<std::string> stay = terms_that_stay(spec.model.formula, spec.term);
  if (stay.empty()) return;
  notes.warning(
      "robustness.term_elsewhere",
      fmt::format("the values of `{}` change places, those of `{}` do not: the test is of `{}` beside "
                  "them, not of the variable",
                  spec.term, join(stay, "`, `"), spec.term),
      {}, fmt::format("leave them out of the model to ask whether `{}` matters at all", spec.term));
}

void summarise(Permutation& result) {
  std::vector<double> draws;
  for (const double one : result.randomisation.statistics)
    if (!std::isnan(one)) draws.push_back(one);
  if (draws.empty()) return;
  result.low = percentile(draws, 2.5);
  result.median = percentile(draws, 50);
  result.high = percentile(draws, 97.5);
}

}  // namespace

Permutation permute_term(const Context& context, const PermutationSpec& spec, const Table& table,
                         const Panel* panel, Diagnostics& notes) {
  const Estimation estimation = estimate_model(context, without_tests(spec.model), table, panel, notes);
  const ModelFrame& frame = *estimation.fit->frame;
  Permutation result;
  result.term = spec.term;
  result.rows = spec.rows;
  result.studentised = spec.studentised;
  result.within = spec.within.empty() && spec.rows ? spec.model.frame.panel.time : spec.within;
  result.coefficient = coefficient_named(estimation, spec.term);
  result.n = estimation.fit->n;
  if (!spec.rows || spec.within.empty()) require_panel(frame);
  const Grouping own = spec.rows ? every_row(frame.n()) : frame.unit;
  const Grouping within =
      result.within.empty() ? Grouping() : by_text(result.within, texts_of(table, result.within, frame));
  RandomisationSpec draw;
  draw.term = spec.term;
  draw.group = &own;
  draw.within = result.within.empty() ? nullptr : &within;
  draw.reps = spec.draws;
  draw.studentised = spec.studentised;
  result.randomisation = randomise(context, *estimation.fit, draw);
  say_what_stays(spec, notes);
  summarise(result);
  return result;
}

}  // namespace panelist
