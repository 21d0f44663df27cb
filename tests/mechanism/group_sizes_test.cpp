// SPDX-License-Identifier: Apache-2.0
// How often tests of equal coefficients reject where they are equal: 600 invented panels each, fixed seeds. At 5% the
// share has a Monte Carlo error of 0.9 points; the bands are three of them, wider on the side to which clusters are few.
#include <gtest/gtest.h>

#include "mechanism/group_difference.h"
#include "panels.h"

namespace panelist {
namespace {

constexpr int panels = 600;

// y = .5 x + u_i + e, e and x correlated over time within units; `half` by unit, `late` by period.
InventedPanel panel_without_difference(std::uint64_t number) {
  constexpr int units = 40, years = 6;
  Random random(11, "sizes of group differences", number);
  std::vector<std::string> unit;
  std::vector<double> year, x, y, half, late;
  for (int u = 0; u < units; ++u) {
    const double of_unit = random.normal(), slope = 0.5 + 0.5 * random.normal();
    for (int t = 0; t < years; ++t) {
      const double own = random.normal() + of_unit;
      unit.push_back("u" + std::to_string(100 + u));
      year.push_back(2000 + t);
      x.push_back(own);
      y.push_back(slope * own + random.normal());
      half.push_back(u % 2);
      late.push_back(t >= years / 2);
    }
  }
  InventedPanel result;
  result.table.set("unit", Column::texts(unit));
  result.table.set("year", Column::numbers(year, ColumnKind::integer));
  result.table.set("x", Column::numbers(x));
  result.table.set("y", Column::numbers(y));
  result.table.set("half", Column::numbers(half));
  result.table.set("late", Column::numbers(late));
  result.panel = make_panel(result.table, {"unit", "year"});
  return result;
}

double share_rejected(const std::string& by, const std::string& vcov, const std::string& method) {
  int rejected = 0;
  for (int number = 0; number < panels; ++number) {
    const InventedPanel data = panel_without_difference(static_cast<std::uint64_t>(number));
    GroupDifferenceSpec spec;
    spec.model = model_of("y ~ x", vcov);
    spec.term = "x";
    spec.by = by;
    spec.tests = {method};
    spec.replicates = 199;
    Diagnostics notes;
    rejected +=
        group_difference(Context{}, spec, data.table, &data.panel, notes).test(method)->p_value < 0.05;
  }
  return static_cast<double>(rejected) / panels;
}

TEST(GroupSizes, DisjointAndStackedTestsHoldTheirSizeInSeparateGroups) {
  for (const std::string method : {"disjoint", "suest", "interaction"}) {
    const double share = share_rejected("half", "cluster(unit)", method);
    EXPECT_GT(share, 0.023) << method;
    EXPECT_LT(share, 0.095) << method;
  }
}

TEST(GroupSizes, PermutationOfUnitsHoldsItsSize) {
  const double share = share_rejected("half", "cluster(unit)", "permutation");
  EXPECT_GT(share, 0.023);
  EXPECT_LT(share, 0.077);
}

// Every unit is in both groups: clusters count the covariance of the groups, rows do not.
TEST(GroupSizes, StackedScoresByClusterHoldTheirSizeWhereUnitsAreShared) {
  const double by_cluster = share_rejected("late", "cluster(unit)", "suest");
  EXPECT_GT(by_cluster, 0.023);
  EXPECT_LT(by_cluster, 0.095);
}

}  // namespace
}  // namespace panelist
