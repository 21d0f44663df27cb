// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "example.h"

namespace panelist {
namespace {

Table list_of(const std::map<std::string, std::vector<std::string>>& columns) {
  Table table;
  for (const auto& [name, values] : columns) table.set(name, Column::texts(values));
  return table;
}

TEST(IndicatorList, ReadsDimensionsDirectionsAndGoalposts) {
  Diagnostics diagnostics;
  const IndexSystem system = index_system_from(list_of({{"code", {"x1", "x2", "x3"}},
                                                        {"dimension", {"D1", "D1", "D2"}},
                                                        {"sub", {"a", "", ""}},
                                                        {"direction", {"+", "负向", "="}},
                                                        {"min", {"0", "", ""}},
                                                        {"weight", {"0.2", "0.3", "0.5"}},
                                                        {"target", {"", "", "60"}}}),
                                               "Q", diagnostics);
  EXPECT_EQ(diagnostics.size(), 0U);
  ASSERT_EQ(system.indicators.size(), 3U);
  EXPECT_EQ(system.indicators[0].sub, "a");
  EXPECT_EQ(system.indicators[0].min, 0.0);
  EXPECT_FALSE(system.indicators[1].min.has_value());
  EXPECT_EQ(system.indicators[1].direction, '-');
  EXPECT_EQ(system.indicators[2].target, 60);
  EXPECT_EQ(system.indicators[2].weight, 0.5);
}

TEST(IndicatorList, CollectsEveryMistake) {
  Diagnostics diagnostics;
  index_system_from(list_of({{"code", {"x1", "x1"}}, {"direction", {"up", "+"}}, {"weight", {"1", "heavy"}}}),
                    "Q", diagnostics);
  ASSERT_EQ(diagnostics.size(), 3U);
  EXPECT_EQ(diagnostics.items()[0].code, "index.list_cell");
  EXPECT_THAT(diagnostics.items()[0].message, testing::HasSubstr("`up`"));
  EXPECT_THAT(diagnostics.items()[1].message, testing::HasSubstr("heavy"));
  EXPECT_EQ(diagnostics.items()[2].code, "index.duplicate_indicator");
}

TEST(IndicatorList, ReadsATreeOfLevelsAndParents) {
  Diagnostics diagnostics;
  const IndexSystem system = index_system_from(list_of({{"code", {"Q", "D1", "S1", "x1", "x2"}},
                                                        {"level", {"4", "3", "2", "1", "1"}},
                                                        {"parent", {"", "Q", "D1", "S1", "D1"}},
                                                        {"direction", {"", "", "", "+", "-"}}}),
                                               "Q", diagnostics);
  ASSERT_EQ(system.indicators.size(), 2U);
  EXPECT_EQ(system.indicators[0].dimension, "D1");
  EXPECT_EQ(system.indicators[0].sub, "S1");
  EXPECT_EQ(system.indicators[1].dimension, "D1");
  EXPECT_EQ(system.indicators[1].sub, "");
}

TEST(IndicatorList, NeedsACodeColumn) {
  Diagnostics diagnostics;
  index_system_from(list_of({{"name", {"x1"}}}), "Q", diagnostics);
  EXPECT_TRUE(diagnostics.has_errors());
}

TEST(SharedIndicators, AreThoseInBothSystems) {
  IndexSystem a, b;
  for (const char* code : {"x1", "x2", "x3"}) a.indicators.emplace_back().code = code;
  for (const char* code : {"x3", "x9", "x1"}) b.indicators.emplace_back().code = code;
  EXPECT_THAT(shared_indicators(a, b), testing::ElementsAre("x1", "x3"));
}

TEST(IndexColumns, AreMissingOffTheSample) {
  Example example;
  example.rows = {3, 4, 5, 9, 10, 11};
  const IndexResult result = example.build();
  const auto columns = index_columns(result, example.table.rows());
  std::vector<std::string> names;
  for (const auto& [name, column] : columns) names.push_back(name);
  EXPECT_THAT(names, testing::ElementsAre("Q", "Q[D1]", "Q[D1]:contribution", "Q[D2]", "Q[D2]:contribution"));
  EXPECT_EQ(columns[0].second.size(), 12U);
  EXPECT_TRUE(columns[0].second.is_missing(0));
  EXPECT_EQ(columns[0].second.values()[3], result.score(0));
  EXPECT_EQ(columns[2].second.values()[11], result.nodes[0].contribution(5));
}

}  // namespace
}  // namespace panelist
