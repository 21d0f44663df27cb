// SPDX-License-Identifier: Apache-2.0
#include "mechanism/mediation.h"

#include <gmock/gmock.h>

#include "panels.h"
#include "table/read.h"

namespace panelist {
namespace {

MediationSpec spec_of(const std::string& formula, const std::vector<std::string>& mediators,
                      const std::string& vcov, int bootstrap = 0) {
  MediationSpec spec;
  spec.total = model_of(formula, vcov);
  spec.x = "x";
  spec.mediators = mediators;
  spec.bootstrap = bootstrap;
  return spec;
}

Mediation run(const MediationSpec& spec, const InventedPanel& data, int threads = 1) {
  Context context;
  context.threads = threads;
  Diagnostics notes;
  return mediate(context, spec, data.table, &data.panel, notes);
}

// Stata's sgmediation as published, and R's lm (tests/reference/mediation_hsb2).
TEST(Mediation, GivesThePublishedSobelTest) {
  const Table table =
      read_table(std::string(PANELIST_SOURCE_DIR) + "/tests/reference/mediation_hsb2/hsb2.csv");
  MediationSpec spec;
  spec.total = model_of("science ~ math", "iid");
  spec.x = "math";
  spec.mediators = {"read"};
  Diagnostics notes;
  const Mediation result = mediate(Context{}, spec, table, nullptr, notes);
  EXPECT_NEAR(result.total_effect.estimate, 0.66658, 5e-6);
  EXPECT_NEAR(result.total_effect.std_error, 0.0582822, 5e-8);
  const MediationPath& path = result.paths.at(0);
  EXPECT_NEAR(path.a.estimate, 0.724807, 5e-7);
  EXPECT_NEAR(path.a.std_error, 0.0582745, 5e-8);
  EXPECT_NEAR(path.b.estimate, 0.36542052054, 1e-11);
  EXPECT_NEAR(path.b.std_error, 0.06632986302, 1e-11);
  EXPECT_NEAR(result.direct_effect.estimate, 0.40172067986, 1e-11);
  EXPECT_NEAR(result.direct_effect.std_error, 0.07259216363, 1e-11);
  EXPECT_NEAR(path.indirect.estimate, 0.26485934126, 1e-11);
  EXPECT_NEAR(path.indirect.sobel_se, 0.05258135727, 1e-11);
  EXPECT_NEAR(path.indirect.sobel_z, 5.03713397733, 1e-9);
  EXPECT_NEAR(path.indirect.aroian_se, 0.05272323943, 1e-11);
  EXPECT_NEAR(path.indirect.goodman_se, 0.05243909122, 1e-11);
  EXPECT_NEAR(path.share, 0.39734065359, 1e-10);
  EXPECT_EQ(result.verdict, "partial");
  // Under iid the residuals of the two equations are orthogonal: delta is Sobel.
  EXPECT_NEAR(path.indirect.delta_se, path.indirect.sobel_se, 1e-12);
}

TEST(Mediation, TotalLessDirectIsTheSumOfThePaths) {
  const InventedPanel data = invented_panel(25, 8, true);
  for (const char* effects : {"", " | unit", " | unit + year", " | year"}) {
    MediationSpec spec = spec_of(std::string("y ~ x + z") + effects, {"m1", "m2"}, "cluster(unit)");
    spec.total.frame.weights = expression_of("w");
    const Mediation result = run(spec, data);
    double sum = 0;
    for (const MediationPath& path : result.paths) sum += path.a.estimate * path.b.estimate;
    EXPECT_NEAR(result.total_effect.estimate - result.direct_effect.estimate, sum, 1e-10) << effects;
    EXPECT_NEAR(result.total_indirect->estimate, sum, 1e-12);
  }
}

TEST(Mediation, EveryEquationUsesTheCommonSample) {
  InventedPanel data = invented_panel(12, 6, false);
  std::vector<double> m1 = data.table.at("m1").values(), y = data.table.at("y").values();
  m1[3] = m1[17] = missing_value;
  y[40] = missing_value;
  data.table.set("m1", Column::numbers(m1));
  data.table.set("y", Column::numbers(y));
  const Mediation result = run(spec_of("y ~ x + z | unit", {"m1"}, "hc1"), data);
  EXPECT_EQ(result.total.fit->n, 69);
  EXPECT_EQ(result.mediator_models[0].fit->n, 69);
  EXPECT_EQ(result.outcome_model.fit->n, 69);
  const UsedRows& total = result.total.fit->frame->rows;
  const UsedRows& mediator = result.mediator_models[0].fit->frame->rows;
  EXPECT_TRUE(std::equal(total.begin(), total.end(), mediator.begin(), mediator.end()));
  EXPECT_EQ(result.total.fit->frame->dropped.missing, 3U);
}

TEST(Mediation, ALaggedMediatorIsTheOutcomeOfItsOwnEquation) {
  const InventedPanel data = invented_panel(12, 6, false);
  const Mediation result = run(spec_of("y ~ x + z | unit + year", {"L.m1"}, "cluster(unit)"), data);
  EXPECT_EQ(result.paths[0].mediator, "L.m1");
  EXPECT_EQ(result.total.fit->n, 60);
  EXPECT_NEAR(result.total_effect.estimate - result.direct_effect.estimate, result.paths[0].indirect.estimate,
              1e-10);
}

// The joint covariance of a and b from cluster sums, by hand.
TEST(Mediation, DeltaUsesTheStackedClusterCovariance) {
  const InventedPanel data = invented_panel(20, 6, true);
  const Mediation result = run(spec_of("y ~ x + z | unit + year", {"m1"}, "cluster(unit)"), data);
  const Fit &a = *result.mediator_models[0].fit, &b = *result.outcome_model.fit;
  const auto at = [](const Fit& fit, const std::string& term) {
    return std::find(fit.names.begin(), fit.names.end(), term) - fit.names.begin();
  };
  const Vector of_a = a.residuals.cwiseProduct(a.x * a.bread.col(at(a, "x")));
  const Vector of_b = b.residuals.cwiseProduct(b.x * b.bread.col(at(b, "m1")));
  const Grouping& cluster = b.frame->clusters.at(0);
  Matrix sums = Matrix::Zero(cluster.size(), 2);
  for (Index i = 0; i < of_a.size(); ++i) {
    sums(cluster.level[static_cast<std::size_t>(i)], 0) += of_a(i);
    sums(cluster.level[static_cast<std::size_t>(i)], 1) += of_b(i);
  }
  const double factor = std::sqrt(result.mediator_models[0].vcov.factor * result.outcome_model.vcov.factor);
  const double covariance = factor * sums.col(0).dot(sums.col(1));
  const MediationPath& path = result.paths[0];
  const double sobel = path.indirect.sobel_se;
  EXPECT_NEAR(path.indirect.delta_se,
              std::sqrt(sobel * sobel + 2 * path.a.estimate * path.b.estimate * covariance), 1e-12);
  EXPECT_NE(covariance, 0);
}

TEST(Mediation, BootstrapDoesNotDependOnThreads) {
  const InventedPanel data = invented_panel(20, 6, true);
  const MediationSpec spec = spec_of("y ~ x + z | unit + year", {"m1", "m2"}, "cluster(unit)", 333);
  const Mediation one = run(spec, data, 1), four = run(spec, data, 4);
  for (std::size_t j = 0; j < 2; ++j) {
    const BootstrapIntervals &a = *one.paths[j].indirect.bootstrap, &b = *four.paths[j].indirect.bootstrap;
    EXPECT_EQ(a.percentile_low, b.percentile_low);
    EXPECT_EQ(a.bca_high, b.bca_high);
    EXPECT_EQ(a.std_error, b.std_error);
  }
  EXPECT_EQ(one.total_indirect->bootstrap->bca_low, four.total_indirect->bootstrap->bca_low);
}

TEST(Mediation, TheBootstrapSpreadIsNearTheDeltaStandardError) {
  const InventedPanel data = invented_panel(80, 6, false);
  const Mediation result = run(spec_of("y ~ x + z | unit + year", {"m1"}, "cluster(unit)", 2000), data);
  const IndirectEffect& effect = result.paths[0].indirect;
  EXPECT_NEAR(effect.bootstrap->std_error / effect.delta_se, 1, 0.1);
  EXPECT_LT(effect.bootstrap->percentile_low, effect.estimate);
  EXPECT_GT(effect.bootstrap->percentile_high, effect.estimate);
  EXPECT_EQ(effect.bootstrap->failed, 0);
}

TEST(Mediation, RefusesWhatIsNoMediation) {
  const InventedPanel data = invented_panel(10, 5, false);
  const auto code_of = [&](const MediationSpec& spec) -> std::string {
    try {
      run(spec, data);
    } catch (const Error& error) {
      return error.diagnostic().code;
    }
    return "none";
  };
  EXPECT_EQ(code_of(spec_of("y ~ x + m1", {"m1"}, "hc1")), "mechanism.mediator_in_formula");
  EXPECT_EQ(code_of(spec_of("y ~ x", {"y"}, "hc1")), "mechanism.mediator_is_outcome");
  EXPECT_EQ(code_of(spec_of("I(y*2) ~ x", {"m1", "I(y * 2)"}, "hc1")), "mechanism.mediator_is_outcome");
  EXPECT_EQ(code_of(spec_of("y ~ x", {}, "hc1")), "mechanism.no_mediator");
  EXPECT_EQ(code_of(spec_of("y ~ x", {"m1", "m1"}, "hc1")), "mechanism.repeated_mediator");
  EXPECT_EQ(code_of(spec_of("y ~ x", {"I(m1*2)", "I(m1 * 2)"}, "hc1")), "mechanism.repeated_mediator");
  MediationSpec wrong = spec_of("y ~ z", {"m1"}, "hc1");
  EXPECT_EQ(code_of(wrong), "mechanism.unknown_term");
  wrong = spec_of("y ~ x + side | unit", {"m1"}, "hc1");
  wrong.x = "side";
  EXPECT_EQ(code_of(wrong), "mechanism.term_dropped");
}

TEST(Mediation, AFewReplicatesGiveNoInterval) {
  const InventedPanel data = invented_panel(20, 5, false);
  for (const int replicates : {1, 39, 40}) {
    const Mediation result = run(spec_of("y ~ x", {"m1"}, "hc1", replicates), data);
    const BootstrapIntervals& bootstrap = *result.paths[0].indirect.bootstrap;
    EXPECT_EQ(std::isfinite(bootstrap.percentile_low), replicates >= fewest_draws) << replicates;
  }
}

}  // namespace
}  // namespace panelist
