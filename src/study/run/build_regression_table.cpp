// SPDX-License-Identifier: Apache-2.0
// Tables of columns, variations and splits.
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "report/result_json.h"
#include "report/table_words.h"
#include "study/run/build_tables.h"

namespace panelist::study {

namespace {

using nlohmann::ordered_json;

struct Plan {
  std::vector<Regression> regressions;
  std::vector<TestResult> equality;
  std::vector<std::string> equality_sources;
  ordered_json differences = ordered_json::array();
};

// One test a split: are the coefficients of the table's term equal in all groups?
struct EqualityTest {
  std::string_view form;  // its name among the tests of the difference
  std::optional<TestResult> test;
};
EqualityTest equality_test(const GroupDifference& difference) {
  if (difference.groups.size() > 2) return {"joint", difference.joint};
  if (difference.disjoint) return {"disjoint", difference.disjoint};
  if (difference.suest) return {"suest", difference.suest};
  return {"interaction", difference.interaction};
}

std::string split_heading(const Workspace& work, const Split& split) {
  const Labels labels = labels_of(work);
  const auto place = labels.find(split.by.text);
  return place == labels.end() ? split.by.text : place->second;
}

void test_equality(Workspace& work, const TableEntry& entry, const Split& split, const Grouped& grouped,
                   Plan& plan) {
  attempt(work.notes, split.span, [&] {
    Regression whole = plan.regressions.back();
    whole.table = grouped.table;
    whole.where.clear();
    if (!entry.where.text.empty()) whole.where.push_back(entry.where.text);
    GroupDifferenceSpec spec{
        estimation_spec(work, entry, whole), entry.term, grouped.column, {}, 0, work.study->seed};
    Diagnostics said;  // the columns themselves have said the rest
    const GroupDifference difference = group_difference(work.context, spec, grouped.table, &work.panel, said);
    for (const Diagnostic& item : said.items())
      if (item.code == "mechanism.deficient_test") work.notes.add(item);
    ordered_json json = {{"by", split.by.text}};
    json.update(to_json(difference));
    plan.differences.push_back(std::move(json));
    auto [form, test] = equality_test(difference);
    if (!test) return;
    const std::string place = "/equality/" + std::to_string(plan.differences.size() - 1);
    plan.equality_sources.push_back(place + "/tests/" + std::string(form));
    test->name = split_heading(work, split);  // the spanner it stands under
    plan.equality.push_back(std::move(*test));
  });
}

Plan plan_splits(Workspace& work, const TableEntry& entry) {
  Plan plan;
  if (entry.columns.empty()) return plan;
  for (const Split& split : entry.split)
    attempt(work.notes, split.span, [&] {
      const Grouped grouped = group_rows(work, entry, split);
      for (Regression& regression : plan_split(work, entry, split, grouped)) {
        if (entry.split.size() > 1) regression.group = split_heading(work, split);
        if (split.by_row)
          regression.remarks.push_back(table_words("remark_split_by_row", work.study->lang, {}));
        plan.regressions.push_back(std::move(regression));
      }
      if (entry.test_equal) test_equality(work, entry, split, grouped, plan);
    });
  return plan;
}

Plan plan_table(Workspace& work, const TableEntry& entry) {
  if (entry.kind == TableEntry::Kind::split) return plan_splits(work, entry);
  if (entry.kind == TableEntry::Kind::vary) return {plan_variations(work, entry), {}, {}, {}};
  return {plan_columns(work, entry), {}, {}, {}};
}

void add_column(const TableEntry& entry, const Regression& regression, const Estimation& estimation,
                const std::string& source, std::vector<RegressionColumn>& columns) {
  const auto stages = static_cast<int>(entry.stages ? estimation.iv.first_stage.size() : 0);
  for (int stage = 0; stage < stages; ++stage)
    columns.push_back({&estimation, "", regression.group, stage, {}, source});
  columns.push_back({&estimation, regression.heading, regression.group, -1, regression.remarks, source});
}

RegressionTableSpec table_spec(Workspace& work, const TableEntry& entry, const Plan& plan,
                               const std::vector<Estimation>& estimations) {
  RegressionTableSpec spec;
  spec.id = entry.id;
  spec.title = entry.title;
  spec.number = entry.number;
  spec.keep = entry.keep;
  spec.equality = plan.equality;
  spec.equality_sources = plan.equality_sources;
  spec.style = style_of(work, entry);
  spec.labels = term_labels_of(work);
  for (std::size_t i = 0; i < estimations.size(); ++i)
    add_column(entry, plan.regressions[i], estimations[i], "/columns/" + std::to_string(i), spec.columns);
  return spec;
}

ordered_json column_json(const Regression& regression, const Estimation& estimation) {
  ordered_json column = timeless_json(estimation);
  column["heading"] = regression.heading;
  column["group"] = regression.group;
  column["remarks"] = regression.remarks;
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
  BuiltTable built;
  built.table = regression_table(table_spec(work, entry, plan, estimations));
  built.json["columns"] = ordered_json::array();
  for (std::size_t i = 0; i < estimations.size(); ++i)
    built.json["columns"].push_back(column_json(plan.regressions[i], estimations[i]));
  if (entry.test_equal) built.json["equality"] = plan.differences;
  return {std::move(built)};
}

}  // namespace panelist::study
