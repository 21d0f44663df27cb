// SPDX-License-Identifier: Apache-2.0
// cr2, cr3 and the jackknife against clubSandwich, refits without each cluster, dfadjust and matrices in base R.
#include "base/distribution.h"
#include "base/random.h"
#include "reference.h"

namespace panelist {
namespace {

std::string text_at(const Table& table, const std::string& column, std::size_t row) {
  return table.at(column).is_text() ? table.at(column).text_at(row) : std::string();
}

Index term_position(const Estimation& e, const std::string& term) { return position_of(*e.fit, term); }

ModelRequest request_of(const Table& expected, std::size_t row) {
  return {.formula = text_at(expected, "formula", row),
          .vcov = text_at(expected, "vcov", row),
          .ssc = "fixest",
          .weights = text_at(expected, "weights", row)};
}

int check_rows(const std::string& file) {
  const Table firms = read_table(reference_path("clusters_r/firms.csv"));
  const Table expected = read_table(reference_path("clusters_r/" + file));
  int checked = 0;
  for (std::size_t row = 0; row < expected.rows(); ++row) {
    const ModelRequest request = request_of(expected, row);
    const Estimation e = estimate_request(firms, request);
    const std::string term = text_at(expected, "term", row);
    const std::string what = request.formula + " " + request.vcov + " " + request.weights + " " + term;
    const double se = expected.at("se").values()[row], df = expected.at("df").values()[row];
    EXPECT_NEAR(coefficient_of(e, term).std_error, se, 1e-8 * se) << what;
    const Vector& own = e.vcov.term_df;
    EXPECT_NEAR(own.size() > 0 ? own(term_position(e, term)) : e.vcov.df, df, 1e-7 * df) << what;
    ++checked;
  }
  return checked;
}

TEST(ClusterCorrection, EveryRowOfTheReferencesIsMatched) { EXPECT_EQ(check_rows("expected.csv"), 87); }

TEST(ClusterCorrection, LeavingClustersOutOf2slsIsARefitEach) {
  EXPECT_EQ(check_rows("instruments.csv"), 40);
}

TEST(ClusterCorrection, JointTestsAreHotellingsT2) {
  const Table firms = read_table(reference_path("clusters_r/firms.csv"));
  const Table expected = read_table(reference_path("clusters_r/joint.csv"));
  for (std::size_t row = 0; row < expected.rows(); ++row) {
    const ModelRequest request = request_of(expected, row);
    const Estimation e = estimate_request(firms, request);
    SCOPED_TRACE(request.formula + " " + request.vcov);
    const TestResult test = wald_test(*e.fit, e.vcov, split(text_at(expected, "terms", row), ' '));
    EXPECT_EQ(test.df1, expected.at("df1").values()[row]);
    const double df2 = expected.at("df2").values()[row];
    if (df2 <= 0) {
      EXPECT_TRUE(std::isnan(test.statistic));
      EXPECT_NE(test.note.find("no joint test"), std::string::npos);
      EXPECT_NEAR(test.details[0].second - test.df1 + 1, df2, 1e-7);
      continue;
    }
    const double f = expected.at("f").values()[row], p = expected.at("p").values()[row];
    EXPECT_NEAR(test.statistic, f, 1e-7 * f);
    EXPECT_NEAR(test.df2, df2, 1e-7 * df2);
    EXPECT_NEAR(test.p_value, p, 1e-7 * p);
    EXPECT_NE(test.note.find("Hotelling"), std::string::npos);
  }
  EXPECT_EQ(expected.rows(), 13);
}

TEST(ClusterCorrection, JointDegreesWithCorrelationWithinClusters) {
  const Table firms = read_table(reference_path("clusters_r/firms.csv"));
  const Table expected = read_table(reference_path("clusters_r/joint_ik.csv"));
  for (std::size_t row = 0; row < expected.rows(); ++row) {
    const Estimation e = estimate_request(
        firms, {.formula = text_at(expected, "formula", row), .vcov = text_at(expected, "vcov", row)});
    const TestResult test = wald_test(*e.fit, e.vcov, split(text_at(expected, "terms", row), ' '));
    const double eta = expected.at("eta").values()[row];
    EXPECT_NEAR(test.details.at(0).second, eta, 1e-7 * eta);
  }
  EXPECT_EQ(expected.rows(), 2);
}

TEST(ClusterCorrection, EvennessOfTheClustersIsSaid) {
  const Table expected = read_table(reference_path("clusters_r/evenness.csv"));
  const Estimation e = estimate_request(read_table(reference_path("clusters_r/firms.csv")),
                                        {.formula = "invest ~ value + capital", .vcov = "cr3(firm)"});
  ASSERT_EQ(e.vcov.details.size(), 2);
  for (const auto& [name, value] : e.vcov.details)
    EXPECT_NEAR(value, expected.at(name).values()[0], 1e-10) << name;
}

Table case_a() {
  std::vector<double> y, x, cluster, row;
  const std::vector<double> groups = {2, 1, 3, 2, 2, 3, 3, 1, 1, 2};
  for (int i = 0; i < 10; ++i) y.push_back(std::cos(i));
  for (int i = 1; i <= 10; ++i) y.push_back(std::tan(i));
  for (int i = 1; i <= 10; ++i) x.push_back(std::sin(i));
  for (int i = 2; i <= 11; ++i) x.push_back(std::sin(i));
  for (int i = 0; i < 20; ++i) cluster.push_back(groups[static_cast<std::size_t>(i % 10)]);
  for (int i = 0; i < 20; ++i) row.push_back(i);
  Table table;
  table.set("y", Column::numbers(y));
  table.set("x", Column::numbers(x));
  table.set("g", Column::numbers(cluster));
  table.set("row", Column::numbers(row));
  return table;
}

Table case_b() {
  std::vector<double> y, x1, x2, row;
  for (int i = 1; i <= 10; ++i) {
    y.push_back(i);
    x1.push_back(std::sin(i));
    x2.push_back(std::sin(i + 1));
    row.push_back(i);
  }
  Table table;
  table.set("y", Column::numbers(y));
  table.set("x", Column::numbers(x1));
  table.set("x2", Column::numbers(x2));
  table.set("row", Column::numbers(row));
  return table;
}

using Quantity = double (*)(const Estimation&, Index);
struct Source {
  std::string vcov;
  Quantity quantity;
};
double estimate_at(const Estimation& e, Index j) { return e.fit->coefficients(j); }
double error_at(const Estimation& e, Index j) { return std::sqrt(e.vcov.matrix(j, j)); }
double degrees_at(const Estimation& e, Index j) { return e.vcov.term_df(j); }
// The standard error that the normal quantile turns into the t interval.
double adjusted_at(const Estimation& e, Index j) {
  return error_at(e, j) * t_quantile(0.975, degrees_at(e, j)) / normal_quantile(0.975);
}

TEST(ClusterCorrection, SatterthwaiteReferenceIsMatchedWhole) {
  const std::map<std::string, Source> sources = {
      {"A clustered (3 clusters) coef", {"iid", estimate_at}},
      {"A clustered (3 clusters) Stata cluster se (CR1)", {"cluster(g)", error_at}},
      {"A clustered (3 clusters) CR2-adjusted se", {"cr2(g, ik)", adjusted_at}},
      {"A clustered (3 clusters) Imbens-Kolesar df", {"cr2(g, ik)", degrees_at}},
      {"A heteroskedastic HC1 se (Stata)", {"hc1", error_at}},
      {"A heteroskedastic HC2 se (Stata)", {"hc2", error_at}},
      {"A heteroskedastic Bell-McCaffrey df", {"cr2(row)", degrees_at}},
      {"B heteroskedastic Bell-McCaffrey df", {"cr2(row)", degrees_at}},
  };
  int checked = 0;
  for (ReferenceRow& row : reference_rows("cr2_satterthwaite/expected.csv")) {
    const std::string key = row["case"] + " " + row["quantity"];
    const Source& source = sources.at(key);
    const bool a = key.front() == 'A';
    const Estimation e =
        estimate_request(a ? case_a() : case_b(),
                         {.formula = a ? "y ~ x" : "y ~ x + x2", .vcov = source.vcov, .ssc = "stata"});
    for (const auto& [column, position] :
         {std::pair("intercept", 0), std::pair("x", 1), std::pair("x2", 2)}) {
      if (row[column].empty()) continue;
      expect_reference(source.quantity(e, position), row[column], 1e-8, key + " " + column);
      ++checked;
    }
  }
  EXPECT_EQ(checked, 17);
}

TEST(ClusterCorrection, EveryRowAClusterIsHc2AndHc3) {
  const Table table = case_a();
  const auto matrix = [&](const char* vcov) {
    return estimate_request(table, {.formula = "y ~ x", .vcov = vcov}).vcov.matrix;
  };
  EXPECT_TRUE(matrix("cr2(row)").isApprox(matrix("hc2"), 1e-12));
  EXPECT_TRUE(matrix("cr3(row)").isApprox(19.0 / 20 * matrix("hc3"), 1e-12));
}

TEST(ClusterCorrection, PValuesAndLimitsUseTheDegreesOfTheirCoefficient) {
  const Table firms = read_table(reference_path("clusters_r/firms.csv"));
  const Estimation e =
      estimate_request(firms, {.formula = "invest ~ value + capital | firm + year", .vcov = "cr2(firm)"});
  for (const Coefficient& one : e.inference.coefficients) {
    const double df = e.vcov.term_df(term_position(e, one.term));
    EXPECT_DOUBLE_EQ(one.p_value, t_two_sided(one.statistic, df));
    EXPECT_DOUBLE_EQ(one.conf_high, one.estimate + t_quantile(0.975, df) * one.std_error);
  }
  // Both slopes: Hotelling's T2.
  EXPECT_EQ(e.inference.f.df2, wald_test(*e.fit, e.vcov, {"value", "capital"}).df2);
  EXPECT_EQ(e.inference.f.details[0].first, "eta");
  const LinearCombination sum = linear_combination(*e.fit, e.vcov, "value");
  EXPECT_DOUBLE_EQ(sum.p_value, e.inference.coefficients[0].p_value);
  EXPECT_DOUBLE_EQ(wald_test(*e.fit, e.vcov, {"value"}).df2, e.vcov.term_df(0));
}

TEST(ClusterCorrection, ARegressorOfOneClusterIsSaid) {
  const Table firms = read_table(reference_path("clusters_r/firms.csv"));
  for (const char* vcov : {"cr2(firm)", "cr3(firm)", "instruments"}) {
    const bool iv = std::string(vcov) == "instruments";
    const Estimation e =
        iv ? estimate_request(firms,
                              {.formula = "invest ~ only | year | value ~ capital", .vcov = "cr3(firm)"})
           : estimate_request(firms, {.formula = "invest ~ value + only | year", .vcov = vcov});
    ASSERT_FALSE(e.warnings.empty());
    EXPECT_EQ(e.warnings[0].first, "infer.cluster_fitted_exactly");
    EXPECT_TRUE(e.vcov.matrix.allFinite());
  }
}

std::string code_of(const ModelRequest& request) {
  try {
    estimate_request(read_table(reference_path("clusters_r/firms.csv")), request);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

TEST(ClusterCorrection, WhatIsNotDefinedIsRefusedByName) {
  for (const char* vcov : {"cr2(firm)", "cr3(firm)", "jackknife(firm)"}) {
    EXPECT_EQ(code_of({.formula = "invest ~ value", .vcov = vcov, .family = "poisson"}),
              "infer.least_squares_only");
    EXPECT_EQ(code_of({.formula = "invest ~ value", .vcov = vcov, .where = "firm == 'IBM'"}),
              "infer.one_cluster");
    EXPECT_EQ(code_of({.formula = "invest ~ 1 | 0 | value ~ capital", .vcov = vcov, .family = "liml"}),
              "infer.least_squares_only");
  }
  EXPECT_EQ(code_of({.formula = "invest ~ value", .vcov = "cr2(firm, ik)", .weights = "w"}),
            "infer.weights_not_defined");
}

TEST(ClusterCorrection, FrequencyWeightsAreRepeatedRows) {
  const Table firms = read_table(reference_path("clusters_r/firms.csv"));
  Table counted = firms;
  std::vector<double> times;
  std::vector<std::size_t> repeated;
  for (std::size_t row = 0; row < firms.rows(); ++row) {
    times.push_back(static_cast<double>(row % 3 + 1));
    for (std::size_t copy = 0; copy <= row % 3; ++copy) repeated.push_back(row);
  }
  counted.set("times", Column::numbers(times));
  const Table long_table = firms.take(repeated);
  for (const char* vcov : {"cr2(firm)", "cr3(region)", "jackknife(firm)"}) {
    const Estimation by_weight =
        estimate_request(counted, {.formula = "invest ~ value + capital | firm + year",
                                   .vcov = vcov,
                                   .weights = "times",
                                   .weight_type = WeightType::frequency});
    const Estimation by_row =
        estimate_request(long_table, {.formula = "invest ~ value + capital | firm + year", .vcov = vcov});
    EXPECT_TRUE(by_weight.vcov.matrix.isApprox(by_row.vcov.matrix, 1e-9)) << vcov;
    EXPECT_NEAR(by_weight.vcov.df, by_row.vcov.df, 1e-8) << vcov;
  }
}

// A panel of G clusters of unequal size with a common shock, and a regressor that hardly varies within them.
Table unequal_clusters(std::uint64_t replication, int groups) {
  Random random(20240517, "coverage", replication);
  std::vector<double> y, x, g;
  for (int group = 0; group < groups; ++group) {
    const double treated = group < groups / 4 ? 1 : 0, shock = random.normal();
    for (int i = 0; i < 4 + 3 * (group % 6); ++i) {
      const double own = treated + 0.3 * random.normal();
      x.push_back(own);
      y.push_back(0.5 * own + shock + random.normal());
      g.push_back(group);
    }
  }
  Table table;
  table.set("y", Column::numbers(std::move(y)));
  table.set("x", Column::numbers(std::move(x)));
  table.set("g", Column::numbers(std::move(g)));
  return table;
}

double coverage(const std::string& vcov, int groups, int replications) {
  int covered = 0;
  for (int r = 0; r < replications; ++r) {
    const Estimation e = estimate_request(unequal_clusters(static_cast<std::uint64_t>(r), groups),
                                          {.formula = "y ~ x", .vcov = vcov, .ssc = "stata"});
    const Coefficient& x = coefficient_of(e, "x");
    if (x.conf_low <= 0.5 && 0.5 <= x.conf_high) ++covered;
  }
  return static_cast<double>(covered) / replications;
}

// 1000 draws: the standard deviation of a coverage of 0.95 is 0.007. With two treated of eight clusters the plain
// clustered interval misses twice as often as it says.
TEST(ClusterCorrection, IntervalsCoverWithEightAndThirtyClusters) {
  EXPECT_LT(coverage("cluster(g)", 8, 1000), 0.91);
  EXPECT_NEAR(coverage("cr2(g)", 8, 1000), 0.955, 0.035);
  EXPECT_NEAR(coverage("cr3(g)", 8, 1000), 0.955, 0.035);
  EXPECT_NEAR(coverage("cr2(g)", 30, 1000), 0.95, 0.02);
  EXPECT_NEAR(coverage("cr3(g)", 30, 1000), 0.95, 0.02);
}

}  // namespace
}  // namespace panelist
