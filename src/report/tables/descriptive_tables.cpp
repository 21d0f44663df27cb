// SPDX-License-Identifier: Apache-2.0
#include "report/descriptive_tables.h"

#include <fmt/format.h>

#include "base/text.h"
#include "report/tables/labels.h"
#include "report/tables/panel_heading.h"
#include "report/tables/regression_view.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

PublicationTable started(const DescriptiveSpec& spec) {
  return start_table(spec.id, spec.title, spec.number, spec.style);
}

void add_star_legend(const DescriptiveSpec& spec, PublicationTable& table) {
  const std::string legend = star_legend(spec.style.stars, entry_of(spec.style), table.lang);
  if (!legend.empty()) table.notes.push_back(legend);
}

Cell number(CellKind kind, double value, const std::string& source) {
  return Cell::of_number(kind, value, -1, source);
}

TableRow row_of(const std::string& label) {
  TableRow row;
  row.cells.push_back(Cell::of_text(label));
  return row;
}

Cell correlation_cell(const Association& pair, const std::string& place, const DescriptiveSpec& spec) {
  Cell cell = number(CellKind::estimate, pair.r, place + "/r");
  cell.stars = std::isnan(pair.p) ? 0 : stars_of(pair.p, spec.style.stars);
  return cell;
}

// The pair that stands in row i and column j, and where it stands in results.json; none where the table is blank.
struct PlacedPair {
  const Association* pair = nullptr;
  std::string place;
};
PlacedPair pair_at(const CorrelationTableSpec& spec, std::size_t i, std::size_t j) {
  if (j < i) return {&spec.below[i][j], fmt::format("/correlations/below/{}/{}", i, j)};
  if (j > i && !spec.above.empty())
    return {&spec.above[i][j], fmt::format("/correlations/above/{}/{}", i, j)};
  return {};
}

TableRow correlation_row(const CorrelationTableSpec& spec, std::size_t i) {
  TableRow row = row_of(fmt::format("({}) {}", i + 1, term_label(spec.names[i], spec.labels)));
  for (std::size_t j = 0; j < spec.names.size(); ++j) {
    const PlacedPair at = pair_at(spec, i, j);
    if (i == j)
      row.cells.push_back(Cell::of_number(CellKind::count, spec.below[i][i].r, -1,
                                          fmt::format("/correlations/below/{0}/{0}/r", i)));
    else if (at.pair == nullptr)
      row.cells.emplace_back();
    else
      row.cells.push_back(correlation_cell(*at.pair, at.place, spec));
  }
  return row;
}

TableRow p_value_row(const CorrelationTableSpec& spec, std::size_t i) {
  TableRow row;
  row.cells.emplace_back();
  for (std::size_t j = 0; j < spec.names.size(); ++j) {
    const PlacedPair at = pair_at(spec, i, j);
    row.cells.emplace_back();
    if (at.pair == nullptr) continue;
    row.cells.back() = number(CellKind::p_value, at.pair->p, at.place + "/p_value");
    row.cells.back().bracket = bracket_of(spec.style, 0);
  }
  return row;
}

std::string pairs_words(const CorrelationTableSpec& spec) {
  std::size_t least = 0, most = 0;
  for (std::size_t i = 1; i < spec.names.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const std::size_t n = spec.below[i][j].n;
      least = most == 0 ? n : std::min(least, n);
      most = std::max(most, n);
    }
  const std::string count = least == most ? std::to_string(most) : fmt::format("{}-{}", least, most);
  return format_words("correlation_pairs", spec.style.lang, count);
}

}  // namespace

PublicationTable correlation_table(const CorrelationTableSpec& spec) {
  PublicationTable table = started(spec);
  std::vector<std::string> heads = {std::string(word("variable", table.lang))};
  for (std::size_t i = 0; i < spec.names.size(); ++i) heads.push_back(fmt::format("({})", i + 1));
  table.rows.push_back(head_row(heads));
  for (std::size_t i = 0; i < spec.names.size(); ++i) {
    table.rows.push_back(correlation_row(spec, i));
    const bool any_pair = i > 0 || !spec.above.empty();
    if (spec.p_below && any_pair) table.rows.push_back(p_value_row(spec, i));
  }
  const char* kind = !spec.above.empty()                      ? "correlation_both"
                     : spec.kind == AssociationKind::spearman ? "correlation_spearman"
                                                              : "correlation_pearson";
  table.notes = {std::string(word(kind, table.lang)), pairs_words(spec)};
  if (spec.p_below)
    table.notes.push_back(
        format_words("p_below", table.lang, bracket_words(bracket_of(spec.style, 0), table.lang)));
  add_star_legend(spec, table);
  return table;
}

namespace {

// "coast = 1": a number alone names no group.
std::string group_head(const BalanceTableSpec& spec, const std::string& group) {
  return parse_number(group) ? term_label(spec.by, spec.labels) + " = " + group : group;
}

TableRow balance_groups(const BalanceTableSpec& spec) {
  TableRow groups = row_of("");
  groups.header = groups.rule_under_spans = true;
  groups.cells.push_back(Cell::of_text(group_head(spec, spec.first), 3, Alignment::center));
  groups.cells.push_back(Cell::of_text(group_head(spec, spec.second), 3, Alignment::center));
  groups.cells.push_back(Cell::of_text("", 3));
  return groups;
}

TableRow balance_row(const BalanceTableSpec& spec, std::size_t i) {
  const Balance& one = spec.variables[i];
  const std::string place = fmt::format("/variables/{}", i);
  TableRow row = row_of(term_label(one.name, spec.labels));
  for (const auto& [name, group] : {std::pair{"/first", &one.first}, std::pair{"/second", &one.second}}) {
    row.cells.push_back(number(CellKind::count, static_cast<double>(group->n), place + name + "/n"));
    row.cells.push_back(number(CellKind::number, group->mean, place + name + "/mean"));
    row.cells.push_back(number(CellKind::number, group->sd, place + name + "/sd"));
  }
  row.cells.push_back(number(CellKind::estimate, one.difference, place + "/difference"));
  if (!std::isnan(one.p)) row.cells.back().stars = stars_of(one.p, spec.style.stars);
  row.cells.push_back(number(CellKind::statistic, one.t, place + "/t"));
  row.cells.push_back(number(CellKind::number, one.normalised, place + "/normalised_difference"));
  return row;
}

}  // namespace

namespace {

// Counts of clusters that differ between the variables (for missing values) are a range.
std::string balance_note(const BalanceTableSpec& spec) {
  const std::string& lang = spec.style.lang;
  if (spec.clusters.empty()) return std::string(word("balance_note", lang));
  std::size_t least = 0, most = 0;
  for (const Balance& one : spec.variables) {
    least = most == 0 ? one.clusters : std::min(least, one.clusters);
    most = std::max(most, one.clusters);
  }
  const std::string count = least == most ? std::to_string(most) : fmt::format("{}-{}", least, most);
  return format_words("balance_note_clusters", lang, term_label(spec.clusters, spec.labels), count);
}

}  // namespace

PublicationTable balance_table(const BalanceTableSpec& spec) {
  PublicationTable table = started(spec);
  const auto text = [&](std::string_view key) { return std::string(word(key, table.lang)); };
  table.rows.push_back(balance_groups(spec));
  table.rows.push_back(
      head_row({text("variable"), text("n"), text("mean"), text("sd"), text("n"), text("mean"), text("sd"),
                text("balance_difference"), text("balance_t"), text("balance_normalised")}));
  for (std::size_t i = 0; i < spec.variables.size(); ++i) table.rows.push_back(balance_row(spec, i));
  table.notes = {balance_note(spec)};
  add_star_legend(spec, table);
  return table;
}

PublicationTable ranking_table(const RankingTableSpec& spec) {
  PublicationTable table = started(spec);
  std::vector<std::string> heads = {std::string(word("ranking_unit", table.lang))};
  for (const std::string& time : spec.times) heads.push_back(time);
  heads.emplace_back(word("mean", table.lang));
  heads.emplace_back(word("ranking_rank", table.lang));
  table.rows.push_back(head_row(heads));
  for (std::size_t i = 0; i < spec.units.size(); ++i) {
    const RankedUnit& unit = spec.units[i];
    const std::string place = fmt::format("/units/{}", i);
    TableRow row = row_of(unit.unit);
    for (std::size_t t = 0; t < unit.ranks.size(); ++t)
      row.cells.push_back(number(CellKind::count, unit.ranks[t], fmt::format("{}/ranks/{}", place, t)));
    row.cells.push_back(number(CellKind::number, unit.mean, place + "/mean"));
    row.cells.push_back(number(CellKind::count, unit.rank, place + "/rank"));
    table.rows.push_back(std::move(row));
  }
  table.notes = {format_words("ranking_note", table.lang, term_label(spec.name, spec.labels))};
  return table;
}

namespace {

TableRow transition_row(const TransitionTableSpec& spec, std::size_t group, std::size_t from) {
  const TransitionPanel& panel = spec.panels[group];
  const std::string place = fmt::format("/transitions/{}", group);
  TableRow row = row_of(std::to_string(from + 1));
  for (std::size_t to = 0; to < panel.moves.size(); ++to)
    row.cells.push_back(
        number(CellKind::number, panel.shares[from][to], fmt::format("{}/shares/{}/{}", place, from, to)));
  row.cells.push_back(number(CellKind::count, panel.moves[from], fmt::format("{}/moves/{}", place, from)));
  return row;
}

}  // namespace

PublicationTable transition_table(const TransitionTableSpec& spec) {
  PublicationTable table = started(spec);
  const std::size_t states = spec.panels.front().moves.size();
  std::vector<std::string> heads = {std::string(word("transition_state", table.lang))};
  for (std::size_t k = 1; k <= states; ++k) heads.push_back(std::to_string(k));
  heads.emplace_back(word("n", table.lang));
  table.rows.push_back(head_row(heads));
  for (std::size_t group = 0; group < spec.panels.size(); ++group) {
    if (!spec.by.empty())
      table.rows.push_back(
          panel_heading(format_words("panel", table.lang, panel_letter(group),
                                     term_label(spec.by, spec.labels), spec.panels[group].group),
                        static_cast<int>(states) + 2, group > 0));
    for (std::size_t from = 0; from < states; ++from) table.rows.push_back(transition_row(spec, group, from));
  }
  table.notes = {format_words(spec.by_period ? "transition_note_period" : "transition_note", table.lang,
                              term_label(spec.name, spec.labels),
                              spec.steps == 1 ? std::string(word("one_step", table.lang))
                                              : format_words("steps", table.lang, spec.steps))};
  return table;
}

}  // namespace panelist
