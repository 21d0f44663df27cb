// SPDX-License-Identifier: Apache-2.0
// Every weighting, normalisation and aggregation against the formulas in tests/reference/index_methods.
#include <gmock/gmock.h>

#include "index/aggregation.h"
#include "index/cells.h"
#include "index/envelope.h"
#include "index/fill.h"
#include "index/normalisation.h"
#include "index/treat.h"
#include "provinces.h"

namespace panelist {
namespace {

void expect_close(double value, double expected, const std::string& what) {
  EXPECT_NEAR(value, expected, 1e-8 * std::abs(expected) + 1e-12) << what;
}

void expect_weights(const Provinces& provinces, const std::string& name) {
  const IndexResult result = provinces.build();
  for (const IndicatorResult& indicator : result.indicators)
    expect_close(indicator.weight, provinces.at("weight", name, indicator.indicator.code),
                 name + " " + indicator.indicator.code);
}

TEST(IndexMethods, WeighAsTheirFormulas) {
  for (const char* method : {"equal", "entropy", "critic", "sd", "cv", "cv_normalised", "gini", "merec",
                             "factor", "correlation"}) {
    Provinces provinces;
    provinces.conventions.method = method;
    expect_weights(provinces, method);
  }
}

TEST(IndexMethods, WeighByComparisons) {
  Provinces provinces;
  provinces.conventions.method = "ahp";
  provinces.compare_all();
  expect_weights(provinces, "ahp");
  const IndexResult result = provinces.build();
  ASSERT_EQ(result.consistency.size(), 1U);
  expect_close(result.consistency[0].second, provinces.at("cr", "ahp", ""), "cr");
}

TEST(IndexMethods, CombineWeights) {
  for (const char* how : {"linear", "product", "game"}) {
    Provinces provinces;
    provinces.conventions.method = "combined";
    provinces.conventions.combine = {"entropy", "critic", "gini"};
    provinces.conventions.combine_by = how;
    if (std::string(how) == "linear") provinces.conventions.combine_shares = {0.5, 0.3, 0.2};
    expect_weights(provinces, how);
  }
}

void expect_normalised(const Provinces& provinces, const std::string& name) {
  const Matrix cells = provinces.build().stages.back().values;
  for (Index i = 0; i < cells.rows(); i += 10)
    for (Index j = 0; j < cells.cols(); ++j) {
      const std::string item =
          std::to_string(i + 1) + ":" + provinces.system.indicators[static_cast<std::size_t>(j)].code;
      expect_close(cells(i, j), provinces.at("normalised", name, item), name + " " + item);
    }
}

TEST(IndexMethods, NormaliseAsTheirFormulas) {
  for (const Normalisation& normalisation : normalisations()) {
    Provinces provinces;
    provinces.conventions.method = "equal";
    provinces.conventions.normalise = normalisation.name;
    for (Indicator& indicator : provinces.system.indicators)
      indicator.target = provinces.at("target", "target", indicator.code);
    expect_normalised(provinces, std::string(normalisation.name));
  }
}

TEST(IndexMethods, NormaliseOnABasePeriod) {
  Provinces provinces;
  provinces.conventions.method = "equal";
  provinces.conventions.pool = "base:2015";
  expect_normalised(provinces, "base");
  EXPECT_EQ(provinces.build().warnings.front().first, "index.outside_reference");
}

TEST(IndexMethods, NormaliseByTheDistanceToAnInterval) {
  Provinces provinces;
  provinces.conventions.method = "equal";
  for (Indicator& indicator : provinces.system.indicators) {
    indicator.direction = '~';
    indicator.low = provinces.at("interval_low", "", indicator.code);
    indicator.high = provinces.at("interval_high", "", indicator.code);
  }
  const Matrix cells = provinces.build().stages.back().values;
  for (Index j = 0; j < cells.cols(); ++j) {
    const std::string code = provinces.system.indicators[static_cast<std::size_t>(j)].code;
    for (Index i = 0; i < cells.rows(); i += 10)
      expect_close(cells(i, j), provinces.at("interval", "", std::to_string(i + 1) + ":" + code), code);
  }
}

// Entropy weights are learned of min-max cells; means with goalposts that leave no zero take them as given.
Provinces with_entropy_weights(const std::string& aggregate) {
  Provinces provinces;
  provinces.conventions.aggregate = {aggregate};
  const bool mean = aggregate == "geometric" || aggregate == "harmonic";
  const bool pareto = aggregate == "mpi" || aggregate == "ampi";
  if (mean) {
    provinces.conventions.method = "given";
    for (Indicator& indicator : provinces.system.indicators) {
      indicator.weight = provinces.at("weight", "entropy", indicator.code);
      indicator.min = provinces.at("goalpost_min", "", indicator.code);
      indicator.max = provinces.at("goalpost_max", "", indicator.code);
    }
  }
  if (pareto) provinces.conventions.method = "equal";
  if (aggregate == "mpi") provinces.conventions.normalise = "zscore";
  return provinces;
}

TEST(IndexMethods, AggregateAsTheirFormulas) {
  for (const Aggregation& aggregation : aggregations()) {
    const std::string name(aggregation.name);
    const Provinces provinces = with_entropy_weights(name);
    const Vector score = provinces.build().score;
    for (Index i = 0; i < score.size(); i += 10)
      expect_close(score(i), provinces.at("score", name, std::to_string(i + 1)), name);
  }
}

TEST(IndexMethods, AggregateATreeByMeansThatDifferByLevel) {
  Provinces provinces = with_entropy_weights("geometric");
  provinces.conventions.method = "entropy";
  provinces.conventions.levels = "tree";
  provinces.conventions.aggregate = {"arithmetic", "geometric"};
  const IndexResult result = provinces.build();
  for (Index i = 0; i < result.score.size(); i += 10)
    expect_close(result.score(i), provinces.at("tree", "score", std::to_string(i + 1)), "tree");
  for (const NodeResult& node : result.nodes)
    expect_close(node.weight, provinces.at("tree", "weight", node.code), node.code);
  EXPECT_TRUE(std::isnan(result.nodes[0].contribution(0)));
}

TEST(IndexMethods, BenefitOfTheDoubtIsTheBestCorner) {
  Provinces provinces;
  provinces.conventions.method = "bod";
  provinces.system.indicators = {provinces.system.indicators[0], provinces.system.indicators[1],
                                 provinces.system.indicators[5]};
  const IndexResult result = provinces.build();
  for (Index i = 0; i < result.score.size(); i += 10)
    expect_close(result.score(i), provinces.at("bod", "score", std::to_string(i + 1)), "bod");
  EXPECT_NEAR(result.score.maxCoeff(), 1, 1e-12);
  EXPECT_EQ(result.learned, nullptr);
}

TEST(IndexMethods, BenefitOfTheDoubtKeepsSharesWithinTheirBounds) {
  Matrix x(4, 2);
  x << 1, 0.2, 0.3, 1, 0.8, 0.7, 0.5, 0.5;
  const Envelope envelope = benefit_of_the_doubt(x, x, {0.3, 0.7});
  for (Index i = 0; i < x.rows(); ++i) {
    const double share = envelope.weights(i, 0) * x(i, 0) / envelope.score(i);
    EXPECT_GE(share, 0.3 - 1e-12);
    EXPECT_LE(share, 0.7 + 1e-12);
    EXPECT_LE(envelope.score(i), benefit_of_the_doubt(x, x, {}).score(i) + 1e-12);
  }
}

TEST(IndexMethods, TreatOutliersAsTheirFormulas) {
  const Provinces provinces;
  IndexConventions conventions;
  conventions.outliers = "skew";
  for (const Indicator& indicator : provinces.system.indicators) {
    const Vector x = provinces.column(indicator.code);
    expect_close(shape_of(x).skewness, provinces.at("skewness", "", indicator.code), "skewness");
    expect_close(shape_of(x).kurtosis, provinces.at("kurtosis", "", indicator.code), "kurtosis");
    expect_close(box_cox_lambda(x), provinces.at("lambda", "", indicator.code), "lambda");
    const Vector y = treated(learn_treatment(x, indicator, conventions), x);
    for (Index i = 0; i < x.size(); i += 10)
      expect_close(y(i), provinces.at("skew", "", std::to_string(i + 1) + ":" + indicator.code),
                   indicator.code);
  }
}

TEST(IndexMethods, MoveASinglePointIn) {
  const Provinces provinces;
  IndexConventions conventions;
  conventions.outliers = "skew";
  Vector x(41);
  x.head(40) = provinces.column("gdp_100m").head(40);
  double most = 0;
  for (const Indicator& indicator : provinces.system.indicators)
    most = std::max(most, provinces.column(indicator.code).maxCoeff());
  x(40) = 60 * most;
  const ColumnTreatment treatment = learn_treatment(x, {}, conventions);
  const Vector y = treated(treatment, x);
  EXPECT_EQ(treatment.points, 1);
  for (const Index i : {Index{0}, Index{19}, Index{40}})
    expect_close(y(i), provinces.at("one_point", "", std::to_string(i + 1)), "one point");
}

TEST(IndexMethods, FillMissingCellsAsTheirFormulas) {
  for (const char* rule : {"mean", "median", "year_mean", "regression", "em"}) {
    Provinces provinces;
    provinces.make_holes();
    provinces.conventions.impute = rule;
    provinces.conventions.method = "equal";
    const IndexResult result = provinces.build();
    ASSERT_EQ(result.stages.front().name, "imputed");
    EXPECT_EQ(result.diagnostics.imputed.size(), 5U);
    for (const auto& [row, code] : provinces.holes) {
      const Index column = provinces.position(code);
      expect_close(result.stages.front().values(static_cast<Index>(row), column),
                   provinces.at(rule, "", std::to_string(row + 1) + ":" + code), rule + (" " + code));
    }
  }
}

}  // namespace
}  // namespace panelist
