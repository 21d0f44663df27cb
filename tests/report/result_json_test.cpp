// SPDX-License-Identifier: Apache-2.0
#include "report/result_json.h"

#include <nlohmann/json.hpp>

#include "sample.h"

namespace panelist {
namespace {

using nlohmann::ordered_json;
using testing::ElementsAre;

std::vector<std::string> keys(const ordered_json& json) {
  std::vector<std::string> names;
  for (const auto& [key, value] : json.items()) names.push_back(key);
  return names;
}

Estimation estimation() {
  Estimation made = sample::estimation({sample::coefficient("DT", 0.4, 0.1, 0.03)}, {"province", "year"});
  auto fit = std::make_shared<Fit>(*made.fit);
  fit->dof.factors = {{"province", 4, 0, true}, {"year", 3, 1, true}};
  fit->dof.groups = {&fit->frame->effects[0].group, &fit->frame->effects[1].group};
  fit->dof.absorbed = 6;
  fit->dropped = {{"x3", "collinear", {"province"}}};
  made.fit = fit;
  made.warnings = {{"infer.few_clusters", "4 clusters"}};
  return made;
}

TEST(ResultJson, FitHasEveryKeyOfTheContractInOrder) {
  const ordered_json json = to_json(estimation());
  EXPECT_THAT(keys(json),
              ElementsAre("formula", "method", "n", "n_dropped", "n_units", "vcov", "coefficients",
                          "fixed_effects", "df_absorbed", "df_residual", "rss", "sigma", "r2", "r2_adjusted",
                          "r2_within", "r2_within_adjusted", "r2_xtreg", "log_likelihood", "aic", "bic",
                          "mean_outcome", "f", "dropped", "tests", "convergence", "warnings"));
  EXPECT_THAT(keys(json["n_dropped"]), ElementsAre("where", "missing", "weight", "singleton", "separated"));
  EXPECT_THAT(keys(json["vcov"]), ElementsAre("kind", "by", "n_clusters", "ssc", "k", "df", "factor"));
  EXPECT_THAT(keys(json["coefficients"][0]),
              ElementsAre("term", "estimate", "std_error", "statistic", "p_value", "conf_low", "conf_high"));
  EXPECT_THAT(keys(json["f"]), ElementsAre("statistic", "df1", "df2", "p_value"));
  EXPECT_THAT(keys(json["convergence"]), ElementsAre("solver", "iterations", "converged", "error_bound_se",
                                                     "correct_digits", "error_bound_columns", "seconds"));
}

TEST(ResultJson, FitHoldsTheNumbers) {
  const ordered_json json = to_json(estimation());
  EXPECT_EQ(json["n"], 12);
  EXPECT_TRUE(json["n"].is_number_integer());
  EXPECT_EQ(json["df_residual"], 12 - 2 - 6);
  EXPECT_EQ(json["vcov"]["n_clusters"], ordered_json::parse("[4]"));
  EXPECT_EQ(json["coefficients"][0]["estimate"], 0.4);
  EXPECT_EQ(json["fixed_effects"][0].dump(), R"({"name":"province","levels":4,"redundant":0,"nested":true})");
  EXPECT_EQ(json["fixed_effects"][1].dump(), R"({"name":"year","levels":3,"redundant":1,"nested":false})");
  EXPECT_EQ(json["dropped"].dump(), R"([{"term":"x3","code":"collinear","with":["province"]}])");
  EXPECT_EQ(json["warnings"].dump(), R"([{"code":"infer.few_clusters","message":"4 clusters"}])");
}

TEST(ResultJson, MissingAndInfiniteNumbersAreNull) {
  Estimation made = estimation();
  made.vcov.df = std::numeric_limits<double>::infinity();
  made.goodness.r2_within = missing_value;
  const ordered_json json = to_json(made);
  EXPECT_TRUE(json["vcov"]["df"].is_null());
  EXPECT_TRUE(json["r2_within"].is_null());
}

TEST(ResultJson, TestsOfInstrumentsShowWhatTheyHave) {
  const sample::Instruments instruments;
  const ordered_json json = to_json(instruments.estimations[0]);
  EXPECT_EQ(json["tests"]["kp_lm"].dump(), R"({"statistic":12.54,"df":1,"p_value":0.0004})");
  EXPECT_EQ(json["tests"]["kp_f"]["stock_yogo"].dump(), R"({"10%":16.38,"15%":8.96})");
  EXPECT_EQ(json["first_stage"][0]["endogenous"], "DT");
  EXPECT_EQ(json["first_stage"][0]["coefficients"][0]["term"], "L.DT");
}

TEST(ResultJson, IndexHasRowsRanksAndNodes) {
  IndexResult index;
  index.name = "NQP";
  index.k_text = "1/ln N";
  Indicator indicator;
  indicator.code = "x1";
  indicator.dimension = "D";
  indicator.sub = "S";
  index.indicators = {{indicator, 0, 1, 0.9, 0.1, 1, 1, false}};
  index.nodes = {{"D", "", 1, 0.5, Vector::Constant(2, 0.2), Vector::Constant(2, 0.4)},
                 {"D/S", "D", 2, 0.25, Vector::Constant(2, 0.1), Vector::Constant(2, 0.4)}};
  index.rows = {1, 0};
  index.score = Vector::LinSpaced(2, 0.4, 0.5);
  index.rank = {2, 1};
  index.stages = {{"normalised", Matrix::Ones(2, 1)}};
  Panel panel;
  panel.unit = {0, 1};
  panel.time = {2020, 2020};
  panel.unit_names = {"A", "B"};
  panel.times = {2020};
  panel.time_names = {"2020"};
  const ordered_json json = to_json(index, Table(2), panel, true);
  EXPECT_THAT(keys(json), ElementsAre("name", "method", "conventions", "indicators", "nodes", "rows",
                                      "diagnostics", "stages", "warnings"));
  EXPECT_EQ(json["indicators"][0]["parent"], "D/S");
  EXPECT_EQ(json["nodes"][1].dump(),
            R"({"code":"D/S","parent":"D","level":2,"weight":0.5,"effective_weight":0.25})");
  EXPECT_EQ(json["rows"][0]["unit"], "B");
  EXPECT_EQ(json["rows"][0]["time"], 2020);
  EXPECT_EQ(json["rows"][1]["rank"], 1);
  EXPECT_EQ(json["rows"][0]["nodes"]["D"].dump(), R"({"contribution":0.2,"score":0.4})");
  EXPECT_EQ(json["stages"][0]["rows"][0]["values"]["x1"], 1.0);
  EXPECT_EQ(json["stages"][1]["name"], "aggregated");
  EXPECT_EQ(json["stages"][1]["rows"][0]["values"].dump(),
            R"({"D":0.4,"D/S":0.4,")" + index.name + R"(":0.4})");
  EXPECT_TRUE(json["diagnostics"]["kmo"].is_null());
  EXPECT_FALSE(to_json(index, Table(2), panel, false).contains("stages"));
}

TEST(ResultJson, MediationAndComparisonFollowTheContract) {
  Mediation mediation;
  mediation.total = estimation();
  mediation.total_effect = sample::coefficient("X", 1, 0.1, 0.01);
  mediation.direct_effect = sample::coefficient("X", 0.5, 0.1, 0.01);
  MediationPath path{};
  path.mediator = "M";
  path.indirect.bootstrap = BootstrapIntervals{500, 0, 0.1, 0.2, 0.11, 0.21, 0.03};
  mediation.paths = {path};
  mediation.verdict = "partial";
  const ordered_json json = to_json(mediation);
  EXPECT_EQ(json["paths"][0]["indirect"]["bootstrap"]["percentile"].dump(), "[0.1,0.2]");
  EXPECT_EQ(json["paths"][0]["indirect"]["bootstrap"]["reps"], 500);
  EXPECT_EQ(json["verdict"], "partial");
  EXPECT_EQ(json["n"], 12);

  GroupDifference difference;
  difference.difference = 0.25;
  difference.pairs = {{0, 1, 0.25}};
  const TestResult suest{"suest", 2.5, 1, missing_value, 0.11, {}, "", {}, {}, {}};
  TestResult permutation;
  permutation.statistic = 0.25;
  permutation.p_value = 0.12;
  permutation.details = {{"reps", 1000}, {"p_one_sided", 0.06}, {"p_two_sided", 0.12}};
  difference.tests = {{"suest", {suest}, {}}, {"permutation", {permutation}, {}}};
  const ordered_json compared = to_json(difference);
  EXPECT_EQ(compared["tests"]["suest"].dump(), R"({"statistic":2.5,"df":1,"p_value":0.11})");
  EXPECT_EQ(compared["tests"]["permutation"].dump(),
            R"({"statistic":0.25,"p_value":0.12,"reps":1000,"p_one_sided":0.06,"p_two_sided":0.12})");
  EXPECT_FALSE(compared.contains("pairs"));
  EXPECT_FALSE(compared["tests"].contains("interaction"));
}

TEST(ResultJson, SummariesNameTheirGroup) {
  Summary summary;
  summary.name = "x";
  summary.n = 3;
  EXPECT_EQ(to_json({summary}, "East")["group"], "East");
  const ordered_json json = to_json({summary}, "");
  EXPECT_FALSE(json.contains("group"));
  EXPECT_TRUE(json["variables"][0]["mean"].is_null());
}

TEST(ResultJson, TablesKeepTypedCellsBesideTheirPrint) {
  const sample::Baseline baseline("plain");
  const ordered_json json = to_json(regression_table(baseline.spec));
  const ordered_json& cell = json["rows"][2]["cells"][1];
  EXPECT_EQ(cell.dump(), R"({"kind":"estimate","value":0.75,"stars":3,"printed":"0.7500***","source":)"
                         R"("/tables/0/columns/0/coefficients/1/estimate"})");
  EXPECT_EQ(json["columns"], 5);
  EXPECT_EQ(json["rows"][0]["cells"][1]["span"], 4);
}

TEST(ResultJson, DiagnosticsHaveTheirPlace) {
  Diagnostic diagnostic;
  diagnostic.code = "formula.unknown_column";
  diagnostic.message = "no column `z`";
  diagnostic.span = {"s.toml", 4, 5};
  const ordered_json json = to_json(diagnostic, {{"s.toml", "a\nb\nz\n"}});
  EXPECT_EQ(json["code"], "formula.unknown_column");
  EXPECT_EQ(json["line"], 3);
}

}  // namespace
}  // namespace panelist
