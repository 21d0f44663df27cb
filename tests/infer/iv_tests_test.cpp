// SPDX-License-Identifier: Apache-2.0
// Tests of instruments where no recorded number exists: identities under clusters and absorbed effects.
#include <Eigen/QR>

#include "instrument_panel.h"
#include "reference.h"

namespace panelist {
namespace {

Table panel_with_instruments() {
  return instrument_panel(Random(3, "instruments", 0), 240, Errors::equal_variances);
}

// With one instrument the Kleibergen-Paap F is the first-stage F, and that is the squared t without factors, converted.
TEST(IvTests, OneInstrumentMakesKleibergenPaapTheSquaredT) {
  for (const char* vcov : {"hc1", "cluster(unit)", "cluster(unit, year)"}) {
    const Estimation e = estimate_request(panel_with_instruments(),
                                          {.formula = "y ~ x | 0 | w ~ z1", .vcov = vcov, .ssc = "ivreg2"});
    const FirstStageInference& stage = e.iv.first_stage.at(0);
    const double kp = find_test(e, "kp_f")->statistic;
    EXPECT_NEAR(kp, stage.f.statistic, 1e-9 * kp) << vcov;
    const double t = stage.coefficients.at(0).statistic, n = 240, L = 3;
    const double G = e.vcov.n_clusters.empty() ? 0 : e.vcov.n_clusters.back();
    const double converted = G > 0 ? t * t / (n - 1) * (n - L) * (G - 1) / G : t * t / n * (n - L);
    EXPECT_NEAR(kp, converted, 1e-9 * kp) << vcov;
  }
}

// ivreghdfe: effects nested in the cluster do not count, the first remaining one loses a level; all nested count one.
TEST(IvTests, AbsorbedEffectsCountByIvreghdfesRule) {
  const Table table = panel_with_instruments();
  const auto converted = [&](const std::string& effects, double s) {
    const Estimation e = estimate_request(
        table, {.formula = "y ~ x | " + effects + " | w ~ z1", .vcov = "cluster(unit)", .ssc = "ivreg2"});
    const double t = e.iv.first_stage.at(0).coefficients.at(0).statistic, n = 240, L = 2, G = 30;
    EXPECT_NEAR(find_test(e, "kp_f")->statistic, t * t / (n - 1) * (n - L - s) * (G - 1) / G, 1e-8 * t * t)
        << effects;
  };
  converted("unit", 1);
  converted("unit + year", 7);
  converted("year", 8);
}

// Absorbing effects and writing them as dummies is the same model; only the degrees of freedom are counted apart.
TEST(IvTests, AbsorbedEffectsEqualDummies) {
  const Table table = panel_with_instruments();
  const auto run = [&](const std::string& formula) {
    return estimate_request(table, {.formula = formula, .vcov = "hc1", .ssc = "ivreg2"});
  };
  const Estimation absorbed = run("y ~ x | unit + year | w + w2 ~ z1 + z2 + z3");
  const Estimation dummies = run("y ~ x + i(unit) + i(year) | 0 | w + w2 ~ z1 + z2 + z3");
  for (const char* name : {"kp_lm", "kp_f", "cragg_donald_f", "anderson_rubin", "anderson_rubin_chi2"}) {
    const double expected = find_test(dummies, name)->statistic;
    EXPECT_NEAR(find_test(absorbed, name)->statistic, expected, 1e-8 * expected) << name;
  }
  for (std::size_t j = 0; j < 2; ++j) {
    EXPECT_NEAR(absorbed.iv.first_stage[j].f.statistic, dummies.iv.first_stage[j].f.statistic, 1e-7);
    EXPECT_NEAR(absorbed.iv.first_stage[j].shea_r2, dummies.iv.first_stage[j].shea_r2, 1e-10);
  }
}

// Instruments mixed among themselves span the same space.
TEST(IvTests, RankStatisticsDoNotDependOnTheBasisOfTheInstruments) {
  Table table = panel_with_instruments();
  std::vector<double> mixed(table.rows());
  for (std::size_t row = 0; row < mixed.size(); ++row)
    mixed[row] = 1000 * table.at("z1").values()[row] + table.at("z2").values()[row];
  table.set("z4", Column::numbers(mixed));
  for (const char* vcov : {"hc1", "cluster(unit)", "cluster(unit, year)"}) {
    const auto run = [&](const std::string& instruments) {
      return estimate_request(
          table, {.formula = "y ~ x | 0 | w + w2 ~ " + instruments, .vcov = vcov, .ssc = "ivreg2"});
    };
    const Estimation a = run("z1 + z2 + z3"), b = run("z3 + z4 + z2");
    for (const char* name : {"kp_lm", "kp_f", "hansen_j", "endogeneity", "anderson_rubin"}) {
      if (find_test(a, name) == nullptr) {  // the moments of two ways may be indefinite, in any basis
        EXPECT_STREQ(vcov, "cluster(unit, year)") << name;
        EXPECT_EQ(find_test(b, name), nullptr) << name;
        continue;
      }
      EXPECT_NEAR(find_test(b, name)->statistic, find_test(a, name)->statistic,
                  1e-8 * find_test(a, name)->statistic)
          << vcov << " " << name;
    }
    EXPECT_EQ(find_test(a, "kp_lm")->df1, 2);
  }
}

TEST(IvTests, StockYogoValuesFollowTheNumbers) {
  const Table table = panel_with_instruments();
  const Estimation one = estimate_request(table, {.formula = "y ~ x | 0 | w ~ z1", .vcov = "hc1"});
  const auto& critical = find_test(one, "kp_f")->critical;
  ASSERT_EQ(critical.size(), 4);
  EXPECT_EQ(critical[0], (std::pair<std::string, double>{"10%", 16.38}));
  const Estimation three =
      estimate_request(table, {.formula = "y ~ x | 0 | w ~ z1 + z2 + z3", .vcov = "hc1"});
  EXPECT_EQ(find_test(three, "kp_f")->critical.at(4), (std::pair<std::string, double>{"bias 5%", 13.91}));
}

TEST(IvTests, FewerClustersThanInstrumentsLeaveTestsOutWithAReason) {
  Table table = panel_with_instruments();
  std::vector<double> half(table.rows());
  for (std::size_t row = 0; row < half.size(); ++row) half[row] = row < 120 ? 0 : 1;
  table.set("half", Column::numbers(half));
  const Estimation e = estimate_request(
      table, {.formula = "y ~ x | 0 | w ~ z1 + z2 + z3", .vcov = "cluster(half)", .ssc = "ivreg2"});
  for (const char* name : {"kp_lm", "kp_f", "hansen_j", "endogeneity", "anderson_rubin"})
    EXPECT_EQ(find_test(e, name), nullptr) << name;
  EXPECT_NE(find_test(e, "cragg_donald_f"), nullptr);
  std::size_t said = 0;
  for (const auto& [code, message] : e.warnings) said += code == "infer.test_left_out";
  EXPECT_EQ(said, e.iv.left_out.size());
  for (const TestResult& test : e.iv.tests) EXPECT_FALSE(std::isnan(test.statistic)) << test.name;
}

// g'(sum of g_c g_c')^-1 g with as many moments as clusters is the number of clusters for any data.
TEST(IvTests, AsManyMomentsAsClustersLeaveLagrangeMultipliersOut) {
  Table table = panel_with_instruments();
  std::vector<double> half(table.rows()), quarter(table.rows());
  for (std::size_t row = 0; row < half.size(); ++row) {
    half[row] = row < 120 ? 0 : 1;
    quarter[row] = static_cast<double>(row / 60);
  }
  table.set("half", Column::numbers(half));
  table.set("quarter", Column::numbers(quarter));
  const auto reason = [&](const std::string& formula, const std::string& vcov, const std::string& name) {
    const Estimation e = estimate_request(table, {.formula = formula, .vcov = vcov, .ssc = "ivreg2"});
    for (const auto& [test, words] : e.iv.left_out)
      if (test == name) return words;
    return std::string(find_test(e, name) != nullptr ? "computed" : "nothing");
  };
  for (const char* name : {"kp_lm", "stock_wright"})
    EXPECT_TRUE(reason("y ~ 0 | 0 | w ~ z1 + z2", "cluster(half)", name).ends_with("whatever the data"))
        << name;
  EXPECT_TRUE(reason("y ~ 1 | 0 | w ~ z1", "cluster(half)", "stock_wright").ends_with("whatever the data"));
  EXPECT_EQ(reason("y ~ 1 | 0 | w ~ z1 + z2", "cluster(quarter)", "kp_lm"), "computed");
  EXPECT_EQ(reason("y ~ 1 | 0 | w ~ z1 + z2", "cluster(quarter)", "stock_wright"), "computed");
  try {
    (void)estimate_request(
        table,
        {.formula = "y ~ 1 | 0 | w ~ z1 + z2 + z3", .vcov = "cluster(half)", .tests = {"redundant(z1, z2)"}});
    ADD_FAILURE() << "a redundancy test that the clusters decide";
  } catch (const Error& error) {
    EXPECT_NE(error.diagnostic().message.find("whatever the data"), std::string::npos);
  }
}

TEST(IvTests, FirstStagesWithoutAnFSayWhy) {
  Table table = panel_with_instruments();
  std::vector<double> half(table.rows());
  for (std::size_t row = 0; row < half.size(); ++row) half[row] = row < 120 ? 0 : 1;
  table.set("half", Column::numbers(half));
  const Estimation e =
      estimate_request(table, {.formula = "y ~ x | 0 | w + w2 ~ z1 + z2", .vcov = "cluster(half)"});
  std::size_t said = 0;
  for (const auto& [name, reason] : e.iv.left_out)
    said += name == "first_stage_f" && reason.find("not positive definite") != std::string::npos;
  EXPECT_EQ(said, 1);
}

}  // namespace
}  // namespace panelist
