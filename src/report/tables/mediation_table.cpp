// SPDX-License-Identifier: Apache-2.0
// The three steps side by side: total effect, one column per mediator, outcome with the mediators. The rows of the
// indirect effects stand in the columns of their mediators, their sum in the last column.
#include "report/tables/regression_view.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

// One row of indirect effects: a cell from an effect, empty when it does not apply.
struct IndirectRow {
  std::string_view label;
  Cell (*cell)(const IndirectEffect&, const StarLevels&);
};

Cell interval_cell(double low, double high) {
  if (std::isnan(low) || std::isnan(high)) return {};
  Cell cell = Cell::of_number(CellKind::interval, low);
  cell.value2 = high;
  cell.bracket = Bracket::square;
  return cell;
}

const std::vector<IndirectRow>& indirect_rows() {
  using E = const IndirectEffect&;
  using S = const StarLevels&;
  static const std::vector<IndirectRow> rows = {
      {"indirect", [](E e, S) { return Cell::of_number(CellKind::number, e.estimate); }},
      {"sobel_z",
       [](E e, S stars) {
         Cell cell = Cell::of_number(CellKind::statistic, e.sobel_z);
         cell.stars = stars_of(e.sobel_p, stars);
         return cell;
       }},
      {"delta_se", [](E e, S) { return Cell::of_number(CellKind::number, e.delta_se); }},
      {"percentile_interval",
       [](E e, S) {
         return e.bootstrap ? interval_cell(e.bootstrap->percentile_low, e.bootstrap->percentile_high)
                            : Cell{};
       }},
      {"bca_interval",
       [](E e, S) {
         return e.bootstrap ? interval_cell(e.bootstrap->bca_low, e.bootstrap->bca_high) : Cell{};
       }},
  };
  return rows;
}

// Per column of the table the indirect effect that stands there, or null.
std::vector<const IndirectEffect*> effects_by_column(const Mediation& mediation) {
  std::vector<const IndirectEffect*> effects = {nullptr};
  for (const MediationPath& path : mediation.paths) effects.push_back(&path.indirect);
  effects.push_back(mediation.total_indirect ? &*mediation.total_indirect : nullptr);
  return effects;
}

RegressionTableSpec three_steps(const Mediation& mediation, const TableStyle& style, const Labels& labels) {
  RegressionTableSpec spec;
  spec.style = style;
  spec.labels = labels;
  const auto column = [&](const Estimation& estimation, std::string_view group) {
    RegressionColumn made;
    made.estimation = &estimation;
    made.group = std::string(word(group, style.lang));
    spec.columns.push_back(made);
  };
  column(mediation.total, "total_effect_head");
  for (const Estimation& model : mediation.mediator_models) column(model, "mediator_head");
  column(mediation.outcome_model, "outcome_head");
  return spec;
}

void add_row(PublicationTable& table, const std::string& label, std::vector<Cell> cells) {
  const bool any = std::any_of(cells.begin(), cells.end(), [](const Cell& cell) {
    return cell.kind != CellKind::empty && !std::isnan(cell.value);
  });
  if (!any) return;
  TableRow row;
  row.cells.push_back(Cell::of_text(label));
  row.cells.insert(row.cells.end(), cells.begin(), cells.end());
  table.rows.push_back(std::move(row));
}

void add_indirect_rows(PublicationTable& table, const Mediation& mediation, const TableStyle& style) {
  const std::size_t first = table.rows.size();
  const std::vector<const IndirectEffect*> effects = effects_by_column(mediation);
  for (const IndirectRow& entry : indirect_rows()) {
    std::vector<Cell> cells;
    for (const IndirectEffect* effect : effects)
      cells.push_back(effect == nullptr ? Cell{} : entry.cell(*effect, style.stars));
    add_row(table, std::string(word(entry.label, style.lang)), std::move(cells));
  }
  std::vector<Cell> shares(effects.size());
  for (std::size_t i = 0; i < mediation.paths.size(); ++i)
    shares[i + 1] = Cell::of_number(CellKind::number, mediation.paths[i].share);
  if (mediation.total_indirect && mediation.total_effect.estimate != 0)
    shares.back() = Cell::of_number(CellKind::number,
                                    mediation.total_indirect->estimate / mediation.total_effect.estimate);
  add_row(table, std::string(word("share", style.lang)), std::move(shares));
  if (first < table.rows.size()) table.rows[first].rule_above = Rule::thin;
}

void add_notes(PublicationTable& table, const Mediation& mediation, const std::string& lang) {
  const std::string_view total = mediation.total_indirect ? word("mediation_total", lang) : "";
  table.notes.push_back(format_words("mediation_note", lang, total));
  if (!mediation.paths.empty() && mediation.paths[0].indirect.bootstrap) {
    const BootstrapIntervals& bootstrap = *mediation.paths[0].indirect.bootstrap;
    table.notes.push_back(format_words("bootstrap_note", lang, bootstrap.replicates, bootstrap.failed));
  }
  if (lang != "zh" && !mediation.verdict_text.empty())
    table.notes.push_back(mediation.verdict_text);
  else if (!mediation.verdict.empty())
    table.notes.emplace_back(word("verdict_" + mediation.verdict, lang));
}

}  // namespace

PublicationTable mediation_table(const Mediation& mediation, const std::string& id, const std::string& title,
                                 int number, const TableStyle& style, const Labels& labels) {
  RegressionTableSpec spec = three_steps(mediation, style, labels);
  spec.id = id;
  spec.title = title;
  spec.number = number;
  PublicationTable table = regression_table(spec);
  add_indirect_rows(table, mediation, style);
  add_notes(table, mediation, style.lang);
  return table;
}

}  // namespace panelist
