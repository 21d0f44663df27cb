// SPDX-License-Identifier: Apache-2.0
#include "index/weighting.h"

#include <gtest/gtest.h>

#include "example.h"

namespace panelist {
namespace {

const Weighting& weighting_named(const std::string& name) {
  for (const Weighting& weighting : weightings())
    if (weighting.name == name) return weighting;
  throw std::out_of_range(name);
}

// k ln b cancels: e with logarithms of base 2 is the same number.
TEST(EntropyWeights, DoNotDependOnTheBaseOfTheLogarithm) {
  Matrix z(4, 2);
  z << 0, 0.2, 0.25, 0.1, 0.5, 1, 1, 0;
  const auto [weights, entropy, consistency] = weighting_named("entropy").weigh({z, z, {}, {}});
  Vector base_two(2);
  for (Index j = 0; j < 2; ++j) {
    double sum = 0;
    for (const double value : z.col(j)) {
      const double p = value / z.col(j).sum();
      if (p > 0) sum -= p * std::log2(p);
    }
    base_two(j) = sum / std::log2(4.0);
  }
  EXPECT_NEAR(entropy(0), base_two(0), 1e-15);
  EXPECT_NEAR(entropy(1), base_two(1), 1e-15);
  EXPECT_NEAR(weights(0), (1 - base_two(0)) / (2 - base_two.sum()), 1e-14);
}

TEST(EntropyWeights, AColumnOfZerosHoldsNoInformation) {
  Matrix z(3, 2);
  z << 0, 1, 0, 0, 0, 0.5;
  const auto [weights, entropy, consistency] = weighting_named("entropy").weigh({z, z, {}, {}});
  EXPECT_EQ(entropy(0), 1);
  EXPECT_EQ(weights(0), 0);
  EXPECT_EQ(weights(1), 1);
}

TEST(EqualWeights, AverageTheNormalisedCells) {
  Example example;
  example.conventions.method = "equal";
  const IndexResult result = example.build();
  const Vector mean = result.stages.back().values.rowwise().mean();
  EXPECT_LT((result.score - mean).cwiseAbs().maxCoeff(), 1e-14);
  EXPECT_TRUE(std::isnan(result.indicators[0].entropy));
}

TEST(EqualWeights, InTwoStepsAverageTheDimensions) {
  Example example;
  example.conventions.method = "equal";
  example.conventions.levels = "two-step";
  const IndexResult result = example.build();
  EXPECT_DOUBLE_EQ(result.nodes[0].weight, 0.5);
  EXPECT_DOUBLE_EQ(result.indicators[0].weight, 1.0 / 6);
  EXPECT_DOUBLE_EQ(result.indicators[4].weight, 0.25);
}

TEST(GivenWeights, AreRescaledToSumToOne) {
  Example example;
  example.conventions.method = "given";
  const double weights[] = {1, 2, 3, 4, 10};
  for (std::size_t j = 0; j < 5; ++j) example.system.indicators[j].weight = weights[j];
  const IndexResult one_step = example.build();
  EXPECT_DOUBLE_EQ(one_step.indicators[4].weight, 0.5);
  EXPECT_DOUBLE_EQ(one_step.indicators[4].local_weight, 10.0 / 14);
  example.conventions.levels = "two-step";
  EXPECT_LT((example.build().score - one_step.score).cwiseAbs().maxCoeff(), 1e-14);
}

std::string failure(const Example& example) {
  try {
    example.build();
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "none";
}

TEST(GivenWeights, AreRequiredAndNotNegative) {
  Example example;
  example.conventions.method = "given";
  EXPECT_EQ(failure(example), "index.weights_required");
  for (Indicator& indicator : example.system.indicators) indicator.weight = 0;
  EXPECT_EQ(failure(example), "index.weights_required");
  example.system.indicators[2].weight = -1;
  EXPECT_EQ(failure(example), "index.negative_weight");
}

}  // namespace
}  // namespace panelist
