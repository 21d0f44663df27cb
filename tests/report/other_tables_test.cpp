// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"
#include "printed.h"
#include "sample.h"

namespace panelist {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

Summary summary(const std::string& name, double mean) {
  Summary made;
  made.name = name;
  made.n = 270;
  made.missing = 3;
  made.mean = mean;
  made.p50 = 0.19;
  made.sd = 0.106;
  made.min = 0.078;
  made.max = 0.606;
  return made;
}

TEST(SummaryTable, HasTheUsualColumnsInOrder) {
  SummaryTableSpec spec;
  spec.variables = {summary("NQP", 0.221), summary("DT", 0.143)};
  spec.labels["DT"] = "Digital trade";
  spec.style.decimals = 3;
  const PublicationTable table = summary_table(spec);
  EXPECT_THAT(printed_row(table, "Variable"), ElementsAre("N", "Mean", "Median", "SD", "Min", "Max"));
  EXPECT_THAT(printed_row(table, "NQP"), ElementsAre("270", "0.221", "0.190", "0.106", "0.078", "0.606"));
  EXPECT_THAT(first_column(table), ElementsAre("Variable", "NQP", "Digital trade"));
  EXPECT_EQ(table.rows[2].cells[3].source, "/variables/1/p50");
}

TEST(SummaryTable, TakesTheStatisticsAskedInTheirOrder) {
  SummaryTableSpec spec;
  spec.variables = {summary("NQP", 0.221)};
  spec.stats = {"missing", "mean"};
  spec.style.lang = "zh";
  const PublicationTable table = summary_table(spec);
  EXPECT_THAT(printed_row(table, "变量"), ElementsAre("缺失", "均值"));
  EXPECT_THAT(printed_row(table, "NQP"), ElementsAre("3", "0.2210"));
  spec.stats = {"mea"};
  EXPECT_THROW(summary_table(spec), Error);
}

TEST(SummaryTable, HasAPanelForEachGroup) {
  SummaryTableSpec spec;
  spec.by = "region";
  spec.labels["region"] = "Region";
  spec.stats = {"n", "mean"};
  spec.panels = {{"East", {summary("NQP", 0.3)}}, {"West", {summary("NQP", 0.2)}}};
  const PublicationTable table = summary_table(spec);
  EXPECT_THAT(first_column(table),
              ElementsAre("Variable", "Panel A: Region = East", "NQP", "Panel B: Region = West", "NQP"));
  EXPECT_TRUE(table.rows[1].panel_heading);
  EXPECT_EQ(table.rows[1].cells[0].span, 3);
  EXPECT_EQ(table.rows[3].rule_above, Rule::thin);
  EXPECT_EQ(format_cell(table.rows[2].cells[2], table), "0.3000");
  EXPECT_EQ(format_cell(table.rows[4].cells[2], table), "0.2000");
}

TEST(VifTable, DescendsAndEndsWithTheMean) {
  const Vif vif{{{"DNQP", 2.5, 0.4}, {"lnPort", 12.5, 0.08}}, 7.5};
  const PublicationTable table = vif_table(vif, "vif", "", 2, {}, {});
  EXPECT_THAT(first_column(table), ElementsAre("Variable", "lnPort", "DNQP", "Mean VIF"));
  EXPECT_THAT(printed_row(table, "lnPort"), ElementsAre("12.50", "0.0800"));
  EXPECT_THAT(printed_row(table, "Mean VIF"), ElementsAre("7.50", ""));
  EXPECT_EQ(table.rows[1].cells[1].source, "/vif/1/vif");
  EXPECT_EQ(table.rows[2].cells[2].source, "/vif/0/tolerance");
}

Indicator indicator(const std::string& code, const std::string& dimension, const std::string& sub,
                    char direction) {
  Indicator made;
  made.code = code;
  made.dimension = dimension;
  made.sub = sub;
  made.direction = direction;
  made.unit = "%";
  made.label = "Label of " + code;
  return made;
}

IndexResult index_result() {
  IndexResult index;
  index.name = "NQP";
  index.k_text = "1/ln N, N = 4 rows";
  index.rows = {0, 1, 2, 3};
  index.indicators = {{indicator("x1", "Workers", "Capital", '+'), 0, 1, 0.9, 0.1, 0.2, 0.4, false},
                      {indicator("x2", "Workers", "Capital", '-'), 0, 1, 0.8, 0.2, 0.3, 0.6, false},
                      {indicator("x3", "Objects", "Energy", '+'), 0, 1, 0.7, 0.3, 0.5, 1, false}};
  NodeResult workers{"Workers", "", 1, 0.5, {}, {}}, objects{"Objects", "", 1, 0.5, {}, {}};
  index.nodes = {workers, objects};
  return index;
}

TEST(IndexTable, HasThePapersColumnsAndNamesEachDimensionOnce) {
  const PublicationTable table = index_table(index_result(), "t1", "Indicator system", 1, {}, {});
  EXPECT_THAT(printed_row(table, "First-level indicator"),
              ElementsAre("Dimension weight", "Secondary indicator", "Indicator", "Unit", "Direction",
                          "Entropy", "Redundancy", "Weight"));
  EXPECT_THAT(printed_row(table, "Workers"),
              ElementsAre("0.5000", "Capital", "Label of x1", "%", "positive", "0.9000", "0.1000", "0.2000"));
  EXPECT_THAT(printed(table.rows[2], table),
              ElementsAre("", "", "Label of x2", "%", "negative", "0.8000", "0.2000", "0.3000"));
  EXPECT_EQ(table.rows[3].rule_above, Rule::thin);
  EXPECT_THAT(table.notes[0], HasSubstr("weights by entropy; normalisation minmax"));
  EXPECT_THAT(table.notes[1], HasSubstr("1/ln N"));
}

TEST(IndexTable, NamesConstantIndicatorsOnlyWhereTheirWeightIsZero) {
  IndexResult index = index_result();
  index.indicators[0].constant = true;
  index.diagnostics.constant = {"x1"};
  const auto all = [](const PublicationTable& table) { return join(table.notes, " "); };
  EXPECT_THAT(all(index_table(index, "t1", "", 1, {}, {})), Not(HasSubstr("Constant indicators")));
  index.indicators[0].weight = 0;
  EXPECT_THAT(all(index_table(index, "t1", "", 1, {}, {})),
              HasSubstr("Constant indicators with weight zero: x1."));
}

TEST(IndexTable, SaysWhatScoresAreTakenOfUnderAShift) {
  IndexResult index = index_result();
  EXPECT_THAT(join(index_table(index, "t1", "", 1, {}, {}).notes, " "), Not(HasSubstr("unshifted")));
  index.conventions.zero = "0.1";
  EXPECT_THAT(join(index_table(index, "t1", "", 1, {}, {}).notes, " "),
              HasSubstr("scores are of the unshifted values"));
}

TEST(IndexTable, LeavesOutColumnsWithoutContent) {
  IndexResult index = index_result();
  for (IndicatorResult& result : index.indicators) {
    result.indicator.dimension = result.indicator.sub = result.indicator.unit = "";
    result.entropy = result.redundancy = missing_value;
  }
  index.nodes.clear();
  TableStyle style;
  style.lang = "zh";
  const PublicationTable table = index_table(index, "t1", "", 1, style, {{"x1", "专利"}});
  EXPECT_THAT(printed_row(table, "指标"), ElementsAre("方向", "权重"));
  EXPECT_THAT(printed_row(table, "专利"), ElementsAre("正向", "0.2000"));
}

Mediation mediation() {
  Mediation made;
  made.total = sample::estimation({sample::coefficient("DT", 0.3846, 0.0351, 0.0001)}, {"province"});
  made.mediator_models = {sample::estimation({sample::coefficient("DT", 0.5, 0.1, 0.0001)}, {"province"})};
  made.outcome_model = sample::estimation(
      {sample::coefficient("DT", 0.2418, 0.0326, 0.0001), sample::coefficient("DTI", 0.2856, 0.05, 0.0001)},
      {"province"});
  made.total_effect = made.total.inference.coefficients[0];
  made.direct_effect = made.outcome_model.inference.coefficients[0];
  MediationPath path{};
  path.mediator = "DTI";
  path.a = made.mediator_models[0].inference.coefficients[0];
  path.b = made.outcome_model.inference.coefficients[1];
  path.indirect.estimate = 0.1428;
  path.indirect.sobel_z = 3.76;
  path.indirect.sobel_p = 0.0002;
  path.indirect.delta_se = 0.038;
  path.indirect.bootstrap = BootstrapIntervals{1000, 2, 0.07, 0.21, 0.08, 0.22, 0.04};
  path.share = 0.3713;
  made.paths = {path};
  made.verdict = "partial";
  return made;
}

TEST(MediationTable, ShowsThreeStepsAndTheIndirectEffectUnderItsMediator) {
  const PublicationTable table = mediation_table(mediation(), "t10", "Mechanism", 10, {}, {});
  EXPECT_THAT(printed_row(table, "DT"), ElementsAre("0.3846***", "0.5000***", "0.2418***"));
  EXPECT_THAT(printed_row(table, "DTI"), ElementsAre("", "", "0.2856***"));
  EXPECT_THAT(printed_row(table, "Indirect effect a×b"), ElementsAre("", "0.1428", ""));
  EXPECT_THAT(printed_row(table, "Sobel z"), ElementsAre("", "3.7600***", ""));
  EXPECT_THAT(printed_row(table, "Bootstrap 95% interval (BCa)"), ElementsAre("", "[0.0800, 0.2200]", ""));
  EXPECT_THAT(printed_row(table, "Share of the total effect"), ElementsAre("", "0.3713", ""));
  EXPECT_THAT(table.notes, Contains("Bootstrap with 1000 replicates (2 failed)."));
  EXPECT_THAT(table.notes, Contains(HasSubstr("partial mediation fits the data")));
  Mediation conflicting = mediation();
  conflicting.paths[0].indirect.bootstrap->percentile_low = -0.01;
  EXPECT_THAT(mediation_table(conflicting, "m", "", 0, TableStyle{}, {}).notes,
              Contains(HasSubstr("includes zero: mediation is not established")));
}

TEST(MediationTable, SumOfSeveralMediatorsStandsLastAndBootstrapRowsNeedABootstrap) {
  Mediation several = mediation();
  several.paths[0].indirect.bootstrap.reset();
  several.total_indirect = several.paths[0].indirect;
  TableStyle style;
  style.lang = "zh";
  const PublicationTable table = mediation_table(several, "t10", "", 10, style, {});
  EXPECT_THAT(printed_row(table, "间接效应 a×b"), ElementsAre("", "0.1428", "0.1428"));
  EXPECT_THAT(printed_row(table, "Bootstrap 95% 置信区间（BCa）"), testing::IsEmpty());
  EXPECT_THAT(table.notes, Contains("间接效应与直接效应均显著，与部分中介相符。"));
}

}  // namespace
}  // namespace panelist
