// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/aligned_text.h"
#include "cli/commands/catalog.h"
#include "cli/estimation_options.h"
#include "cli/needed_columns.h"
#include "cli/print/fit_text.h"
#include "report/result_json.h"
#include "table/statistics.h"

namespace panelist::cli {
namespace {

struct Statistic {
  std::string_view name;
  double (*value)(const Summary&);
};
constexpr Statistic statistic_catalog[] = {
    {"n", [](const Summary& s) { return static_cast<double>(s.n); }},
    {"missing", [](const Summary& s) { return static_cast<double>(s.missing); }},
    {"mean", [](const Summary& s) { return s.mean; }},
    {"sd", [](const Summary& s) { return s.sd; }},
    {"min", [](const Summary& s) { return s.min; }},
    {"p25", [](const Summary& s) { return s.p25; }},
    {"p50", [](const Summary& s) { return s.p50; }},
    {"p75", [](const Summary& s) { return s.p75; }},
    {"max", [](const Summary& s) { return s.max; }},
    {"skewness", [](const Summary& s) { return s.skewness; }},
    {"kurtosis", [](const Summary& s) { return s.kurtosis; }},
    {"sum", [](const Summary& s) { return s.sum; }},
};

const Statistic& statistic(const std::string& name) {
  std::vector<std::string> names;
  for (const Statistic& entry : statistic_catalog) {
    if (entry.name == name) return entry;
    names.emplace_back(entry.name);
  }
  const std::string near = nearest(name, names);
  throw Error("usage.bad_value", fmt::format("there is no statistic `{}`", name),
              near.empty() ? "available: " + join(names, ", ") : fmt::format("did you mean `{}`?", near),
              "option --stats");
}

struct Group {
  std::string name;  // "" without --by
  std::vector<std::size_t> rows;
};

// Sorted by name; rows with a missing group are left out.
std::vector<Group> groups_of(const Table& table, const std::vector<bool>& keep, const std::string& by) {
  std::map<std::string, Group> groups;
  const Column* column = by.empty() ? nullptr : &table.at(by);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!keep[row] || (column != nullptr && column->is_missing(row))) continue;
    const std::string name = column == nullptr ? "" : column->text_at(row);
    groups[name].name = name;
    groups[name].rows.push_back(row);
  }
  std::vector<Group> sorted;
  for (auto& [name, group] : groups) sorted.push_back(std::move(group));
  return sorted;
}

struct Variable {
  std::string name;
  std::vector<double> values;
};

// Columns or expressions; all numeric columns but the panel keys when none is named.
std::vector<Variable> variables_of(Session& session, const Arguments& arguments, const DataFile& data) {
  std::vector<std::string> asked(arguments.positional().begin() + 1, arguments.positional().end());
  if (asked.empty())
    for (const std::string& name : data.table.names())
      if (!data.table.at(name).is_text() && name != data.keys.unit && name != data.keys.time)
        asked.push_back(name);
  std::vector<Variable> variables;
  Diagnostics notes;
  for (const std::string& name : asked) {
    const bool whole = data.table.has(name);
    const Expression expression =
        whole ? Expression{} : read_expression(session, {"<variable>", name}, data.table, notes);
    session.stop_on_mistakes(notes);
    const Column column =
        whole ? data.table.at(name) : evaluate(expression, {data.table, data.panel_or_null()}, notes);
    if (column.is_text())
      throw Error("data.not_a_number", fmt::format("`{}` is text: it has no mean", name),
                  "leave it out, or use it with --by", fmt::format("column {}", name));
    variables.push_back({name, column.values()});
  }
  return variables;
}

Summary summary_of(const Variable& variable, const Group& group) {
  std::vector<double> values;
  for (const std::size_t row : group.rows) values.push_back(variable.values[row]);
  return summarise(variable.name, values);
}

std::vector<bool> kept_rows(Session& session, const Arguments& arguments, const DataFile& data) {
  Diagnostics notes;
  const Expression where = read_expression(session, {"<where>", arguments.text("where")}, data.table, notes);
  session.stop_on_mistakes(notes);
  if (where.empty()) return std::vector<bool>(data.table.rows(), true);
  return evaluate_condition(where, {data.table, data.panel_or_null()}, notes);
}

std::string summaries_json(const std::vector<std::pair<std::string, std::vector<Summary>>>& groups) {
  nlohmann::ordered_json variables = nlohmann::ordered_json::array();
  for (const auto& [group, summaries] : groups) {
    const nlohmann::ordered_json part = to_json(summaries, group);
    for (nlohmann::ordered_json entry : part.at("variables")) {
      if (!group.empty()) entry["group"] = group;
      variables.push_back(entry);
    }
  }
  return nlohmann::ordered_json{{"variables", variables}}.dump() + "\n";
}

std::string summaries_text(const std::vector<std::pair<std::string, std::vector<Summary>>>& groups,
                           const std::vector<std::string>& stats) {
  std::string text;
  for (const auto& [group, summaries] : groups) {
    AlignedText lines("  ", "l" + std::string(stats.size(), 'r'));
    std::vector<std::string> head = {""};
    head.insert(head.end(), stats.begin(), stats.end());
    lines.add(head);
    for (const Summary& summary : summaries) {
      std::vector<std::string> cells = {summary.name};
      for (const std::string& name : stats) cells.push_back(number_text(statistic(name).value(summary)));
      lines.add(std::move(cells));
    }
    text += (group.empty() ? "" : group + "\n") + lines.text();
  }
  return text;
}

int run_summary(Session& session, const Arguments& arguments) {
  std::vector<std::string> stats = arguments.list("stats");
  if (stats.empty()) stats = {"n", "missing", "mean", "sd", "min", "p50", "max"};
  for (const std::string& name : stats) static_cast<void>(statistic(name));
  const DataFile data = open_data(session, arguments, columns_of_summary(arguments));
  const std::vector<bool> keep = kept_rows(session, arguments, data);
  const std::vector<Variable> variables = variables_of(session, arguments, data);
  std::vector<std::pair<std::string, std::vector<Summary>>> groups;
  for (const Group& group : groups_of(data.table, keep, arguments.text("by"))) {
    groups.emplace_back(group.name, std::vector<Summary>{});
    for (const Variable& variable : variables) groups.back().second.push_back(summary_of(variable, group));
  }
  if (groups.empty() || std::none_of(keep.begin(), keep.end(), [](bool kept) { return kept; }))
    throw Error("estimate.no_rows", "no row is left to summarise", "check --where and --by");
  session.print(session.json ? summaries_json(groups) : summaries_text(groups, stats));
  return 0;
}

}  // namespace

Command summary_command() {
  return {
      .name = "summary",
      .usage = "DATA [VARS...] [--by G] [--stats LIST] [--json]",
      .summary = "descriptive statistics",
      .description = "VARS are columns or expressions; without any, all numeric columns.",
      .examples = {{"summary panel.csv gdp 'log(gdp)' --stats n,mean,sd", "two variables, three statistics"},
                   {"summary panel.csv gdp --by region --json", "by group, as JSON"}},
      .options = joined({{{"by", "G", "one block for each value of this column"},
                          {"stats", "LIST", "n missing mean sd min p25 p50 p75 max skewness kurtosis sum"}},
                         data_options(),
                         {{"json", "", "results as JSON"}}}),
      .least_arguments = 1,
      .most_arguments = 10000,
      .run = run_summary};
}

}  // namespace panelist::cli
