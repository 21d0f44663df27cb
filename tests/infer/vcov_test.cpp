// SPDX-License-Identifier: Apache-2.0
// Covariances against brute force, degrees of freedom by their formulas, and what cannot be computed.
#include <Eigen/Eigenvalues>

#include "base/random.h"
#include "reference.h"

namespace panelist {
namespace {

// `units` x `periods` rows, unit u in group u / 3, y = x1 - 0.5 x2 + unit and period effects + noise.
Table simulated_panel(int units, int periods, std::uint64_t seed = 7) {
  Random random(seed, "panel", 0);
  const std::size_t n = static_cast<std::size_t>(units * periods);
  std::map<std::string, std::vector<double>> columns;
  for (const char* name : {"unit", "year", "group", "x1", "x2", "y", "count"}) columns[name].resize(n);
  std::vector<double> unit_effect(static_cast<std::size_t>(units));
  for (double& effect : unit_effect) effect = random.normal();
  for (std::size_t row = 0; row < n; ++row) {
    const std::size_t u = row / static_cast<std::size_t>(periods);
    columns["unit"][row] = static_cast<double>(u + 1);
    columns["year"][row] = 2000 + static_cast<double>(row % static_cast<std::size_t>(periods));
    columns["group"][row] = static_cast<double>(u / 3);
    columns["x1"][row] = random.normal() + unit_effect[u];
    columns["x2"][row] = random.normal();
    columns["count"][row] = 1 + random.below(3);
    columns["y"][row] = columns["x1"][row] - 0.5 * columns["x2"][row] + unit_effect[u] + random.normal();
  }
  Table table(n);
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  return table;
}

Estimation estimate_simulated(const std::string& formula, const std::string& vcov, const std::string& ssc) {
  return estimate_request(simulated_panel(12, 5), {.formula = formula, .vcov = vcov, .ssc = ssc});
}

TEST(ClusterMeat, IsTheSumOfOuterProductsOfGroupSums) {
  const Matrix scores = Matrix::Random(50, 3);
  std::vector<Level> level;
  for (int row = 0; row < 50; ++row) level.push_back((row * 7) % 4);
  const Grouping group{"g", level, {"a", "b", "c", "d"}};
  Matrix expected = Matrix::Zero(3, 3);
  for (Level g = 0; g < 4; ++g) {
    Vector sum = Vector::Zero(3);
    for (int row = 0; row < 50; ++row)
      if (group.level[static_cast<std::size_t>(row)] == g) sum += scores.row(row).transpose();
    expected += sum * sum.transpose();
  }
  EXPECT_LT((cluster_meat(scores, group) - expected).norm(), 1e-12 * expected.norm());
  EXPECT_EQ(cluster_meat(scores, group), cluster_meat(scores, group).transpose());
}

TEST(Cluster, ByRowIsHc1WithAnotherFactor) {
  Table table = simulated_panel(12, 5);
  std::vector<double> id(table.rows());
  for (std::size_t row = 0; row < id.size(); ++row) id[row] = static_cast<double>(row);
  table.set("id", Column::numbers(id));
  const auto by_row =
      estimate_request(table, {.formula = "y ~ x1 + x2", .vcov = "cluster(id)", .ssc = "none"});
  const auto hc0 = estimate_request(table, {.formula = "y ~ x1 + x2", .vcov = "hc0", .ssc = "none"});
  EXPECT_LT((by_row.vcov.matrix - hc0.vcov.matrix).norm(), 1e-14);
}

// Three ways by inclusion and exclusion, each meat by brute force.
TEST(Cluster, SeveralWaysFollowInclusionAndExclusion) {
  const Estimation e = estimate_simulated("y ~ x1 + x2", "cluster(unit, year, group)", "none");
  const Fit& fit = *e.fit;
  const auto& c = fit.frame->clusters;
  const Matrix scores = scores_of(fit);
  const auto meat = [&](std::vector<int> ways) {
    std::map<std::vector<Level>, Vector> sums;
    for (std::size_t row = 0; row < c[0].level.size(); ++row) {
      std::vector<Level> key;
      for (const int way : ways) key.push_back(c[static_cast<std::size_t>(way)].level[row]);
      auto [at, added] = sums.try_emplace(key, Vector::Zero(scores.cols()));
      at->second += scores.row(static_cast<Index>(row)).transpose();
    }
    Matrix total = Matrix::Zero(scores.cols(), scores.cols());
    for (const auto& [key, sum] : sums) total += sum * sum.transpose();
    return total;
  };
  const Matrix expected =
      meat({0}) + meat({1}) + meat({2}) - meat({0, 1}) - meat({0, 2}) - meat({1, 2}) + meat({0, 1, 2});
  Matrix V = fit.bread * expected * fit.bread;
  const Eigen::SelfAdjointEigenSolver<Matrix> eigen(V);
  V = eigen.eigenvectors() * eigen.eigenvalues().cwiseMax(0.0).asDiagonal() *
      eigen.eigenvectors().transpose();
  EXPECT_LT((e.vcov.matrix - V).norm(), 1e-12 * V.norm());
  EXPECT_EQ(e.vcov.clipped, eigen.eigenvalues().minCoeff() < 0);
  EXPECT_EQ(e.vcov.df, 3);  // min(12, 5, 4) - 1
}

TEST(Cluster, AnIndefiniteSumIsClippedAndSaid) {
  for (std::uint64_t seed = 1; seed < 200; ++seed) {
    const Estimation e = estimate_request(simulated_panel(3, 3, seed),
                                          {.formula = "y ~ x1 + x2", .vcov = "cluster(unit, year)"});
    if (!e.vcov.clipped) continue;
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(e.vcov.matrix);
    EXPECT_GE(eigen.eigenvalues().minCoeff(), -1e-14 * eigen.eigenvalues().maxCoeff());
    bool said = false;
    for (const auto& [code, message] : e.warnings) said = said || code == "infer.clipped";
    EXPECT_TRUE(said);
    return;
  }
  FAIL() << "no seed gave an indefinite sum";
}

TEST(Cluster, OneClusterIsAnError) {
  Table table = simulated_panel(12, 5);
  table.set("all", Column::numbers(std::vector<double>(table.rows(), 1)));
  try {
    estimate_request(table, {.formula = "y ~ x1", .vcov = "cluster(all)"});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "infer.one_cluster");
    EXPECT_FALSE(error.diagnostic().hint.empty());
  }
}

TEST(Cluster, FewClustersAreAWarning) {
  const auto few = estimate_simulated("y ~ x1", "cluster(unit)", "stata");
  ASSERT_EQ(few.warnings.size(), 1);
  EXPECT_EQ(few.warnings[0].first, "infer.few_clusters");
  const auto enough =
      estimate_request(simulated_panel(20, 3), {.formula = "y ~ x1", .vcov = "cluster(unit)"});
  EXPECT_TRUE(enough.warnings.empty());
}

// 12 units x 5 years, 2 slopes. fixest: k + 12 + 5 - 1 = 18; nested units leave k + 5 = 7.
TEST(SmallSample, CountsParametersByThePreset) {
  const std::string formula = "y ~ x1 + x2 | unit + year";
  const auto k = [&](const std::string& vcov, const std::string& ssc) {
    return estimate_simulated(formula, vcov, ssc).vcov.k;
  };
  EXPECT_EQ(k("iid", "fixest"), 18);
  EXPECT_EQ(k("hc1", "fixest"), 18);
  EXPECT_EQ(k("cluster(unit)", "fixest"), 7);
  EXPECT_EQ(k("cluster(group)", "fixest"), 7);
  EXPECT_EQ(k("cluster(unit, year)", "fixest"), 3);
  EXPECT_EQ(k("iid", "reghdfe"), 18);
  EXPECT_EQ(k("cluster(unit)", "reghdfe"), 7);
  EXPECT_EQ(k("cluster(unit, year)", "reghdfe"), 3);
  EXPECT_EQ(k("cluster(unit)", "ivreg2-small"), 6);
  EXPECT_EQ(k("cluster(unit, year)", "ivreg2-small"), 3);
  EXPECT_EQ(k("cluster(unit)", "xtreg"), 7);
  EXPECT_EQ(k("iid", "xtreg"), 18);
  EXPECT_EQ(k("cluster(unit)", "areg"), 18);
  EXPECT_EQ(k("cluster(unit)", "stata"), 18);
  EXPECT_EQ(k("cluster(unit)", "none"), 0);
}

TEST(SmallSample, FactorsAndReferencesFollowTheRule) {
  const std::string formula = "y ~ x1 + x2 | unit + year";
  const auto vcov = [&](const std::string& kind, const std::string& ssc) {
    return estimate_simulated(formula, kind, ssc).vcov;
  };
  const Vcov fixest = vcov("cluster(unit)", "fixest");
  EXPECT_DOUBLE_EQ(fixest.factor, 59.0 / (60 - 7) * 12 / 11);
  EXPECT_EQ(fixest.df, 11);
  EXPECT_DOUBLE_EQ(vcov("hc1", "fixest").factor, 60.0 / 42);
  EXPECT_EQ(vcov("hc1", "fixest").df, 42);
  EXPECT_EQ(vcov("cluster(unit)", "fixest,df=residual").df, 53);
  EXPECT_DOUBLE_EQ(vcov("cluster(unit)", "ivreg2").factor, 1);
  EXPECT_TRUE(std::isinf(vcov("cluster(unit)", "ivreg2").df));
  EXPECT_DOUBLE_EQ(vcov("cluster(unit, year)", "fixest").factor, 59.0 / (60 - 3) * 5 / 4);
  EXPECT_DOUBLE_EQ(vcov("cluster(unit, year)", "fixest,g=conventional").factor, 59.0 / (60 - 3));
  EXPECT_EQ(vcov("cluster(unit)", "none").df, 11);
}

// A disconnected graph of two effects: fixest takes one level off, the exact rank one for each component.
TEST(SmallSample, FixestCountsLevelsAndReghdfeComponents) {
  Table table = simulated_panel(12, 6);
  std::vector<double> half(table.rows());
  for (std::size_t row = 0; row < half.size(); ++row)
    half[row] = table.at("year").values()[row] + (table.at("unit").values()[row] > 6 ? 100 : 0);
  table.set("half_year", Column::numbers(half));
  const auto k = [&](const std::string& ssc) {
    return estimate_request(table, {.formula = "y ~ x1 | unit + half_year", .vcov = "iid", .ssc = ssc})
        .vcov.k;
  };
  EXPECT_EQ(k("fixest"), 1 + 12 + 12 - 1);
  EXPECT_EQ(k("reghdfe"), 1 + 12 + 12 - 2);
}

// Two units of twelve whose slope does not move: ten slopes count, in whatever unit the slope is measured.
TEST(SmallSample, SlopesCountAlikeInEveryUnitOfTheirVariable) {
  const Table table = simulated_panel(12, 6);
  for (const std::string effects : {"unit[d] + year", "unit[[d]] + year"}) {
    std::vector<double> k, se;
    for (const double unit : {1.0, 1e-9, 1e9}) {
      Table scaled = table;
      std::vector<double> d = table.at("x2").values();
      for (std::size_t row = 0; row < d.size(); ++row) {
        const double still = effects == "unit[d] + year" ? 3 : 0;
        d[row] = unit * (table.at("unit").values()[row] <= 2 ? still : d[row]);
      }
      scaled.set("d", Column::numbers(d));
      const Estimation e =
          estimate_request(scaled, {.formula = "y ~ x1 | " + effects, .vcov = "iid", .ssc = "reghdfe"});
      k.push_back(e.vcov.k);
      se.push_back(e.inference.coefficients[0].std_error);
    }
    EXPECT_EQ(k[1], k[0]) << effects;
    EXPECT_EQ(k[2], k[0]) << effects;
    EXPECT_NEAR(se[1] / se[0], 1, 1e-9) << effects;
    EXPECT_NEAR(se[2] / se[0], 1, 1e-9) << effects;
    EXPECT_EQ(k[0], effects == "unit[d] + year" ? 1 + 12 + 5 + 10 : 1 + 6 + 10) << effects;
  }
}

// A row with frequency weight 3 is three equal rows.
TEST(FrequencyWeights, EqualRepeatedRows) {
  const Table table = simulated_panel(12, 5);
  std::vector<std::size_t> repeated;
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (double copy = 0; copy < table.at("count").values()[row]; ++copy) repeated.push_back(row);
  for (const char* vcov : {"iid", "hc0", "hc1", "cluster(unit)", "cluster(unit, year)"}) {
    const Estimation weighted = estimate_request(
        table,
        {.formula = "y ~ x1 + x2", .vcov = vcov, .weights = "count", .weight_type = WeightType::frequency});
    const Estimation copied =
        estimate_request(table.take(repeated), {.formula = "y ~ x1 + x2", .vcov = vcov});
    EXPECT_LT((weighted.vcov.matrix - copied.vcov.matrix).norm(), 1e-12 * copied.vcov.matrix.norm()) << vcov;
    EXPECT_EQ(weighted.vcov.df, copied.vcov.df) << vcov;
  }
}

TEST(Notes, NameTheKindAndTheClusters) {
  EXPECT_EQ(estimate_simulated("y ~ x1", "cluster(unit)", "stata").vcov.note,
            "Standard errors clustered by unit (12 clusters) in parentheses");
  EXPECT_EQ(estimate_simulated("y ~ x1", "cluster(unit, year)", "stata").vcov.note,
            "Standard errors clustered by unit and year (12 and 5 clusters) in parentheses");
  EXPECT_EQ(estimate_simulated("y ~ x1", "robust", "stata").vcov.note,
            "Heteroskedasticity-robust standard errors (HC1) in parentheses");
  EXPECT_EQ(estimate_simulated("y ~ x1", "iid", "stata").vcov.note, "Standard errors in parentheses");
}

}  // namespace
}  // namespace panelist
