// SPDX-License-Identifier: Apache-2.0
// Tests of residuals against plm, lmtest and explicit matrices in R (tests/reference/panel_tests).
#include "panel_reference.h"

namespace panelist {
namespace {

Estimation fixed(const std::string& design) {
  return estimate_request(grunfeld_design(design),
                          {.formula = "invest ~ value + capital | firm", .panel = grunfeld_keys});
}

Estimation pooled(const std::string& design) {
  return estimate_request(grunfeld_design(design),
                          {.formula = "invest ~ value + capital", .panel = grunfeld_keys});
}

double detail(const TestResult& test, const std::string& name) {
  for (const auto& [known, value] : test.details)
    if (known == name) return value;
  throw Error("internal.test", "no detail " + name);
}

class OnGrunfeld : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(ResidualTests, OnGrunfeld, testing::Values("full", "short"));

TEST_P(OnGrunfeld, CorrelationBetweenUnitsIsThatOfPlm) {
  const std::string design = GetParam();
  const TestResult cd = test_by_name(fixed(design), "pesaran_cd");
  expect_oracle(cd.statistic, design + " pesaran_cd fe");
  expect_oracle(detail(cd, "mean_correlation"), design + " mean_correlation fe");
  expect_oracle(detail(cd, "mean_absolute_correlation"), design + " mean_absolute_correlation fe");
  expect_oracle(test_by_name(pooled(design), "pesaran_cd").statistic, design + " pesaran_cd pooled");
  const TestResult lm = test_by_name(fixed(design), "bp_cd");
  expect_oracle(lm.statistic, design + " bp_cd fe");
  expect_oracle(lm.df1, design + " bp_cd df");
}

TEST_P(OnGrunfeld, ModifiedWaldIsThatOfItsFormula) {
  const std::string design = GetParam();
  const TestResult wald = test_by_name(fixed(design), "modified_wald");
  expect_oracle(wald.statistic, design + " modified_wald fe");
  EXPECT_EQ(wald.df1, 11);
}

TEST_P(OnGrunfeld, WooldridgeIsThatOfItsFormulaWithGaps) {
  const std::string design = GetParam();
  for (const Estimation& estimation : {fixed(design), pooled(design)}) {
    const TestResult test = test_by_name(estimation, "wooldridge");
    expect_oracle(test.statistic, design + " wooldridge");
    expect_oracle(detail(test, "lag_coefficient"), design + " wooldridge lag_coefficient");
    expect_oracle(test.df2, design + " wooldridge df");
  }
}

TEST(ResidualTests, DurbinWatsonOfAPanelHasNoPAndSaysSo) {
  const TestResult test = test_by_name(fixed("full"), "dw");
  expect_oracle(test.statistic, "full dw fe");
  EXPECT_TRUE(std::isnan(test.p_value));
  EXPECT_NE(test.note.find("no p-value"), std::string::npos);
}

TEST(ResidualTests, DurbinWatsonOfASeriesIsThatOfLmtest) {
  const Estimation series = pooled("series");
  const TestResult test = test_by_name(series, "dw");
  expect_oracle(test.statistic, "series dw");
  expect_oracle(test.p_value, "series dw p", 1e-6);
}

TEST(ResidualTests, BreuschGodfreyIsThatOfLmtest) {
  const Estimation series = pooled("series");
  for (const char* order : {"1", "2", "3"}) {
    const TestResult test = test_by_name(series, std::string("bg(") + order + ")");
    expect_oracle(test.statistic, std::string("series bg ") + order);
    expect_oracle(test.p_value, std::string("series bg p ") + order);
  }
  EXPECT_EQ(test_by_name(series, "bg").statistic, test_by_name(series, "bg(1)").statistic);
}

TEST(ResidualTests, ConditionNumberIsThatOfTheSingularValues) {
  for (const char* design : {"full", "short"})
    expect_oracle(test_by_name(pooled(design), "condition").statistic,
                  std::string(design) + " condition pooled");
  expect_oracle(test_by_name(pooled("series"), "condition").statistic, "series condition");
}

// y of two periods a unit: within residuals are equal but for their sign.
Table two_periods() {
  Table table;
  table.set("unit", Column::texts({"A", "A", "B", "B", "C", "C", "D", "D"}));
  table.set("year", Column::numbers({1, 2, 1, 2, 1, 2, 1, 2}));
  table.set("y", Column::numbers({1, 3, 4, 2, 5, 9, 2, 1}));
  table.set("x", Column::numbers({2, 3, 1, 7, 5, 6, 2, 8}));
  table.set("twice", Column::numbers({2, 6, 8, 4, 10, 18, 4, 2}));
  return table;
}

TEST(ResidualTests, TooFewPeriodsAndMissingPanelsAreNamed) {
  const PanelKeys keys{"unit", "year"};
  const Estimation short_panel = estimate_request(two_periods(), {.formula = "y ~ x | unit", .panel = keys});
  EXPECT_EQ(code_of_test(short_panel, "modified_wald", keys), "infer.too_few_periods");
  EXPECT_EQ(code_of_test(short_panel, "wooldridge", keys), "infer.too_few_periods");
  EXPECT_EQ(code_of_test(short_panel, "bg(2)", keys), "infer.too_few_periods");
  EXPECT_EQ(code_of_test(short_panel, "bg(x)", keys), "usage.bad_value");
  const Estimation one = pooled("series");
  for (const char* name : {"pesaran_cd", "bp_cd", "modified_wald", "wooldridge"})
    EXPECT_EQ(code_of_test(one, name), "infer.too_few_units") << name;
  const Estimation bare = estimate_request(two_periods(), {.formula = "y ~ x"});
  for (const char* name : {"pesaran_cd", "modified_wald", "wooldridge"})
    EXPECT_EQ(code_of_test(bare, name, {}), "usage.missing_option") << name;
}

TEST(ResidualTests, WeightsFamiliesAndPerfectFitsAreRefusedByName) {
  const PanelKeys keys{"unit", "year"};
  const Estimation weighted =
      estimate_request(two_periods(), {.formula = "y ~ x", .weights = "year", .panel = keys});
  EXPECT_EQ(code_of_test(weighted, "pesaran_cd", keys), "infer.unweighted_only");
  const Estimation family =
      estimate_request(two_periods(), {.formula = "y ~ x", .panel = keys, .family = "poisson"});
  EXPECT_EQ(code_of_test(family, "dw", keys), "infer.least_squares_only");
  const Estimation perfect = estimate_request(two_periods(), {.formula = "y ~ twice", .panel = keys});
  EXPECT_EQ(code_of_test(perfect, "pesaran_cd", keys), "infer.no_variation");
}

}  // namespace
}  // namespace panelist
