// SPDX-License-Identifier: Apache-2.0
// What an indicator list leaves out or misspells is named; what a user says of goalposts and weights is not bent in silence.
#include <gmock/gmock.h>

#include "example.h"

namespace panelist {
namespace {

std::vector<std::string> problems_of(
    const std::vector<std::pair<std::string, std::vector<std::string>>>& columns) {
  Table list;
  for (const auto& [head, cells] : columns) list.set(head, Column::texts(cells));
  Diagnostics diagnostics;
  index_system_from(list, "Q", diagnostics);
  std::vector<std::string> codes;
  for (const Diagnostic& each : diagnostics.items()) codes.push_back(each.code);
  return codes;
}

std::string warnings_of(const Example& example) {
  std::string codes;
  for (const auto& [code, message] : example.build().warnings) codes += code + " ";
  return codes;
}

TEST(IndicatorList, NamesMissingDirections) {
  using testing::ElementsAre;
  EXPECT_THAT(problems_of({{"code", {"x1", "x2"}}, {"direction", {"+", ""}}}),
              ElementsAre("index.list_cell"));
  EXPECT_THAT(problems_of({{"code", {"x1", "x2"}}}), ElementsAre("index.list_cell", "index.list_cell"));
  EXPECT_TRUE(problems_of({{"code", {"x1", "x2"}}, {"direction", {"+", "负向"}}}).empty());
}

TEST(IndicatorList, NamesHeadsThatAreNearlyKnown) {
  using testing::ElementsAre;
  EXPECT_THAT(problems_of({{"code", {"x1"}}, {"dimenson", {"A"}}, {"direction", {"+"}}}),
              ElementsAre("index.list_columns"));
  EXPECT_TRUE(
      problems_of({{"code", {"x1"}}, {"note", {"a remark"}}, {"dimension", {"A"}}, {"direction", {"+"}}})
          .empty());
}

TEST(IndicatorList, NamesASubWithoutADimension) {
  EXPECT_THAT(
      problems_of(
          {{"code", {"x1", "x2"}}, {"dimension", {"", "A"}}, {"sub", {"S", "T"}}, {"direction", {"+", "+"}}}),
      testing::ElementsAre("index.orphan"));
}

TEST(Goalposts, ThatLeaveNoRoomAreRefused) {
  Example example;
  example.system.indicators[0].min = 20;
  example.system.indicators[0].max = 10;
  EXPECT_EQ(code_of_failure(example), "index.goalposts");
  example.system.indicators[0].min = 1e9;  // above all that was observed
  example.system.indicators[0].max.reset();
  EXPECT_EQ(code_of_failure(example), "index.goalposts");
  example.system.indicators[0].min = 0;
  EXPECT_EQ(code_of_failure(example), "none");
  example.conventions.outliers = "log";
  for (const char* code : {"x2", "x3", "x4", "x5"})
    example.replace(code, [](double x) { return std::abs(x) + 1; });
  example.replace("x1", [](double x) { return std::abs(x) + 1; });
  EXPECT_EQ(code_of_failure(example), "index.goalposts");  // no logarithm of zero
}

TEST(GivenWeights, ThatDoNotSumToOneAreNamed) {
  Example example;
  example.conventions.method = "given";
  for (Indicator& indicator : example.system.indicators) indicator.weight = 0.2;
  EXPECT_EQ(warnings_of(example), "");
  example.system.indicators[0].weight = 0.5;
  EXPECT_EQ(warnings_of(example), "index.weights_rescaled ");
}

TEST(Twins, AreNamed) {
  Example example;
  const std::vector<double> x1 = example.table.at("x1").values();
  std::vector<double> twin;
  for (const double x : x1) twin.push_back(1000 * x + 3);
  example.table.set("x2", Column::numbers(twin));
  EXPECT_THAT(warnings_of(example), testing::HasSubstr("index.twin_indicators"));
}

TEST(Components, ThatCancelHaveNoDirection) {
  Example example;
  example.conventions.method = "pca";
  example.system.indicators.resize(2);
  example.replace("x1", [](double x) { return x; });
  std::vector<double> opposite;
  double sign = 0.1;
  for (const double x : example.table.at("x1").values()) opposite.push_back(-x + (sign = -sign));
  example.table.set("x2", Column::numbers(opposite));
  EXPECT_EQ(code_of_failure(example), "index.no_direction");
}

TEST(CoefficientOfVariation, OfCellsAroundZeroIsRefusedOrNamed) {
  Example example;
  example.conventions.method = "cv_normalised";
  example.conventions.normalise = "zscore";
  EXPECT_EQ(code_of_failure(example), "index.negative_values");
  example.conventions = {};
  example.conventions.method = "cv";
  const double middle = example.table.at("x1").values()[0] + 0.123;
  example.replace("x1", [&](double x) { return x - middle; });
  EXPECT_THAT(warnings_of(example), testing::HasSubstr("index.signs_under_cv"));
}

TEST(Conventions, ThatDoNothingAreNamed) {
  Example example;
  example.conventions.renormalise = true;
  EXPECT_THAT(warnings_of(example), testing::HasSubstr("index.idle_convention"));
  example.conventions = {};
  example.conventions.aggregate = {"arithmetic", "arithmetic", "geometric"};
  EXPECT_THAT(warnings_of(example), testing::HasSubstr("index.idle_convention"));
  example.conventions = {};
  example.conventions.impute = "group_mean:nowhere";
  EXPECT_EQ(code_of_failure(example), "data.unknown_column");
}

}  // namespace
}  // namespace panelist
