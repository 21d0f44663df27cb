// SPDX-License-Identifier: Apache-2.0
// Fisher's permutation of units among groups.
#include <fmt/format.h>

#include <numeric>

#include "base/random.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/group_difference/unit_coefficients.h"
#include "mechanism/resampling/replicates.h"

namespace panelist {
namespace {

using Membership = std::vector<int>;  // group of each unit: 0 .. K-1

// The groups of one test, on one pooled frame.
struct Arrangement {
  std::vector<std::size_t> groups;  // positions in the comparison
  ClusterPlan plan;
  Membership observed;
  CoefficientOf coefficient;
};

// Group of each unit; nothing when a unit has rows in two.
std::optional<Membership> groups_of_units(const ClusterPlan& plan, const std::vector<int>& of_row) {
  Membership units;
  for (const std::vector<Index>& members : plan.members) {
    units.push_back(of_row[static_cast<std::size_t>(members.front())]);
    for (const Index row : members)
      if (of_row[static_cast<std::size_t>(row)] != units.back()) return std::nullopt;
  }
  return units;
}

// Clusters of the vcov in order, then the panel's unit; "" for rows where there is neither.
std::vector<std::string> unit_candidates(const ModelFrame& frame) {
  std::vector<std::string> names;
  for (const Grouping& cluster : frame.clusters) names.push_back(cluster.name);
  if (!frame.unit.level.empty()) names.push_back(frame.unit.name);
  if (names.empty()) names.emplace_back();
  return names;
}

Vector coefficients_under(const Arrangement& arrangement, const Membership& membership) {
  Vector coefficients(static_cast<Index>(arrangement.groups.size()));
  std::vector<int> counts(membership.size());
  for (std::size_t g = 0; g < arrangement.groups.size(); ++g) {
    for (std::size_t unit = 0; unit < counts.size(); ++unit)
      counts[unit] = membership[unit] == static_cast<int>(g);
    coefficients(static_cast<Index>(g)) = arrangement.coefficient(counts);
  }
  return coefficients;
}

// The frame of some groups, and the first units that lie in one group each; nothing without such units.
std::optional<Arrangement> arranged(const Comparison& comparison, std::vector<std::size_t> groups) {
  const GroupDifferenceSpec& spec = comparison.spec;
  Table masked = comparison.table;
  const Groups all = groups_of(spec, comparison.table, comparison.panel);
  const EstimationSpec model =
      restricted(spec.model, all, std::vector<int>(groups.begin(), groups.end()), masked);
  const ModelFrame frame = frame_of_model(comparison.context, model, masked, comparison.panel);
  std::vector<int> of_row = group_of_rows(all, frame);
  for (int& group : of_row)
    group = static_cast<int>(std::find(groups.begin(), groups.end(), static_cast<std::size_t>(group)) -
                             groups.begin());
  for (const std::string& name : unit_candidates(frame)) {
    Arrangement arrangement{groups, plan_clusters(frame, masked, name), {}, {}};
    const std::optional<Membership> units = groups_of_units(arrangement.plan, of_row);
    if (!units.has_value()) continue;
    arrangement.observed = *units;
    arrangement.coefficient =
        unit_coefficients(comparison.context, spec, frame, arrangement.plan, [&](const CoefficientOf& fast) {
          Arrangement tried = arrangement;
          tried.coefficient = fast;
          const Vector b = coefficients_under(tried, tried.observed);
          for (std::size_t g = 0; g < groups.size(); ++g) {
            const Coefficient& own = comparison.groups()[groups[g]].coefficient;
            if (!reproduces(b(static_cast<Index>(g)), own.estimate, own.std_error)) return false;
          }
          return true;
        });
    return arrangement;
  }
  return std::nullopt;
}

Membership permuted(Membership membership, std::uint64_t seed, std::uint64_t replicate) {
  Random random(seed, "permutation", replicate);
  for (std::size_t i = membership.size(); i > 1; --i)
    std::swap(membership[i - 1], membership[random.below(static_cast<std::uint32_t>(i))]);
  return membership;
}

// Every assignment with the groups' sizes, the observed one among them; nothing when there are more than `most`.
std::optional<std::vector<Membership>> all_assignments(Membership membership, int most) {
  std::sort(membership.begin(), membership.end());
  double count = 1;
  std::map<int, int> seen;
  for (std::size_t i = 0; i < membership.size(); ++i)
    count *= static_cast<double>(i + 1) / ++seen[membership[i]];
  if (count > most + 0.5) return std::nullopt;
  std::vector<Membership> all;
  do all.push_back(membership);
  while (std::next_permutation(membership.begin(), membership.end()));
  return all;
}

using Statistic = std::function<double(const Vector& coefficients)>;

struct Draws {
  Vector values;  // missing where a group's coefficient does not exist
  bool enumerated = false;
};

Draws draw(const Comparison& comparison, const Arrangement& arrangement, const Statistic& statistic) {
  const GroupDifferenceSpec& spec = comparison.spec;
  const auto all = all_assignments(arrangement.observed, spec.replicates);
  const int replicates = all ? static_cast<int>(all->size()) : spec.replicates;
  Draws draws{Vector(replicates), all.has_value()};
  for_each_replicate(comparison.context, "permutation test", replicates, [&](std::int64_t r) {
    const auto number = static_cast<std::uint64_t>(r);
    const Membership membership = all ? (*all)[number] : permuted(arrangement.observed, spec.seed, number);
    draws.values(r) = statistic(coefficients_under(arrangement, membership));
  });
  return draws;
}

// An assignment that gives the observed groups back counts as equal whatever the rounding.
struct Counts {
  double defined = 0, above = 0, below = 0, beyond = 0, largest = 0;  // largest: as far out as any
  bool moves = false;
};
Counts counts_of(const Draws& draws, double observed) {
  Counts counts;
  const double slack = 1e-10 * std::abs(observed);
  double farthest = 0;
  for (const double value : draws.values)
    if (std::isfinite(value)) farthest = std::max(farthest, std::abs(value));
  for (const double value : draws.values) {
    if (!std::isfinite(value)) continue;
    ++counts.defined;
    if (std::abs(value) >= (1 - 1e-10) * farthest) ++counts.largest;
    if (value >= observed - slack) ++counts.above;
    if (value <= observed + slack) ++counts.below;
    if (std::abs(value) >= std::abs(observed) - slack) ++counts.beyond;
    counts.moves = counts.moves || std::abs(value - observed) > slack;
  }
  return counts;
}

std::string rule_of(const Arrangement& arrangement, const Draws& draws) {
  const std::string units = arrangement.plan.name.empty()
                                ? std::string("rows")
                                : fmt::format("units of `{}`", arrangement.plan.name);
  return draws.enumerated ? fmt::format("all assignments of {} {}: two-sided p = #{{|d*| >= |d|}}/B",
                                        arrangement.plan.size(), units)
                          : fmt::format(
                                "{} {} permuted: two-sided p = (1 + #{{|d*| >= |d|}})/(1 + B); one-sided p = "
                                "#{{d* >= d}}/B, the smaller of it and 1 - p",
                                arrangement.plan.size(), units);
}

TestResult test_of(const Arrangement& arrangement, const Draws& draws, double observed, bool one_sided) {
  TestResult test;
  test.name = "permutation";
  test.statistic = observed;
  const Counts counts = counts_of(draws, observed);
  const double B = counts.defined, one = draws.enumerated ? 0 : 1;
  test.note = rule_of(arrangement, draws);
  test.details = {{"reps", B}, {"failed", static_cast<double>(draws.values.size()) - B}};
  if (draws.enumerated) {
    test.details.emplace_back("enumerated", 1);
    test.details.emplace_back("p_least", counts.largest / B);
  }
  if (!counts.moves) {
    test.note = B > 0 ? "every permutation gives the same statistic: it says nothing"
                      : "no permutation could be estimated";
    return test;
  }
  test.p_value = (one + counts.beyond) / (one + B);
  if (!one_sided) return test;
  const double share = counts.above / B;
  // Of all assignments the observed one is among either side's.
  test.details.emplace_back("p_one_sided", draws.enumerated ? std::min(counts.above, counts.below) / B
                                                            : std::min(share, 1 - share));
  test.details.emplace_back("p_two_sided", test.p_value);
  test.details.emplace_back("p_one_sided_plus_one", (one + std::min(counts.above, counts.below)) / (one + B));
  test.details.emplace_back("p_two_sided_share", counts.beyond / B);
  return test;
}

TestResult pair_test(const Comparison& comparison, const GroupPair& pair, const Arrangement& arrangement) {
  const Draws draws = draw(comparison, arrangement, [](const Vector& b) { return b(0) - b(1); });
  TestResult test = test_of(arrangement, draws, pair.difference, true);
  test.details.insert(test.details.begin(), {"difference", pair.difference});
  return test;
}

// Cochran's Q with the weights of the groups as they are.
TestResult joint_test(const Comparison& comparison, const Arrangement& arrangement) {
  const auto K = static_cast<Index>(comparison.groups().size());
  Vector weights(K), observed(K);
  for (Index g = 0; g < K; ++g) {
    const Coefficient& own = comparison.groups()[static_cast<std::size_t>(g)].coefficient;
    weights(g) = 1 / (own.std_error * own.std_error);
    observed(g) = own.estimate;
  }
  const auto q = [&weights](const Vector& b) {
    const double mean = weights.dot(b) / weights.sum();
    return weights.dot((b.array() - mean).square().matrix());
  };
  return test_of(arrangement, draw(comparison, arrangement, q), q(observed), false);
}

}  // namespace

DifferenceTests permutation_tests(Comparison& comparison) {
  if (const std::string reason = why_not_again(comparison.spec.model.method); !reason.empty())
    return leave_out(comparison, "permutation", reason);
  DifferenceTests tests{"permutation", {}, {}};
  for (const GroupPair& pair : comparison.result.pairs) {
    const std::optional<Arrangement> arrangement = arranged(comparison, {pair.first, pair.second});
    if (!arrangement.has_value())
      return leave_out(comparison, "permutation",
                       "units have rows in several groups, so that their membership cannot be permuted");
    tests.pairs.push_back(pair_test(comparison, pair, *arrangement));
    tests.by_rows = arrangement->plan.name.empty();
  }
  std::vector<std::size_t> all(comparison.groups().size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  if (all.size() < 3) return tests;
  if (const std::optional<Arrangement> arrangement = arranged(comparison, all))
    tests.joint = joint_test(comparison, *arrangement);
  return tests;
}

}  // namespace panelist
