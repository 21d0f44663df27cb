// SPDX-License-Identifier: Apache-2.0
// Tables of decompositions and placebos.
#include <fmt/format.h>

#include "base/text.h"
#include "report/tables/policy_cells.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

std::string name_or_nobody(const std::string& cohort, const std::string& lang) {
  return cohort.empty() ? std::string(word("bacon_nobody", lang)) : cohort;
}

void add_numbers(TableRow& row, double estimate, double weight, const std::string& place) {
  row.cells.push_back(Cell::of_number(CellKind::number, estimate, -1, place + "/estimate"));
  row.cells.push_back(Cell::of_number(CellKind::number, weight, -1, place + "/weight"));
}

void add_types(const BaconDecomposition& bacon, const std::string& lang, PublicationTable& table) {
  for (std::size_t i = 0; i < bacon.types.size(); ++i) {
    const BaconType& type = bacon.types[i];
    TableRow row = labelled_row(std::string(word("bacon_" + type.type, lang)));
    row.cells.emplace_back();
    row.cells.emplace_back();
    add_numbers(row, type.estimate, type.weight, fmt::format("/bacon/types/{}", i));
    table.rows.push_back(std::move(row));
  }
  TableRow row = labelled_row(std::string(word("bacon_two_way", lang)));
  row.rule_above = Rule::thin;
  row.cells.emplace_back();
  row.cells.emplace_back();
  row.cells.push_back(Cell::of_number(CellKind::number, bacon.two_way, -1, "/bacon/two_way"));
  row.cells.emplace_back();
  table.rows.push_back(std::move(row));
}

void add_comparisons(const BaconDecomposition& bacon, const std::string& lang, PublicationTable& table) {
  const std::size_t first = table.rows.size();
  for (std::size_t i = 0; i < bacon.comparisons.size(); ++i) {
    const BaconComparison& one = bacon.comparisons[i];
    TableRow row = labelled_row(std::string(word("bacon_" + one.type, lang)));
    row.cells.push_back(Cell::of_text(one.treated, 1, Alignment::center));
    row.cells.push_back(Cell::of_text(name_or_nobody(one.control, lang), 1, Alignment::center));
    add_numbers(row, one.estimate, one.weight, fmt::format("/bacon/comparisons/{}", i));
    table.rows.push_back(std::move(row));
  }
  if (first < table.rows.size()) table.rows[first].rule_above = Rule::thin;
}

}  // namespace

PublicationTable bacon_table(const PolicyTableSpec& spec, const BaconDecomposition& bacon) {
  const std::string& lang = spec.style.lang;
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  std::vector<std::string> heads;
  for (const char* key : {"bacon_type", "bacon_treated", "bacon_against", "bacon_estimate", "bacon_weight"})
    heads.emplace_back(word(key, lang));
  table.rows.push_back(head_row(heads));
  add_types(bacon, lang, table);
  add_comparisons(bacon, lang, table);
  table.notes.push_back(word_of(entry_of(spec.style), "note_head", lang) +
                        format_words("bacon_note", lang, label_in(spec.labels, bacon.treatment),
                                     label_in(spec.labels, bacon.outcome), std::to_string(bacon.units),
                                     std::to_string(bacon.times)));
  return table;
}

namespace {

struct DrawRow {
  std::string_view label;
  CellKind kind;
  double value;
  std::string_view place;
};

void add_draws(const PolicyTableSpec& spec, const Placebo& placebo, PublicationTable& table) {
  if (placebo.draws.empty()) return;
  const std::size_t first = table.rows.size();
  const DrawRow rows[] = {
      {"placebo_draws", CellKind::count, static_cast<double>(placebo.draws.size()), "/placebo/space/reps"},
      {"placebo_mean", CellKind::number, placebo.mean, "/placebo/space/mean"},
      {"placebo_sd", CellKind::number, placebo.sd, "/placebo/space/sd"},
      {"placebo_p", CellKind::p_value, placebo.p_two_sided, "/placebo/space/p_two_sided"}};
  for (const DrawRow& one : rows) {
    TableRow row = labelled_row(std::string(word(one.label, spec.style.lang)));
    row.cells.push_back(Cell::of_number(one.kind, one.value, -1, std::string(one.place)));
    table.rows.push_back(std::move(row));
  }
  table.rows[first].rule_above = Rule::thin;
}

}  // namespace

PublicationTable placebo_table(const PolicyTableSpec& spec, const Placebo& placebo) {
  const std::string& lang = spec.style.lang;
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  table.rows.push_back(head_row({"", std::string(word("placebo_effect", lang))}));
  add_effects(spec, std::string(word("placebo_actual", lang)),
              {{placebo.effect, "/placebo/effect", "", true}}, table);
  for (std::size_t i = 0; i < placebo.earlier.size(); ++i) {
    const ShiftedStart& one = placebo.earlier[i];
    const std::string label = one.steps == 1 ? std::string(word("placebo_one", lang))
                                             : format_words("placebo_shift", lang, one.steps);
    add_effects(spec, label, {{one.effect, fmt::format("/placebo/earlier/{}", i), "", true}}, table);
  }
  add_draws(spec, placebo, table);
  add_error_notes(spec, {{placebo.vcov, placebo.clusters, placebo.n_clusters, 0.95}}, table);
  table.notes.front() = word_of(entry_of(spec.style), "note_head", lang) + table.notes.front();
  table.notes.push_back(format_words("placebo_note", lang, label_in(spec.labels, placebo.outcome),
                                     std::to_string(placebo.units)));
  return table;
}

}  // namespace panelist
