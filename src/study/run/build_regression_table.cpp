// SPDX-License-Identifier: Apache-2.0
// Tables of columns, variations and splits.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/result_json.h"
#include "report/table_words.h"
#include "study/run/build_tables.h"
#include "study/run/coded_model.h"
#include "study/run/differences.h"
#include "study/run/sample_steps.h"
#include "study/run/table_terms.h"

namespace panelist::study {

namespace {

using nlohmann::ordered_json;

struct Plan {
  std::vector<Regression> regressions;
  std::vector<SplitColumns> splits;
};

std::string split_heading(const Workspace& work, const TableEntry& entry, const Split& split) {
  return term_label(split.by.text, labels_of(work, entry));
}

Plan plan_splits(Workspace& work, const TableEntry& entry) {
  Plan plan;
  if (entry.columns.empty()) return plan;
  for (const Split& split : entry.split)
    attempt(work.notes, split.span, [&] {
      SplitColumns columns{&split, group_rows(work, entry, split), plan.regressions.size(), 0, {}};
      for (Regression& regression : plan_split(work, entry, split, columns.grouped)) {
        if (entry.split.size() > 1) regression.group = split_heading(work, entry, split);
        if (split.by_row)
          regression.remarks.push_back(table_words("remark_split_by_row", work.study->lang, {}));
        plan.regressions.push_back(std::move(regression));
      }
      columns.count = plan.regressions.size() - columns.first;
      if (columns.count > 0) columns.model = plan.regressions[columns.first];
      plan.splits.push_back(std::move(columns));
    });
  return plan;
}

Plan plan_table(Workspace& work, const TableEntry& entry) {
  if (entry.kind == TableEntry::Kind::split) return plan_splits(work, entry);
  if (entry.kind == TableEntry::Kind::vary) return {plan_variations(work, entry), {}};
  return {plan_columns(work, entry), {}};
}

void add_column(const TableEntry& entry, const Regression& regression, const Estimation& estimation,
                const std::string& source, std::vector<RegressionColumn>& columns) {
  const auto stages = static_cast<int>(entry.stages ? estimation.iv.first_stage.size() : 0);
  for (int stage = 0; stage < stages; ++stage)
    columns.push_back({&estimation, "", regression.group, stage, {}, source});
  columns.push_back({&estimation, regression.heading, regression.group, -1, regression.remarks, source});
}

// `offset` columns of the table's object stand before these.
RegressionTableSpec table_spec(Workspace& work, const TableEntry& entry, const Plan& plan,
                               const std::vector<Estimation>& estimations, std::size_t offset = 0) {
  RegressionTableSpec spec;
  spec.id = entry.id;
  spec.title = entry.title;
  spec.number = entry.number;
  spec.style = style_of(work, entry);
  spec.labels = term_labels_of(work, entry);
  choose_terms(work, entry, spec);
  for (std::size_t i = 0; i < estimations.size(); ++i) {
    const std::size_t before = spec.columns.size();
    add_column(entry, plan.regressions[i], estimations[i], "/columns/" + std::to_string(offset + i),
               spec.columns);
    for (std::size_t k = before; k < spec.columns.size(); ++k)
      spec.columns[k].spanners = spanners_of(entry, i);
  }
  return spec;
}

// First printed column of a regression; stages stand before it.
std::size_t first_column(const RegressionTableSpec& spec, std::size_t regression) {
  const std::string source = "/columns/" + std::to_string(regression);
  std::size_t column = 0;
  while (column < spec.columns.size() && spec.columns[column].source != source) ++column;
  return column;
}

// Differences between the groups of each split go into the table and, as one list, into its JSON.
void compare_splits(Workspace& work, const TableEntry& entry, const Plan& plan,
                    const std::vector<Estimation>& estimations, BuiltTable& built,
                    RegressionTableSpec& spec) {
  ordered_json list = ordered_json::array();
  for (const SplitColumns& columns : plan.splits)
    attempt(work.notes, columns.split->span, [&] {
      std::optional<ComparedSplit> compared =
          compare_split(work, entry, columns, estimations, "/equality/" + std::to_string(list.size()));
      if (!compared) return;
      compared->printed.begin = first_column(spec, columns.first);
      compared->printed.end = first_column(spec, columns.first + columns.count);
      spec.comparisons.push_back(std::move(compared->printed));
      if (!compared->json.is_null()) list.push_back(std::move(compared->json));
    });
  if (!list.empty()) built.json["equality"] = std::move(list);
}

ordered_json column_json(Workspace& work, const TableEntry& entry, const Regression& regression,
                         const Estimation& estimation) {
  ordered_json column = timeless_json(estimation);
  column["heading"] = regression.heading;
  column["group"] = regression.group;
  column["remarks"] = regression.remarks;
  for (const CodedChange& change : regression.changes)  // the row keeps its name: "DT" measured by "DT@pca"
    if (!change.by.empty()) column["swapped"][change.column] = replace_all(change.by, "`", "");
  column["sample"] = sample_steps(work, entry, regression, estimation);
  column["code"] = code_json(work, entry, regression, estimation);
  return column;
}

// A test that no column can have is a mistake, told by the first reason.
void require_tests(Workspace& work, const TableEntry& entry, const std::vector<Estimation>& estimations) {
  for (const TestRequest& test : entry.tests) {
    std::size_t left_out = 0;
    Diagnostic reason;
    for (auto each = estimations.rbegin(); each != estimations.rend(); ++each)
      for (const Diagnostic& one : each->left_out)
        if (one.subject == test.written) {
          ++left_out;
          reason = one;
        }
    if (left_out < estimations.size()) continue;
    reason.span = entry.span;
    work.notes.add(reason);
  }
}

}  // namespace

ordered_json timeless_json(const Estimation& estimation) {
  ordered_json json = to_json(estimation);
  json["convergence"].erase("seconds");
  return json;
}

std::vector<BuiltTable> build_regression_table(Workspace& work, const TableEntry& entry) {
  Plan plan = plan_table(work, entry);
  const std::vector<Estimation> estimations = estimate_all(work, entry, plan.regressions);
  if (estimations.empty() || estimations.size() != plan.regressions.size()) return {};
  require_tests(work, entry, estimations);
  check_terms(work, entry, estimations);
  check_labels(work, entry, estimations);
  check_spanners(work, entry, estimations.size());
  check_headings(work, entry, estimations.size());
  BuiltTable built;
  built.json["columns"] = ordered_json::array();
  for (std::size_t i = 0; i < estimations.size(); ++i)
    built.json["columns"].push_back(column_json(work, entry, plan.regressions[i], estimations[i]));
  RegressionTableSpec spec = table_spec(work, entry, plan, estimations);
  compare_splits(work, entry, plan, estimations, built, spec);
  built.table = regression_table(spec);
  return {std::move(built)};
}

namespace {

// A panel as a table of its own: the entry with the panel's columns.
TableEntry entry_of_panel(const TableEntry& entry, const PanelEntry& panel) {
  TableEntry own = entry;
  own.kind = TableEntry::Kind::columns;
  own.columns = panel.columns;
  if (!panel.where.text.empty()) own.where = panel.where;
  if (!panel.keep.empty()) own.keep = panel.keep;
  return own;
}

// Estimations of all panels, whose columns stand one after another in the table's object.
struct PanelRun {
  TableEntry entry;
  Plan plan;
  std::vector<Estimation> estimations;
};

}  // namespace

std::vector<BuiltTable> build_panel_table(Workspace& work, const TableEntry& entry) {
  std::vector<TablePanel> panels;
  std::vector<Estimation> all;
  BuiltTable built;
  built.json["columns"] = ordered_json::array();
  for (const PanelEntry& panel : entry.panels) {
    PanelRun run{entry_of_panel(entry, panel), {}, {}};
    run.plan = plan_table(work, run.entry);
    run.estimations = estimate_all(work, run.entry, run.plan.regressions);
    if (run.estimations.empty() || run.estimations.size() != run.plan.regressions.size()) return {};
    check_spanners(work, run.entry, run.estimations.size());
    check_headings(work, run.entry, run.estimations.size());
    panels.push_back(
        {panel.title, regression_table(table_spec(work, run.entry, run.plan, run.estimations, all.size()))});
    if (!panel.where.text.empty())
      panels.back().table.notes.push_back(
          table_words("panel_sample", work.study->lang,
                      {sample_words({panel.where.text}, sample_names_of(work, entry), work.study->lang)}));
    for (std::size_t i = 0; i < run.estimations.size(); ++i) {
      built.json["columns"].push_back(
          column_json(work, run.entry, run.plan.regressions[i], run.estimations[i]));
      built.json["columns"].back()["panel"] = panel.title;
    }
    all.insert(all.end(), run.estimations.begin(), run.estimations.end());
  }
  check_terms(work, entry, all);
  check_labels(work, entry, all);
  require_tests(work, entry, all);
  if (!attempt(work.notes, entry.span, [&] { built.table = stacked_table(panels); })) return {};
  return {std::move(built)};
}

}  // namespace panelist::study
