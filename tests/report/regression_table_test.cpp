// SPDX-License-Identifier: Apache-2.0
#include "printed.h"
#include "sample.h"

namespace panelist {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST(RegressionTable, Outreg2HasItsRowsInItsOrder) {
  const sample::Baseline baseline("outreg2");
  const PublicationTable table = regression_table(baseline.spec);
  EXPECT_THAT(first_column(table),
              ElementsAre("", "VARIABLES", "DT", "", "Controls", "Constant", "", "Observations", "R-squared",
                          "Number of ids", "Province FE", "Year FE"));
  EXPECT_THAT(printed_row(table, "DT"), ElementsAre("0.7500***", "0.4467**", "0.3846***", "0.3846***"));
  EXPECT_THAT(printed_row(table, "Controls"), ElementsAre("NO", "NO", "YES", "YES"));
  EXPECT_THAT(printed_row(table, "Province FE"), ElementsAre("NO", "YES", "YES", "YES"));
  EXPECT_THAT(printed_row(table, "Number of ids"), ElementsAre("4", "4", "4", "4"));
  EXPECT_EQ(format_cell(table.rows[3].cells[2], table), "(0.0325)");
}

TEST(RegressionTable, PlainNamesEveryRSquaredAndMergesEqualOutcomes) {
  const sample::Baseline baseline("plain");
  const PublicationTable table = regression_table(baseline.spec);
  EXPECT_THAT(first_column(table),
              ElementsAre("", "", "DT", "", "Controls", "Constant", "", "Province FE", "Year FE",
                          "Observations", "Units", "R-squared", "Within R-squared"));
  EXPECT_EQ(table.rows[0].cells[1].text, "NQP");
  EXPECT_EQ(table.rows[0].cells[1].span, 4);
  EXPECT_TRUE(table.rows[0].rule_under_spans);
  EXPECT_THAT(printed_row(table, "Within R-squared"), ElementsAre("", "0.7000", "0.7000", "0.7000"));
}

TEST(RegressionTable, EveryRowCoversAllColumns) {
  const sample::Baseline baseline("plain");
  const sample::Instruments instruments;
  for (const PublicationTable& table : {regression_table(baseline.spec), regression_table(instruments.spec)})
    for (const TableRow& row : table.rows) {
      int sum = 0;
      for (const Cell& cell : row.cells) sum += cell.span;
      EXPECT_EQ(sum, 5) << table.id << " " << row.cells[0].text;
    }
}

TEST(RegressionTable, ConstantOfXtregIsShownByOutreg2OnlyAndSaid) {
  const sample::Baseline outreg2("outreg2"), plain("plain");
  EXPECT_THAT(printed_row(regression_table(outreg2.spec), "Constant"),
              ElementsAre("0.1134***", "-0.9272**", "-0.9272**", "-0.9272**"));
  EXPECT_THAT(printed_row(regression_table(plain.spec), "Constant"), ElementsAre("0.1134***", "", "", ""));
  EXPECT_THAT(regression_table(outreg2.spec).notes, Contains(HasSubstr("xtreg")));
}

TEST(RegressionTable, XtregRSquaredIsAroundUnitMeans) {
  sample::Baseline baseline("outreg2");
  const PublicationTable table = regression_table(baseline.spec);
  // Outcome 1..12 in units of three consecutive values: 8 around the unit means, rss 2.
  EXPECT_THAT(printed_row(table, "R-squared"), ElementsAre("0.9000", "0.7500", "0.7500", "0.7500"));
  EXPECT_THAT(table.notes, Contains("Column 1: overall R-squared."));
  EXPECT_THAT(table.notes, Contains(HasSubstr("Columns 2-4: R-squared within province")));
}

TEST(RegressionTable, NotesSayStandardErrorsClustersStarsAndDistribution) {
  const sample::Baseline plain("plain"), outreg2("outreg2");
  const PublicationTable table = regression_table(plain.spec);
  EXPECT_EQ(table.notes[0], "Standard errors clustered by province (4 clusters) in parentheses.");
  EXPECT_EQ(table.notes[1], "*** p<0.01, ** p<0.05, * p<0.1");
  EXPECT_EQ(table.notes[2], "Significance by the t distribution with 3 degrees of freedom.");
  EXPECT_EQ(regression_table(outreg2.spec).notes[0],
            "Robust standard errors in parentheses, clustered by province (4 clusters).");
}

TEST(RegressionTable, NotesNameColumnsWhereTheyDiffer) {
  sample::Baseline baseline("plain");
  baseline.estimations[3].vcov.n_clusters = {2};
  baseline.estimations[0].vcov.kind = "hc1";
  baseline.estimations[0].vcov.by.clear();
  baseline.estimations[0].vcov.n_clusters.clear();
  EXPECT_EQ(regression_table(baseline.spec).notes[0],
            "Standard errors robust to heteroskedasticity (HC1) (column 1) and clustered by province "
            "(4 clusters in columns 2 and 3, 2 clusters in column 4) in parentheses.");
}

TEST(RegressionTable, NotesCountDropsRemarksAndWarnings) {
  sample::Baseline baseline("plain");
  auto frame = std::make_shared<ModelFrame>(*baseline.estimations[2].fit->frame);
  frame->dropped.missing = 30;
  frame->dropped.singleton = 2;
  frame->dropped.where = 99;
  auto fit = std::make_shared<Fit>(*baseline.estimations[2].fit);
  fit->frame = frame;
  fit->dropped.push_back({"x3", "collinear", {"x1"}});
  baseline.estimations[2].fit = fit;
  baseline.estimations[1].warnings = {{"infer.few_clusters", "only 4 clusters of `province`"},
                                      {"infer.robust_is_hc1", "write cluster(unit)"}};
  baseline.spec.columns[3].remarks = {"NQP, DT winsorised at 1%"};
  const std::vector<std::string> notes = regression_table(baseline.spec).notes;
  EXPECT_THAT(notes, Contains("Column 3: 30 rows with missing values left out."));
  EXPECT_THAT(notes, Contains("Column 3: 2 singleton rows left out."));
  EXPECT_THAT(notes, Contains("Column 3: x3 omitted (collinear)."));
  EXPECT_THAT(notes, Contains("Column 2: only 4 clusters of province."));
  EXPECT_THAT(notes, Contains("Column 4: NQP, DT winsorised at 1%."));
  EXPECT_THAT(notes, Not(Contains(HasSubstr("99"))));
  EXPECT_THAT(notes, Not(Contains(HasSubstr("cluster(unit)"))));
}

TEST(RegressionTable, KeepChoosesTermsAndNamesTheHiddenOnes) {
  sample::Baseline baseline("plain");
  baseline.spec.keep = {"IE"};
  const PublicationTable table = regression_table(baseline.spec);
  EXPECT_THAT(first_column(table), Contains("IE"));
  EXPECT_THAT(first_column(table), Not(Contains("DT")));
  EXPECT_THAT(printed_row(table, "Controls"), ElementsAre("NO", "NO", "YES", "YES"));
  EXPECT_THAT(table.notes, Contains("Coefficients not shown: DT."));
}

TEST(RegressionTable, StarsFollowTheLevelsAsked) {
  sample::Baseline baseline("plain");
  baseline.spec.style.stars = {0.05, 0.01, 0.00005};
  const PublicationTable table = regression_table(baseline.spec);
  EXPECT_THAT(printed_row(table, "DT"), ElementsAre("0.7500**", "0.4467*", "0.3846**", "0.3846**"));
  EXPECT_EQ(table.notes[1], "*** p<5e-05, ** p<0.01, * p<0.05");
}

TEST(RegressionTable, BracketsHoldWhatIsAsked) {
  sample::Baseline baseline("plain");
  const auto below = [&](const std::string& kind) {
    baseline.spec.style.below = {kind};
    const PublicationTable table = regression_table(baseline.spec);
    return format_cell(table.rows[3].cells[2], table) + " | " + table.notes[0];
  };
  EXPECT_EQ(below("t"),
            "(13.7446) | t statistics in parentheses; standard errors clustered by province (4 clusters).");
  EXPECT_EQ(below("p"),
            "(0.0200) | p-values in parentheses; standard errors clustered by province (4 clusters).");
  EXPECT_EQ(
      below("ci"),
      "[0.3817, 0.5117] | 95% confidence intervals in square brackets; standard errors clustered by province "
      "(4 clusters).");
}

TEST(RegressionTable, StagesStandSideBySideWithTheirTests) {
  const sample::Instruments instruments;
  const PublicationTable table = regression_table(instruments.spec);
  std::vector<std::string> heads;
  for (const Cell& cell : table.rows[0].cells) heads.push_back(cell.text);
  EXPECT_THAT(heads, ElementsAre("", "First stage", "Second stage", "First stage", "Second stage"));
  EXPECT_THAT(printed_row(table, "VARIABLES"), ElementsAre("DT", "NQP", "DT", "NQP"));
  EXPECT_THAT(printed_row(table, "Z1984"), ElementsAre("", "", "3.2e-07***", ""));
  EXPECT_THAT(printed_row(table, "Kleibergen-Paap rk LM"), ElementsAre("12.54***", "", "12.54***", ""));
  EXPECT_THAT(printed_row(table, "Kleibergen-Paap Wald rk F"), ElementsAre("60.16", "", "60.16", ""));
  EXPECT_THAT(printed_row(table, "R-squared"), ElementsAre("0.9433", "0.7500", "0.9433", "0.7500"));
  EXPECT_THAT(table.notes, Contains(HasSubstr("(10% maximal IV size, for iid errors)")));
}

TEST(RegressionTable, StockYogoStandsUnderTheFOrInItsOwnRow) {
  sample::Instruments instruments;
  PublicationTable table = regression_table(instruments.spec);
  const auto row = std::find_if(table.rows.begin(), table.rows.end(), [](const TableRow& each) {
    return each.cells[0].text == "Kleibergen-Paap Wald rk F";
  });
  EXPECT_EQ(format_cell((row + 1)->cells[1], table), "[16.38]");
  instruments.spec.style.stats = {"kp_f", "stock_yogo", "n"};
  table = regression_table(instruments.spec);
  EXPECT_THAT(printed_row(table, "Stock-Yogo 10% maximal IV size"),
              ElementsAre("[16.38]", "", "[16.38]", ""));
}

SplitComparison comparison_of(std::size_t begin, std::size_t end, double p) {
  SplitComparison comparison;
  comparison.begin = begin;
  comparison.end = end;
  comparison.equality = {{"", p, ""}};
  return comparison;
}

TEST(RegressionTable, GroupsSpanAndEqualityStandsUnderThem) {
  sample::Baseline baseline("plain");
  for (std::size_t i = 0; i < 4; ++i) {
    baseline.spec.columns[i].group = i < 2 ? "Region" : "Urbanisation";
    baseline.spec.columns[i].heading = "Group " + std::to_string(i);
  }
  baseline.spec.comparisons = {comparison_of(0, 2, 0.81), comparison_of(2, 4, 0.033)};
  const PublicationTable table = regression_table(baseline.spec);
  EXPECT_EQ(table.rows[0].cells[1].span, 2);
  EXPECT_EQ(table.rows[0].cells[2].text, "Urbanisation");
  EXPECT_THAT(printed_row(table, "Equality of groups (p)"), ElementsAre("0.8100", "0.0330"));
  EXPECT_EQ(table.rows.back().cells[1].span, 2);
  EXPECT_THAT(table.notes, Contains("The dependent variable is NQP."));
}

TEST(RegressionTable, OneEqualityTestSpansAllColumns) {
  sample::Baseline baseline("plain");
  baseline.spec.comparisons = {comparison_of(0, 4, 0.5)};
  const PublicationTable table = regression_table(baseline.spec);
  EXPECT_EQ(table.rows.back().cells[1].span, 4);
  EXPECT_THAT(printed_row(table, "Equality of groups (p)"), ElementsAre("0.5000"));
}

DifferenceRow difference_row(const std::string& label, double estimate, double p_corrected) {
  DifferenceRow row;
  row.label = label;
  row.estimate = estimate;
  row.std_error = 0.05;
  row.p_value = 0.01;
  row.p_corrected = p_corrected;
  return row;
}

TEST(RegressionTable, DifferencesStandUnderTheirSplitWithStandardErrorsAndCorrectedP) {
  sample::Baseline baseline("plain");
  baseline.spec.comparisons = {comparison_of(0, 3, 0.2), comparison_of(3, 4, 0.4)};
  baseline.spec.comparisons[0].pairs = {difference_row("A - B", 0.1, 0.03),
                                        difference_row("A - C", 0.3, 0.2)};
  baseline.spec.comparisons[1].pairs = {difference_row("L - H", -0.2, missing_value)};
  baseline.spec.comparisons[0].notes = {"difference of the coefficient of X"};
  const PublicationTable table = regression_table(baseline.spec);
  EXPECT_THAT(printed_row(table, "Difference: A - B"), ElementsAre("0.1000**", ""));
  EXPECT_THAT(printed_row(table, "Difference: A - C"), ElementsAre("0.3000", ""));
  EXPECT_THAT(printed_row(table, "Difference: L - H"), ElementsAre("", "-0.2000**"));
  const auto at = std::find_if(table.rows.begin(), table.rows.end(),
                               [](const TableRow& row) { return row.cells[0].text == "Difference: A - B"; });
  ASSERT_NE(at, table.rows.end());
  EXPECT_EQ(format_cell((at + 1)->cells[1], table), "(0.0500)");
  EXPECT_EQ(format_cell((at + 2)->cells[1], table), "[0.0300]");
  for (const TableRow& row : table.rows) {
    int covered = 0;
    for (const Cell& cell : row.cells) covered += cell.span;
    EXPECT_EQ(covered, table.columns());
  }
  EXPECT_THAT(table.notes, Contains("Columns 1-3: difference of the coefficient of X."));
}

TEST(RegressionTable, ADifferenceWithoutStandardErrorHasItsPInBrackets) {
  sample::Baseline baseline("plain");
  DifferenceRow row = difference_row("A - B", 0.1, missing_value);
  row.std_error = missing_value;
  baseline.spec.comparisons = {comparison_of(0, 4, 0.01)};
  baseline.spec.comparisons[0].pairs = {row};
  const PublicationTable table = regression_table(baseline.spec);
  const auto at = std::find_if(table.rows.begin(), table.rows.end(),
                               [](const TableRow& one) { return one.cells[0].text == "Difference: A - B"; });
  ASSERT_NE(at, table.rows.end());
  EXPECT_EQ(format_cell((at + 1)->cells[1], table), "[0.0100]");
}

TEST(RegressionTable, ChineseTablesSpeakChinese) {
  sample::Baseline baseline("plain", "zh");
  baseline.spec.labels["province"] = "省份";
  PublicationTable table = regression_table(baseline.spec);
  EXPECT_THAT(first_column(table), Contains("省份固定效应"));
  EXPECT_THAT(first_column(table), Contains("年份固定效应"));
  EXPECT_THAT(first_column(table), Contains("观测值"));
  EXPECT_EQ(table.notes[0],
            "注：括号内为按省份聚类（4 个聚类）的标准误；***、**、* 分别表示 1%、5%、10% 显著性水平。");
  baseline.spec.labels.clear();
  EXPECT_THAT(first_column(regression_table(baseline.spec)), Contains("个体固定效应"));
}

TEST(RegressionTable, CellsPointIntoTheResults) {
  const sample::Baseline baseline("plain");
  const PublicationTable table = regression_table(baseline.spec);
  EXPECT_EQ(table.rows[2].cells[1].source, "/tables/0/columns/0/coefficients/1/estimate");
  EXPECT_EQ(table.rows[3].cells[3].source, "/tables/0/columns/2/coefficients/0/std_error");
}

TEST(RegressionTable, LabelsReachPartsOfTerms) {
  sample::Baseline baseline("plain");
  baseline.estimations[0].inference.coefficients = {
      sample::coefficient("L.DT", 1, 1, 0.5), sample::coefficient("DT:UL", 1, 1, 0.5),
      sample::coefficient("region::West", 1, 1, 0.5), sample::coefficient("`a b`", 1, 1, 0.5)};
  baseline.spec.labels = {{"DT", "Digital trade"}, {"UL", "Urbanisation"}, {"region", "Region"}};
  const std::vector<std::string> names = first_column(regression_table(baseline.spec));
  for (const char* name : {"L.Digital trade", "Digital trade × Urbanisation", "Region: West", "a b"})
    EXPECT_THAT(names, Contains(name));
}

TEST(RegressionTable, UnknownStyleAndStatisticAreErrorsWithTheNearestName) {
  sample::Baseline baseline("plain");
  baseline.spec.style.stats = {"r2_withn"};
  try {
    regression_table(baseline.spec);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "output.unknown_stat");
    EXPECT_THAT(error.diagnostic().hint, HasSubstr("r2_within"));
  }
  baseline.spec.style.name = "outreg";
  EXPECT_THROW(regression_table(baseline.spec), Error);
}

TEST(RegressionTable, EveryStatisticOfTheCatalogHasALabelInBothLanguages) {
  sample::Instruments instruments;
  instruments.spec.style.stats = table_stat_names();
  for (const char* lang : {"en", "zh"}) {
    instruments.spec.style.lang = lang;
    const PublicationTable table = regression_table(instruments.spec);
    EXPECT_GT(table.rows.size(), 20U);
  }
  EXPECT_THAT(table_style_names(),
              ElementsAre("plain", "outreg2", "aer", "qje", "apa", "经济研究", "管理世界"));
}

}  // namespace
}  // namespace panelist
