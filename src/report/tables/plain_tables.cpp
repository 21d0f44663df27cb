// SPDX-License-Identifier: Apache-2.0
// Tables of descriptive statistics and variance inflation.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/diagnostic.h"
#include "base/text.h"
#include "report/tables/labels.h"
#include "report/tables/panel_heading.h"
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
  PublicationTable table;
  table.id = id;
  table.title = title;
  table.number = number;
  table.decimals = style.decimals;
  table.lang = style.lang;
  table.style = style.name;
  table.look = look_of(style);
  return table;
}

TableRow head_row(const std::vector<std::string>& heads) {
  TableRow row;
  row.header = true;
  for (std::size_t i = 0; i < heads.size(); ++i)
    row.cells.push_back(Cell::of_text(heads[i], 1, i == 0 ? Alignment::left : Alignment::center));
  return row;
}

void drop_empty_column(PublicationTable& table, std::size_t column) {
  for (const TableRow& row : table.rows)
    if (!row.header && row.cells[column].kind != CellKind::empty) return;
  for (TableRow& row : table.rows) row.cells.erase(row.cells.begin() + static_cast<std::ptrdiff_t>(column));
}

namespace {

// As outreg2 prints them: 0.0780, 1.125, 10.12, 270.
int automatic_decimals(double value) {
  if (!std::isfinite(value) || value == std::floor(value)) return 0;
  const std::string text = fmt::format("{:.2e}", std::abs(value));
  const int exponent = std::stoi(text.substr(text.find('e') + 1));
  return std::clamp((exponent < 0 ? 2 : 3) - exponent, 0, 15);
}

int decimals_of_summary(const TableStyle& style, double value) {
  const StyleEntry& entry = entry_of(style);
  const bool automatic = entry.automatic_digits && !style.says_decimals && !entry.decimals;
  return automatic ? automatic_decimals(value) : -1;
}

// `place` is the position of the next summary in results.json: panels follow one another there.
void add_summaries(const SummaryTableSpec& spec, const std::vector<Summary>& variables,
                   const std::vector<std::string>& stats, std::size_t& place, PublicationTable& table) {
  for (const Summary& summary : variables) {
    TableRow row;
    row.cells.push_back(Cell::of_text(term_label(summary.name, spec.labels)));
    for (const std::string& stat : stats) {
      const double value = summary_stat(stat).value(summary);
      row.cells.push_back(Cell::of_number(summary_stat(stat).kind, value,
                                          decimals_of_summary(spec.style, value),
                                          fmt::format("/variables/{}/{}", place, stat)));
    }
    table.rows.push_back(std::move(row));
    ++place;
  }
}

TableRow panel_row(const SummaryTableSpec& spec, std::size_t position, std::size_t columns) {
  const std::string text = fmt::format(fmt::runtime(word("panel", spec.style.lang)), panel_letter(position),
                                       term_label(spec.by, spec.labels), spec.panels[position].group);
  return panel_heading(text, static_cast<int>(columns), position > 0);
}

}  // namespace

PublicationTable summary_table(const SummaryTableSpec& spec) {
  static const std::vector<std::string> usual = {"n", "mean", "p50", "sd", "min", "max"};
  const std::vector<std::string>& stats = spec.stats.empty() ? usual : spec.stats;
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  std::vector<std::string> heads = {std::string(word("variable", table.lang))};
  for (const std::string& stat : stats)
    heads.push_back(word_of(entry_of(spec.style), summary_stat(stat).name, table.lang));
  table.rows.push_back(head_row(heads));
  std::size_t place = spec.panels.empty() ? 0 : spec.variables.size();
  if (spec.panels.empty()) add_summaries(spec, spec.variables, stats, place, table);
  for (std::size_t i = 0; i < spec.panels.size(); ++i) {
    table.rows.push_back(panel_row(spec, i, stats.size() + 1));
    add_summaries(spec, spec.panels[i].variables, stats, place, table);
  }
  return table;
}

PublicationTable vif_table(const Vif& vif, const std::string& id, const std::string& title, int number,
                           const TableStyle& style, const Labels& labels) {
  PublicationTable table = start_table(id, title, number, style);
  const auto text = [&](std::string_view key) { return std::string(word(key, style.lang)); };
  table.rows.push_back(head_row({text("variable"), text("vif"), text("tolerance")}));
  std::vector<std::size_t> order(vif.rows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return vif.rows[a].vif > vif.rows[b].vif; });
  for (const std::size_t i : order) {
    const VifRow& entry = vif.rows[i];
    TableRow row;
    row.cells = {Cell::of_text(term_label(entry.term, labels)),
                 Cell::of_number(CellKind::number, entry.vif, 2, fmt::format("/vif/{}/vif", i)),
                 Cell::of_number(CellKind::number, entry.tolerance, -1, fmt::format("/vif/{}/tolerance", i))};
    table.rows.push_back(std::move(row));
  }
  TableRow mean;
  mean.rule_above = Rule::thin;
  mean.cells = {Cell::of_text(text("mean_vif")), Cell::of_number(CellKind::number, vif.mean, 2, "/mean"),
                Cell{}};
  table.rows.push_back(std::move(mean));
  table.notes.push_back(text("vif_note"));
  return table;
}

}  // namespace panelist
