// SPDX-License-Identifier: Apache-2.0
// Tables of one level left out, Oster's bounds and permutations.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/text.h"
#include "report/robustness.h"
#include "report/tables/labels.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

constexpr std::size_t most_rows = 40;

std::string text_of(std::string_view key, const std::string& lang) { return std::string(word(key, lang)); }

Cell number_cell(double value, const std::string& source, int decimals = -1) {
  return Cell::of_number(CellKind::number, value, decimals, source);
}

Cell estimate_cell(const Coefficient& coefficient, const std::string& source) {
  return Cell::of_number(CellKind::estimate, coefficient.estimate, -1, source + "/estimate");
}

// Estimate, standard error, p: no stars beside a p.
void add_coefficient(const Coefficient& coefficient, const std::string& source, TableRow& row) {
  row.cells.push_back(estimate_cell(coefficient, source));
  row.cells.push_back(number_cell(coefficient.std_error, source + "/std_error"));
  row.cells.push_back(Cell::of_number(CellKind::p_value, coefficient.p_value, -1, source + "/p_value"));
}

// Positions of the levels shown, in the order of the column.
std::vector<std::size_t> shown_levels(const LeaveOut& result) {
  std::vector<std::size_t> shown;
  for (std::size_t at = 0; at < result.levels.size(); ++at)
    if (result.levels[at].problem.empty()) shown.push_back(at);
  if (shown.size() <= most_rows) return shown;
  std::stable_sort(shown.begin(), shown.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(result.levels[a].change) > std::abs(result.levels[b].change);
  });
  shown.resize(most_rows);
  std::sort(shown.begin(), shown.end());
  return shown;
}

TableRow left_out_row(const LeaveOut& result, std::size_t at) {
  const LeftOut& one = result.levels[at];
  const std::string source = fmt::format("/leave_out/levels/{}", at);
  TableRow row;
  row.cells.push_back(Cell::of_text(one.level));
  add_coefficient(one.coefficient, source + "/coefficient", row);
  row.cells.push_back(number_cell(one.change, source + "/change"));
  row.cells.push_back(number_cell(one.change_in_se, source + "/change_in_se", 2));
  row.cells.push_back(Cell::of_number(CellKind::count, one.n, -1, source + "/n"));
  return row;
}

void add_left_out_notes(const LeaveOut& result, const RobustnessTableSpec& spec, std::size_t shown,
                        PublicationTable& table) {
  const std::string term = term_label(result.term, spec.labels), by = term_label(result.by, spec.labels);
  const std::size_t count = result.levels.size();
  std::size_t failed = 0;
  for (const LeftOut& one : result.levels) failed += one.problem.empty() ? 0 : 1;
  if (failed < count) {
    const auto& lowest = result.levels[result.lowest];
    const auto& highest = result.levels[result.highest];
    const auto printed = [&](double value) { return fixed(value, table.decimals); };
    table.notes.push_back(format_words(
        "left_out_note", table.lang, term, by, printed(lowest.coefficient.estimate), lowest.level,
        printed(highest.coefficient.estimate), highest.level, result.levels[result.most_influential].level));
    table.notes.push_back(format_words("left_out_signs", table.lang, result.other_sign, count - failed,
                                       shortest(std::round(1e6 * (100 * (1 - result.level))) / 1e6),
                                       result.significance_lost));
  }
  table.notes.push_back(format_words("robust_vcov", table.lang, result.vcov));
  if (shown + failed < count) table.notes.push_back(format_words("left_out_some", table.lang, shown, by));
  if (failed > 0) table.notes.push_back(format_words("left_out_failed", table.lang, failed));
}

}  // namespace

PublicationTable leave_out_table(const LeaveOut& result, const RobustnessTableSpec& spec) {
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  const std::string& lang = table.lang;
  table.rows.push_back(
      head_row({format_words("left_out_head", lang, term_label(result.by, spec.labels)),
                text_of("robust_estimate", lang), text_of("robust_se", lang), text_of("robust_p", lang),
                text_of("left_out_change", lang), text_of("left_out_change_se", lang), text_of("n", lang)}));
  TableRow whole;
  whole.cells.push_back(Cell::of_text(text_of("left_out_none", lang)));
  add_coefficient(result.coefficient, "/leave_out/model", whole);
  whole.cells.insert(whole.cells.end(), 2, Cell());
  whole.cells.push_back(Cell::of_number(CellKind::count, result.n, -1, "/leave_out/n"));
  table.rows.push_back(std::move(whole));
  const std::vector<std::size_t> shown = shown_levels(result);
  for (const std::size_t at : shown) {
    table.rows.push_back(left_out_row(result, at));
    if (at == shown.front()) table.rows.back().rule_above = Rule::thin;
  }
  add_left_out_notes(result, spec, shown.size(), table);
  return table;
}

namespace {

TableRow oster_row(const std::string& label, std::vector<Cell> cells) {
  TableRow row;
  row.cells.push_back(Cell::of_text(label));
  row.cells.insert(row.cells.end(), cells.begin(), cells.end());
  return row;
}

}  // namespace

PublicationTable oster_table(const std::vector<Oster>& results, const RobustnessTableSpec& spec) {
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  const std::string& lang = table.lang;
  const Oster& first = results.front();
  table.rows.push_back(head_row(
      {text_of("variable", lang), text_of("oster_short", lang), text_of("oster_r2", lang),
       text_of("oster_full", lang), text_of("oster_r2", lang), text_of("oster_r_max", lang),
       format_words("oster_delta", lang, shortest(first.target)),
       format_words("oster_adjusted", lang, shortest(first.assumed_delta)), text_of("oster_set", lang)}));
  for (std::size_t i = 0; i < results.size(); ++i) {
    const Oster& one = results[i];
    const std::string source = fmt::format("/oster/{}", i);
    Cell set = Cell::of_number(CellKind::interval, one.low(), -1, source + "/set/0");
    set.value2 = one.high();
    set.source2 = source + "/set/1";
    set.bracket = Bracket::square;
    table.rows.push_back(oster_row(
        term_label(one.term, spec.labels),
        {estimate_cell(one.short_coefficient, source + "/short"),
         number_cell(one.short_r2, source + "/r2_short"),
         estimate_cell(one.full_coefficient, source + "/full"), number_cell(one.full_r2, source + "/r2_full"),
         number_cell(one.r_max, source + "/r_max"), number_cell(one.delta, source + "/delta"),
         number_cell(one.adjusted, source + "/adjusted"), set}));
    if (!one.same_direction)
      table.notes.push_back(format_words("oster_other_direction", lang, term_label(one.term, spec.labels)));
  }
  table.notes.insert(
      table.notes.begin(),
      format_words("oster_note", lang, word(first.within ? "oster_within" : "oster_overall", lang)));
  return table;
}

PublicationTable permutation_table(const Permutation& result, const RobustnessTableSpec& spec) {
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  const std::string& lang = table.lang;
  const Randomisation& drawn = result.randomisation;
  const std::string term = term_label(result.term, spec.labels);
  table.rows.push_back(head_row({format_words("permutation_item", lang, term), ""}));
  const auto add = [&](std::string_view key, CellKind kind, double value, const char* source) {
    TableRow row;
    row.cells = {Cell::of_text(text_of(key, lang)),
                 Cell::of_number(kind, value, -1, std::string("/permutation/") + source)};
    table.rows.push_back(std::move(row));
  };
  add(result.studentised ? "permutation_t" : "permutation_value", CellKind::number, drawn.statistic, "value");
  add("permutation_p", CellKind::p_value, drawn.p_two_sided, "p_two_sided");
  add("permutation_p_greater", CellKind::p_value, drawn.p_greater, "p_greater");
  add("permutation_p_less", CellKind::p_value, drawn.p_less, "p_less");
  add("permutation_model_p", CellKind::p_value, result.coefficient.p_value, "model/p_value");
  add("permutation_low", CellKind::number, result.low, "low");
  add("permutation_median", CellKind::number, result.median, "median");
  add("permutation_high", CellKind::number, result.high, "high");
  add("n", CellKind::count, result.n, "n");
  const std::string within = result.within.empty() ? ""
                                                   : format_words("permutation_within", lang,
                                                                  term_label(result.within, spec.labels));
  table.notes.push_back(format_words(result.rows ? "permutation_rows" : "permutation_units", lang,
                                     drawn.statistics.size() - drawn.undefined, term, within));
  table.notes.push_back(text_of("permutation_rule", lang));
  return table;
}

}  // namespace panelist
