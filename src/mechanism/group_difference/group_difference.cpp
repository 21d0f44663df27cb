// SPDX-License-Identifier: Apache-2.0
#include "mechanism/group_difference.h"

#include <fmt/format.h>

#include "base/distribution.h"
#include "base/text.h"
#include "mechanism/group_difference/groups.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/joint/term.h"

namespace panelist {
namespace {

const std::vector<std::string>& test_names() {
  static const std::vector<std::string> names = {"disjoint", "interaction", "interaction_term", "suest",
                                                 "permutation"};
  return names;
}

void check_tests(const std::vector<std::string>& tests) {
  for (const std::string& test : tests) {
    if (std::find(test_names().begin(), test_names().end(), test) != test_names().end()) continue;
    throw Error("mechanism.unknown_test", "no test of equal coefficients `" + test + "`",
                "choose among " + join(test_names(), ", "), "test " + test);
  }
}

bool wanted(const GroupDifferenceSpec& spec, const std::string& test) {
  if (spec.tests.empty()) return test == "disjoint" || test == "interaction" || test == "suest";
  return std::find(spec.tests.begin(), spec.tests.end(), test) != spec.tests.end();
}

GroupEstimate estimate_group(const Context& context, const GroupDifferenceSpec& spec, const Groups& groups,
                             std::size_t g, const Table& table, const Panel* panel, Diagnostics& notes) {
  Table masked = table;
  const EstimationSpec model = restricted(spec.model, groups, {static_cast<int>(g)}, masked);
  GroupEstimate group;
  group.group = groups.names[g];
  group.estimation = estimate_model(context, model, masked, panel, notes);
  group.coefficient = coefficient_of(group.estimation, spec.term);
  group.n = group.estimation.fit->n;
  return group;
}

void test_interactions(const Comparison& comparison, GroupDifference& result) {
  const bool several = comparison.groups.size() > 2;
  if (!wanted(comparison.spec, "interaction") && !several) return;
  const InteractedModel model = interacted_model(comparison);
  if (wanted(comparison.spec, "interaction"))
    result.interaction = interaction_test(comparison, model, {0, 1});
  if (!several) return;
  std::vector<std::size_t> all;
  for (std::size_t g = 0; g < comparison.groups.size(); ++g) all.push_back(g);
  result.joint = interaction_test(comparison, model, all);
}

void note_overlap(const GroupDifferenceSpec& spec, const GroupDifference& result, Diagnostics& notes) {
  if (!result.overlapping) return;
  notes.warning("mechanism.overlapping_clusters",
                "some clusters have rows in several groups of `" + spec.by +
                    "`: the groups' estimates are not independent, z of disjoint groups is left out");
}

// A joint test with fewer dimensions than restrictions tests less than it says.
void note_deficient(const std::optional<TestResult>& test, std::size_t groups, Diagnostics& notes) {
  const double restrictions = static_cast<double>(groups) - 1;
  if (!test || test->df1 >= restrictions) return;
  notes.warning("mechanism.deficient_test",
                fmt::format("the test of equal coefficients in {} groups has {} instead of {} restrictions: "
                            "their covariance is singular, there are too few clusters for all of them",
                            groups, std::isnan(test->df1) ? 0 : test->df1, restrictions));
}

}  // namespace

TestResult disjoint_difference(const Coefficient& first, const Coefficient& second) {
  TestResult test;
  test.name = "disjoint";
  test.statistic = (first.estimate - second.estimate) / std::hypot(first.std_error, second.std_error);
  test.p_value = normal_two_sided(test.statistic);
  return test;
}

GroupDifference group_difference(const Context& context, const GroupDifferenceSpec& spec, const Table& table,
                                 const Panel* panel, Diagnostics& notes) {
  check_tests(spec.tests);
  const Groups groups = groups_of(spec, table, panel);
  GroupDifference result;
  result.term = spec.term;
  for (std::size_t g = 0; g < groups.names.size(); ++g)
    result.groups.push_back(estimate_group(context, spec, groups, g, table, panel, notes));
  const Coefficient &first = result.groups[0].coefficient, &second = result.groups[1].coefficient;
  result.difference = first.estimate - second.estimate;
  result.overlapping = clusters_overlap(result.groups);
  note_overlap(spec, result, notes);
  const Comparison comparison{context, spec, result.groups};
  if (wanted(spec, "disjoint") && !result.overlapping) result.disjoint = disjoint_difference(first, second);
  test_interactions(comparison, result);
  note_deficient(result.joint, groups.names.size(), notes);
  if (wanted(spec, "interaction_term"))
    result.interaction_term = interaction_term_test(comparison, groups, table, panel);
  note_deficient(result.interaction_term, groups.names.size(), notes);
  if (wanted(spec, "suest")) result.suest = suest_test(comparison);
  if (wanted(spec, "permutation"))
    result.permutation = permutation_test(comparison, groups, table, panel, notes);
  return result;
}

}  // namespace panelist
