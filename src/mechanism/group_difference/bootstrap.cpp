// SPDX-License-Identifier: Apache-2.0
// Units drawn with repetition: the covariance of the groups' coefficients from the draws.
#include <fmt/format.h>

#include "base/random.h"
#include "mechanism/group_difference/tests.h"
#include "mechanism/group_difference/unit_coefficients.h"
#include "mechanism/resampling/replicates.h"
#include "table/statistics.h"

namespace panelist {
namespace {

// Units of all groups by name; which of them a group's plan has, and where.
struct Units {
  std::string name;                                // "" for rows
  std::vector<std::vector<std::size_t>> of_group;  // unit of each member of a group's plan
  std::vector<std::vector<std::size_t>> strata;    // drawn within each
  std::size_t count = 0;
};

struct Drawing {
  Units units;
  std::vector<ClusterPlan> plans;
  std::vector<CoefficientOf> coefficients;
};

std::string unit_name(const ModelFrame& frame) {
  if (!frame.clusters.empty()) return frame.clusters.front().name;
  return frame.unit.level.empty() ? "" : frame.unit.name;
}

// The name of a unit of a plan; rows of the table have their number.
std::string name_of_unit(const ModelFrame& frame, const Table& table, const ClusterPlan& plan,
                         std::size_t at) {
  const Index row = plan.members[at].front();
  const auto place = static_cast<std::size_t>(row);
  if (plan.name.empty()) return std::to_string(frame.rows[place]);
  for (const Grouping& cluster : frame.clusters)
    if (cluster.name == plan.name) return cluster.names[static_cast<std::size_t>(cluster.level[place])];
  if (frame.unit.name == plan.name)
    return frame.unit.names[static_cast<std::size_t>(frame.unit.level[place])];
  return table.at(plan.name).text_at(frame.rows[place]);
}

// Within groups where no unit is in two of them, all together otherwise.
std::vector<std::vector<std::size_t>> strata_of(const Units& units) {
  std::vector<int> groups(units.count, 0);
  for (const auto& members : units.of_group)
    for (const std::size_t unit : members) ++groups[unit];
  if (std::all_of(groups.begin(), groups.end(), [](int count) { return count == 1; })) return units.of_group;
  std::vector<std::size_t> all(units.count);
  for (std::size_t unit = 0; unit < all.size(); ++unit) all[unit] = unit;
  return {all};
}

Units units_of(const Comparison& comparison, const std::vector<ClusterPlan>& plans) {
  Units units;
  units.name = plans.front().name;
  std::map<std::string, std::size_t> numbers;
  for (std::size_t g = 0; g < plans.size(); ++g) {
    const ModelFrame& frame = *comparison.groups()[g].estimation.fit->frame;
    std::vector<std::size_t> own;
    for (std::size_t at = 0; at < plans[g].members.size(); ++at)
      own.push_back(
          numbers.emplace(name_of_unit(frame, comparison.table, plans[g], at), numbers.size()).first->second);
    units.of_group.push_back(std::move(own));
  }
  units.count = numbers.size();
  units.strata = strata_of(units);
  return units;
}

CoefficientOf coefficient_of_group(const Comparison& comparison, const GroupEstimate& group,
                                   const ClusterPlan& plan) {
  const std::vector<int> once(plan.members.size(), 1);
  return unit_coefficients(comparison.context, comparison.spec, *group.estimation.fit->frame, plan,
                           [&](const CoefficientOf& fast) {
                             return reproduces(fast(once), group.coefficient.estimate,
                                               group.coefficient.std_error);
                           });
}

Drawing drawing_of(const Comparison& comparison) {
  Drawing drawing;
  for (const GroupEstimate& group : comparison.groups()) {
    const ModelFrame& frame = *group.estimation.fit->frame;
    drawing.plans.push_back(plan_clusters(frame, comparison.table, unit_name(frame)));
    drawing.coefficients.push_back(coefficient_of_group(comparison, group, drawing.plans.back()));
  }
  drawing.units = units_of(comparison, drawing.plans);
  return drawing;
}

std::vector<int> drawn_counts(const Units& units, std::uint64_t seed, std::uint64_t replicate) {
  Random random(seed, "bootstrap of differences", replicate);
  std::vector<int> counts(units.count, 0);
  for (const std::vector<std::size_t>& stratum : units.strata)
    for (std::size_t i = 0; i < stratum.size(); ++i)
      ++counts[stratum[random.below(static_cast<std::uint32_t>(stratum.size()))]];
  return counts;
}

// Replicates x groups; rows with a coefficient that does not exist are missing.
Matrix draws_of(const Comparison& comparison, const Drawing& drawing) {
  Matrix draws(comparison.spec.replicates, static_cast<Index>(drawing.plans.size()));
  for_each_replicate(comparison.context, "bootstrap", comparison.spec.replicates, [&](std::int64_t r) {
    const std::vector<int> counts =
        drawn_counts(drawing.units, comparison.spec.seed, static_cast<std::uint64_t>(r));
    for (std::size_t g = 0; g < drawing.plans.size(); ++g) {
      std::vector<int> own;
      for (const std::size_t unit : drawing.units.of_group[g]) own.push_back(counts[unit]);
      draws(r, static_cast<Index>(g)) = drawing.coefficients[g](own);
    }
  });
  return draws;
}

Matrix without_failed(const Matrix& draws) {
  std::vector<Index> rows;
  for (Index r = 0; r < draws.rows(); ++r)
    if (draws.row(r).allFinite()) rows.push_back(r);
  return draws(rows, Eigen::all);
}

Matrix covariance_of(const Matrix& draws) {
  const Matrix centred = draws.rowwise() - draws.colwise().mean();
  return centred.transpose() * centred / (static_cast<double>(draws.rows()) - 1);
}

void add_percentiles(const Comparison& comparison, const Matrix& draws, TestResult& test,
                     const GroupPair& pair) {
  std::vector<double> differences;
  for (Index r = 0; r < draws.rows(); ++r)
    differences.push_back(draws(r, static_cast<Index>(pair.first)) -
                          draws(r, static_cast<Index>(pair.second)));
  const double tail = 50 * (1 - comparison.spec.model.level);
  test.details.emplace_back("percentile_low", percentile(differences, tail));
  test.details.emplace_back("percentile_high", percentile(differences, 100 - tail));
}

std::string rule_of(const Units& units) {
  return fmt::format("{} {} drawn {}", units.count,
                     units.name.empty() ? "rows" : "units of `" + units.name + "`",
                     units.strata.size() > 1 ? "within groups" : "with the rows they have in every group");
}

}  // namespace

DifferenceTests bootstrap_tests(Comparison& comparison) {
  if (const std::string reason = why_not_again(comparison.spec.model.method); !reason.empty())
    return leave_out(comparison, "bootstrap", reason);
  const Drawing drawing = drawing_of(comparison);
  const Matrix all = draws_of(comparison, drawing), draws = without_failed(all);
  if (draws.rows() < 2)
    return leave_out(comparison, "bootstrap",
                     fmt::format("{} of {} draws could be estimated", draws.rows(), all.rows()));
  DifferenceTests tests = tests_of(comparison, "bootstrap", {covariance_of(draws), {}, 1}, Form::z);
  tests.by_rows = drawing.units.name.empty();
  for (std::size_t p = 0; p < tests.pairs.size(); ++p) {
    TestResult& test = tests.pairs[p];
    test.details.emplace_back("reps", static_cast<double>(draws.rows()));
    test.details.emplace_back("failed", static_cast<double>(all.rows() - draws.rows()));
    add_percentiles(comparison, draws, test, comparison.result.pairs[p]);
    if (test.note.empty()) test.note = rule_of(drawing.units);
  }
  return tests;
}

}  // namespace panelist
