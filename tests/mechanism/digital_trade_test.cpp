// SPDX-License-Identifier: Apache-2.0
// Mediation and group differences of the digital-trade example against R (tests/reference/digital-trade). Index scores
// are taken from the reference, so that what is compared here is this room alone.
#include <gtest/gtest.h>

#include <fstream>

#include "mechanism/group_difference.h"
#include "mechanism/mediation.h"
#include "panels.h"
#include "table/read.h"

namespace panelist {
namespace {

const std::string formula = "NQP ~ DT + LP + LF + UL + MED + GAP + AGR | province + year";

// Twelve eastern provinces, nine central ones, the others.
const std::string region =
    "ifelse(province in ('Beijing', 'Tianjin', 'Hebei', 'Liaoning', 'Shanghai', 'Jiangsu', 'Zhejiang', "
    "'Fujian', "
    "'Shandong', 'Guangdong', 'Guangxi', 'Hainan'), 1, ifelse(province in ('Shanxi', 'Inner Mongolia', "
    "'Jilin', "
    "'Heilongjiang', 'Anhui', 'Jiangxi', 'Henan', 'Hubei', 'Hunan'), 2, 3))";

struct Example {
  InventedPanel data;
  std::map<std::string, double> expected;  // "10,effects,a,DTI"

  Example() {
    const std::string root = PANELIST_SOURCE_DIR;
    std::ifstream file(root + "/tests/reference/digital-trade/expected.csv");
    for (std::string line; std::getline(file, line);) {
      const std::size_t comma = line.rfind(',');
      expected[line.substr(0, comma)] = std::strtod(line.c_str() + comma + 1, nullptr);
    }
    const Table economy = read_table(root + "/examples/digital-trade/data/economy.csv");
    data.table = economy.filter(evaluate_condition(
        expression_of("2015 <= year <= 2021 and province != 'Tibet'"), {economy, nullptr}, unread));
    for (const auto& [name, text] : std::vector<std::pair<std::string, std::string>>{
             {"population", "urban_pop_10k + rural_pop_10k"},
             {"LP", "log(population)"},
             {"LF", "budget_exp_100m / gdp_100m"},
             {"UL", "urban_pop_10k / population"},
             {"MED", "medical_staff_10k / population * 1000"},
             {"GAP", "disp_income_pc_urban_yuan / disp_income_pc_rural_yuan"},
             {"AGR", "budget_agri_100m / budget_exp_100m"},
             {"region", region},
             {"urbanisation", "mean(UL, by=province)"}})
      data.table.set(name, evaluate(expression_of(text), {data.table, nullptr}, unread));
    for (const char* index : {"1,NQP", "2,DT", "3,DTI"}) add_scores(index);
    split_at_median();
    data.panel = make_panel(data.table, {"province", "year"});
  }
  void add_scores(const std::string& index) {
    std::vector<double> scores;
    for (std::size_t row = 0; row < data.table.rows(); ++row)
      scores.push_back(expected.at(index + ",score," + data.table.at("province").text_at(row) + ":" +
                                   data.table.at("year").text_at(row)));
    data.table.set(index.substr(2), Column::numbers(scores));
  }
  // Provinces by their mean: high = above the median.
  void split_at_median() {
    std::vector<double> means = data.table.at("urbanisation").values();
    std::vector<double> sorted = means;
    std::sort(sorted.begin(), sorted.end());
    const double median = (sorted[sorted.size() / 2 - 1] + sorted[sorted.size() / 2]) / 2;
    for (double& mean : means) mean = mean > median;
    data.table.set("high", Column::numbers(means));
  }
  Diagnostics unread;
};

void expect_close(double value, double expected, const std::string& what) {
  EXPECT_NEAR(value, expected, 1e-8 * std::abs(expected)) << what;
}

Mediation mediation_of(const Example& example, int replicates) {
  MediationSpec spec;
  spec.total = model_of(formula, "cluster(province)");
  spec.x = "DT";
  spec.mediators = {"DTI"};
  spec.bootstrap = replicates;
  spec.seed = 2024;
  Diagnostics notes;
  return mediate(Context{}, spec, example.data.table, &example.data.panel, notes);
}

TEST(DigitalTrade, MediationAgreesWithR) {
  const Example example;
  const Mediation result = mediation_of(example, 0);
  const MediationPath& path = result.paths.at(0);
  const auto expected = [&](const std::string& quantity) {
    return example.expected.at("10,effects," + quantity + ",DTI");
  };
  expect_close(result.total_effect.estimate, example.expected.at("10,effects,total,DT"), "total");
  expect_close(result.direct_effect.std_error, example.expected.at("10,3,std_error,DT"), "direct se");
  expect_close(path.a.estimate, expected("a"), "a");
  expect_close(path.b.p_value, example.expected.at("10,3,p_value,DTI"), "b p");
  expect_close(path.indirect.estimate, expected("indirect"), "indirect");
  expect_close(path.share, expected("share"), "share");
  expect_close(path.indirect.sobel_se, expected("sobel_se"), "Sobel");
  expect_close(path.indirect.sobel_p, expected("sobel_p"), "Sobel p");
  expect_close(path.indirect.aroian_se, expected("aroian_se"), "Aroian");
  expect_close(path.indirect.goodman_se, expected("goodman_se"), "Goodman");
  expect_close(path.indirect.delta_se, expected("delta_se"), "delta");
  EXPECT_EQ(result.verdict, "full");
}

// Random: bounds as the reference's README derives them for B = 5000.
TEST(DigitalTrade, BootstrapAgreesWithRWithinItsRandomError) {
  const Example example;
  const BootstrapIntervals intervals = mediation_of(example, 5000).paths[0].indirect.bootstrap.value();
  const double sd = example.expected.at("10,effects,bootstrap_sd,DTI");
  EXPECT_NEAR(intervals.percentile_low, example.expected.at("10,effects,bootstrap_low,DTI"), 0.08 * sd);
  EXPECT_NEAR(intervals.percentile_high, example.expected.at("10,effects,bootstrap_high,DTI"), 0.08 * sd);
  EXPECT_NEAR(intervals.std_error, sd, 0.05 * sd);
}

GroupDifference difference_by(const Example& example, const std::string& column) {
  GroupDifferenceSpec spec;
  spec.model = model_of(formula, "cluster(province)");
  spec.term = "DT";
  spec.by = column;
  Diagnostics notes;
  return group_difference(Context{}, spec, example.data.table, &example.data.panel, notes);
}

TEST(DigitalTrade, TwoGroupsAgreeWithR) {
  const Example example;
  const GroupDifference result = difference_by(example, "high");
  const auto expected = [&](const std::string& quantity) {
    return example.expected.at("8,Lower urbanisation - Higher urbanisation," + quantity + ",DT");
  };
  for (const char* const method : {"disjoint", "suest", "interaction"})
    ASSERT_NE(result.test(method), nullptr) << method;
  expect_close(result.difference, expected("difference"), "difference");
  expect_close(result.test("disjoint")->statistic, expected("disjoint_z"), "z");
  expect_close(result.test("disjoint")->p_value, expected("disjoint_p"), "p of z");
  expect_close(result.test("suest")->statistic, expected("suest_chi2"), "suest");
  expect_close(result.test("suest")->p_value, expected("suest_p"), "p of suest");
  expect_close(result.test("interaction")->statistic, example.expected.at("8,UL,interaction_f,DT"),
               "interaction");
  expect_close(result.test("interaction")->p_value, example.expected.at("8,UL,interaction_p,DT"),
               "p of interaction");
}

TEST(DigitalTrade, ThreeRegionsAgreeWithR) {
  const Example example;
  const GroupDifference result = difference_by(example, "region");
  ASSERT_EQ(result.groups.size(), 3U);
  ASSERT_NE(result.find("interaction"), nullptr);
  ASSERT_NE(result.test("suest"), nullptr);
  expect_close(result.find("interaction")->joint->statistic, example.expected.at("8,region,interaction_f,DT"),
               "joint");
  expect_close(result.find("interaction")->joint->p_value, example.expected.at("8,region,interaction_p,DT"),
               "p of joint");
  expect_close(result.difference, example.expected.at("8,East - Central,difference,DT"), "difference");
  expect_close(result.test("suest")->statistic, example.expected.at("8,East - Central,suest_chi2,DT"),
               "suest");
}

}  // namespace
}  // namespace panelist
