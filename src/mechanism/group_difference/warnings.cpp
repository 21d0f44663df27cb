// SPDX-License-Identifier: Apache-2.0
#include "mechanism/group_difference/warnings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/text.h"

namespace panelist {
namespace {

void warn_of_shared(const GroupDifferenceSpec& spec, const GroupDifference& result, Diagnostics& notes) {
  for (const SharedLevels& entry : result.shared) {
    if (entry.shared == 0) continue;
    const char* code = entry.clusters ? "mechanism.overlapping_clusters" : "mechanism.units_in_both_groups";
    notes.warning(
        code,
        fmt::format("{} of {} {} of `{}` have rows in several groups of `{}`: the groups' estimates are "
                    "not independent{}",
                    entry.shared, entry.levels, entry.units ? "units" : "clusters", entry.name, spec.by,
                    entry.clusters
                        ? "; suest and interactions count their covariance"
                        : fmt::format("; only clusters by `{}` count their covariance", entry.name)));
  }
}

// "`West` (3 of `unit`)": groups with no more clusters than restrictions.
std::string short_of_clusters(const GroupDifference& result, double restrictions) {
  std::vector<std::string> groups;
  for (const GroupEstimate& group : result.groups) {
    const Vcov& vcov = group.estimation.vcov;
    for (std::size_t c = 0; c < vcov.n_clusters.size(); ++c)
      if (vcov.n_clusters[c] <= restrictions)
        groups.push_back(fmt::format("`{}` ({} of `{}`)", group.group, vcov.n_clusters[c], vcov.by[c]));
  }
  return groups.empty() ? "" : ", as in " + join(groups, ", ");
}

// A joint test with fewer dimensions than restrictions tests less than it says.
void warn_of_rank(const GroupDifference& result, const TestResult& test, double restrictions,
                  Diagnostics& notes) {
  const bool none = std::isnan(test.df1);
  if (none ? test.note.find("rank") == std::string::npos : test.df1 >= restrictions) return;
  notes.warning("mechanism.deficient_test",
                fmt::format("the test of equal coefficients in {} groups ({}) has {} instead of {} "
                            "restrictions: their covariance is singular, there are too few clusters for "
                            "all of them{}",
                            result.groups.size(), test.name, none ? 0 : test.df1, restrictions,
                            short_of_clusters(result, restrictions)));
}

void warn_of_joint(const GroupDifference& result, Diagnostics& notes) {
  for (const DifferenceTests& tests : result.tests) {
    if (!tests.joint || tests.method == "permutation") continue;
    const double listed = GroupDifference::detail(*tests.joint, "restrictions");
    const auto equalities = static_cast<double>(result.groups.size()) - 1;
    warn_of_rank(result, *tests.joint, std::isnan(listed) ? equalities : listed, notes);
  }
}

void warn_of_missing(const GroupDifference& result, Diagnostics& notes) {
  for (const DifferenceTests& tests : result.tests)
    for (std::size_t p = 0; p < tests.pairs.size(); ++p) {
      if (!std::isnan(tests.pairs[p].p_value)) continue;
      const GroupPair& pair = result.pairs[p];
      notes.warning(
          "mechanism.no_variance",
          fmt::format("`{}` of `{}` and `{}` has no p: {}", tests.method, result.groups[pair.first].group,
                      result.groups[pair.second].group, tests.pairs[p].note));
    }
}

// Terms that some groups have and others lack: their controls are not the same.
void warn_of_terms(const GroupDifference& result, Diagnostics& notes) {
  std::vector<std::string> all, differing;
  std::vector<std::set<std::string>> own;
  for (const GroupEstimate& group : result.groups) {
    const std::vector<std::string>& names = group.estimation.fit->names;
    own.emplace_back(names.begin(), names.end());
    for (const std::string& name : names)
      if (std::find(all.begin(), all.end(), name) == all.end()) all.push_back(name);
  }
  for (const std::string& name : all)
    if (std::any_of(own.begin(), own.end(), [&](const auto& names) { return !names.contains(name); }))
      differing.push_back("`" + name + "`");
  if (differing.empty()) return;
  const std::size_t count = differing.size();
  if (count > 3) differing.resize(3);
  notes.warning(
      "mechanism.terms_differ",
      fmt::format("{} of {} terms are not estimated in every group of `{}` ({}{}): the groups' models "
                  "differ",
                  count, all.size(), result.by, join(differing, ", "), count > 3 ? ", ..." : ""));
}

bool asks(const GroupDifferenceSpec& spec, const std::string& method) {
  return std::find(spec.tests.begin(), spec.tests.end(), method) != spec.tests.end();
}

void warn_of_left_out(const GroupDifferenceSpec& spec, const GroupDifference& result, Diagnostics& notes) {
  for (const auto& [method, reason] : result.left_out) {
    // With suest asked too, the warning of shared clusters says enough.
    if (method == "disjoint" && (spec.tests.empty() || asks(spec, "suest"))) continue;
    notes.warning("mechanism.test_left_out", fmt::format("`{}` is left out: {}", method, reason));
  }
}

}  // namespace

void warn_of_few_clusters(const GroupDifference& result, Diagnostics& notes) {
  std::vector<std::string> groups;
  for (const GroupEstimate& group : result.groups)
    for (const auto& [code, message] : group.estimation.warnings)
      if (code == "infer.few_clusters")
        groups.push_back(fmt::format("in `{}` {}", group.group, message.substr(0, message.find(':'))));
  if (groups.empty()) return;
  notes.warning("infer.few_clusters",
                join(groups, ", ") +
                    ": standard errors and p-values tend to be too small, those of disjoint and suest most, "
                    "whose normal and chi-squared laws take the clusters as many",
                {}, "read the interaction under cr2, or the permutation of clusters");
}

void warn_of_differences(const GroupDifferenceSpec& spec, const GroupDifference& result, Diagnostics& notes) {
  warn_of_shared(spec, result, notes);
  warn_of_left_out(spec, result, notes);
  warn_of_terms(result, notes);
  warn_of_joint(result, notes);
  warn_of_missing(result, notes);
}

}  // namespace panelist
