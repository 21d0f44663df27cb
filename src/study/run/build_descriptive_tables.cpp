// SPDX-License-Identifier: Apache-2.0
// Correlations, balance of groups, rankings and transitions.
#include <numeric>
#include <set>

#include "report/descriptive_tables.h"
#include "study/run/build_tables.h"
#include "table/descriptive.h"
#include "table/statistics.h"

namespace panelist::study {
namespace {

using nlohmann::ordered_json;

ordered_json json_of(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }

void start(const Workspace& work, const TableEntry& entry, DescriptiveSpec& spec) {
  spec.id = entry.id;
  spec.title = entry.title;
  spec.number = entry.number;
  spec.style = style_of(work, entry);
  spec.labels = labels_of(work, entry);
}

std::vector<std::size_t> rows_of(Workspace& work, const TableEntry& entry) {
  std::vector<std::string> conditions;
  if (!entry.where.text.empty()) conditions.push_back(entry.where.text);
  std::vector<std::size_t> rows = rows_where(work, work.table, conditions);
  if (rows.empty())
    throw Error("data.no_rows", "no row is left to describe", "check `where`; `panelist data FILE`");
  return rows;
}

std::vector<double> chosen(const std::vector<double>& values, const std::vector<std::size_t>& rows) {
  std::vector<double> out;
  for (const std::size_t row : rows) out.push_back(values[row]);
  return out;
}

// Values on the table's rows, a vector a variable.
std::vector<std::vector<double>> sample_values(Workspace& work, const std::vector<std::string>& names,
                                               const std::vector<std::size_t>& rows) {
  std::vector<std::vector<double>> values;
  for (const std::string& name : names) values.push_back(chosen(values_of_term(work, name), rows));
  return values;
}

// Under `sample = "common"` only rows on which every variable is known.
void keep_common_rows(std::vector<std::vector<double>>& values) {
  std::vector<std::vector<double>> kept(values.size());
  for (std::size_t row = 0; row < values.front().size(); ++row) {
    const bool known = std::none_of(values.begin(), values.end(),
                                    [&](const std::vector<double>& one) { return std::isnan(one[row]); });
    for (std::size_t i = 0; known && i < values.size(); ++i) kept[i].push_back(values[i][row]);
  }
  values = std::move(kept);
}

using Square = std::vector<std::vector<Association>>;

Square associations(const std::vector<std::vector<double>>& values, AssociationKind kind) {
  Square square(values.size(), std::vector<Association>(values.size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      square[i][j] = associate(values[i], values[j], kind);
      if (i == j)
        square[i][j] = {std::isnan(square[i][j].r) ? missing_value : 1.0, missing_value, square[i][j].n};
      square[j][i] = square[i][j];
    }
  return square;
}

ordered_json square_json(const Square& square) {
  ordered_json rows = ordered_json::array();
  for (const std::vector<Association>& line : square) {
    rows.push_back(ordered_json::array());
    for (const Association& one : line)
      rows.back().push_back({{"r", json_of(one.r)}, {"p_value", json_of(one.p)}, {"n", one.n}});
  }
  return rows;
}

ordered_json group_json(const GroupMean& group) {
  return {{"n", group.n}, {"mean", json_of(group.mean)}, {"sd", json_of(group.sd)}};
}

Grouped groups_of(Workspace& work, const TableEntry& entry) {
  Split split;
  split.by = *entry.by;
  split.span = entry.by->span;
  return group_rows(work, entry, split);
}

std::vector<std::size_t> rows_in(const Grouped& grouped, std::size_t group,
                                 const std::vector<std::size_t>& rows) {
  const std::vector<double>& code = grouped.table.at(grouped.code_column).values();
  std::vector<std::size_t> members;
  for (const std::size_t row : rows)
    if (code[row] == static_cast<double>(group)) members.push_back(row);
  return members;
}

Grouped two_groups(Workspace& work, const TableEntry& entry) {
  Grouped grouped = groups_of(work, entry);
  if (grouped.groups.size() == 2) return grouped;
  throw Error({"study.balance",
               Severity::error,
               "`" + entry.by->text + "` has " + std::to_string(grouped.groups.size()) +
                   " groups; balance compares two",
               entry.by->span,
               "",
               {},
               "choose two by `where`, or derive a column of 0 and 1"});
}

// The variable on the rows of one group, with the unit of each.
Clustered by_unit(const Workspace& work, const std::vector<double>& values,
                  const std::vector<std::size_t>& rows) {
  Clustered out{chosen(values, rows), {}};
  for (const std::size_t row : rows) out.cluster.push_back(work.panel.unit[row]);
  return out;
}

// Rows of one unit are no independent draws: tests are clustered where some unit has several.
bool clusters_balance(const Workspace& work, const TableEntry& entry, const std::vector<std::size_t>& rows) {
  if (!entry.balance_test.empty()) return entry.balance_test == "cluster";
  std::set<std::int32_t> units;
  for (const std::size_t row : rows) units.insert(work.panel.unit[row]);
  return units.size() < rows.size() && units.size() > 1;
}

ordered_json balance_json(const Balance& one) {
  ordered_json json = {{"name", one.name},
                       {"first", group_json(one.first)},
                       {"second", group_json(one.second)},
                       {"difference", json_of(one.difference)},
                       {"std_error", json_of(one.std_error)},
                       {"t", json_of(one.t)},
                       {"df", json_of(one.df)},
                       {"p_value", json_of(one.p)},
                       {"normalised_difference", json_of(one.normalised)}};
  if (one.clusters > 0) json["n_clusters"] = one.clusters;
  return json;
}

// Values of the one variable by unit and time of the panel, missing off the rows.
std::vector<double> values_on(Workspace& work, const std::string& name,
                              const std::vector<std::size_t>& rows) {
  const std::vector<double> all = values_of_term(work, name);
  std::vector<double> out(all.size(), missing_value);
  for (const std::size_t row : rows) out[row] = all[row];
  return out;
}

void rank_periods(const Panel& panel, const std::vector<double>& values, std::vector<RankedUnit>& units) {
  for (std::size_t t = 0; t < panel.times.size(); ++t) {
    std::vector<double> period;
    for (std::size_t u = 0; u < units.size(); ++u) {
      const std::int64_t row = panel.row_of(static_cast<std::int32_t>(u), panel.times[t]);
      period.push_back(row < 0 ? missing_value : values[static_cast<std::size_t>(row)]);
    }
    if (std::all_of(period.begin(), period.end(), [](double v) { return std::isnan(v); })) continue;
    const std::vector<double> ranks = ranks_down(period);
    for (std::size_t u = 0; u < units.size(); ++u) units[u].ranks.push_back(ranks[u]);
  }
}

std::vector<RankedUnit> ranked_units(const Panel& panel, const std::vector<double>& values) {
  std::vector<RankedUnit> units(panel.unit_names.size());
  std::vector<double> means;
  for (std::size_t u = 0; u < units.size(); ++u) {
    units[u].unit = panel.unit_names[u];
    std::vector<double> own;
    for (std::size_t i = panel.unit_begin[u]; i < panel.unit_begin[u + 1]; ++i)
      own.push_back(values[panel.order[i]]);
    means.push_back(summarise("", own).mean);
    units[u].mean = means.back();
  }
  const std::vector<double> ranks = ranks_down(means);
  for (std::size_t u = 0; u < units.size(); ++u) units[u].rank = ranks[u];
  rank_periods(panel, values, units);
  std::erase_if(units, [](const RankedUnit& unit) { return std::isnan(unit.mean); });
  std::stable_sort(units.begin(), units.end(),
                   [](const RankedUnit& a, const RankedUnit& b) { return a.rank < b.rank; });
  return units;
}

std::vector<std::string> times_of(const Panel& panel, const std::vector<double>& values) {
  std::vector<std::string> names;
  for (std::size_t t = 0; t < panel.times.size(); ++t)
    for (std::size_t row = 0; row < values.size(); ++row)
      if (panel.time[row] == panel.times[t] && !std::isnan(values[row])) {
        names.push_back(panel.time_names[t]);
        break;
      }
  return names;
}

// Quantiles of all periods, or of each period alone.
std::vector<int> states_of(const Panel& panel, const std::vector<double>& values, const TableEntry& entry) {
  if (!entry.by_period) return quantile_states(values, entry.states);
  std::vector<int> states(values.size(), 0);
  for (const std::int64_t time : panel.times) {
    std::vector<double> own(values.size(), missing_value);
    for (std::size_t row = 0; row < values.size(); ++row)
      if (panel.time[row] == time) own[row] = values[row];
    if (std::all_of(own.begin(), own.end(), [](double v) { return std::isnan(v); })) continue;
    const std::vector<int> in_period = quantile_states(own, entry.states);
    for (std::size_t row = 0; row < values.size(); ++row)
      if (in_period[row] > 0) states[row] = in_period[row];
  }
  return states;
}

std::vector<BuiltTable> built_or_none(Workspace& work, const TableEntry& entry,
                                      const std::function<BuiltTable()>& build) {
  std::vector<BuiltTable> out;
  attempt(work.notes, entry.span, [&] { out.push_back(build()); });
  return out;
}

}  // namespace

std::vector<BuiltTable> build_correlation_table(Workspace& work, const TableEntry& entry) {
  return built_or_none(work, entry, [&] {
    CorrelationTableSpec spec;
    start(work, entry, spec);
    spec.names = summary_names(work, entry);
    std::vector<std::vector<double>> values = sample_values(work, spec.names, rows_of(work, entry));
    if (entry.common_sample && !values.empty()) keep_common_rows(values);
    spec.p_below = !entry.below.empty();
    if (entry.coefficient == "spearman") spec.kind = AssociationKind::spearman;
    spec.below = associations(values, spec.kind);
    if (entry.coefficient == "both") spec.above = associations(values, AssociationKind::spearman);
    BuiltTable built;
    built.table = correlation_table(spec);
    built.json["names"] = spec.names;
    built.json["correlations"]["below"] = square_json(spec.below);
    if (!spec.above.empty()) built.json["correlations"]["above"] = square_json(spec.above);
    return built;
  });
}

std::vector<BuiltTable> build_balance_table(Workspace& work, const TableEntry& entry) {
  return built_or_none(work, entry, [&] {
    BalanceTableSpec spec;
    start(work, entry, spec);
    const std::vector<std::size_t> rows = rows_of(work, entry);
    const Grouped grouped = two_groups(work, entry);
    spec.by = entry.by->text;
    spec.first = grouped.groups[0];
    spec.second = grouped.groups[1];
    const std::vector<std::size_t> first = rows_in(grouped, 0, rows), second = rows_in(grouped, 1, rows);
    const bool clustered = clusters_balance(work, entry, rows);
    if (clustered) spec.clusters = work.panel.keys.unit;
    BuiltTable built;
    built.json["by"] = spec.by;
    built.json["groups"] = grouped.groups;
    built.json["test"] = clustered ? "cluster" : "welch";
    for (const std::string& name : summary_names(work, entry)) {
      const std::vector<double> values = values_of_term(work, name);
      spec.variables.push_back(
          clustered ? balance_by_cluster(name, by_unit(work, values, first), by_unit(work, values, second))
                    : balance(name, chosen(values, first), chosen(values, second)));
      built.json["variables"].push_back(balance_json(spec.variables.back()));
    }
    built.table = balance_table(spec);
    return built;
  });
}

std::vector<BuiltTable> build_ranking_table(Workspace& work, const TableEntry& entry) {
  return built_or_none(work, entry, [&] {
    RankingTableSpec spec;
    start(work, entry, spec);
    spec.name = summary_names(work, entry).front();
    const std::vector<double> values = values_on(work, spec.name, rows_of(work, entry));
    spec.times = times_of(work.panel, values);
    spec.units = ranked_units(work.panel, values);
    BuiltTable built;
    built.json["name"] = spec.name;
    built.json["times"] = spec.times;
    for (const RankedUnit& unit : spec.units) {
      ordered_json ranks = ordered_json::array();
      for (const double rank : unit.ranks) ranks.push_back(json_of(rank));
      built.json["units"].push_back({{"unit", unit.unit},
                                     {"ranks", ranks},
                                     {"mean", json_of(unit.mean)},
                                     {"rank", json_of(unit.rank)}});
    }
    built.table = ranking_table(spec);
    return built;
  });
}

namespace {

TransitionPanel transition_panel(const std::string& group, const Transitions& counts) {
  TransitionPanel panel;
  panel.group = group;
  for (const std::vector<double>& row : counts) {
    const double moves = std::accumulate(row.begin(), row.end(), 0.0);
    panel.moves.push_back(moves);
    panel.shares.emplace_back();
    for (const double count : row) panel.shares.back().push_back(moves > 0 ? count / moves : missing_value);
  }
  return panel;
}

ordered_json transition_json(const TransitionPanel& panel, const Transitions& counts) {
  ordered_json json = ordered_json::object();
  if (!panel.group.empty()) json["group"] = panel.group;
  json["counts"] = counts;
  json["shares"] = ordered_json::array();
  for (const std::vector<double>& row : panel.shares) {
    json["shares"].push_back(ordered_json::array());
    for (const double share : row) json["shares"].back().push_back(json_of(share));
  }
  json["moves"] = panel.moves;
  return json;
}

void check_moves(const TableEntry& entry, const std::vector<TransitionPanel>& panels) {
  for (const TransitionPanel& panel : panels)
    if (std::accumulate(panel.moves.begin(), panel.moves.end(), 0.0) > 0) return;
  throw Error("study.transition",
              "no unit is seen in two periods " + std::to_string(entry.steps) + " apart, so none moves",
              "lower `steps`; `panelist data FILE` shows the periods");
}

}  // namespace

std::vector<BuiltTable> build_transition_table(Workspace& work, const TableEntry& entry) {
  return built_or_none(work, entry, [&] {
    TransitionTableSpec spec;
    start(work, entry, spec);
    spec.name = summary_names(work, entry).front();
    spec.steps = entry.steps;
    spec.by_period = entry.by_period;
    const std::vector<std::size_t> rows = rows_of(work, entry);
    const std::vector<int> states = states_of(work.panel, values_on(work, spec.name, rows), entry);
    BuiltTable built;
    built.json["name"] = spec.name;
    const auto add = [&](const std::string& group, const std::vector<std::size_t>& from) {
      const Transitions counts = transitions(work.panel, states, from, {entry.states, entry.steps});
      spec.panels.push_back(transition_panel(group, counts));
      built.json["transitions"].push_back(transition_json(spec.panels.back(), counts));
    };
    if (entry.by) {
      spec.by = entry.by->text;
      built.json["by"] = spec.by;
      const Grouped grouped = groups_of(work, entry);
      for (std::size_t i = 0; i < grouped.groups.size(); ++i)
        add(grouped.groups[i], rows_in(grouped, i, rows));
    } else {
      add("", rows);
    }
    check_moves(entry, spec.panels);
    built.table = transition_table(spec);
    return built;
  });
}

}  // namespace panelist::study
