// SPDX-License-Identifier: Apache-2.0
// Tables of tests of single variables.
#include "report/result_json.h"
#include "study/run/build_tables.h"

namespace panelist::study {
namespace {

using nlohmann::ordered_json;

// On a constant alone, unweighted: what the tests look at is the variable.
EstimationSpec spec_of_variable(const Workspace& work, const TableEntry& entry,
                                const Regression& regression) {
  EstimationSpec spec = estimation_spec(work, entry, regression);
  spec.vcov = VcovSpec();
  spec.vcov.kind = spec.vcov.text = "iid";
  spec.method.clear();
  spec.frame.weights = Expression();
  spec.leave_out_tests = false;
  return spec;
}

}  // namespace

std::vector<BuiltTable> build_test_table(Workspace& work, const TableEntry& entry) {
  std::vector<Estimation> variables;
  for (const Regression& regression : plan_columns(work, entry))
    attempt(work.notes, regression.span, [&] {
      variables.push_back(estimate_model(work.context, spec_of_variable(work, entry, regression),
                                         regression.table, &work.panel, work.notes));
    });
  if (variables.empty() || variables.size() != entry.columns.size()) return {};
  TestTableSpec spec{entry.id, entry.title,           entry.number,          {},
                     {},       style_of(work, entry), labels_of(work, entry)};
  for (const TestRequest& test : entry.tests) spec.tests.push_back(test.written);
  BuiltTable built;
  built.json["variables"] = ordered_json::array();
  for (const Estimation& variable : variables) {
    spec.variables.push_back(&variable);
    built.json["variables"].push_back(tested_variable_json(variable));
  }
  built.table = test_table(spec);
  return {std::move(built)};
}

}  // namespace panelist::study
