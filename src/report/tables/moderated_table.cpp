// SPDX-License-Identifier: Apache-2.0
#include "report/moderated_table.h"

#include <cmath>

#include "base/text.h"
#include "report/tables/effect_rows.h"
#include "report/tables/labels.h"
#include "report/tables/regression_view.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

Cell starred(double value, double p, const std::string& source, const TableHead& head) {
  Cell cell = Cell::of_number(CellKind::estimate, value, -1, source);
  cell.stars = stars_of(p, head.style.stars);
  return cell;
}

Cell percentile_cell(const std::optional<BootstrapIntervals>& bootstrap, const std::string& source) {
  return bootstrap ? interval_cell(bootstrap->percentile_low, bootstrap->percentile_high, source) : Cell{};
}

Cell monte_carlo_cell(const IndirectEffect& effect, const std::string& source) {
  return effect.monte_carlo ? interval_cell(effect.monte_carlo->low, effect.monte_carlo->high, source)
                            : Cell{};
}

Cell p_cell(double p, const std::string& source) { return Cell::of_number(CellKind::p_value, p, -1, source); }

constexpr std::size_t percentile_column = 9, monte_carlo_column = 10;

TableRow path_row(const ModeratedMediation& moderated, std::size_t g, std::size_t p, const TableHead& head) {
  const GroupMediation& group = moderated.groups[g];
  const MediationPath& path = group.mediation.paths[p];
  const std::string whole = fmt::format("/moderated/groups/{}/mediation", g);
  const std::string at = whole + fmt::format("/paths/{}", p);
  const auto effect = [&](const Coefficient& c, const std::string& source) {
    return starred(c.estimate, c.p_value, source + "/estimate", head);
  };
  TableRow row;
  row.cells = {
      Cell::of_text(p == 0 ? group.group : ""),
      Cell::of_text(term_label(path.mediator, head.labels)),
      p == 0 ? effect(group.mediation.total_effect, whole + "/total") : Cell{},
      p == 0 ? effect(group.mediation.direct_effect, whole + "/direct") : Cell{},
      effect(path.a, at + "/a"),
      effect(path.b, at + "/b"),
      starred(path.indirect.estimate, path.indirect.delta_p, at + "/indirect/estimate", head),
      Cell::of_number(CellKind::number, path.indirect.delta_se, -1, at + "/indirect/delta/std_error"),
      p_cell(path.indirect.delta_p, at + "/indirect/delta/p_value"),
      percentile_cell(path.indirect.bootstrap, at + "/indirect/bootstrap/percentile"),
      monte_carlo_cell(path.indirect, at + "/indirect/monte_carlo/interval"),
      p == 0 ? Cell::of_number(CellKind::count, group.mediation.total.fit->n, -1, whole + "/n") : Cell{}};
  return row;
}

// a is the first link, b the last one.
TableRow chain_row(const ModeratedMediation& moderated, std::size_t g, std::size_t c, const TableHead& head) {
  const MediationChain& chain = moderated.groups[g].mediation.chains[c];
  const std::string at = fmt::format("/moderated/groups/{}/mediation/chains/{}", g, c);
  const auto link = [&](std::size_t position) {
    const Coefficient& coefficient = chain.links[position];
    return starred(coefficient.estimate, coefficient.p_value,
                   at + fmt::format("/links/{}/estimate", position), head);
  };
  TableRow row;
  row.cells = {
      Cell::of_text(""),
      Cell::of_text(path_label(join(chain.through, " -> "), head.labels)),
      Cell{},
      Cell{},
      link(0),
      link(chain.links.size() - 1),
      starred(chain.indirect.estimate, chain.indirect.delta_p, at + "/indirect/estimate", head),
      Cell::of_number(CellKind::number, chain.indirect.delta_se, -1, at + "/indirect/delta/std_error"),
      p_cell(chain.indirect.delta_p, at + "/indirect/delta/p_value"),
      percentile_cell(chain.indirect.bootstrap, at + "/indirect/bootstrap/percentile"),
      monte_carlo_cell(chain.indirect, at + "/indirect/monte_carlo/interval"),
      Cell{}};
  return row;
}

TableRow difference_row(const ModeratedMediation& moderated, std::size_t d, const TableHead& head) {
  const IndirectDifference& difference = moderated.differences[d];
  const std::string at = fmt::format("/moderated/differences/{}", d);
  const bool drawn = std::isfinite(difference.bootstrap_p);
  TableRow row;
  row.cells = {Cell::of_text(difference.first + " - " + difference.second),
               Cell::of_text(difference.mediator.empty() ? std::string(word("moderated_sum", head.style.lang))
                                                         : path_label(difference.mediator, head.labels)),
               Cell{},
               Cell{},
               Cell{},
               Cell{},
               starred(difference.estimate, drawn ? difference.bootstrap_p : difference.delta_p,
                       at + "/estimate", head),
               Cell::of_number(CellKind::number, difference.delta_se, -1, at + "/delta/std_error"),
               drawn ? p_cell(difference.bootstrap_p, at + "/bootstrap/p_value")
                     : p_cell(difference.delta_p, at + "/delta/p_value"),
               percentile_cell(difference.bootstrap, at + "/bootstrap/percentile"),
               Cell{},
               Cell{}};
  if (d == 0) row.rule_above = Rule::thin;
  return row;
}

void add_notes(const ModeratedMediation& moderated, const TableHead& head, PublicationTable& table) {
  const std::string& lang = head.style.lang;
  const Mediation& first = moderated.groups.front().mediation;
  const std::string legend = star_legend(head.style.stars, entry_of(head.style), lang);
  if (!legend.empty()) table.notes.push_back(legend);
  table.notes.emplace_back(word("moderated_note", lang));
  table.notes.push_back(format_words("robust_vcov", lang, first.total.vcov_spec.text));
  if (const auto& bootstrap = first.paths.front().indirect.bootstrap)
    table.notes.push_back(format_words("moderated_draws", lang, bootstrap->replicates));
  if (moderated.shared > 0) table.notes.push_back(format_words("moderated_shared", lang, moderated.shared));
}

}  // namespace

PublicationTable moderated_table(const ModeratedMediation& moderated, const TableHead& head) {
  PublicationTable table = start_table(head.id, head.title, head.number, head.style);
  const auto text = [&](std::string_view key) { return std::string(word(key, head.style.lang)); };
  table.rows.push_back(
      head_row({term_label(moderated.by, head.labels), text("mediator_head"), text("total_effect_head"),
                text("direct_effect_head"), "a", "b", text("indirect"), text("delta_se"), text("shape_p"),
                text("percentile_interval"), text("monte_carlo_interval"), text("n")}));
  for (std::size_t g = 0; g < moderated.groups.size(); ++g) {
    const Mediation& mediation = moderated.groups[g].mediation;
    for (std::size_t p = 0; p < mediation.paths.size(); ++p)
      table.rows.push_back(path_row(moderated, g, p, head));
    for (std::size_t c = 0; c < mediation.chains.size(); ++c)
      table.rows.push_back(chain_row(moderated, g, c, head));
  }
  for (std::size_t d = 0; d < moderated.differences.size(); ++d)
    table.rows.push_back(difference_row(moderated, d, head));
  for (const std::size_t interval : {monte_carlo_column, percentile_column})
    drop_empty_column(table, interval);
  add_notes(moderated, head, table);
  return table;
}

}  // namespace panelist
