// SPDX-License-Identifier: Apache-2.0
// The three steps side by side: total effect, one column per mediator, outcome with the mediators. The rows of the
// indirect effects stand in the columns of their mediators, their sum in the last column.
#include "base/text.h"
#include "report/tables/effect_rows.h"
#include "report/tables/regression_view.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

// One row of indirect effects: a cell from an effect, empty when it does not apply.
struct IndirectRow {
  std::string_view label;
  Cell (*cell)(const IndirectEffect&, const StarLevels&);  // its pointers within the effect's object
};

const std::vector<IndirectRow>& indirect_rows() {
  using E = const IndirectEffect&;
  using S = const StarLevels&;
  static const std::vector<IndirectRow> rows = {
      {"indirect", [](E e, S) { return Cell::of_number(CellKind::number, e.estimate, -1, "/estimate"); }},
      {"sobel_z",
       [](E e, S stars) {
         Cell cell = Cell::of_number(CellKind::statistic, e.sobel_z, -1, "/sobel/z");
         cell.stars = stars_of(e.sobel_p, stars);
         return cell;
       }},
      {"delta_se",
       [](E e, S) { return Cell::of_number(CellKind::number, e.delta_se, -1, "/delta/std_error"); }},
      {"percentile_interval",
       [](E e, S) {
         return e.bootstrap ? interval_cell(e.bootstrap->percentile_low, e.bootstrap->percentile_high,
                                            "/bootstrap/percentile")
                            : Cell{};
       }},
      {"monte_carlo_interval",
       [](E e, S) {
         return e.monte_carlo
                    ? interval_cell(e.monte_carlo->low, e.monte_carlo->high, "/monte_carlo/interval")
                    : Cell{};
       }},
      {"bca_interval",
       [](E e, S) {
         return e.bootstrap ? interval_cell(e.bootstrap->bca_low, e.bootstrap->bca_high, "/bootstrap/bca")
                            : Cell{};
       }},
  };
  return rows;
}

// The indirect effect that stands in a column of the table (or null), its share of the total effect, and the pointers
// of both in results.json.
struct ColumnEffect {
  const IndirectEffect* effect = nullptr;
  double share = missing_value;
  std::string effect_source, share_source;
};

std::vector<ColumnEffect> effects_by_column(const Mediation& mediation) {
  std::vector<ColumnEffect> effects = {ColumnEffect{}};
  for (const MediationPath& path : mediation.paths) {
    const std::string source = fmt::format("/mediation/paths/{}", effects.size() - 1);
    effects.push_back({&path.indirect, path.share, source + "/indirect", source + "/share"});
  }
  effects.emplace_back();
  if (mediation.total_indirect) {
    const std::string source = "/mediation/total_indirect";
    effects.back() = {&*mediation.total_indirect, mediation.total_share(), source, source + "/share"};
  }
  return effects;
}

Cell placed_cell(const IndirectRow& entry, const ColumnEffect& placed, const StarLevels& stars) {
  if (placed.effect == nullptr) return {};
  Cell cell = entry.cell(*placed.effect, stars);
  if (!cell.source.empty()) cell.source.insert(0, placed.effect_source);
  if (!cell.source2.empty()) cell.source2.insert(0, placed.effect_source);
  return cell;
}

Cell share_cell(const ColumnEffect& placed) {
  if (std::isnan(placed.share)) return {};
  return Cell::of_number(CellKind::number, placed.share, -1, placed.share_source);
}

RegressionTableSpec three_steps(const Mediation& mediation, const TableStyle& style, const Labels& labels) {
  RegressionTableSpec spec;
  spec.style = style;
  spec.labels = labels;
  const auto column = [&](const Estimation& estimation, std::string_view group) {
    RegressionColumn made;
    made.estimation = &estimation;
    made.group = std::string(word(group, style.lang));
    made.source = fmt::format("/columns/{}", spec.columns.size());
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
  const std::vector<ColumnEffect> effects = effects_by_column(mediation);
  for (const IndirectRow& entry : indirect_rows()) {
    std::vector<Cell> cells;
    for (const ColumnEffect& placed : effects) cells.push_back(placed_cell(entry, placed, style.stars));
    add_row(table, std::string(word(entry.label, style.lang)), std::move(cells));
  }
  std::vector<Cell> shares;
  for (const ColumnEffect& placed : effects) shares.push_back(share_cell(placed));
  add_row(table, std::string(word("share", style.lang)), std::move(shares));
  if (first < table.rows.size()) table.rows[first].rule_above = Rule::thin;
}

// Chains and contrasts have rows of their own, in the last column.
void add_path_rows(PublicationTable& table, const Mediation& mediation, const TableStyle& style,
                   const Labels& labels) {
  const std::size_t first = table.rows.size(), columns = mediation.paths.size() + 2;
  const auto add = [&](const std::string& label, const IndirectEffect& effect, const std::string& source) {
    add_effect_rows(label, {{&effect, columns - 1, source}}, columns, style.stars, table);
  };
  for (std::size_t c = 0; c < mediation.chains.size(); ++c) {
    const MediationChain& chain = mediation.chains[c];
    add(format_words("indirect_through", style.lang, path_label(join(chain.through, " -> "), labels)),
        chain.indirect, fmt::format("/mediation/chains/{}/indirect", c));
  }
  for (std::size_t c = 0; c < mediation.contrasts.size(); ++c) {
    const IndirectContrast& contrast = mediation.contrasts[c];
    add(format_words("indirect_contrast", style.lang, path_label(contrast.first, labels),
                     path_label(contrast.second, labels)),
        contrast.difference, fmt::format("/mediation/contrasts/{}", c));
  }
  if (first < table.rows.size()) table.rows[first].rule_above = Rule::thin;
}

constexpr double significance = 0.05;  // of the verdict

// a and b may be significant while an interval of their product includes zero.
bool interval_has_zero(const Mediation& mediation) {
  const IndirectEffect& effect =
      mediation.total_indirect ? *mediation.total_indirect : mediation.paths.front().indirect;
  if (!effect.bootstrap) return false;
  const BootstrapIntervals& b = *effect.bootstrap;
  return (b.percentile_low <= 0 && b.percentile_high >= 0) || (b.bca_low <= 0 && b.bca_high >= 0);
}

void add_notes(PublicationTable& table, const Mediation& mediation, const std::string& lang) {
  const std::string_view total = mediation.total_indirect ? word("mediation_total", lang) : "";
  table.notes.push_back(format_words("mediation_note", lang, total));
  if (!mediation.chains.empty()) table.notes.emplace_back(word("serial_note", lang));
  if (!mediation.chains.empty() || !mediation.contrasts.empty())
    table.notes.push_back(effect_rows_note(mediation.paths.front().indirect, lang));
  if (!mediation.paths.empty() && mediation.paths[0].indirect.bootstrap) {
    const BootstrapIntervals& bootstrap = *mediation.paths[0].indirect.bootstrap;
    table.notes.push_back(format_words("bootstrap_note", lang, bootstrap.replicates, bootstrap.failed));
  }
  if (mediation.verdict.empty()) return;
  const bool conflict = mediation.verdict != "none" && interval_has_zero(mediation);
  table.notes.emplace_back(word(conflict ? "verdict_conflict" : "verdict_" + mediation.verdict, lang));
  if (!(mediation.total_effect.p_value < significance)) table.notes.emplace_back(word("verdict_total", lang));
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
  add_path_rows(table, mediation, style, labels);
  add_notes(table, mediation, style.lang);
  return table;
}

}  // namespace panelist
