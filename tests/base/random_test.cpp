// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>

namespace panelist {
namespace {

using Words = std::array<std::uint32_t, 4>;

// Known-answer vectors of the Random123 distribution, philox4x32 with 10 rounds.
TEST(Random, PhiloxGivesThePublishedKnownAnswers) {
  EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
  constexpr std::uint32_t ones = 0xffffffffU;
  EXPECT_EQ(philox4x32({ones, ones, ones, ones}, {ones, ones}),
            (Words{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}));
  EXPECT_EQ(philox4x32({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}),
            (Words{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

TEST(Random, ReplicateDoesNotDependOnWhatWasDrawnBefore) {
  Random first(7, "bootstrap", 731);
  for (std::uint64_t other = 0; other < 10; ++other) Random(7, "bootstrap", other).next();
  Random again(7, "bootstrap", 731);
  for (int draw = 0; draw < 20; ++draw) EXPECT_EQ(first.next(), again.next());
}

TEST(Random, StreamsWithOtherSeedsNamesOrReplicatesDiffer) {
  const std::uint32_t base = Random(7, "bootstrap", 1).next();
  EXPECT_NE(base, Random(8, "bootstrap", 1).next());
  EXPECT_NE(base, Random(7, "permutation", 1).next());
  EXPECT_NE(base, Random(7, "bootstrap", 2).next());
}

TEST(Random, BelowIsUniform) {
  std::array<int, 7> counts{};
  Random random(1, "uniform", 0);
  constexpr int draws = 70000;
  for (int draw = 0; draw < draws; ++draw) ++counts[random.below(7)];
  double chi2 = 0;
  for (const int count : counts) chi2 += std::pow(count - draws / 7.0, 2) / (draws / 7.0);
  EXPECT_LT(chi2, 22.5);  // 0.999 quantile with 6 degrees of freedom
}

TEST(Random, NormalHasItsMoments) {
  Random random(3, "normal", 0);
  double sum = 0, squares = 0;
  constexpr int draws = 100000;
  for (int draw = 0; draw < draws; ++draw) {
    const double z = random.normal();
    sum += z;
    squares += z * z;
  }
  EXPECT_NEAR(sum / draws, 0.0, 0.015);
  EXPECT_NEAR(squares / draws, 1.0, 0.02);
}

}  // namespace
}  // namespace panelist
