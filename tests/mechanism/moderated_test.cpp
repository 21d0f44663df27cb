// SPDX-License-Identifier: Apache-2.0
#include "mechanism/moderated_mediation.h"

#include <gmock/gmock.h>

#include "panels.h"

namespace panelist {
namespace {

MediationSpec spec_of(const std::string& vcov = "cluster(unit)") {
  MediationSpec spec;
  spec.total = model_of("y ~ x + z | unit + year", vcov);
  spec.total.frame.panel = {"unit", "year"};
  spec.x = "x";
  spec.mediators = {"m1"};
  return spec;
}

InventedPanel sided_panel() {
  InventedPanel invented = invented_panel(30, 6, true);
  std::vector<std::string> side;
  for (const double value : invented.table.at("side").values())
    side.push_back(value > 0 ? "inland" : "coast");
  invented.table.set("where", Column::texts(side));
  return invented;
}

ModeratedMediation moderated(const MediationSpec& spec, const std::string& by, Diagnostics& notes) {
  const InventedPanel invented = sided_panel();
  return mediate_by_group(Context{}, spec, by, invented.table, &invented.panel, notes);
}

TEST(ModeratedMediation, OfAGroupIsTheMediationOfItsRows) {
  const InventedPanel invented = sided_panel();
  Diagnostics notes;
  const ModeratedMediation result = moderated(spec_of(), "where", notes);
  ASSERT_EQ(result.groups.size(), 2U);
  for (const GroupMediation& group : result.groups) {
    MediationSpec alone = spec_of();
    alone.total.frame.where = expression_of("where == '" + group.group + "'");
    const Mediation expected = mediate(Context{}, alone, invented.table, &invented.panel, notes);
    const IndirectEffect &own = group.mediation.paths[0].indirect, &other = expected.paths[0].indirect;
    EXPECT_EQ(own.estimate, other.estimate);
    EXPECT_EQ(own.delta_se, other.delta_se);
  }
}

TEST(ModeratedMediation, DifferencesAddVariancesAndDrawGroupsApart) {
  MediationSpec spec = spec_of();
  spec.bootstrap = 400;
  Diagnostics notes;
  const ModeratedMediation result = moderated(spec, "where", notes);
  ASSERT_EQ(result.differences.size(), 1U);
  const IndirectDifference& difference = result.differences[0];
  const IndirectEffect &first = result.groups[0].mediation.paths[0].indirect,
                       &second = result.groups[1].mediation.paths[0].indirect;
  EXPECT_EQ(difference.first, "coast");
  EXPECT_EQ(difference.estimate, first.estimate - second.estimate);
  EXPECT_NEAR(difference.delta_se * difference.delta_se,
              first.delta_se * first.delta_se + second.delta_se * second.delta_se, 1e-14);
  // Streams of their own: the variance of the difference is near the sum of variances.
  const double apart = std::hypot(first.bootstrap->std_error, second.bootstrap->std_error);
  EXPECT_NEAR(difference.bootstrap->std_error / apart, 1, 0.12);
  EXPECT_LT(difference.bootstrap->percentile_low, difference.estimate);
  EXPECT_GT(difference.bootstrap->percentile_high, difference.estimate);
  EXPECT_GT(difference.bootstrap_p, 0);
}

TEST(ModeratedMediation, LeavesDifferencesOutWhereClustersAreShared) {
  Diagnostics notes;
  const InventedPanel invented = sided_panel();
  Table table = invented.table;
  std::vector<std::string> late;
  for (const double year : table.at("year").values()) late.push_back(year >= 2003 ? "late" : "early");
  table.set("late", Column::texts(late));
  const ModeratedMediation result =
      mediate_by_group(Context{}, spec_of(), "late", table, &invented.panel, notes);
  EXPECT_EQ(result.groups.size(), 2U);
  EXPECT_EQ(result.shared, 30);
  EXPECT_TRUE(result.differences.empty());
  EXPECT_EQ(notes.items().back().code, "mechanism.shared_clusters");
}

TEST(ModeratedMediation, NeedsTwoGroupsAndNamesTheGroupThatFails) {
  const InventedPanel invented = sided_panel();
  const auto code = [&](Table table, const std::string& by) {
    Diagnostics notes;
    try {
      mediate_by_group(Context{}, spec_of(), by, table, &invented.panel, notes);
    } catch (const Error& error) {
      return error.diagnostic().code + ": " + error.diagnostic().message;
    }
    return std::string();
  };
  Table one = invented.table;
  one.set("one", Column::numbers(std::vector<double>(one.rows(), 1)));
  EXPECT_THAT(code(one, "one"), testing::HasSubstr("mechanism.one_group"));
  Table flat = invented.table;  // no variation of x within the coast
  std::vector<double> x = flat.at("x").values();
  for (std::size_t row = 0; row < x.size(); ++row)
    if (flat.at("where").text_at(row) == "coast") x[row] = 1;
  flat.set("x", Column::numbers(x));
  EXPECT_THAT(code(flat, "where"), testing::HasSubstr("in group coast"));
}

TEST(MonteCarlo, IntervalIsThatOfAProductOfNormals) {
  const InventedPanel invented = invented_panel(40, 8, false);
  MediationSpec spec = spec_of();
  spec.draws = 20000;
  Diagnostics notes;
  const Mediation result = mediate(Context{}, spec, invented.table, &invented.panel, notes);
  const IndirectEffect& effect = result.paths[0].indirect;
  ASSERT_TRUE(effect.monte_carlo.has_value());
  EXPECT_EQ(effect.monte_carlo->draws, 20000);
  // a and b are many standard errors from zero: the product is near normal.
  EXPECT_NEAR(effect.monte_carlo->low, effect.estimate - 1.96 * effect.delta_se, 0.25 * effect.delta_se);
  EXPECT_NEAR(effect.monte_carlo->high, effect.estimate + 1.96 * effect.delta_se, 0.25 * effect.delta_se);
}

// 30 clusters, a b = .8 x .6 (panels.h). Nominal 95 %: few clusters take some points from every interval.
TEST(IntervalsOfIndirectEffects, CoverThePlantedOneWithThirtyClusters) {
  constexpr int panels = 200;
  int percentile = 0, bca = 0, bc = 0, monte_carlo = 0;
  for (int r = 0; r < panels; ++r) {
    const InventedPanel invented = invented_panel(30, 4, false, 100 + static_cast<std::uint64_t>(r));
    MediationSpec spec = spec_of();
    spec.mediators = {"m1", "m2"};
    spec.bootstrap = 299;
    spec.draws = 999;
    spec.seed = static_cast<std::uint64_t>(r);
    Diagnostics notes;
    const Mediation result = mediate(Context{}, spec, invented.table, &invented.panel, notes);
    const IndirectEffect& effect = result.paths[0].indirect;
    const auto holds = [](double low, double high) { return low <= 0.48 && 0.48 <= high; };
    percentile += holds(effect.bootstrap->percentile_low, effect.bootstrap->percentile_high);
    bca += holds(effect.bootstrap->bca_low, effect.bootstrap->bca_high);
    bc += holds(effect.bootstrap->bc_low, effect.bootstrap->bc_high);
    monte_carlo += holds(effect.monte_carlo->low, effect.monte_carlo->high);
  }
  for (const int held : {percentile, bca, bc, monte_carlo}) {
    EXPECT_GE(held, 0.88 * panels);
    EXPECT_LE(held, 0.99 * panels);
  }
  RecordProperty("percentile", percentile);
  RecordProperty("bca", bca);
}

TEST(Mediation, TotalLessDirectIsTheSumOfProductsWithEffectsWeightsAndClusters) {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const InventedPanel invented = invented_panel(12 + static_cast<int>(seed % 7), 5, seed % 2 == 0, seed);
    MediationSpec spec = spec_of(seed % 3 == 0 ? "hc1" : "cluster(unit)");
    spec.mediators = {"m1", "m2"};
    if (seed % 4 < 2) spec.total.frame.weights = expression_of("w");
    Diagnostics notes;
    const Mediation result = mediate(Context{}, spec, invented.table, &invented.panel, notes);
    const double moved = result.total_effect.estimate - result.direct_effect.estimate;
    EXPECT_NEAR(moved, result.total_indirect->estimate, 1e-10 * std::max(1.0, std::abs(moved))) << seed;
  }
}

}  // namespace
}  // namespace panelist
