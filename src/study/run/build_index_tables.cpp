// SPDX-License-Identifier: Apache-2.0
// Tables of one index: its scores by unit, and a coefficient under its conventions.
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "report/grid_table.h"
#include "report/table_words.h"
#include "study/run/build_tables.h"
#include "study/run/index_sensitivity.h"

namespace panelist::study {

namespace {

using nlohmann::ordered_json;

ordered_json number(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }

const IndexResult& index_of(const Workspace& work, const TableEntry& entry) {
  const auto place = work.indices.find(entry.indices.front().text);
  if (place == work.indices.end())
    throw Error("study.unknown_index", "the study has no index `" + entry.indices.front().text + "`",
                "name one of [index.NAME]");
  return place->second;
}

GridTableSpec started_grid(const Workspace& work, const TableEntry& entry, const char* title) {
  GridTableSpec spec;
  spec.id = entry.id;
  spec.title =
      entry.title.empty() ? table_words(title, work.study->lang, {entry.indices.front().text}) : entry.title;
  spec.number = entry.number;
  spec.style = style_of(work, entry);
  return spec;
}

// --- scores by unit

struct UnitScores {
  std::string unit;
  std::vector<double> scores;  // by time, or by dimension: means over times
  double mean = missing_value;
  int rank = 0;
};

double mean_of(const std::vector<double>& values) {
  double sum = 0, count = 0;
  for (const double value : values)
    if (std::isfinite(value)) {
      sum += value;
      ++count;
    }
  return count > 0 ? sum / count : missing_value;
}

std::size_t time_place(const Panel& panel, std::size_t row) {
  const auto found = std::lower_bound(panel.times.begin(), panel.times.end(), panel.time[row]);
  return static_cast<std::size_t>(found - panel.times.begin());
}

// Units with their scores at each time; a unit without any is left out.
std::map<std::int32_t, std::vector<double>> by_time(const IndexResult& index, const Panel& panel,
                                                    const Vector& values) {
  std::map<std::int32_t, std::vector<double>> units;
  for (std::size_t i = 0; i < index.rows.size(); ++i) {
    const std::size_t row = index.rows[i];
    auto [place, is_new] = units.try_emplace(panel.unit[row], panel.times.size(), missing_value);
    place->second[time_place(panel, row)] = values(static_cast<Index>(i));
  }
  return units;
}

// Best mean first; ties share the smallest rank.
void rank_by_mean(std::vector<UnitScores>& units) {
  std::stable_sort(units.begin(), units.end(),
                   [](const UnitScores& a, const UnitScores& b) { return a.mean > b.mean; });
  for (std::size_t i = 0; i < units.size(); ++i)
    units[i].rank = i > 0 && units[i].mean == units[i - 1].mean ? units[i - 1].rank : static_cast<int>(i) + 1;
}

std::vector<UnitScores> unit_scores(const IndexResult& index, const Panel& panel) {
  std::vector<UnitScores> units;
  for (auto& [unit, scores] : by_time(index, panel, index.score))
    units.push_back({panel.unit_names[static_cast<std::size_t>(unit)], scores, mean_of(scores), 0});
  rank_by_mean(units);
  return units;
}

std::vector<const NodeResult*> dimensions_of(const IndexResult& index) {
  std::vector<const NodeResult*> dimensions;
  for (const NodeResult& node : index.nodes)
    if (node.level == 1) dimensions.push_back(&node);
  return dimensions;
}

// Means over times of the dimensions' scores in place of the times.
void take_dimensions(const IndexResult& index, const Panel& panel, std::vector<UnitScores>& units) {
  std::map<std::string, std::vector<double>> means;
  for (const NodeResult* dimension : dimensions_of(index))
    for (const auto& [unit, scores] : by_time(index, panel, dimension->score))
      means[panel.unit_names[static_cast<std::size_t>(unit)]].push_back(mean_of(scores));
  for (UnitScores& unit : units) unit.scores = means[unit.unit];
}

std::vector<std::string> used_times(const Panel& panel, std::vector<UnitScores>& units) {
  std::vector<std::string> names;
  std::vector<std::size_t> used;
  for (std::size_t t = 0; t < panel.times.size(); ++t)
    if (std::any_of(units.begin(), units.end(),
                    [&](const UnitScores& u) { return std::isfinite(u.scores[t]); })) {
      used.push_back(t);
      names.push_back(panel.time_names[t]);
    }
  for (UnitScores& unit : units) {
    std::vector<double> kept;
    for (const std::size_t t : used) kept.push_back(unit.scores[t]);
    unit.scores = std::move(kept);
  }
  return names;
}

GridRow score_row(const UnitScores& unit, std::size_t place) {
  const std::string at = "/units/" + std::to_string(place);
  GridRow row{unit.unit, {}, false};
  for (std::size_t k = 0; k < unit.scores.size(); ++k)
    row.numbers.push_back({unit.scores[k], at + "/scores/" + std::to_string(k)});
  row.numbers.push_back({unit.mean, at + "/mean"});
  row.numbers.push_back({static_cast<double>(unit.rank), at + "/rank", CellKind::count});
  return row;
}

// --- a coefficient under the conventions of an index

ordered_json run_json(const SensitivityRun& run) {
  return {{"choices", join(run.variant.choices, "; ")},
          {"own", run.variant.own},
          {"estimate", number(run.estimate)},
          {"std_error", number(run.std_error)},
          {"p_value", number(run.p_value)},
          {"conf_low", number(run.low)},
          {"conf_high", number(run.high)},
          {"n", run.n},
          {"rank_correlation", number(run.rank_correlation)}};
}

ordered_json summary_json(const SensitivitySummary& summary) {
  return {{"what", summary.what},           {"runs", summary.runs},
          {"least", number(summary.least)}, {"median", number(summary.median)},
          {"most", number(summary.most)},   {"significant", number(summary.significant)}};
}

ordered_json sensitivity_json(const IndexSensitivity& found,
                              const std::vector<SensitivitySummary>& summaries) {
  ordered_json json = {{"index", found.index},
                       {"formula", found.formula},
                       {"term", found.term},
                       {"refused", found.refused},
                       {"own", run_json(found.own)}};
  for (const SensitivitySummary& summary : summaries) json["summary"].push_back(summary_json(summary));
  for (const auto& [key, runs] :
       {std::pair{"conventions", &found.conventions}, std::pair{"left_out", &found.left_out}}) {
    json[key] = ordered_json::array();
    for (const SensitivityRun& run : *runs) json[key].push_back(run_json(run));
  }
  return json;
}

// A convention as the notes of index tables say it.
std::string summary_words(const std::string& what, const std::string& lang) {
  if (what == "all") return table_words("sensitivity_all", lang, {});
  if (what == "left out") return table_words("sensitivity_left_out", lang, {});
  const std::size_t colon = what.find(": ");
  const std::string kind = what.substr(0, colon);
  return table_words("sensitivity_" + kind, lang, {choice_words(kind, what.substr(colon + 2), lang)});
}

GridRow summary_row(const SensitivitySummary& summary, std::size_t place, const std::string& lang) {
  const std::string at = "/index_sensitivity/summary/" + std::to_string(place);
  const bool apart = place == 1 || summary.what == "left out";
  return {summary_words(summary.what, lang),
          {{static_cast<double>(summary.runs), at + "/runs", CellKind::count},
           {summary.least, at + "/least"},
           {summary.median, at + "/median"},
           {summary.most, at + "/most"},
           {summary.significant, at + "/significant"}},
          apart};
}

GridRow own_row(const IndexSensitivity& found, const std::string& lang) {
  return {table_words("sensitivity_own", lang, {}),
          {{1, "/index_sensitivity/own_runs", CellKind::count},
           {found.own.low, "/index_sensitivity/own/conf_low"},
           {found.own.estimate, "/index_sensitivity/own/estimate"},
           {found.own.high, "/index_sensitivity/own/conf_high"}},
          false};
}

std::vector<std::string> sensitivity_notes(const IndexSensitivity& found, const std::string& lang) {
  return {table_words("sensitivity_note", lang, {found.term, found.formula, found.index}),
          table_words("sensitivity_refused", lang,
                      {std::to_string(found.conventions.size()), std::to_string(found.refused)})};
}

}  // namespace

std::vector<BuiltTable> build_index_scores_table(Workspace& work, const TableEntry& entry) {
  std::vector<BuiltTable> out;
  attempt(work.notes, entry.span, [&] {
    const IndexResult& index = index_of(work, entry);
    GridTableSpec spec = started_grid(work, entry, entry.dimensions ? "dimensions_title" : "scores_title");
    std::vector<UnitScores> units = unit_scores(index, work.panel);
    std::vector<std::string> heads = used_times(work.panel, units);
    if (entry.dimensions) {
      heads.clear();
      for (const NodeResult* dimension : dimensions_of(index)) heads.push_back(dimension->code);
      take_dimensions(index, work.panel, units);
    }
    BuiltTable built;
    built.json["index"] = index.name;
    built.json[entry.dimensions ? "dimensions" : "times"] = heads;
    for (std::size_t i = 0; i < units.size(); ++i) {
      ordered_json scores = ordered_json::array();
      for (const double score : units[i].scores) scores.push_back(number(score));
      built.json["units"].push_back({{"unit", units[i].unit},
                                     {"scores", scores},
                                     {"mean", number(units[i].mean)},
                                     {"rank", units[i].rank}});
      spec.rows.push_back(score_row(units[i], i));
    }
    spec.heads = {"#unit_head"};
    spec.heads.insert(spec.heads.end(), heads.begin(), heads.end());
    spec.heads.insert(spec.heads.end(), {"#mean_head", "#rank_head"});
    spec.notes = {table_words("scores_note", work.study->lang, {})};
    built.table = grid_table(spec);
    out.push_back(std::move(built));
  });
  return out;
}

std::vector<BuiltTable> build_index_sensitivity_table(Workspace& work, const TableEntry& entry) {
  std::vector<BuiltTable> out;
  attempt(work.notes, entry.span, [&] {
    const IndexSensitivity found = index_sensitivity(work, entry);
    const std::vector<SensitivitySummary> summaries = summaries_of(found);
    const std::string& lang = work.study->lang;
    GridTableSpec spec = started_grid(work, entry, "sensitivity_title");
    spec.heads = {"", "#runs_head", "#least_head", "#median_head", "#most_head", "#significant_head"};
    spec.rows.push_back(own_row(found, lang));
    for (std::size_t i = 0; i < summaries.size(); ++i)
      spec.rows.push_back(summary_row(summaries[i], i, lang));
    spec.rows.front().numbers.push_back({});
    spec.notes = sensitivity_notes(found, lang);
    BuiltTable built;
    built.table = grid_table(spec);
    built.json["index_sensitivity"] = sensitivity_json(found, summaries);
    built.json["index_sensitivity"]["own_runs"] = 1;
    out.push_back(std::move(built));
  });
  return out;
}

}  // namespace panelist::study
