// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "example.h"
#include "index/learned.h"
#include "index/nodes.h"

namespace panelist {
namespace {

// I above D1 (S1 (T1 (x1, x2), x3)) and D2 (x4), and x5 alone in D3/S/T/U.
Example deep() {
  Example example;
  const std::vector<std::vector<std::string>> paths = {
      {"D1", "S1", "T1"}, {"D1", "S1", "T1"}, {"D1", "S1"}, {"D2"}, {"D3", "S", "T", "U"}};
  for (std::size_t j = 0; j < paths.size(); ++j) set_path(example.system.indicators[j], paths[j]);
  example.conventions.levels = "tree";
  example.conventions.method = "equal";
  return example;
}

TEST(DeepTree, NodesStandInOrderWithTheirLevels) {
  std::vector<std::string> codes;
  std::vector<int> levels;
  for (const Node& node : index_nodes(deep().system)) {
    codes.push_back(node.code);
    levels.push_back(node.level);
  }
  EXPECT_THAT(codes,
              testing::ElementsAre("D1", "D1/S1", "D1/S1/T1", "D2", "D3", "D3/S", "D3/S/T", "D3/S/T/U"));
  EXPECT_THAT(levels, testing::ElementsAre(1, 2, 3, 1, 1, 2, 3, 4));
}

TEST(DeepTree, EveryNodeWeighsItsOwnChildren) {
  const IndexResult result = deep().build();
  const double third = 1.0 / 3;
  const std::vector<double> expected = {third / 4, third / 4, third / 2, third, third};
  for (std::size_t j = 0; j < 5; ++j) EXPECT_NEAR(result.indicators[j].weight, expected[j], 1e-15);
  const Matrix& x = result.stages.back().values;
  const Vector t1 = (x.col(0) + x.col(1)) / 2, s1 = (t1 + x.col(2)) / 2;
  EXPECT_NEAR((result.nodes[2].score - t1).cwiseAbs().maxCoeff(), 0, 1e-15);
  EXPECT_NEAR((result.nodes[0].score - s1).cwiseAbs().maxCoeff(), 0, 1e-15);
  EXPECT_NEAR((result.score - (s1 + x.col(3) + x.col(4)) / 3).cwiseAbs().maxCoeff(), 0, 1e-15);
}

TEST(DeepTree, MeansMayDifferByLevelLowestFirst) {
  Example example = deep();
  example.conventions.normalise = "percentile";
  example.conventions.aggregate = {"arithmetic", "geometric"};
  const IndexResult result = example.build();
  const Matrix& x = result.stages.back().values;
  // The lowest level is the fourth: arithmetic there, geometric from the third up.
  const Vector t1 = (x.col(0).array() * x.col(1).array()).sqrt();
  const Vector s1 = (t1.array() * x.col(2).array()).sqrt();
  const Vector whole = (s1.array() * x.col(3).array() * x.col(4).array()).pow(1.0 / 3);
  EXPECT_NEAR((result.score - whole).cwiseAbs().maxCoeff(), 0, 1e-14);
}

TEST(DeepTree, OneStepContributionsAddUpAtEveryLevel) {
  Example example = deep();
  example.conventions = {};
  const IndexResult result = example.build();
  for (Index i = 0; i < result.score.size(); ++i) {
    EXPECT_NEAR(
        result.nodes[0].contribution(i) + result.nodes[3].contribution(i) + result.nodes[4].contribution(i),
        result.score(i), 1e-15);
    EXPECT_EQ(result.nodes[4].contribution(i), result.nodes[7].contribution(i));
  }
}

TEST(DeepTree, GoesThroughTheFrozenFile) {
  const Example example = deep();
  const IndexResult learned = example.build();
  const IndexResult frozen = frozen_index(frozen_text(learned), "f");
  check_same_system(frozen, example.system);
  const IndexResult again = apply_index(Context{}, frozen, example.table, example.panel, example.rows);
  EXPECT_TRUE((again.score.array() == learned.score.array()).all());
  ASSERT_EQ(again.nodes.size(), learned.nodes.size());
  EXPECT_EQ(again.nodes[7].code, "D3/S/T/U");
  Example other = example;
  other.system.indicators[0].deeper = {"T9"};
  EXPECT_THROW(check_same_system(frozen, other.system), Error);
}

TEST(DeepTree, IsReadFromLinesWithParents) {
  Table list;
  list.set("code", Column::texts({"I", "A", "B", "C", "D", "x1", "x2", "x3"}));
  list.set("parent", Column::texts({"", "I", "A", "B", "C", "D", "B", "I"}));
  list.set("weight", Column::texts({"", "2", "", "3", "", "1", "1", "1"}));
  list.set("direction", Column::texts({"", "", "", "", "", "+", "+", "+"}));
  Diagnostics diagnostics;
  const IndexSystem system = index_system_from(list, "Q", diagnostics);
  EXPECT_EQ(diagnostics.size(), 0U);
  ASSERT_EQ(system.indicators.size(), 3U);
  EXPECT_THAT(path_above(system.indicators[0]), testing::ElementsAre("A", "B", "C", "D"));
  EXPECT_THAT(path_above(system.indicators[1]), testing::ElementsAre("A", "B"));
  EXPECT_TRUE(path_above(system.indicators[2]).empty());
  EXPECT_EQ(system.node_weights.at("A"), 2);
  EXPECT_EQ(system.node_weights.at("A/B/C"), 3);
}

}  // namespace
}  // namespace panelist
