// SPDX-License-Identifier: Apache-2.0
// What holds under every weighting, normalisation and mean: weights sum to one, scores stay in [0, 1], neither units of
// measurement nor the order of rows or indicators matters, two steps are one where they must be, and frozen parameters give
// the same data the same scores.
#include <gmock/gmock.h>

#include "index/aggregation.h"
#include "index/learned.h"
#include "index/sensitivity.h"
#include "provinces.h"

namespace panelist {
namespace {

// The provinces under a method, with what it asks for besides.
Provinces under(const std::string& method) {
  Provinces provinces;
  provinces.conventions.method = method;
  provinces.compare_all();
  for (std::size_t j = 0; j < 7; ++j) provinces.system.indicators[j].weight = 1.0 + static_cast<double>(j);
  if (method == "combined") provinces.conventions.combine = {"entropy", "critic", "gini"};
  return provinces;
}

// Every indicator in another unit, some with another origin.
void change_units(Provinces& provinces, bool shift) {
  double factor = 1e-3;
  for (const Indicator& indicator : provinces.system.indicators) {
    std::vector<double> values = provinces.table.at(indicator.code).values();
    for (double& value : values) value = factor * value + (shift ? 17 * factor : 0);
    provinces.table.set(indicator.code, Column::numbers(values));
    factor *= 10;
  }
}

double weight_of(const IndexResult& result, const std::string& code) {
  for (const IndicatorResult& indicator : result.indicators)
    if (indicator.indicator.code == code) return indicator.weight;
  return missing_value;
}

// Of benefit of the doubt the scores are unique, the weights that give them need not be.
void expect_same(const IndexResult& a, const IndexResult& b, const std::string& what) {
  EXPECT_LT((a.score - b.score).cwiseAbs().maxCoeff(), 1e-9 * std::max(1.0, a.score.cwiseAbs().maxCoeff()))
      << what;
  if (a.conventions.method == "bod") return;
  for (const IndicatorResult& indicator : a.indicators)
    EXPECT_NEAR(indicator.weight, weight_of(b, indicator.indicator.code), 1e-9)
        << what << indicator.indicator.code;
}

TEST(IndexProperties, WeightsSumToOneAndScoresStayWithinTheUnitInterval) {
  for (const std::string& method : index_methods())
    for (const char* levels : {"one-step", "tree"}) {
      Provinces provinces = under(method);
      // Trees need given weights and comparisons of nodes too, and merec cells above zero.
      for (const char* flat : {"pca", "bod", "merec", "ahp", "given"})
        if (method == flat) levels = "one-step";
      provinces.conventions.levels = levels;
      const IndexResult result = provinces.build();
      double sum = 0;
      for (const IndicatorResult& indicator : result.indicators) sum += indicator.weight;
      EXPECT_NEAR(sum, 1, 1e-12) << method << levels;
      EXPECT_GE(result.score.minCoeff(), -1e-15) << method << levels;
      EXPECT_LE(result.score.maxCoeff(), 1 + 1e-12) << method << levels;
    }
}

TEST(IndexProperties, MeansOfShareCellsStayWithinTheUnitInterval) {
  for (const Aggregation& aggregation : aggregations()) {
    if (aggregation.name == "mpi" || aggregation.name == "ampi") continue;
    for (const char* normalise : {"minmax", "rank", "percentile"}) {
      Provinces provinces;
      provinces.conventions.normalise = normalise;
      provinces.conventions.aggregate = {std::string(aggregation.name)};
      const Vector score = provinces.build().score;
      EXPECT_GE(score.minCoeff(), 0) << aggregation.name << normalise;
      EXPECT_LE(score.maxCoeff(), 1 + 1e-12) << aggregation.name << normalise;
    }
  }
}

TEST(IndexProperties, UnitsOfMeasurementDoNotMatter) {
  for (const std::string& method : index_methods()) {
    Provinces provinces = under(method), other = provinces;
    // Coefficients of variation and ratios of raw values know the zero of a scale, not its unit.
    change_units(other, method != "cv" && method != "merec");
    expect_same(provinces.build(), other.build(), method);
  }
}

TEST(IndexProperties, TheOrderOfRowsDoesNotMatter) {
  for (const std::string& method : index_methods()) {
    Provinces provinces = under(method);
    const IndexResult before = provinces.build();
    std::reverse(provinces.rows.begin(), provinces.rows.end());
    std::swap(provinces.rows[3], provinces.rows[150]);
    IndexResult after = provinces.build();
    Vector back(after.score.size());
    for (std::size_t i = 0; i < provinces.rows.size(); ++i)
      back(static_cast<Index>(provinces.rows[i])) = after.score(static_cast<Index>(i));
    after.score = back;
    expect_same(before, after, method);
  }
}

TEST(IndexProperties, TheOrderOfIndicatorsDoesNotMatter) {
  for (const std::string& method : index_methods()) {
    Provinces provinces = under(method);
    const IndexResult before = provinces.build();
    std::reverse(provinces.system.indicators.begin(), provinces.system.indicators.end());
    expect_same(before, provinces.build(), method);
  }
}

TEST(IndexProperties, TurningValuesAndDirectionsTogetherDoesNotMatter) {
  for (const char* method : {"entropy", "equal", "critic", "sd", "gini", "factor", "correlation", "pca"}) {
    Provinces provinces = under(method);
    const IndexResult before = provinces.build();
    for (Indicator& indicator : provinces.system.indicators) {
      std::vector<double> values = provinces.table.at(indicator.code).values();
      for (double& value : values) value = 3 - value;
      provinces.table.set(indicator.code, Column::numbers(values));
      indicator.direction = indicator.direction == '+' ? '-' : '+';
    }
    expect_same(before, provinces.build(), method);
  }
}

// All indicators in one dimension, or each in its own: the second step has nothing to weigh, or the first.
TEST(IndexProperties, OneStepIsTwoStepsWhereThereIsOneDimensionOrOneIndicatorInEach) {
  for (const char* method : {"entropy", "equal", "critic", "sd", "cv_normalised", "gini"})
    for (const bool own : {false, true}) {
      Provinces provinces = under(method);
      for (Indicator& indicator : provinces.system.indicators)
        indicator.dimension = own ? "of " + indicator.code : "all";
      const IndexResult one = provinces.build();
      for (const char* levels : {"two-step", "tree"}) {
        provinces.conventions.levels = levels;
        expect_same(one, provinces.build(), std::string(method) + levels);
      }
      provinces.conventions.levels = "two-step";
      provinces.conventions.renormalise = own;  // every dimension is already in [0, 1]
      expect_same(one, provinces.build(), std::string(method) + " again");
    }
}

TEST(IndexProperties, FrozenParametersGiveTheSameDataTheSameScoresToTheBit) {
  for (const std::string& method : index_methods())
    for (const char* pool : {"all", "year", "unit"}) {
      if (method == "bod" || (method == "pca" && std::string(pool) != "all")) continue;
      if (method == "factor" && std::string(pool) == "unit") continue;  // seven rows of seven indicators
      Provinces provinces = under(method);
      provinces.conventions.pool = pool;
      const IndexResult learned = provinces.build();
      const IndexResult again = apply_index(Context{}, frozen_index(frozen_text(learned), "f"),
                                            provinces.table, provinces.panel, provinces.rows);
      EXPECT_TRUE((again.score.array() == learned.score.array()).all()) << method << pool;
    }
}

// S is additive in what the draws change: first-order and total indices are the shares of variance, and sum to one.
TEST(IndexProperties, SobolIndicesOfAnAdditiveFunctionSumToOne) {
  const SobolPlan plan{{"a", "b", "c", "d"}, 20000, 100};
  const std::vector<double> scale = {1, 2, 0, 4};
  const std::vector<SobolFactor> factors = sobol_indices(Context{}, plan, [&](const std::vector<double>& u) {
    double sum = 3;
    for (std::size_t k = 0; k < 4; ++k) sum += scale[k] * u[k];
    return sum;
  });
  double first = 0, total = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    EXPECT_NEAR(factors[k].first, scale[k] * scale[k] / 21, 0.02) << k;
    EXPECT_NEAR(factors[k].total, scale[k] * scale[k] / 21, 0.02) << k;
    first += factors[k].first;
    total += factors[k].total;
  }
  EXPECT_NEAR(first, 1, 0.03);
  EXPECT_NEAR(total, 1, 0.03);
  EXPECT_EQ(factors[2].total, 0);
}

}  // namespace
}  // namespace panelist
