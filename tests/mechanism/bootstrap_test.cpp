// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation/bootstrap.h"

#include <gmock/gmock.h>

#include "base/distribution.h"
#include "mechanism/resampling/cluster_products.h"
#include "panels.h"
#include "table/statistics.h"

namespace panelist {
namespace {

struct Case {
  std::string effects;
  bool weighted;
  bool serial = false;
};

// Serial: m2 depends on m1. theta: a_1 a_2 b_1 b_2 and, serial, d_12.
ResampledSystem system_of(const InventedPanel& data, const Case& design, const std::string& cluster) {
  EstimationSpec model = model_of("y ~ x + z + m1 + m2" + design.effects, "hc1");
  FrameOptions options = model.frame;
  options.panel = {"unit", "year"};
  options.clusters = {cluster};
  if (design.weighted) options.weights = expression_of("w");
  Diagnostics notes;
  auto frame = std::make_shared<const ModelFrame>(
      build_model_frame(Context{}, model.formula, data.table, &data.panel, options, notes));
  ResampledSystem system{frame, model.estimate, "", {}, {{0, "x"}, {1, "x"}, {2, "m1"}, {2, "m2"}}, {}};
  system.equations = {{"m1", {"x", "z"}}, {"m2", {"x", "z"}}, {"", {"x", "z", "m1", "m2"}}};
  if (design.serial) {
    system.equations[1].regressors.emplace_back("m1");
    system.coefficients.push_back({1, "m1"});
  }
  return system;
}

// Cross products against refits of the resampled rows, on the same draws.
void expect_same_draws(const InventedPanel& data, const Case& design, const std::string& cluster) {
  const ResampledSystem system = system_of(data, design, cluster);
  const ClusterPlan plan = plan_clusters(*system.frame, data.table, cluster);
  const std::optional<ThetaOf> fast = theta_by_products(Context{}, system, plan);
  ASSERT_TRUE(fast.has_value());
  const ThetaOf slow = theta_by_refits(Context{}, system, plan);
  const Index k = static_cast<Index>(system.coefficients.size());
  MediationSpec spec;
  spec.bootstrap = 60;
  spec.seed = 11;
  const Matrix a = bootstrap_draws(Context{}, *fast, k, plan.size(), spec);
  const Matrix b = bootstrap_draws(Context{}, slow, k, plan.size(), spec);
  ASSERT_TRUE(b.allFinite());
  EXPECT_LT((a - b).cwiseAbs().maxCoeff(), 1e-9) << design.effects << (design.weighted ? " weighted" : "");
  const Matrix c = leave_one_out(Context{}, *fast, k, plan.size());
  const Matrix d = leave_one_out(Context{}, slow, k, plan.size());
  EXPECT_LT((c - d).cwiseAbs().maxCoeff(), 1e-9);
}

TEST(Bootstrap, CrossProductsGiveTheDrawsOfRefits) {
  for (const bool unbalanced : {false, true}) {
    const InventedPanel data = invented_panel(15, 7, unbalanced);
    for (const char* effects : {"", " | unit", " | year", " | unit + year", " | year + unit"})
      for (const bool weighted : {false, true})
        for (const bool serial : {false, true}) expect_same_draws(data, {effects, weighted, serial}, "unit");
  }
}

TEST(Bootstrap, CrossProductsHoldWhenNoEffectIsNested) {
  const InventedPanel data = invented_panel(15, 7, true);
  expect_same_draws(data, {" | unit + year", true}, "side");
}

TEST(Bootstrap, CrossProductsKeepDigitsFarFromZero) {
  InventedPanel data = invented_panel(15, 7, true);
  for (const char* name : {"x", "m1", "y"}) {
    std::vector<double> values = data.table.at(name).values();
    for (double& value : values) value += 1e5;
    data.table.set(name, Column::numbers(values));
  }
  expect_same_draws(data, {" | unit + year", false}, "unit");
  expect_same_draws(data, {"", false}, "unit");
}

// As where a moderator's product stands in one equation alone.
TEST(Bootstrap, AnEquationMayLackWhatTheOneBeforeItHas) {
  const InventedPanel data = invented_panel(15, 7, true);
  ResampledSystem system = system_of(data, {" | unit + year", true}, "unit");
  system.equations = {{"m1", {"x", "z"}}, {"m2", {"x"}}, {"", {"z", "x", "m2"}}};
  system.coefficients = {{0, "x"}, {1, "x"}, {2, "m2"}, {2, "z"}};
  const ClusterPlan plan = plan_clusters(*system.frame, data.table, "unit");
  const std::optional<ThetaOf> fast = theta_by_products(Context{}, system, plan);
  ASSERT_TRUE(fast.has_value());
  std::vector<int> counts(static_cast<std::size_t>(plan.size()), 1);
  counts[2] = 3;
  counts[5] = 0;
  EXPECT_LT(((*fast)(counts)-theta_by_refits(Context{}, system, plan)(counts)).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(Bootstrap, RowsAreDrawnWhenThereIsNoCluster) {
  const InventedPanel data = invented_panel(6, 5, false);
  const ResampledSystem system = system_of(data, {"", false}, "unit");
  const ClusterPlan plan = plan_clusters(*system.frame, data.table, "");
  EXPECT_EQ(plan.size(), 30);
  const std::optional<ThetaOf> fast = theta_by_products(Context{}, system, plan);
  const ThetaOf slow = theta_by_refits(Context{}, system, plan);
  std::vector<int> counts(30, 1);
  counts[4] = 0;
  counts[9] = 2;
  EXPECT_LT(((*fast)(counts)-slow(counts)).cwiseAbs().maxCoeff(), 1e-10);
}

TEST(Bootstrap, DoesNotUseCrossProductsForSlopesAcrossClusters) {
  const InventedPanel data = invented_panel(12, 6, false);
  const ResampledSystem system = system_of(data, {" | unit + year[z]", false}, "unit");
  const ClusterPlan plan = plan_clusters(*system.frame, data.table, "unit");
  EXPECT_FALSE(theta_by_products(Context{}, system, plan).has_value());
}

TEST(Bootstrap, FailsWhereAResampleDoesNotIdentifyX) {
  InventedPanel data = invented_panel(8, 4, false);
  std::vector<double> x = data.table.at("x").values();
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = i < 4 ? static_cast<double>(i % 3) : 1;
  data.table.set("x", Column::numbers(x));
  const ResampledSystem system = system_of(data, {" | unit", false}, "unit");
  const ClusterPlan plan = plan_clusters(*system.frame, data.table, "unit");
  const std::optional<ThetaOf> fast = theta_by_products(Context{}, system, plan);
  ASSERT_TRUE(fast.has_value());
  // Without the first unit x does not vary within units.
  const std::vector<int> without_first = {0, 2, 1, 1, 1, 1, 1, 1};
  EXPECT_TRUE(std::isnan((*fast)(without_first)(0)));
  EXPECT_TRUE(std::isnan(theta_by_refits(Context{}, system, plan)(without_first)(0)));
}

TEST(Bootstrap, IntervalsArePercentilesAndBcaByItsFormula) {
  Vector draws(400), left_out(7);
  for (Index i = 0; i < draws.size(); ++i)
    draws(i) = std::exp(normal_quantile((static_cast<double>(i) + 0.5) / 400));
  left_out << 1.1, 0.9, 1.0, 1.3, 0.95, 1.02, 0.99;
  const double estimate = 1.1;
  const BootstrapIntervals intervals = intervals_of(draws, left_out, estimate, 0.9);
  const std::vector<double> sample(draws.begin(), draws.end());
  EXPECT_EQ(intervals.percentile_low, percentile(sample, 5));
  EXPECT_EQ(intervals.percentile_high, percentile(sample, 95));
  const Vector d = left_out.mean() - left_out.array();
  const double a = d.array().cube().sum() / (6 * std::pow(d.squaredNorm(), 1.5));
  const double z0 = normal_quantile(static_cast<double>((draws.array() < estimate).count()) / 400);
  const double z = z0 + normal_quantile(0.05);
  EXPECT_DOUBLE_EQ(intervals.bca_low, percentile(sample, 100 * normal_cdf(z0 + z / (1 - a * z))));
}

TEST(Bootstrap, PIsTwiceTheSmallerShareOfDrawsBeyondZero) {
  Vector draws(99);
  for (Index i = 0; i < draws.size(); ++i) draws(i) = i < 9 ? -1.0 : 1.0;
  EXPECT_DOUBLE_EQ(intervals_of(draws, Vector(), 0.8, 0.95).p_value, 2 * 10.0 / 100);
  EXPECT_DOUBLE_EQ(intervals_of(-draws, Vector(), -0.8, 0.95).p_value, 2 * 10.0 / 100);
  EXPECT_TRUE(std::isnan(intervals_of(draws.head(39), Vector(), 0.8, 0.95).p_value));
}

TEST(Bootstrap, CountsFailedReplicatesAndLeavesThemOut) {
  Vector draws(5);
  draws << 1, missing_value, 3, 2, missing_value;
  const BootstrapIntervals intervals = intervals_of(draws, Vector(), 2, 0.95);
  EXPECT_EQ(intervals.replicates, 5);
  EXPECT_EQ(intervals.failed, 2);
  EXPECT_EQ(intervals.std_error, 1);
  EXPECT_TRUE(std::isnan(intervals.percentile_low));  // three draws are too few
  Vector many(50);
  for (Index i = 0; i < many.size(); ++i) many(i) = i < 5 ? missing_value : static_cast<double>(i);
  const BootstrapIntervals enough = intervals_of(many, Vector(), 27, 0.95);
  EXPECT_EQ(enough.failed, 5);
  EXPECT_EQ(enough.percentile_low, 6);
  EXPECT_TRUE(std::isnan(enough.bca_low));
}

}  // namespace
}  // namespace panelist
