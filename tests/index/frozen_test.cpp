// SPDX-License-Identifier: Apache-2.0
// Pools by year and unit, and principal components, applied to other rows.
#include <gmock/gmock.h>

#include "index/learned.h"
#include "provinces.h"

namespace panelist {
namespace {

void expect_same_after_the_file(const Provinces& provinces) {
  const IndexResult learned = provinces.build();
  const IndexResult again = apply_index(Context{}, frozen_index(frozen_text(learned), "f"), provinces.table,
                                        provinces.panel, provinces.rows);
  EXPECT_TRUE((again.score.array() == learned.score.array()).all());
  EXPECT_EQ(again.rank, learned.rank);
  for (std::size_t k = 0; k < learned.nodes.size(); ++k)
    EXPECT_TRUE((again.nodes[k].score.array() == learned.nodes[k].score.array()).all());
  for (std::size_t j = 0; j < learned.indicators.size(); ++j)
    EXPECT_EQ(again.indicators[j].weight, learned.indicators[j].weight);
}

TEST(FrozenPools, GiveTheSameScoresByYearAndByUnit) {
  for (const char* pool : {"year", "unit"}) {
    Provinces provinces;
    provinces.conventions.pool = pool;
    expect_same_after_the_file(provinces);
  }
}

TEST(FrozenPools, NameAYearTheyDidNotLearn) {
  Provinces provinces;
  provinces.conventions.pool = "year";
  const std::vector<std::size_t> all = provinces.rows;
  const std::int64_t last = provinces.panel.times.back();
  std::erase_if(provinces.rows, [&](std::size_t row) { return provinces.panel.time[row] == last; });
  const IndexResult learned = provinces.build();
  try {
    apply_index(Context{}, learned, provinces.table, provinces.panel, all);
    FAIL() << "an unknown year went through";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "index.unknown_pool");
    EXPECT_THAT(error.diagnostic().message, testing::HasSubstr(provinces.panel.time_names.back()));
  }
}

TEST(FrozenPools, KeepGivenWeightsOfNodesForSensitivity) {
  Provinces provinces;
  provinces.conventions = {.method = "given", .pool = "year", .levels = "tree"};
  provinces.system.node_weights = {{"money", 3}, {"digital", 1}};
  for (Indicator& indicator : provinces.system.indicators) indicator.weight = 1;
  EXPECT_EQ(system_of_index(provinces.build()).node_weights.at("money"), 3);
  expect_same_after_the_file(provinces);
}

TEST(FrozenComponents, GiveTheSameScores) {
  Provinces provinces;
  provinces.conventions.method = "pca";
  expect_same_after_the_file(provinces);
}

TEST(FrozenComponents, ScoreOtherRowsByTheirMeansAndLoadings) {
  Provinces provinces;
  provinces.conventions.method = "pca";
  const std::vector<std::size_t> all = provinces.rows;
  provinces.rows.resize(all.size() / 2);
  const IndexResult learned = provinces.build();
  const IndexResult applied = apply_index(Context{}, learned, provinces.table, provinces.panel, all);
  for (Index i = 0; i < learned.score.size(); ++i) EXPECT_EQ(applied.score(i), learned.score(i));
  const LearnedComponents& kept = *learned.learned->components;
  const Index row = applied.score.size() - 1;
  double f = 0;
  for (std::size_t i = 0; i < kept.columns.size(); ++i) {
    const Indicator& indicator = provinces.system.indicators[static_cast<std::size_t>(kept.columns[i])];
    const double x = (indicator.direction == '-' ? -1 : 1) * provinces.column(indicator.code)(row);
    const Index k = static_cast<Index>(i);
    f += kept.coefficients(k) * (x - kept.centre(k)) / kept.spread(k);
  }
  EXPECT_NEAR(applied.score(row), (f - kept.low) / (kept.high - kept.low), 1e-12);
}

}  // namespace
}  // namespace panelist
