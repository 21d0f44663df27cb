// SPDX-License-Identifier: Apache-2.0
// Bands that hold several estimates at once.
#include "infer/simultaneous.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/distribution.h"

namespace panelist {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// c with the integral over s of (2 Phi(c s) - 1)^4 equal to 0.95, by quadrature in base R (integrate, uniroot).
TEST(Simultaneous, AgreesWithQuadratureForIndependentEstimates) {
  const Matrix scaled = Vector::LinSpaced(4, 0.5, 40).asDiagonal();
  // Four standard deviations of a quantile of 200,000 draws, by the density of the maximum there.
  struct Known {
    double df, critical, error;
  };
  for (const Known& known : {Known{4.5, 3.78355377349, 0.035}, Known{11.3, 2.92016523057, 0.02},
                             Known{infinity, 2.49091513102, 0.014}})
    EXPECT_NEAR(simultaneous_critical({}, scaled, {known.df, 0.95, 200'000}), known.critical, known.error);
}

TEST(Simultaneous, OneNumberBehindManyEstimatesNeedsNoWiderBand) {
  const Vector direction = Vector::LinSpaced(7, -2, 3);
  const Matrix covariance = direction * direction.transpose();
  EXPECT_DOUBLE_EQ(simultaneous_critical({}, covariance, {12.5, 0.9, 100}), t_quantile(0.95, 12.5));
  EXPECT_DOUBLE_EQ(simultaneous_critical({}, Matrix::Ones(1, 1), {infinity, 0.95, 100}),
                   normal_quantile(0.975));
}

TEST(Simultaneous, EstimatesWithoutVarianceTakeNoPart) {
  Matrix with = Matrix::Zero(3, 3), without = Matrix::Identity(2, 2);
  without(0, 1) = without(1, 0) = 0.3;
  with.topLeftCorner(2, 2) = without;
  EXPECT_NEAR(simultaneous_critical({}, with, {20, 0.95, 5000}),
              simultaneous_critical({}, without, {20, 0.95, 5000}), 1e-9);
  EXPECT_TRUE(std::isnan(simultaneous_critical({}, Matrix::Zero(2, 2), {20})));
  EXPECT_TRUE(std::isnan(simultaneous_critical({}, Matrix(0, 0), {20})));
  EXPECT_TRUE(std::isnan(simultaneous_critical({}, without, {missing_value})));
}

TEST(Simultaneous, TheBandIsNeverNarrowerThanThePointwiseOne) {
  Matrix nearly_one(2, 2);
  nearly_one << 1, 1 - 1e-9, 1 - 1e-9, 1;
  EXPECT_GE(simultaneous_critical({}, nearly_one, {9, 0.95, 50}), t_quantile(0.975, 9));
}

}  // namespace
}  // namespace panelist
