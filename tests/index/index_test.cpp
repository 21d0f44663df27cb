// SPDX-License-Identifier: Apache-2.0
#include "index/index.h"

#include <gmock/gmock.h>

#include "example.h"
#include "index/normalise.h"

namespace panelist {
namespace {

constexpr double close = 1e-13;

// The reference takes scores of z = shift + slope x'; ours are of x'. Weights sum to one, so S = (score - shift)/slope.
void expect_scores(const Example& example, const IndexResult& result, const nlohmann::json& expected,
                   const ZeroRule& rule = {}) {
  ASSERT_EQ(result.rows.size(), 12U);
  for (std::size_t i = 0; i < result.rows.size(); ++i) {
    const std::string key = example.key(result.rows[i]);
    if (!expected.contains(key)) continue;
    EXPECT_NEAR(result.score(static_cast<Index>(i)), (expected[key].get<double>() - rule.shift) / rule.slope,
                close)
        << key;
  }
}

void expect_variant(const Example& example, const std::string& name) {
  const IndexResult result = example.build();
  const nlohmann::json& variant = example_results()["variants"][name];
  for (std::size_t j = 0; j < 5; ++j) {
    EXPECT_NEAR(result.indicators[j].weight, variant["w"][j].get<double>(), close) << name;
    EXPECT_NEAR(result.indicators[j].entropy, variant["e"][j].get<double>(), close) << name;
    EXPECT_NEAR(result.indicators[j].redundancy, 1 - variant["e"][j].get<double>(), close) << name;
  }
  expect_scores(example, result, variant["score"], *zero_rule(example.conventions.zero));
}

TEST(EntropyIndex, GivesTheReferenceWithTheLimitRule) { expect_variant(Example{}, "pooled_0ln0"); }

TEST(EntropyIndex, GivesTheReferenceUnderEachShift) {
  for (const char* shift : {"0.0001", "0.001", "0.01"}) {
    Example example;
    example.conventions.zero = shift;
    expect_variant(example, std::string("pooled_shift_") + shift);
  }
}

TEST(EntropyIndex, GivesTheReferenceUnderSmoothing) {
  Example example;
  example.conventions.zero = "smooth:0.01";
  expect_variant(example, "pooled_smooth_0.01");
}

// A shift enters the weights only: the best row in everything scores 1, the worst 0.
TEST(EntropyIndex, ScoresStayBetweenZeroAndOneUnderEveryZeroRule) {
  for (const char* zero : {"limit", "0.1", "smooth:0.2"})
    for (const bool two_step : {false, true}) {
      Example example;
      example.conventions.zero = zero;
      example.conventions.levels = two_step ? "two-step" : "one-step";
      for (const Indicator& indicator : example.system.indicators) {
        const double sign = indicator.direction == '-' ? -1 : 1;
        std::vector<double> values = example.table.at("x1").values();
        for (double& value : values) value *= sign;
        if (indicator.code != "x1") example.table.set(indicator.code, Column::numbers(values));
      }
      const IndexResult result = example.build();
      EXPECT_NEAR(result.score.maxCoeff(), 1, 1e-12) << zero << two_step;
      EXPECT_NEAR(result.score.minCoeff(), 0, 1e-12) << zero << two_step;
      for (const NodeResult& node : result.nodes) EXPECT_NEAR(node.score.maxCoeff(), 1, 1e-12) << zero;
    }
}

TEST(EntropyIndex, KeepsTheNormalisedCellsAsAStage) {
  const IndexResult result = Example{}.build();
  const nlohmann::json& z = example_results()["variants"]["pooled_0ln0"]["Z"];
  ASSERT_EQ(result.stages.back().name, "normalised");
  for (Index j = 0; j < 5; ++j)
    for (Index i = 0; i < 12; ++i)
      EXPECT_NEAR(result.stages.back().values(i, j),
                  z[static_cast<std::size_t>(j)][static_cast<std::size_t>(i)].get<double>(), close);
}

TEST(EntropyIndex, WeighsEveryYearByItself) {
  Example example;
  example.conventions.pool = "year";
  const IndexResult result = example.build();
  for (const char* year : {"2020", "2021", "2022"}) {
    const nlohmann::json& variant = example_results()["variants"][std::string("byyear_") + year];
    for (std::size_t j = 0; j < 5; ++j)
      EXPECT_NEAR(result.weights_by_pool.at(year)[j], variant["w"][j].get<double>(), close);
    expect_scores(example, result, variant["score"]);
  }
  EXPECT_EQ(result.weights_by_pool.size(), 3U);
  EXPECT_EQ(result.warnings.back().first, "index.pool_by_year");
}

TEST(EntropyIndex, WeighsEveryUnitAsIfItStoodAlone) {
  Example example;
  example.conventions.pool = "unit";
  const IndexResult pooled_by_unit = example.build();
  example.conventions.pool = "all";
  for (std::size_t first = 0; first < 12; first += 3) {
    example.rows = {first, first + 1, first + 2};
    const IndexResult alone = example.build();
    const std::vector<double>& weights =
        pooled_by_unit.weights_by_pool.at(example.table.at("region").text_at(first));
    for (std::size_t j = 0; j < 5; ++j) EXPECT_NEAR(weights[j], alone.indicators[j].weight, close);
    for (Index i = 0; i < 3; ++i)
      EXPECT_NEAR(pooled_by_unit.score(static_cast<Index>(first) + i), alone.score(i), close);
  }
}

void expect_two_step(const Example& example, const std::string& name) {
  const IndexResult result = example.build();
  const nlohmann::json& expected = example_results()["extra"][name];
  expect_scores(example, result, expected["score"]);
  for (const IndicatorResult& indicator : result.indicators) {
    const std::string& dimension = indicator.indicator.dimension;
    const double within = expected["within"][dimension][indicator.indicator.code].get<double>();
    EXPECT_NEAR(indicator.local_weight, within, close);
    EXPECT_NEAR(indicator.weight, within * expected["w"][dimension].get<double>(), close);
  }
  for (const NodeResult& node : result.nodes)
    EXPECT_NEAR(node.weight, expected["w"][node.code].get<double>(), close);
  EXPECT_LT(
      (result.nodes[0].contribution + result.nodes[1].contribution - result.score).cwiseAbs().maxCoeff(),
      close);
}

TEST(EntropyIndex, WeighsInTwoSteps) {
  Example example;
  example.conventions.levels = "two-step";
  expect_two_step(example, "twolevel_no_renorm");
}

TEST(EntropyIndex, WeighsInTwoStepsWithRenormalisation) {
  Example example;
  example.conventions.levels = "two-step";
  example.conventions.renormalise = true;
  expect_two_step(example, "twolevel_renorm");
}

TEST(EntropyIndex, ReportsDimensionsAsContributionAndAsScore) {
  const Example example;
  const IndexResult result = example.build();
  const nlohmann::json& extra = example_results()["extra"];
  ASSERT_EQ(result.nodes.size(), 2U);
  for (const NodeResult& node : result.nodes) {
    EXPECT_NEAR(node.weight, extra["dim_weight_sum"][node.code].get<double>(), close);
    for (std::size_t i = 0; i < 12; ++i) {
      const std::string key = example.key(i);
      EXPECT_NEAR(node.contribution(static_cast<Index>(i)),
                  extra["subscore_global_weights"][node.code][key].get<double>(), close);
      EXPECT_NEAR(node.score(static_cast<Index>(i)), extra["subscore_rescaled"][node.code][key].get<double>(),
                  close);
    }
  }
}

TEST(EntropyIndex, SubDimensionsAddUpToTheirDimension) {
  Example example;
  example.system.indicators[0].sub = "size";
  example.system.indicators[1].sub = "growth";
  example.system.indicators[2].sub = "size";
  for (const char* levels : {"one-step", "two-step"}) {
    example.conventions.levels = levels;
    const IndexResult result = example.build();
    ASSERT_EQ(result.nodes.size(), 4U);
    EXPECT_EQ(result.nodes[1].code, "D1/size");
    EXPECT_EQ(result.nodes[1].parent, "D1");
    EXPECT_EQ(result.nodes[1].level, 2);
    EXPECT_NEAR(result.nodes[1].weight + result.nodes[2].weight, result.nodes[0].weight, close);
    const Vector sum = result.nodes[1].contribution + result.nodes[2].contribution;
    EXPECT_LT((sum - result.nodes[0].contribution).cwiseAbs().maxCoeff(), close);
  }
}

TEST(EntropyIndex, WeightsSumToOneUnderEveryConvention) {
  for (const char* zero : {"limit", "1e-3", "smooth:0.05"})
    for (const char* pool : {"all", "year", "unit"})
      for (const char* levels : {"one-step", "two-step"}) {
        Example example;
        example.conventions.zero = zero;
        example.conventions.pool = pool;
        example.conventions.levels = levels;
        double sum = 0;
        for (const IndicatorResult& indicator : example.build().indicators) sum += indicator.weight;
        EXPECT_NEAR(sum, 1, close) << zero << pool << levels;
      }
}

TEST(EntropyIndex, IgnoresUnitsOfMeasurement) {
  Example example;
  const IndexResult before = example.build();
  example.replace("x1", [](double x) { return 1e4 * x - 37; });
  example.replace("x5", [](double x) { return 0.001 * x + 8; });
  const IndexResult after = example.build();
  EXPECT_LT((before.score - after.score).cwiseAbs().maxCoeff(), 1e-12);
  for (std::size_t j = 0; j < 5; ++j)
    EXPECT_NEAR(before.indicators[j].weight, after.indicators[j].weight, 1e-12);
}

TEST(EntropyIndex, TheUnitBestInEverythingScoresOne) {
  Example example;
  for (const auto& [code, best] :
       std::map<std::string, double>{{"x1", 900}, {"x2", 80}, {"x3", 1}, {"x4", 30}, {"x5", 0.5}}) {
    std::vector<double> values = example.table.at(code).values();
    values[11] = best;
    example.table.set(code, Column::numbers(values));
  }
  const IndexResult result = example.build();
  EXPECT_NEAR(result.score(11), 1, close);
  EXPECT_EQ(result.rank[11], 1);
}

TEST(EntropyIndex, DoesNotDependOnTheOrderOfRows) {
  Example example;
  const IndexResult before = example.build();
  std::reverse(example.rows.begin(), example.rows.end());
  std::swap(example.rows[2], example.rows[7]);
  const IndexResult after = example.build();
  for (std::size_t i = 0; i < 12; ++i)
    EXPECT_NEAR(after.score(static_cast<Index>(i)), before.score(static_cast<Index>(example.rows[i])), close);
}

TEST(EntropyIndex, RanksWithinTheYearWithTheBestFirst) {
  const Example example;
  const IndexResult result = example.build();
  // A, B, C, D in each year: D leads, C is last.
  EXPECT_THAT(result.rank, testing::ElementsAre(2, 2, 2, 3, 3, 3, 4, 4, 4, 1, 1, 1));
}

TEST(EntropyIndex, GivesAConstantIndicatorNoWeightAndSaysSo) {
  Example example;
  const IndexResult without = [&] {
    Example four = example;
    four.system.indicators.erase(four.system.indicators.begin() + 1);
    return four.build();
  }();
  example.replace("x2", [](double) { return 3.5; });
  const IndexResult result = example.build();
  EXPECT_EQ(result.indicators[1].weight, 0);
  EXPECT_EQ(result.indicators[1].entropy, 1);
  EXPECT_TRUE(result.indicators[1].constant);
  EXPECT_EQ(result.diagnostics.constant, std::vector<std::string>{"x2"});
  EXPECT_EQ(result.warnings.front().first, "index.constant_indicator");
  EXPECT_LT((result.score - without.score).cwiseAbs().maxCoeff(), close);
}

TEST(EntropyIndex, AllConstantGivesEqualWeightsAndFiniteScores) {
  Example example;
  for (const Indicator& indicator : example.system.indicators)
    example.replace(indicator.code, [](double) { return 1.0; });
  const IndexResult result = example.build();
  for (const IndicatorResult& indicator : result.indicators) EXPECT_DOUBLE_EQ(indicator.weight, 0.2);
  EXPECT_TRUE(result.score.allFinite());
  EXPECT_EQ(result.warnings.back().first, "index.all_constant");
}

TEST(EntropyIndex, NamesMissingCellsByUnitAndTime) {
  Example example;
  example.replace("x2", [](double x) { return x < 13 ? missing_value : x; });
  try {
    example.build();
    FAIL() << "missing cells were accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "index.missing_cells");
    EXPECT_THAT(error.diagnostic().message,
                testing::HasSubstr("5 are missing: x2: B 2020; x2: B 2021; x2: C 2020"));
    EXPECT_THAT(error.diagnostic().hint, testing::HasSubstr("impute"));
  }
}

TEST(EntropyIndex, NamesAtMostEightMissingCells) {
  Example example;
  int cell = 0;
  example.replace("x1", [&](double x) { return cell++ == 0 ? x : missing_value; });
  try {
    example.build();
    FAIL() << "missing cells were accepted";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().notes.size(), 8U);
    EXPECT_THAT(error.diagnostic().message, testing::HasSubstr("11 are missing"));
    EXPECT_THAT(error.diagnostic().message, testing::EndsWith("..."));
  }
}

TEST(EntropyIndex, RefusesWhatItCannotCompute) {
  Example example;
  example.conventions.method = "entropie";
  EXPECT_EQ(code_of_failure(example), "index.unknown_method");
  example = Example{};
  example.conventions.zero = "limits";
  EXPECT_EQ(code_of_failure(example), "index.unknown_convention");
  example = Example{};
  example.system.indicators[0].code = "x9";
  EXPECT_EQ(code_of_failure(example), "index.unknown_indicator");
  example = Example{};
  example.system.indicators[0].code = "region";
  EXPECT_EQ(code_of_failure(example), "index.not_numeric");
  example = Example{};
  example.system.indicators[0].code = "x2";
  EXPECT_EQ(code_of_failure(example), "index.duplicate_indicator");
  example = Example{};
  example.rows.clear();
  EXPECT_EQ(code_of_failure(example), "index.no_rows");
  example = Example{};
  example.conventions.normalise = "zscore";
  EXPECT_EQ(code_of_failure(example), "index.negative_values");
}

TEST(Index, ScoresATargetByTheDistanceToIt) {
  Example example;
  example.system.indicators.resize(1);
  example.system.indicators[0].direction = '=';
  EXPECT_EQ(code_of_failure(example), "index.target_required");
  example.system.indicators[0].target = 100;
  example.conventions.method = "equal";
  const IndexResult result = example.build();
  EXPECT_DOUBLE_EQ(result.score(0), 1);                 // 100
  EXPECT_DOUBLE_EQ(result.score(11), 0);                // 250, the farthest
  EXPECT_DOUBLE_EQ(result.score(6), 1 - 70.0 / 150.0);  // 30
}

TEST(Index, FixedGoalpostsReplaceTheObservedRange) {
  Example example;
  example.system.indicators.resize(1);
  example.system.indicators[0].min = 0;
  example.system.indicators[0].max = 200;
  example.conventions.method = "equal";
  const IndexResult result = example.build();
  EXPECT_DOUBLE_EQ(result.score(0), 0.5);
  EXPECT_DOUBLE_EQ(result.score(11), 1);  // 250 lies beyond
  EXPECT_EQ(result.indicators[0].max, 200);
  EXPECT_EQ(result.warnings.front().first, "index.outside_goalposts");
  EXPECT_EQ(result.warnings.front().second.substr(0, 1), "2");
}

TEST(Index, WinsorisesBeforeNormalising) {
  Example example;
  example.conventions.winsor = 0.1;
  const IndexResult result = example.build();
  ASSERT_EQ(result.stages.front().name, "treated");
  // Twelve values: the tenth percentile is the second smallest (36), the ninetieth the second largest (220).
  EXPECT_EQ(result.indicators[0].min, 36);
  EXPECT_EQ(result.indicators[0].max, 220);
  EXPECT_EQ(result.stages.front().values(11, 0), 220);
}

TEST(Index, DividesByADenominator) {
  Example example;
  std::vector<double> ratio = example.table.at("x1").values();
  for (std::size_t i = 0; i < ratio.size(); ++i) ratio[i] /= example.table.at("x5").values()[i];
  Example by_hand = example;
  by_hand.table.set("x1", Column::numbers(ratio));
  example.system.indicators[0].denominator = "x5";
  const IndexResult result = example.build();
  EXPECT_EQ(result.stages.front().name, "denominated");
  EXPECT_LT((result.score - by_hand.build().score).cwiseAbs().maxCoeff(), close);
}

TEST(Index, WorksWithOneIndicatorInADimension) {
  Example example;
  example.system.indicators.resize(4);
  const IndexResult result = example.build();
  EXPECT_EQ(result.nodes[1].code, "D2");
  EXPECT_DOUBLE_EQ(result.indicators[3].local_weight, 1);
  EXPECT_NEAR(result.nodes[1].score(11), 1, close);
}

}  // namespace
}  // namespace panelist
