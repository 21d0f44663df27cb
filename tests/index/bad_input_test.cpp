// SPDX-License-Identifier: Apache-2.0
// What cannot be an index has one named diagnostic each, and no score is ever an unexplained NaN.
#include <gmock/gmock.h>

#include "example.h"

namespace panelist {
namespace {

std::string warnings_of(const IndexResult& result) {
  std::string codes;
  for (const auto& [code, message] : result.warnings) codes += code + " ";
  return codes;
}

TEST(BadIndexInput, AConstantIndicatorGetsNoWeightUnderEveryMethod) {
  for (const std::string& method : index_methods()) {
    if (method == "given" || method == "ahp" || method == "merec" || method == "combined") continue;
    Example example;
    example.conventions.method = method;
    example.replace("x4", [](double) { return 2.0; });
    const IndexResult result = example.build();
    EXPECT_EQ(result.indicators[3].weight, 0) << method;
    EXPECT_THAT(warnings_of(result), testing::HasSubstr("index.constant_indicator")) << method;
    EXPECT_TRUE(result.score.allFinite()) << method;
  }
}

TEST(BadIndexInput, AnEmptyIndicatorIsNamed) {
  Example example;
  example.replace("x4", [](double) { return missing_value; });
  EXPECT_EQ(code_of_failure(example), "index.empty_indicator");
  example.conventions.impute = "mean";
  EXPECT_EQ(code_of_failure(example), "index.empty_indicator");
  example.conventions.screen = 0.65;
  const IndexResult result = example.build();
  EXPECT_THAT(warnings_of(result), testing::HasSubstr("index.screened"));
  EXPECT_EQ(result.indicators.size(), 4U);
}

TEST(BadIndexInput, ADuplicatedIndicatorIsNamed) {
  Example example;
  example.system.indicators[1].code = "x1";
  EXPECT_EQ(code_of_failure(example), "index.duplicate_indicator");
}

TEST(BadIndexInput, OneYearOfEachUnitAndOneUnitOfEachYearVaryInNothing) {
  for (const char* pool : {"unit", "year"}) {
    Example example;
    example.conventions.pool = pool;
    example.rows = std::string(pool) == "unit" ? std::vector<std::size_t>{0, 3, 6, 9}
                                               : std::vector<std::size_t>{0, 1, 2};
    const IndexResult result = example.build();
    EXPECT_THAT(warnings_of(result), testing::HasSubstr("index.all_constant")) << pool;
    EXPECT_TRUE(result.score.allFinite());
  }
}

TEST(BadIndexInput, WarningsOfManyPoolsAreCounted) {
  Example example;
  example.conventions.pool = "unit";
  example.rows = {0, 3, 6, 9};
  const IndexResult result = example.build();
  std::vector<std::string> constant;
  for (const auto& [code, message] : result.warnings)
    if (code == "index.constant_indicator") constant.push_back(message);
  EXPECT_THAT(constant,
              testing::ElementsAre("`x1` does not vary in A: weight 0", "`x2` does not vary in A: weight 0",
                                   "`x3` does not vary in A: weight 0; 17 more such in the other pools"));
}

TEST(BadIndexInput, LogarithmsAndMeansOfNegativeValuesAreRefused) {
  Example example;
  example.replace("x1", [](double x) { return x - 50; });
  for (const char* rule : {"log", "boxcox"}) {
    example.conventions.outliers = rule;
    EXPECT_EQ(code_of_failure(example), "index.not_positive") << rule;
  }
  example.conventions = {};
  example.conventions.method = "merec";
  EXPECT_EQ(code_of_failure(example), "index.not_positive");
  example.conventions = {};
  example.conventions.normalise = "max";
  EXPECT_EQ(code_of_failure(example), "index.not_positive");
  for (const char* mean : {"geometric", "harmonic"}) {
    example.conventions = {};
    example.conventions.method = "equal";
    example.conventions.normalise = "zscore";
    example.conventions.aggregate = {mean};
    EXPECT_EQ(code_of_failure(example), "index.negative_mean") << mean;
  }
  example.conventions.aggregate = {"arithmetic"};
  for (const char* method : {"gini", "bod", "entropy", "cv_normalised"}) {
    example.conventions.method = method;
    EXPECT_EQ(code_of_failure(example), "index.negative_values") << method;
  }
}

TEST(BadIndexInput, AZeroUnderAGeometricMeanIsCounted) {
  for (const char* mean : {"geometric", "harmonic"}) {
    Example example;
    example.conventions.aggregate = {mean};
    const IndexResult result = example.build();
    EXPECT_THAT(warnings_of(result), testing::HasSubstr("index.zero_in_mean"));
    EXPECT_EQ(result.score.minCoeff(), 0);
    EXPECT_TRUE(result.score.allFinite());
  }
}

TEST(BadIndexInput, AMeanOfZeroHasNoVariation) {
  Example example;
  example.conventions.method = "cv";
  const std::vector<double> values = example.table.at("x1").values();
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  double total = 0;
  std::vector<double> centred;
  for (const double value : values) centred.push_back(std::round(value - mean));
  for (const double value : centred) total += value;
  centred[0] -= total;
  example.table.set("x1", Column::numbers(centred));
  EXPECT_EQ(code_of_failure(example), "index.zero_mean");
  for (double& value : centred) value *= 0.1;
  example.table.set("x1", Column::numbers(centred));
  EXPECT_EQ(code_of_failure(example), "index.zero_mean") << "a zero up to rounding";
}

TEST(BadIndexInput, GivenWeightsThatSumToZeroAreRefusedAndOthersRescaled) {
  Example example;
  example.conventions.method = "given";
  for (Indicator& indicator : example.system.indicators) indicator.weight = 0;
  EXPECT_EQ(code_of_failure(example), "index.weights_required");
  for (Indicator& indicator : example.system.indicators) indicator.weight = 3;
  EXPECT_DOUBLE_EQ(example.build().indicators[0].weight, 0.2);
}

TEST(BadIndexInput, ComparisonsMustBeCompleteConsistentAndPositive) {
  Example example;
  example.conventions.method = "ahp";
  EXPECT_EQ(code_of_failure(example), "index.comparison");
  for (std::size_t j = 0; j < 5; ++j)
    for (std::size_t k = j + 1; k < 5; ++k)
      example.system.comparisons.push_back({example.system.indicators[j].code,
                                            example.system.indicators[k].code,
                                            (j + k) % 2 == 0 ? 7.0 : 1.0 / 5});
  EXPECT_THAT(warnings_of(example.build()), testing::HasSubstr("index.inconsistent_comparisons"));
  example.system.comparisons.push_back({"x2", "x1", 3});
  EXPECT_EQ(code_of_failure(example), "index.comparison");
  example.system.comparisons.back() = {"x1", "x2", -3};
  EXPECT_EQ(code_of_failure(example), "index.comparison");
}

TEST(BadIndexInput, SharesThatCannotSumToOneAreRefused) {
  Example example;
  example.conventions.method = "bod";
  example.conventions.share_low = 0.3;
  EXPECT_EQ(code_of_failure(example), "index.infeasible_shares");
  example.conventions.share_low = 0;
  example.conventions.share_high = 0.1;
  EXPECT_EQ(code_of_failure(example), "index.infeasible_shares");
}

TEST(BadIndexInput, MoreIndicatorsThanRowsAreNamed) {
  Example example;
  example.rows = {0, 4, 7, 9};
  example.conventions.method = "pca";
  EXPECT_THAT(warnings_of(example.build()), testing::HasSubstr("index.more_indicators_than_rows"));
  example.conventions.method = "factor";
  EXPECT_EQ(code_of_failure(example), "index.more_indicators_than_rows");
}

TEST(BadIndexInput, TargetsIntervalsAndBasePeriodsThatAreNotThere) {
  Example example;
  example.conventions.normalise = "target";
  EXPECT_EQ(code_of_failure(example), "index.target_required");
  example = Example{};
  example.system.indicators[0].direction = '~';
  EXPECT_EQ(code_of_failure(example), "index.interval_required");
  example = Example{};
  example.conventions.pool = "base:1999";
  EXPECT_EQ(code_of_failure(example), "index.no_base_period");
  example.conventions.pool = "base:";
  EXPECT_EQ(code_of_failure(example), "index.unknown_convention");
}

TEST(BadIndexInput, AggregationsThatDoNotFitAreRefused) {
  Example example;
  example.conventions.aggregate = {"mpi"};
  EXPECT_EQ(code_of_failure(example), "index.aggregation_needs");
  example.conventions.aggregate = {"topsis", "geometric"};
  EXPECT_EQ(code_of_failure(example), "index.unknown_convention");
  example.conventions.aggregate = {"median"};
  EXPECT_EQ(code_of_failure(example), "index.unknown_convention");
  example.conventions.aggregate = {"geometric"};
  example.conventions.levels = "two-step";
  EXPECT_EQ(code_of_failure(example), "index.unknown_convention");
}

TEST(BadIndexInput, FillingThatCannotFillIsNamed) {
  Example example;
  for (const Indicator& indicator : example.system.indicators) {
    std::vector<double> values = example.table.at(indicator.code).values();
    values[static_cast<std::size_t>(indicator.code[1] - '0')] = missing_value;
    example.table.set(indicator.code, Column::numbers(values));
  }
  example.conventions.impute = "regression";
  EXPECT_EQ(code_of_failure(example), "index.no_complete_indicator");
  example.conventions.impute = "group_mean:nowhere";
  EXPECT_EQ(code_of_failure(example), "data.unknown_column");
  example.conventions.impute = "group_mean";
  EXPECT_EQ(code_of_failure(example), "index.unknown_convention");
  example.replace("x4", [](double) { return missing_value; });
  example.conventions.impute = "refuse";
  example.conventions.screen = 1;
  EXPECT_EQ(code_of_failure(example), "index.nothing_available");
}

std::string list_failure(const std::vector<std::vector<std::string>>& lines) {
  Table list;
  std::vector<std::vector<std::string>> columns(3);
  for (const std::vector<std::string>& line : lines)
    for (std::size_t k = 0; k < 3; ++k) columns[k].push_back(line[k]);
  list.set("code", Column::texts(columns[0]));
  list.set("level", Column::texts(columns[1]));
  list.set("parent", Column::texts(columns[2]));
  list.set("direction", Column::texts(std::vector<std::string>(lines.size(), "+")));
  Diagnostics diagnostics;
  index_system_from(list, "Q", diagnostics);
  return diagnostics.size() == 0 ? "none" : diagnostics.items()[0].code;
}

TEST(BadIndexInput, TreesThatAreNoTreesAreNamed) {
  EXPECT_EQ(list_failure({{"x1", "1", "A"}, {"A", "2", "I"}, {"I", "3", ""}}), "none");
  EXPECT_EQ(list_failure({{"x1", "1", "A"}, {"x2", "1", "B"}}), "none");
  EXPECT_EQ(list_failure({{"x1", "1", "A"}, {"A", "2", "B"}, {"B", "2", "A"}}), "index.tree_cycle");
  EXPECT_EQ(list_failure({{"x1", "1", "A"}, {"x2", "1", "C"}, {"A", "2", "I"}, {"I", "3", ""}}),
            "index.orphan");
  EXPECT_EQ(list_failure({{"x1", "1", ""}, {"x2", "1", "A"}, {"A", "2", "I"}, {"I", "3", ""}}),
            "index.orphan");
  EXPECT_EQ(list_failure({{"x1", "1", "A"}, {"A", "2", "I"}, {"B", "2", "I"}, {"I", "3", ""}}),
            "index.empty_dimension");
  EXPECT_EQ(
      list_failure({{"x", "1", "A"}, {"A", "2", "B"}, {"B", "3", "C"}, {"C", "4", "I"}, {"I", "5", ""}}),
      "none");
}

}  // namespace
}  // namespace panelist
