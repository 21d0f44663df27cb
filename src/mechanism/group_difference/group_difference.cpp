// SPDX-License-Identifier: Apache-2.0
#include "mechanism/group_difference.h"

#include <fmt/format.h>

#include "base/text.h"
#include "mechanism/group_difference/groups.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/group_difference/warnings.h"
#include "mechanism/joint/term.h"
#include "mechanism/multiplicity.h"

namespace panelist {
namespace {

void check_methods(const std::vector<std::string>& methods) {
  for (const std::string& method : methods) {
    if (find_difference_method(method) != nullptr) continue;
    throw Error("mechanism.unknown_test", "no test of equal coefficients `" + method + "`",
                "choose among " + join(difference_method_names(), ", "), "test " + method);
  }
}

void check_correction(const std::string& name) { static_cast<void>(corrected({}, name)); }

// What goes wrong in one group says in which.
template <typename Step>
auto in_group(const GroupDifferenceSpec& spec, const std::string& group, const Step& step) {
  try {
    return step();
  } catch (Error& error) {
    Diagnostic diagnostic = error.diagnostic();
    diagnostic.message = fmt::format("in the group `{}` of `{}`: {}", group, spec.by, diagnostic.message);
    throw Error(std::move(diagnostic));
  }
}

GroupEstimate group_estimate(const GroupDifferenceSpec& spec, const std::string& name,
                             Estimation estimation) {
  GroupEstimate group;
  group.group = name;
  group.estimation = std::move(estimation);
  group.coefficient = in_group(spec, name, [&] { return coefficient_of(group.estimation, spec.term); });
  group.n = group.estimation.fit->n;
  return group;
}

GroupEstimate estimate_group(const Context& context, const GroupDifferenceSpec& spec, const Groups& groups,
                             std::size_t g, const Table& table, const Panel* panel, Diagnostics& notes) {
  Table masked = table;
  const EstimationSpec model = restricted(spec.model, groups, {static_cast<int>(g)}, masked);
  return group_estimate(spec, groups.names[g], in_group(spec, groups.names[g], [&] {
                          return estimate_model(context, model, masked, panel, notes);
                        }));
}

std::vector<GroupPair> pairs_of(const std::vector<GroupEstimate>& groups) {
  std::vector<GroupPair> pairs;
  for (std::size_t i = 0; i < groups.size(); ++i)
    for (std::size_t j = i + 1; j < groups.size(); ++j)
      pairs.push_back({i, j, groups[i].coefficient.estimate - groups[j].coefficient.estimate});
  return pairs;
}

// In the order asked, suest in the place of what wants separate units where some are shared.
std::vector<std::string> methods_of(const GroupDifferenceSpec& spec, GroupDifference& result) {
  std::vector<std::string> asked = spec.tests;
  if (asked.empty()) asked = {"disjoint", "interaction", "interaction_term", "suest"};
  const std::string reason = why_not_separate(result, spec.model.vcov);
  if (reason.empty()) return asked;
  std::vector<std::string> methods;
  for (const std::string& method : asked) {
    if (method == "disjoint") result.left_out.emplace_back(method, reason + "; suest stands in its place");
    const std::string used = method == "disjoint" ? "suest" : method;
    if (std::find(methods.begin(), methods.end(), used) == methods.end()) methods.push_back(used);
  }
  return methods;
}

void correct_pairs(const std::string& correction, DifferenceTests& tests) {
  if (tests.pairs.size() < 2) return;
  std::vector<double> p;
  for (const TestResult& test : tests.pairs) p.push_back(test.p_value);
  p = corrected(p, correction);
  for (std::size_t i = 0; i < p.size(); ++i) tests.pairs[i].details.emplace_back("p_adjusted", p[i]);
}

// Results say what was interacted, drawn or stacked; a note of the method's own stays.
void say_method(DifferenceTests& tests) {
  const std::string words = long_method_words(tests, "en");
  for (TestResult& test : tests.pairs)
    if (test.note.empty()) test.note = words;
  if (tests.joint && tests.joint->note.empty()) tests.joint->note = words;
}

void add_tests(Comparison& comparison, const std::string& method, GroupDifference& result) {
  if (result.find(method) != nullptr) return;
  DifferenceTests tests = find_difference_method(method)->compute(comparison);
  if (tests.method.empty()) return;
  correct_pairs(result.correction, tests);
  say_method(tests);
  result.tests.push_back(std::move(tests));
}

void add_all_tests(const Context& context, const GroupDifferenceSpec& spec, GroupDifference& result,
                   const Table& table, const Panel* panel, Diagnostics& notes) {
  const std::vector<std::string> methods = methods_of(spec, result);
  Comparison comparison{context, spec, result, table, panel, notes};
  for (const std::string& method : methods) {
    const std::size_t left = comparison.left_out.size();
    add_tests(comparison, method, result);
    const bool lost = comparison.left_out.size() > left;
    // Units that cannot be permuted: the stacked scores stand in.
    if (lost && find_difference_method(method)->separate_units) add_tests(comparison, "suest", result);
  }
  result.left_out.insert(result.left_out.end(), comparison.left_out.begin(), comparison.left_out.end());
}

GroupDifference compare(const Context& context, const GroupDifferenceSpec& spec,
                        std::vector<GroupEstimate> groups, const Table& table, const Panel* panel,
                        Diagnostics& notes) {
  GroupDifference result;
  result.term = spec.term;
  result.by = spec.by;
  result.groups = std::move(groups);
  result.pairs = pairs_of(result.groups);
  result.difference = result.pairs.front().difference;
  result.correction = std::string(find_correction(spec.correction)->name);
  result.shared = shared_levels(result.groups, spec.model.vcov);
  result.overlapping = std::any_of(result.shared.begin(), result.shared.end(),
                                   [](const SharedLevels& entry) { return entry.shared > 0; });
  add_all_tests(context, spec, result, table, panel, notes);
  warn_of_differences(spec, result, notes);
  return result;
}

}  // namespace

const DifferenceTests* GroupDifference::find(std::string_view method) const {
  for (const DifferenceTests& entry : tests)
    if (entry.method == method) return &entry;
  return nullptr;
}

const TestResult* GroupDifference::test(std::string_view method) const {
  const DifferenceTests* entry = find(method);
  return entry == nullptr || entry->pairs.empty() ? nullptr : &entry->pairs.front();
}

double GroupDifference::detail(const TestResult& test, std::string_view name) {
  for (const auto& [key, value] : test.details)
    if (key == name) return value;
  return missing_value;
}

GroupDifference group_difference(const Context& context, const GroupDifferenceSpec& spec, const Table& table,
                                 const Panel* panel, Diagnostics& notes) {
  check_methods(spec.tests);
  check_correction(spec.correction);
  check_model_columns(context, spec.model, table, panel);
  const Groups groups = groups_of(spec, table, panel);
  std::vector<GroupEstimate> estimates;
  for (std::size_t g = 0; g < groups.names.size(); ++g)
    estimates.push_back(estimate_group(context, spec, groups, g, table, panel, notes));
  GroupDifference result = compare(context, spec, std::move(estimates), table, panel, notes);
  warn_of_few_clusters(result, notes);
  return result;
}

GroupDifference compare_estimations(const Context& context, const GroupDifferenceSpec& spec,
                                    const std::vector<Estimation>& estimations, const Table& table,
                                    const Panel* panel, Diagnostics& notes) {
  check_methods(spec.tests);
  check_correction(spec.correction);
  if (estimations.size() < 2)
    throw Error(
        "mechanism.one_group",
        fmt::format("`{}` has {} values in the sample: nothing to compare", spec.by, estimations.size()),
        "choose a column with two or more groups", "column " + spec.by);
  std::vector<GroupEstimate> estimates;
  for (std::size_t g = 0; g < estimations.size(); ++g)
    estimates.push_back(group_estimate(spec, spec.groups.at(g), estimations[g]));
  return compare(context, spec, std::move(estimates), table, panel, notes);
}

std::string first_term(const Estimation& estimation) {
  const Fit& fit = *estimation.fit;
  if (fit.iv != nullptr && !fit.iv->endogenous_names.empty()) return fit.iv->endogenous_names.front();
  for (const std::string& name : fit.frame->exogenous.names)
    if (name != "(Intercept)") return name;
  return "";
}

}  // namespace panelist
