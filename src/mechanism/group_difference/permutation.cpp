// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/resampling/cluster_products.h"
#include "mechanism/resampling/replicates.h"
#include "mechanism/resampling/resampled_frame.h"

namespace panelist {
namespace {

// The term's coefficient on the units taken (counts 0 or 1); missing when it cannot be estimated.
using CoefficientOf = std::function<double(const std::vector<int>& counts)>;

std::optional<CoefficientOf> by_products(const Context& context, const GroupDifferenceSpec& spec,
                                         const ModelFrame& frame, const ClusterPlan& plan) {
  if (frame.has_iv() || (!spec.model.method.empty() && spec.model.method != "ols")) return std::nullopt;
  Matrix columns(frame.n(), frame.exogenous.values.cols() + 1);
  columns << frame.exogenous.values.matrix(), frame.outcome;
  const auto found = std::find(frame.exogenous.names.begin(), frame.exogenous.names.end(), spec.term);
  if (found == frame.exogenous.names.end()) return std::nullopt;
  const Index x = static_cast<Index>(found - frame.exogenous.names.begin());
  std::optional<ClusterProducts> made = ClusterProducts::make(context, frame, plan, columns);
  if (!made.has_value()) return std::nullopt;
  auto products = std::make_shared<const ClusterProducts>(std::move(*made));
  const Index first = frame.intercept ? 1 : 0, outcome = columns.cols() - 1;
  return [=](const std::vector<int>& counts) {
    Elimination elimination = products->eliminate(counts);
    bool identified = true;
    for (Index j = first; j < outcome; ++j) {
      const bool taken = elimination.take(products->position(j));
      if (j == x) identified = taken;
    }
    if (!identified) return missing_value;
    const double scaled = elimination.coefficient(products->position(x), products->position(outcome));
    return products->unscaled(scaled, x, outcome);
  };
}

CoefficientOf by_refits(const Context& context, const GroupDifferenceSpec& spec, const ModelFrame& frame,
                        const ClusterPlan& plan) {
  const Refit model{
      std::make_shared<const ModelFrame>(frame), spec.model.estimate, spec.model.method, {spec.term}};
  Context single = context;
  single.threads = 1;
  single.progress = nullptr;
  return [=](const std::vector<int>& counts) { return refit(single, model, plan, counts)(0); };
}

// Group of each unit; nothing when a unit has rows in both.
std::optional<std::vector<int>> groups_of_units(const ClusterPlan& plan, const std::vector<int>& of_row) {
  std::vector<int> units;
  for (const std::vector<Index>& members : plan.members) {
    units.push_back(of_row[static_cast<std::size_t>(members.front())]);
    for (const Index row : members)
      if (of_row[static_cast<std::size_t>(row)] != units.back()) return std::nullopt;
  }
  return units;
}

double difference_of(const CoefficientOf& coefficient, const std::vector<int>& membership) {
  std::vector<int> first, second;
  for (const int group : membership) {
    first.push_back(group == 0);
    second.push_back(group != 0);
  }
  return coefficient(first) - coefficient(second);
}

std::vector<int> permuted(std::vector<int> membership, std::uint64_t seed, std::uint64_t replicate) {
  Random random(seed, "permutation", replicate);
  for (std::size_t i = membership.size(); i > 1; --i)
    std::swap(membership[i - 1], membership[random.below(static_cast<std::uint32_t>(i))]);
  return membership;
}

Vector permuted_differences(const Context& context, const GroupDifferenceSpec& spec,
                            const CoefficientOf& coefficient, const std::vector<int>& membership) {
  Vector differences(spec.permutations);
  for_each_replicate(context, "permutation test", spec.permutations, [&](std::int64_t r) {
    differences(r) =
        difference_of(coefficient, permuted(membership, spec.seed, static_cast<std::uint64_t>(r)));
  });
  return differences;
}

// A permutation that gives the observed groups back counts as equal whatever the rounding.
PermutationTest shares_of(const Vector& differences, double observed) {
  PermutationTest test{};
  const double slack = 1e-10 * std::abs(observed);
  int above = 0, beyond = 0;
  for (const double difference : differences) {
    if (!std::isfinite(difference)) continue;
    ++test.replicates;
    if (difference >= observed - slack) ++above;
    if (std::abs(difference) >= std::abs(observed) - slack) ++beyond;
  }
  const double share = test.replicates > 0 ? above / static_cast<double>(test.replicates) : missing_value;
  test.p_one_sided = std::min(share, 1 - share);
  test.p_two_sided = (1.0 + beyond) / (1.0 + test.replicates);
  return test;
}

std::string unit_of(const ModelFrame& frame) {
  if (!frame.clusters.empty()) return frame.clusters.front().name;
  return frame.unit.level.empty() ? "" : frame.unit.name;
}

}  // namespace

PermutationTest permutation_test(const Comparison& comparison, const Groups& groups, const Table& table,
                                 const Panel* panel, Diagnostics& notes) {
  const GroupDifferenceSpec& spec = comparison.spec;
  Table masked = table;
  const EstimationSpec model = restricted(spec.model, groups, {0, 1}, masked);
  const ModelFrame frame = frame_of_model(comparison.context, model, masked, panel);
  const std::vector<int> of_row = group_of_rows(groups, frame);
  ClusterPlan plan = plan_clusters(frame, table, unit_of(frame));
  std::optional<std::vector<int>> membership = groups_of_units(plan, of_row);
  if (!membership.has_value()) {
    notes.warning("mechanism.units_in_both_groups",
                  "some `" + plan.name + "` have rows in both groups: rows are permuted, not units");
    plan = plan_clusters(frame, table, "");
    membership = of_row;
  }
  const double observed =
      comparison.groups[0].coefficient.estimate - comparison.groups[1].coefficient.estimate;
  std::optional<CoefficientOf> coefficient = by_products(comparison.context, spec, frame, plan);
  const auto reproduces = [&] {
    return std::abs(difference_of(*coefficient, *membership) - observed) <= 1e-8 * std::abs(observed);
  };
  if (!coefficient.has_value() || !reproduces())
    coefficient = by_refits(comparison.context, spec, frame, plan);
  return shares_of(permuted_differences(comparison.context, spec, *coefficient, *membership), observed);
}

}  // namespace panelist
