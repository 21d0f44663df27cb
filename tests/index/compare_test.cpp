// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "example.h"

namespace panelist {
namespace {

TEST(CompareConventions, MeasuresEachChangeAgainstTheBaseline) {
  const Example example;
  const std::vector<ConventionComparison> comparisons = compare_conventions(
      Context{}, example.system, example.conventions, example.table, example.panel, example.rows);
  std::map<std::string, ConventionComparison> by_name;
  for (const ConventionComparison& comparison : comparisons) by_name[comparison.what] = comparison;
  EXPECT_EQ(by_name.count("method entropy"), 0U);
  EXPECT_EQ(by_name.count("zero limit"), 0U);
  // From results.json, whose scores under the shift .01 are .01 above those of the unshifted cells.
  const nlohmann::json& variants = example_results()["variants"];
  double largest = 0;
  for (const auto& [key, score] : variants["pooled_0ln0"]["score"].items())
    largest = std::max(largest, std::abs(variants["pooled_shift_0.01"]["score"][key].get<double>() - 0.01 -
                                         score.get<double>()));
  EXPECT_NEAR(by_name.at("zero 0.01").change.largest_change, largest, 1e-13);
  EXPECT_NEAR(by_name.at("zero 1e-4").change.rank_correlation, 1, 1e-12);
  EXPECT_LT(by_name.at("pool year").change.rank_correlation, 0.99);
  EXPECT_EQ(by_name.count("levels two-step, renormalised"), 1U);
}

TEST(CompareConventions, SaysNothingOfChangesThatDoNotTouchTheMethod) {
  Example example;
  example.conventions.method = "equal";
  const std::vector<ConventionComparison> comparisons = compare_conventions(
      Context{}, example.system, example.conventions, example.table, example.panel, example.rows);
  for (const ConventionComparison& comparison : comparisons)
    EXPECT_THAT(comparison.what, testing::Not(testing::StartsWith("zero")));
}

}  // namespace
}  // namespace panelist
