// SPDX-License-Identifier: Apache-2.0
// Tables of descriptive statistics and variance inflation.
#include "base/diagnostic.h"
#include "base/text.h"
#include "report/tables/labels.h"
#include "report/tables/styles.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

struct SummaryStat {
  std::string_view name;
  CellKind kind;
  double (*value)(const Summary&);
};

const std::vector<SummaryStat>& summary_stats() {
  static const std::vector<SummaryStat> catalog = {
      {"n", CellKind::count, [](const Summary& s) { return static_cast<double>(s.n); }},
      {"missing", CellKind::count, [](const Summary& s) { return static_cast<double>(s.missing); }},
      {"mean", CellKind::number, [](const Summary& s) { return s.mean; }},
      {"sd", CellKind::number, [](const Summary& s) { return s.sd; }},
      {"min", CellKind::number, [](const Summary& s) { return s.min; }},
      {"p25", CellKind::number, [](const Summary& s) { return s.p25; }},
      {"p50", CellKind::number, [](const Summary& s) { return s.p50; }},
      {"p75", CellKind::number, [](const Summary& s) { return s.p75; }},
      {"max", CellKind::number, [](const Summary& s) { return s.max; }},
      {"skewness", CellKind::number, [](const Summary& s) { return s.skewness; }},
      {"kurtosis", CellKind::number, [](const Summary& s) { return s.kurtosis; }},
      {"sum", CellKind::number, [](const Summary& s) { return s.sum; }},
  };
  return catalog;
}

const SummaryStat& summary_stat(const std::string& name) {
  std::vector<std::string> names;
  for (const SummaryStat& stat : summary_stats()) {
    if (stat.name == name) return stat;
    names.emplace_back(stat.name);
  }
  const std::string near = nearest(name, names);
  throw Error("output.unknown_stat", "unknown summary statistic `" + name + "`",
              near.empty() ? "use one of " + join(names, " ") : "did you mean `" + near + "`?", "stats");
}

}  // namespace

PublicationTable start_table(const std::string& id, const std::string& title, int number,
                             const TableStyle& style) {
  table_style(style.name);
  PublicationTable table;
  table.id = id;
  table.title = title;
  table.number = number;
  table.decimals = style.decimals;
  table.lang = style.lang;
  table.style = style.name;
  return table;
}

TableRow head_row(const std::vector<std::string>& heads) {
  TableRow row;
  row.header = true;
  for (std::size_t i = 0; i < heads.size(); ++i)
    row.cells.push_back(Cell::of_text(heads[i], 1, i == 0 ? Alignment::left : Alignment::center));
  return row;
}

PublicationTable summary_table(const SummaryTableSpec& spec) {
  static const std::vector<std::string> usual = {"n", "mean", "p50", "sd", "min", "max"};
  const std::vector<std::string>& stats = spec.stats.empty() ? usual : spec.stats;
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  std::vector<std::string> heads = {std::string(word("variable", table.lang))};
  for (const std::string& stat : stats) heads.emplace_back(word(summary_stat(stat).name, table.lang));
  table.rows.push_back(head_row(heads));
  for (const Summary& summary : spec.variables) {
    TableRow row;
    row.cells.push_back(Cell::of_text(term_label(summary.name, spec.labels)));
    for (const std::string& stat : stats)
      row.cells.push_back(Cell::of_number(summary_stat(stat).kind, summary_stat(stat).value(summary)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

PublicationTable vif_table(const Vif& vif, const std::string& id, const std::string& title, int number,
                           const TableStyle& style, const Labels& labels) {
  PublicationTable table = start_table(id, title, number, style);
  const auto text = [&](std::string_view key) { return std::string(word(key, style.lang)); };
  table.rows.push_back(head_row({text("variable"), text("vif"), text("tolerance")}));
  std::vector<VifRow> rows = vif.rows;
  std::stable_sort(rows.begin(), rows.end(), [](const VifRow& a, const VifRow& b) { return a.vif > b.vif; });
  for (const VifRow& entry : rows) {
    TableRow row;
    row.cells = {Cell::of_text(term_label(entry.term, labels)),
                 Cell::of_number(CellKind::number, entry.vif, 2),
                 Cell::of_number(CellKind::number, entry.tolerance)};
    table.rows.push_back(std::move(row));
  }
  TableRow mean;
  mean.rule_above = Rule::thin;
  mean.cells = {Cell::of_text(text("mean_vif")), Cell::of_number(CellKind::number, vif.mean, 2), Cell{}};
  table.rows.push_back(std::move(mean));
  table.notes.push_back(text("vif_note"));
  return table;
}

}  // namespace panelist
