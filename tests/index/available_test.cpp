// SPDX-License-Identifier: Apache-2.0
#include "index/available.h"

#include <gtest/gtest.h>

#include "example.h"
#include "index/learned.h"

namespace panelist {
namespace {

// The example with a missing cell of x2 in row 4 and of x5 in row 4 and 7.
Example with_gaps() {
  Example example;
  const auto lose = [&](const char* code, std::size_t row) {
    std::vector<double> values = example.table.at(code).values();
    values[row] = missing_value;
    example.table.set(code, Column::numbers(values));
  };
  lose("x2", 4);
  lose("x5", 4);
  lose("x5", 7);
  example.conventions.missing = "available";
  return example;
}

TEST(AvailableCells, CarryTheWeightOfTheMissingOnes) {
  const IndexResult result = with_gaps().build();
  const Matrix& x = result.stages.back().values;
  Vector w(5);
  for (Index j = 0; j < 5; ++j) w(j) = result.indicators[static_cast<std::size_t>(j)].weight;
  EXPECT_NEAR(w.sum(), 1, 1e-15);
  for (Index i = 0; i < x.rows(); ++i) {
    double sum = 0, weights = 0, first = 0, first_weights = 0;
    for (Index j = 0; j < 5; ++j) {
      if (std::isnan(x(i, j))) continue;
      sum += w(j) * x(i, j);
      weights += w(j);
      if (j < 3) first += w(j) * x(i, j);
      if (j < 3) first_weights += w(j);
    }
    EXPECT_NEAR(result.score(i), sum / weights, 1e-15);
    EXPECT_NEAR(result.nodes[0].score(i), first / first_weights, 1e-15);
    EXPECT_NEAR(result.nodes[0].contribution(i) + result.nodes[1].contribution(i), result.score(i), 1e-15);
  }
  EXPECT_TRUE(std::isnan(x(4, 1)));
  ASSERT_EQ(result.diagnostics.unobserved.size(), 2U);
  EXPECT_EQ(result.diagnostics.unobserved[1].code, "x5");
  EXPECT_EQ(result.diagnostics.unobserved[1].cells, 2U);
  EXPECT_EQ(result.warnings.back().first, "index.available_cells");
}

TEST(AvailableCells, TeachWeightsByTheRowsWithoutGaps) {
  const IndexResult result = with_gaps().build();
  Example complete = with_gaps();
  std::erase(complete.rows, 4U);
  std::erase(complete.rows, 7U);
  for (std::size_t j = 0; j < 5; ++j) {
    complete.system.indicators[j].min = result.indicators[j].min;
    complete.system.indicators[j].max = result.indicators[j].max;
  }
  const IndexResult alone = complete.build();
  for (std::size_t j = 0; j < 5; ++j)
    EXPECT_NEAR(result.indicators[j].weight, alone.indicators[j].weight, 1e-15);
}

TEST(AvailableCells, WithoutGapsChangeNothing) {
  Example example;
  const IndexResult plain = example.build();
  example.conventions.missing = "available";
  EXPECT_TRUE((example.build().score.array() == plain.score.array()).all());
}

TEST(AvailableCells, GoThroughTheFrozenFile) {
  const Example example = with_gaps();
  const IndexResult learned = example.build();
  const IndexResult again = apply_index(Context{}, frozen_index(frozen_text(learned), "f"), example.table,
                                        example.panel, example.rows);
  EXPECT_TRUE((again.score.array() == learned.score.array()).all());
}

TEST(AvailableCells, AreRefusedWhereWeightsCannotBeRescaled) {
  Example example = with_gaps();
  example.conventions.levels = "two-step";
  EXPECT_EQ(code_of_failure(example), "index.unknown_convention");
  example.conventions.levels = "one-step";
  example.conventions.aggregate = {"topsis"};
  EXPECT_EQ(code_of_failure(example), "index.unknown_convention");
  example.conventions.aggregate = {"arithmetic"};
  for (const char* code : {"x1", "x2", "x3", "x4", "x5"}) {
    std::vector<double> values = example.table.at(code).values();
    values[9] = missing_value;
    example.table.set(code, Column::numbers(values));
  }
  EXPECT_EQ(code_of_failure(example), "index.empty_row");
  example.conventions.missing = "some";
  EXPECT_EQ(code_of_failure(example), "index.unknown_convention");
}

TEST(AvailableCells, NeedTwoRowsWithoutGapsToWeighBy) {
  Example example = with_gaps();
  std::vector<double> values = example.table.at("x1").values();
  for (std::size_t row = 1; row < values.size(); ++row)
    values[row] = row % 2 == 0 ? missing_value : values[row];
  example.table.set("x1", Column::numbers(values));
  std::vector<double> other = example.table.at("x4").values();
  for (std::size_t row = 1; row < other.size(); row += 2) other[row] = missing_value;
  example.table.set("x4", Column::numbers(other));
  EXPECT_EQ(code_of_failure(example), "index.too_few_complete_rows");
}

}  // namespace
}  // namespace panelist
