// SPDX-License-Identifier: Apache-2.0
#include "index/sensitivity.h"

#include <gmock/gmock.h>

#include "provinces.h"

namespace panelist {
namespace {

// Y = 1 u1 + 2 u2 + 3 u3: shares 1/14, 4/14, 9/14, first order and total alike.
TEST(SobolIndices, OfAnAdditiveFunctionAreItsSharesOfVariance) {
  SobolPlan plan{{"a", "b", "c"}, 20000, 200};
  const auto factors =
      sobol_indices(Context{}, plan, [](const std::vector<double>& u) { return u[0] + 2 * u[1] + 3 * u[2]; });
  const double expected[] = {1.0 / 14, 4.0 / 14, 9.0 / 14};
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(factors[k].first, expected[k], 0.02);
    EXPECT_NEAR(factors[k].total, expected[k], 0.01);
    EXPECT_LT(factors[k].first_low, expected[k]);
    EXPECT_GT(factors[k].first_high, expected[k]);
    EXPECT_LT(factors[k].total_low, factors[k].total);
  }
}

// Y = (u1 - 1/2)(u2 - 1/2): no factor alone, both together.
TEST(SobolIndices, OfAProductAreAllInteraction) {
  SobolPlan plan{{"a", "b"}, 20000, 0};
  const auto factors = sobol_indices(
      Context{}, plan, [](const std::vector<double>& u) { return (u[0] - 0.5) * (u[1] - 0.5); });
  for (const SobolFactor& factor : factors) {
    EXPECT_NEAR(factor.first, 0, 0.02);
    EXPECT_NEAR(factor.total, 1, 0.02);
  }
}

TEST(SobolIndices, DoNotDependOnThreads) {
  const SobolPlan plan{{"a", "b"}, 500, 20};
  Context two;
  two.threads = 2;
  const auto f = [](const std::vector<double>& u) { return std::sin(5 * u[0]) + u[1]; };
  const auto one = sobol_indices(Context{}, plan, f), other = sobol_indices(two, plan, f);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(one[k].first, other[k].first);
    EXPECT_EQ(one[k].total_high, other[k].total_high);
  }
}

TEST(IndexUncertainty, LeavesOutEachIndicatorAsIfItHadNeverBeenThere) {
  const Provinces provinces;
  const IndexResult index = provinces.build();
  const std::vector<LeftOut> left = leave_one_out(Context{}, index, provinces.table, provinces.panel);
  ASSERT_EQ(left.size(), 7U);
  Provinces without = provinces;
  without.system.indicators.erase(without.system.indicators.begin() + 3);
  const IndexResult other = without.build();
  EXPECT_EQ(left[3].code, "ecom_sales_100m");
  EXPECT_EQ(left[3].change.largest_change, (index.score - other.score).cwiseAbs().maxCoeff());
  int largest = 0;
  for (std::size_t i = 0; i < index.rank.size(); ++i)
    largest = std::max(largest, std::abs(index.rank[i] - other.rank[i]));
  EXPECT_EQ(left[3].change.largest_rank_change, largest);
}

TEST(IndexUncertainty, GivesIntervalsOfRanksThatHoldTheirMedian) {
  const Provinces provinces;
  const IndexResult index = provinces.build();
  UncertaintyOptions options;
  options.draws = 256;
  options.bootstrap = 50;
  const Uncertainty doubt = index_uncertainty(Context{}, index, provinces.table, provinces.panel, options);
  ASSERT_EQ(doubt.ranks.size(), 210U);
  EXPECT_EQ(doubt.runs, 256 * 6);
  for (const RankInterval& rank : doubt.ranks) {
    EXPECT_GE(rank.low, 1);
    EXPECT_LE(rank.high, 30);
    EXPECT_LE(rank.low, rank.median);
    EXPECT_LE(rank.median, rank.high);
  }
  ASSERT_EQ(doubt.factors.size(), 4U);
  EXPECT_GT(doubt.mean_rank_change, 0);
  for (const SobolFactor& factor : doubt.factors) EXPECT_LE(factor.first, factor.total + 0.15) << factor.name;
}

}  // namespace
}  // namespace panelist
