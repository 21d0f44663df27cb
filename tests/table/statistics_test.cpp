// SPDX-License-Identifier: Apache-2.0
#include "table/statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

namespace panelist {
namespace {

std::vector<double> one_to(int n) {
  std::vector<double> values(static_cast<std::size_t>(n));
  std::iota(values.begin(), values.end(), 1.0);
  return values;
}

TEST(Percentile, FollowsStatasDefinition) {
  EXPECT_EQ(percentile(one_to(4), 50), 2.5);   // h = 2: mean of the 2nd and 3rd
  EXPECT_EQ(percentile(one_to(5), 50), 3);     // h = 2.5: the 3rd
  EXPECT_EQ(percentile(one_to(10), 25), 3);    // h = 2.5
  EXPECT_EQ(percentile(one_to(100), 1), 1.5);  // h = 1
  EXPECT_EQ(percentile(one_to(270), 99), 268);
  EXPECT_EQ(percentile(one_to(10), 0), 1);
  EXPECT_EQ(percentile(one_to(10), 100), 10);
}

TEST(Percentile, IgnoresMissingAndIsMissingOfNothing) {
  EXPECT_EQ(percentile({missing_value, 3, 1}, 50), 2);
  EXPECT_TRUE(std::isnan(percentile({missing_value}, 50)));
}

TEST(Winsorise, MovesBothTailsToTheirPercentiles) {
  std::size_t moved = 0;
  const auto values = winsorise(one_to(100), 0.05, &moved);
  EXPECT_EQ(values.front(), 5.5);
  EXPECT_EQ(values.back(), 95.5);
  EXPECT_EQ(values[49], 50);
  EXPECT_EQ(moved, 10u);
}

TEST(Winsorise, LeavesMissingAlone) {
  const auto values = winsorise({missing_value, 1, 2, 3}, 0.1);
  EXPECT_TRUE(std::isnan(values[0]));
  EXPECT_EQ(values[1], 1);
}

TEST(TrimTails, MakesThemMissing) {
  std::size_t removed = 0;
  const auto values = trim_tails(one_to(100), 0.01, &removed);
  EXPECT_EQ(removed, 2u);
  EXPECT_TRUE(std::isnan(values.front()));
  EXPECT_TRUE(std::isnan(values.back()));
  EXPECT_EQ(values[1], 2);
}

TEST(Summarise, GivesMomentsOfAKnownSample) {
  const Summary summary = summarise("x", {2, 4, 4, 4, 5, 5, 7, 9, missing_value});
  EXPECT_EQ(summary.n, 8u);
  EXPECT_EQ(summary.missing, 1u);
  EXPECT_EQ(summary.mean, 5);
  EXPECT_DOUBLE_EQ(summary.sd, std::sqrt(32.0 / 7.0));
  EXPECT_EQ(summary.sum, 40);
  EXPECT_DOUBLE_EQ(summary.skewness, (42.0 / 8.0) / 8.0);
  EXPECT_DOUBLE_EQ(summary.kurtosis, (356.0 / 8.0) / 16.0);
}

TEST(Summarise, OfNothingIsMissing) {
  const Summary summary = summarise("x", {missing_value});
  EXPECT_EQ(summary.n, 0u);
  EXPECT_TRUE(std::isnan(summary.mean));
  EXPECT_TRUE(std::isnan(summarise("x", {1}).sd));
}

}  // namespace
}  // namespace panelist
