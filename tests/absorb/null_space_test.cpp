// SPDX-License-Identifier: Apache-2.0
// Ranks where a third factor has many levels: by contraction and by projection, against the count by conditions on
// cycles and against graphs whose rank is known.
#include "absorb/engine/null_space.h"

#include "absorb/engine/rank.h"
#include "absorb/random_designs.h"
#include "base/random.h"

namespace panelist {
namespace {

using designs::factor_of;

// Rows of three factors: workers, firms and occupations drawn from `parts` blocks that share nothing; with
// `parity` firm and occupation both tell even from odd.
std::vector<AbsorbFactor> three_factors(std::uint64_t seed, Index rows, Level firms, Level occupations,
                                        Level parts, bool parity) {
  Random random(seed, "design", 0);
  std::vector<Level> worker, firm, occupation;
  for (Index i = 0; i < rows; ++i) {
    const auto w = static_cast<Level>(i / 4);
    const Level part = w % parts;
    auto f = static_cast<Level>(random.below(static_cast<std::uint32_t>(firms)));
    auto o = static_cast<Level>(random.below(static_cast<std::uint32_t>(occupations)));
    if (parity) o = o / 2 * 2 + f % 2;
    worker.push_back(w);
    firm.push_back(part * 100000 + f);
    occupation.push_back(part * 100000 + o);
  }
  return {factor_of("worker", worker), factor_of("firm", firm), factor_of("occupation", occupation)};
}

Index total(const std::vector<AbsorbFactor>& factors) {
  Index levels = 0;
  for (const AbsorbFactor& factor : factors) levels += factor.n_levels;
  return levels;
}

Index rank_of(const std::vector<FactorDegrees>& degrees) {
  Index rank = 0;
  for (const FactorDegrees& factor : degrees) {
    EXPECT_TRUE(factor.exact) << factor.name;
    rank += factor.levels - factor.redundant;
  }
  return rank;
}

class NullSpaces : public ::testing::TestWithParam<int> {};

TEST_P(NullSpaces, ProjectedAgreesWithConditionsOnCycles) {
  const auto seed = static_cast<std::uint64_t>(GetParam());
  const auto parts = static_cast<Level>(1 + seed % 3);
  const auto factors = three_factors(seed, 900 + 40 * GetParam(), 60, 40, parts, seed % 4 == 0);
  const Index rank = rank_of(engine::degrees_of({}, factors));
  const auto found = engine::projected_null_space({}, factors, {2});
  ASSERT_TRUE(found.certain);
  const Index components =
      connected_components(factors[0].level, factors[1].level, factors[0].n_levels, factors[1].n_levels);
  EXPECT_EQ(total(factors) - components - found.dimension, rank);
}
INSTANTIATE_TEST_SUITE_P(Seeds, NullSpaces, ::testing::Range(1, 25));

TEST(NullSpace, OfManyLevelsIsKnownOnDenseRandomGraphs) {
  for (const Level parts : {1, 2, 3}) {
    for (const bool parity : {false, true}) {
      const auto factors = three_factors(5, 60000, 700, 600, parts, parity);
      ASSERT_GT(factors[2].n_levels, 400);
      EXPECT_EQ(rank_of(engine::degrees_of({}, factors)), total(factors) - parts * (parity ? 3 : 2));
    }
  }
}

// An occupation that only two firms know moves with them: as many null vectors as there are such pairs.
TEST(NullSpace, CountsLevelsThatMoveTogether) {
  Random random(3, "alias", 0);
  std::vector<Level> worker, firm, occupation;
  for (Index i = 0; i < 24000; ++i) {
    const auto f = static_cast<Level>(random.below(900));
    worker.push_back(static_cast<Level>(i / 6));
    firm.push_back(f);
    occupation.push_back(f / 2);
  }
  const std::vector<AbsorbFactor> factors = {factor_of("worker", worker), factor_of("firm", firm),
                                             factor_of("occupation", occupation)};
  ASSERT_EQ(factors[2].n_levels, 450);
  EXPECT_EQ(rank_of(engine::degrees_of({}, factors)), factors[0].n_levels + factors[1].n_levels - 1);
}

// Workers stay at a firm while their occupation moves: every pair of occupations met there is put equal.
TEST(NullSpace, ContractsLevelsThatOneCellMakesEqual) {
  std::vector<Level> worker, firm, occupation;
  for (Level w = 0; w < 1500; ++w) {
    for (Level t = 0; t < 4; ++t) {
      worker.push_back(w);
      firm.push_back(w % 500 + t / 2);
      occupation.push_back((w + t) % 450);
    }
  }
  const std::vector<AbsorbFactor> factors = {factor_of("worker", worker), factor_of("firm", firm),
                                             factor_of("occupation", occupation)};
  const auto order = engine::order_by_level({}, factors[0].level.data(), 6000, 1500);
  const engine::Part part{2, factors[2].level.data(), 450, 0};
  const auto fewer = engine::contracted(order, factors[1].level.data(), {part});
  ASSERT_EQ(fewer.size(), 1U);
  EXPECT_EQ(fewer[0].levels, 1);
  EXPECT_EQ(rank_of(engine::degrees_of({}, factors)), total(factors) - 2);
}

}  // namespace
}  // namespace panelist
