// SPDX-License-Identifier: Apache-2.0
#include "report/descriptive_tables.h"

#include "printed.h"
#include "sample.h"

namespace panelist {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

Association pair_of(double r, double p, std::size_t n) { return {r, p, n}; }

CorrelationTableSpec three_variables() {
  CorrelationTableSpec spec;
  spec.names = {"NQP", "DT", "UL"};
  spec.labels["DT"] = "Digital trade";
  spec.style.decimals = 2;
  const Association one = pair_of(1, missing_value, 210);
  const Association strong = pair_of(0.72, 0.0001, 210), weak = pair_of(-0.1, 0.07, 190),
                    none = pair_of(missing_value, missing_value, 2);
  spec.below = {{one, strong, none}, {strong, one, weak}, {none, weak, one}};
  return spec;
}

TEST(CorrelationTable, IsALowerTriangleWithStars) {
  const PublicationTable table = correlation_table(three_variables());
  EXPECT_THAT(first_column(table), ElementsAre("Variable", "(1) NQP", "(2) Digital trade", "(3) UL"));
  EXPECT_THAT(printed_row(table, "Variable"), ElementsAre("(1)", "(2)", "(3)"));
  EXPECT_THAT(printed_row(table, "(1) NQP"), ElementsAre("1", "", ""));
  EXPECT_THAT(printed_row(table, "(2) Digital trade"), ElementsAre("0.72***", "1", ""));
  EXPECT_THAT(printed_row(table, "(3) UL"), ElementsAre("", "-0.10*", "1"));
  EXPECT_EQ(table.rows[3].cells[2].source, "/correlations/below/2/1/r");
  EXPECT_THAT(table.notes, Contains("Pearson correlations."));
  EXPECT_THAT(table.notes, Contains("Pairs of observations: 2-210."));
  EXPECT_THAT(table.notes, Contains(HasSubstr("p<0.01")));
}

TEST(CorrelationTable, FillsBothTrianglesAndSaysWhichIsWhich) {
  CorrelationTableSpec spec = three_variables();
  spec.above = spec.below;
  spec.above[0][1] = pair_of(0.5, 0.02, 210);
  const PublicationTable table = correlation_table(spec);
  EXPECT_THAT(printed_row(table, "(1) NQP"), ElementsAre("1", "0.50**", ""));
  EXPECT_EQ(table.rows[1].cells[2].source, "/correlations/above/0/1/r");
  EXPECT_THAT(table.notes, Contains(HasSubstr("Spearman rank correlations above")));
}

TEST(CorrelationTable, PutsPValuesInRowsOfTheirOwn) {
  CorrelationTableSpec spec = three_variables();
  spec.p_below = true;
  const PublicationTable table = correlation_table(spec);
  ASSERT_EQ(table.rows.size(), 6u);  // the first variable has no pair below the diagonal
  EXPECT_THAT(printed(table.rows[5], table), ElementsAre("", "(0.07)", ""));
  EXPECT_EQ(table.rows[5].cells[2].source, "/correlations/below/2/1/p_value");
  EXPECT_THAT(table.notes, Contains("p-values in parentheses."));
}

TEST(BalanceTable, StandsUnderTheNamesOfBothGroups) {
  BalanceTableSpec spec;
  spec.by = "coast";
  spec.first = "inland";
  spec.second = "coastal";
  spec.style.decimals = 1;
  Balance one = balance("UL", {1, 2, 3, 4}, {5, 7, 9});
  spec.variables = {one};
  const PublicationTable table = balance_table(spec);
  EXPECT_EQ(table.columns(), 10);
  EXPECT_EQ(table.rows[0].cells[1].text, "inland");
  EXPECT_EQ(table.rows[0].cells[1].span, 3);
  EXPECT_TRUE(table.rows[0].rule_under_spans);
  EXPECT_THAT(printed_row(table, "UL"),
              ElementsAre("4", "2.5", "1.3", "3", "7.0", "2.0", "-4.5**", "-3.4", "-2.7"));
  EXPECT_EQ(table.rows[2].cells[7].source, "/variables/0/difference");
}

TEST(RankingTable, HasAPeriodAColumnAndLeavesGaps) {
  RankingTableSpec spec;
  spec.name = "NQP";
  spec.times = {"2020", "2021"};
  spec.units = {{"Beijing", {1, 1}, 0.5, 1}, {"Hebei", {missing_value, 2}, 0.2, 2}};
  const PublicationTable table = ranking_table(spec);
  EXPECT_THAT(first_column(table), ElementsAre("Unit", "Beijing", "Hebei"));
  EXPECT_THAT(printed_row(table, "Hebei"), ElementsAre("", "2", "0.2000", "2"));
  EXPECT_EQ(table.rows[2].cells[2].source, "/units/1/ranks/1");
}

TEST(TransitionTable, HasAPanelForEachGroup) {
  TransitionTableSpec spec;
  spec.name = "NQP";
  spec.by = "region";
  spec.style.decimals = 2;
  spec.panels = {{"East", {{0.75, 0.25}, {0, 1}}, {4, 8}},
                 {"West", {{1, 0}, {missing_value, missing_value}}, {3, 0}}};
  const PublicationTable table = transition_table(spec);
  EXPECT_THAT(first_column(table), ElementsAre("From \\ to", "Panel A: region = East", "1", "2",
                                               "Panel B: region = West", "1", "2"));
  EXPECT_THAT(printed(table.rows[2], table), ElementsAre("0.75", "0.25", "4"));
  EXPECT_THAT(printed(table.rows[6], table), ElementsAre("", "", "0"));
  EXPECT_EQ(table.rows[3].cells[2].source, "/transitions/0/shares/1/1");
  spec.by.clear();
  spec.panels.resize(1);
  EXPECT_EQ(transition_table(spec).rows.size(), 3u);
}

TEST(DescriptiveTables, SpeakChinese) {
  CorrelationTableSpec spec = three_variables();
  spec.style.lang = "zh";
  const PublicationTable table = correlation_table(spec);
  EXPECT_THAT(table.notes, Contains("表中为 Pearson 相关系数。"));
  EXPECT_EQ(table.rows[0].cells[0].text, "变量");
}

}  // namespace
}  // namespace panelist
