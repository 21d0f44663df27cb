// SPDX-License-Identifier: Apache-2.0
// Expected values: R 4.2.2, pt/qt/pchisq/pf/qnorm with 15 digits.
#include "base/distribution.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace panelist {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(Distribution, AgreesWithR) {
  EXPECT_NEAR(t_two_sided(-2.5, 29) / 0.01832534433842607, 1.0, 1e-12);
  EXPECT_NEAR(t_quantile(0.975, 29), 2.045229642132703, 1e-12);
  EXPECT_NEAR(chi2_upper(28.61, 1) / 8.852383812645831e-08, 1.0, 1e-12);
  EXPECT_NEAR(chi2_upper(300, 3) / 9.948758346327708e-65, 1.0, 1e-12);
  EXPECT_NEAR(f_upper(3.3, 2, 17) / 0.06152672610283087, 1.0, 1e-12);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_two_sided(-1.3) / 0.1936009691712207, 1.0, 1e-12);
}

TEST(Distribution, InfiniteDegreesAreTheLimits) {
  EXPECT_EQ(t_two_sided(1.3, infinity), normal_two_sided(1.3));
  EXPECT_EQ(f_upper(2.0, 3, infinity), chi2_upper(6.0, 3));
}

TEST(Distribution, NonsenseIsNotANumber) {
  EXPECT_TRUE(std::isnan(t_two_sided(1.0, 0)));
  EXPECT_TRUE(std::isnan(chi2_upper(std::nan(""), 1)));
  EXPECT_TRUE(std::isnan(normal_quantile(1.0)));
  EXPECT_EQ(t_two_sided(infinity, 5), 0.0);
}

}  // namespace
}  // namespace panelist
