// SPDX-License-Identifier: Apache-2.0
// Indices under other conventions, fewer indicators, given draws of weights, missing cells and later rows against
// tests/reference/index_sensitivity.
#include <gmock/gmock.h>

#include "base/text.h"
#include "index/learned.h"
#include "index/ranks.h"
#include "index/sensitivity.h"
#include "index/tree.h"
#include "index/variants.h"
#include "provinces.h"

namespace panelist {
namespace {

// "quantity,name,item" -> value.
const std::map<std::string, double>& oracle() {
  static const std::map<std::string, double> values = [] {
    std::map<std::string, double> read;
    std::ifstream file(reference_path("index_sensitivity/expected.csv"));
    for (std::string line; std::getline(file, line);) {
      const std::size_t comma = line.rfind(',');
      read[line.substr(0, comma)] = std::strtod(line.c_str() + comma + 1, nullptr);
    }
    return read;
  }();
  return values;
}

std::size_t count_of(const std::string& quantity) {
  return static_cast<std::size_t>(std::count_if(oracle().begin(), oracle().end(), [&](const auto& entry) {
    return entry.first.starts_with(quantity + ",");
  }));
}

void expect_close(const std::string& key, double value) {
  const auto wanted = oracle().find(key);
  ASSERT_NE(wanted, oracle().end()) << key;
  EXPECT_NEAR(value, wanted->second, 1e-9 * std::abs(wanted->second) + 1e-12) << key;
}

// Values of the rows that the oracle keeps.
std::size_t expect_rows(const std::string& quantity, const std::string& name, const Vector& values) {
  std::size_t compared = 0;
  for (Index i = 0; i < values.size(); ++i) {
    const std::string key = quantity + "," + name + "," + std::to_string(i + 1);
    if (!oracle().contains(key)) continue;
    expect_close(key, values(i));
    ++compared;
  }
  EXPECT_GT(compared, 0U) << quantity << name;
  return compared;
}

void expect_change(const std::string& quantity, const std::string& name, const ScoreChange& change) {
  const std::string key = quantity + "," + name + ",";
  expect_close(key + "correlation", change.correlation);
  expect_close(key + "rank_correlation", change.rank_correlation);
  expect_close(key + "largest_change", change.largest_change);
  expect_close(key + "mean_rank_change", change.mean_rank_change);
  expect_close(key + "largest_rank_change", change.largest_rank_change);
}

TEST(ConventionsOracle, EveryCombinationGivesItsScoresOrIsRefused) {
  const Provinces provinces;
  const IndexResult index = provinces.build();
  std::size_t refused = 0, scored = 0;
  for (const IndexVariant& variant : convention_variants(provinces.system, provinces.conventions)) {
    const std::string name = join(variant.choices, "; ");
    try {
      const IndexResult built = build_index(Context{}, variant.system, variant.conventions, provinces.table,
                                            provinces.panel, provinces.rows);
      scored += expect_rows("score", name, built.score);
      expect_close("rank_correlation," + name + ",", rank_correlation(built.score, index.score));
    } catch (const Error& error) {
      EXPECT_TRUE(oracle().contains("refused," + name + ",")) << name << error.diagnostic().message;
      ++refused;
    }
  }
  EXPECT_EQ(refused, count_of("refused"));
  EXPECT_EQ(scored, count_of("score"));
}

TEST(ConventionsOracle, OneConventionAtATimeMovesScoresAndRanksAsComputedInR) {
  const Provinces provinces;
  std::size_t compared = 0;
  std::vector<std::string> refused;
  for (const ConventionComparison& c :
       compare_conventions(Context{}, provinces.system, provinces.conventions, provinces.table,
                           provinces.panel, provinces.rows)) {
    if (c.refused.empty()) expect_change("compared", c.what, c.change);
    if (c.refused.empty()) compared += 5;
    if (!c.refused.empty()) refused.push_back(c.what);
  }
  EXPECT_EQ(compared, count_of("compared"));
  EXPECT_EQ(refused, std::vector<std::string>{"normalise zscore"});
}

TEST(ConventionsOracle, EachIndicatorLeftOutMovesScoresAndRanksAsComputedInR) {
  const Provinces provinces;
  for (const LeftOut& left : leave_one_out(Context{}, provinces.build(), provinces.table, provinces.panel))
    expect_change("left_out", left.code, left.change);
  for (const IndexVariant& variant : left_out_variants(provinces.system, provinces.conventions))
    expect_rows("left_out_score", variant.left_out,
                build_index(Context{}, variant.system, variant.conventions, provinces.table, provinces.panel,
                            provinces.rows)
                    .score);
}

// Scores of given cells and weights by the levels and means of the conventions.
Vector drawn_scores(const Provinces& provinces, const Matrix& cells, const Vector& weights) {
  LearnedWeights learned = weights_as_learned(weights, provinces.system);
  if (!arithmetic_throughout(provinces.conventions))
    learned.frames = learn_frames(cells, weights, provinces.system, provinces.conventions);
  return score_rows(cells, learned, provinces.system, provinces.conventions).score;
}

void expect_draw(const std::string& draw, const std::string& kind, Provinces provinces,
                 const Vector& weights) {
  Matrix cells = Provinces{}.build().stages.back().values;
  if (kind == "tree") cells = 0.05 + 0.95 * cells.array();
  const Vector score = drawn_scores(provinces, cells, weights);
  expect_rows("draw_score", draw + " " + kind, score);
  const std::vector<int> ranks = RanksWithinTime(provinces.panel, provinces.rows).rank(Context{}, score);
  expect_rows(
      "draw_rank", draw + " " + kind,
      Eigen::Map<const Eigen::VectorXi>(ranks.data(), static_cast<Index>(ranks.size())).cast<double>());
}

TEST(ConventionsOracle, ADrawnWeightVectorGivesItsScoresAndRanks) {
  for (const char* draw : {"1", "2"}) {
    Provinces provinces;
    Vector weights(7);
    for (Index j = 0; j < 7; ++j)
      weights(j) = oracle().at("draw_weight," + std::string(draw) + "," +
                               provinces.system.indicators[static_cast<std::size_t>(j)].code);
    expect_draw(draw, "arithmetic", provinces, weights);
    provinces.conventions = {.levels = "tree", .aggregate = {"arithmetic", "geometric"}};
    expect_draw(draw, "tree", provinces, weights);
    provinces.conventions = {.aggregate = {"topsis"}};
    expect_draw(draw, "topsis", provinces, weights);
  }
}

Provinces with_gaps(const std::string& mean) {
  Provinces provinces;
  provinces.make_holes();
  std::vector<double> patents = provinces.table.at("patent_grant").values();
  for (std::size_t row = 2; row < patents.size(); row += 22) patents[row] = missing_value;
  provinces.table.set("patent_grant", Column::numbers(patents));
  provinces.conventions.missing = "available";
  provinces.conventions.aggregate = {mean};
  return provinces;
}

TEST(ConventionsOracle, RowsWithGapsAreScoredByTheCellsTheyHave) {
  for (const char* mean : {"arithmetic", "geometric", "harmonic"}) {
    const IndexResult result = with_gaps(mean).build();
    EXPECT_EQ(expect_rows("available_score", mean, result.score) * 3, count_of("available_score"));
    for (const IndicatorResult& indicator : result.indicators)
      expect_close("available_weight,," + indicator.indicator.code, indicator.weight);
  }
  std::size_t cells = 0;
  for (const NodeResult& node : with_gaps("arithmetic").build().nodes)
    cells += expect_rows("available_node", node.code, node.score);
  EXPECT_EQ(cells, count_of("available_node"));
}

// The rows until 2018 teach, all rows are scored after the file.
IndexResult applied_to_later_years(Provinces provinces) {
  const std::vector<std::size_t> all = provinces.rows;
  std::erase_if(provinces.rows,
                [&](std::size_t row) { return provinces.table.at("year").values()[row] > 2018; });
  const IndexResult kept = frozen_index(frozen_text(provinces.build()), "f.json");
  return apply_index(Context{}, kept, provinces.table, provinces.panel, all);
}

TEST(ConventionsOracle, LaterYearsAreScoredByEarlierComponentsAndGoalposts) {
  Provinces provinces;
  const Vector entropy = applied_to_later_years(provinces).score;
  EXPECT_EQ(expect_rows("frozen_score", "entropy", entropy), 21U);
  provinces.conventions.pool = "unit";
  EXPECT_EQ(expect_rows("frozen_score", "unit", applied_to_later_years(provinces).score), 21U);
  provinces.conventions = {.method = "pca"};
  const IndexResult result = applied_to_later_years(provinces);
  EXPECT_EQ(expect_rows("frozen_score", "pca", result.score), 21U);
  const LearnedComponents& components = *result.learned->components;
  expect_close("frozen_kept,,", components.components.kept);
  for (Index j = 0; j < 7; ++j)
    expect_close("frozen_coefficient,," + provinces.system.indicators[static_cast<std::size_t>(j)].code,
                 components.coefficients(j));
}

}  // namespace
}  // namespace panelist
