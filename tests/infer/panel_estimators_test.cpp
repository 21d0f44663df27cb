// SPDX-License-Identifier: Apache-2.0
// Random effects, between, first differences, Hausman and Mundlak against plm and explicit matrices in R
// (tests/reference/panel_tests).
#include "estimate/random_effects.h"
#include "panel_reference.h"

namespace panelist {
namespace {

Estimation by_method(const std::string& design, const std::string& method, const std::string& vcov = "iid",
                     const std::string& formula = "invest ~ value + capital",
                     const std::string& ssc = "stata") {
  return estimate_request(
      grunfeld_design(design),
      {.formula = formula, .vcov = vcov, .ssc = ssc, .panel = grunfeld_keys, .family = method});
}

void expect_terms(const Estimation& estimation, const std::string& prefix) {
  int at = 0;
  for (const char* term : {"(Intercept)", "value", "capital"}) {
    const std::string number = std::to_string(++at);
    expect_oracle(coefficient_of(estimation, term).estimate, prefix + " coef " + number);
    expect_oracle(coefficient_of(estimation, term).std_error, prefix + " se " + number);
  }
}

std::string code_of_method(const ModelRequest& request) {
  try {
    estimate_request(grunfeld_design("short"), request);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

class OnGrunfeldPanel : public testing::TestWithParam<std::string> {};
INSTANTIATE_TEST_SUITE_P(PanelEstimators, OnGrunfeldPanel, testing::Values("full", "short"));

TEST_P(OnGrunfeldPanel, RandomEffectsAreThoseOfXtreg) {
  const std::string design = GetParam();
  const Estimation e = by_method(design, "re");
  expect_terms(e, design + " re");
  const RandomEffects& effects = *e.fit->random_effects;
  expect_oracle(effects.sigma_e, design + " re sigma_e");
  expect_oracle(effects.sigma_u, design + " re sigma_u");
  expect_oracle(effects.theta.minCoeff(), design + " re theta_min");
  expect_oracle(effects.theta.maxCoeff(), design + " re theta_max");
  EXPECT_TRUE(std::isinf(e.vcov.df));
}

TEST_P(OnGrunfeldPanel, BetweenIsThatOfPlm) { expect_terms(by_method(GetParam(), "be"), GetParam() + " be"); }

TEST_P(OnGrunfeldPanel, FirstDifferencesAreThoseOfTheirFormula) {
  const std::string design = GetParam();
  const Estimation e = by_method(design, "fd");
  expect_oracle(coefficient_of(e, "value").estimate, design + " fd value");
  expect_oracle(coefficient_of(e, "capital").estimate, design + " fd capital");
  expect_oracle(e.fit->rss, design + " fd rss");
  expect_oracle(e.fit->n, design + " fd n");
  expect_oracle(test_by_name(e, "wooldridge").statistic, design + " wooldridge");
}

TEST(PanelEstimators, FirstDifferencesAreThoseOfPlm) {
  const Estimation e = by_method("full", "fd");
  int at = 0;
  for (const char* term : {"value", "capital"}) {
    const std::string number = std::to_string(++at);
    expect_oracle(coefficient_of(e, term).estimate, "full plm fd coef " + number);
    expect_oracle(coefficient_of(e, term).std_error, "full plm fd se " + number);
  }
}

TEST_P(OnGrunfeldPanel, HausmanAndMundlakAreThoseOfTheirFormulas) {
  const std::string design = GetParam();
  for (const auto& [method, formula] :
       {std::pair("", "invest ~ value + capital | firm"), std::pair("re", "invest ~ value + capital")}) {
    const Estimation e = by_method(design, method, "cluster(firm)", formula);
    const TestResult hausman = test_by_name(e, "hausman");
    expect_oracle(hausman.statistic, design + " hausman", 1e-7);
    EXPECT_EQ(hausman.df1, 2);
    expect_oracle(test_by_name(e, "hausman(sigmamore)").statistic, design + " hausman sigmamore", 1e-7);
    const TestResult mundlak = test_by_name(e, "mundlak");
    expect_oracle(mundlak.statistic, design + " mundlak");
    EXPECT_EQ(mundlak.df1, 2);
  }
}

TEST(PanelEstimators, BothKindsOfComponentsAreThoseOfPlm) {
  const Estimation swar = by_method("full", "re");
  expect_terms(swar, "full plm swar");
  expect_oracle(swar.goodness.r2, "full swar r2");
  expect_oracle(test_by_name(swar, "hausman").statistic, "full plm hausman", 1e-7);
  const Estimation walhus = by_method("full", "re_wh");
  expect_terms(walhus, "full walhus");
  const RandomEffects& effects = *walhus.fit->random_effects;
  expect_oracle(effects.sigma_e * effects.sigma_e, "full walhus sigma2_e");
  expect_oracle(effects.sigma_u * effects.sigma_u, "full walhus sigma2_u");
  expect_oracle(effects.theta(0), "full walhus theta");
}

TEST(PanelEstimators, FittedValuesOfRandomEffectsAreInLevels) {
  const Estimation e = by_method("short", "re");
  const FittedValues values = fitted_values({}, *e.fit);
  EXPECT_NEAR((values.fitted + values.residuals - e.fit->frame->outcome).norm(), 0, 1e-9);
  const double at_first = e.fit->coefficients(0) +
                          e.fit->coefficients(1) * e.fit->frame->exogenous.values(0, 1) +
                          e.fit->coefficients(2) * e.fit->frame->exogenous.values(0, 2);
  EXPECT_NEAR(values.fitted(0), at_first, 1e-9 * std::abs(at_first));
}

TEST(PanelEstimators, PeriodEffectsOfFirstDifferencesStayAndOfHausmanBecomeDummies) {
  const std::string formula = "invest ~ value + capital | firm + year";
  const Estimation fd = by_method("full", "fd", "iid", formula);
  const Estimation dummies = by_method("full", "fd", "iid", "invest ~ value + capital + i(year)");
  EXPECT_NEAR(coefficient_of(fd, "value").estimate, coefficient_of(dummies, "value").estimate, 1e-10);
  const TestResult absorbed = test_by_name(by_method("short", "", "iid", formula), "hausman");
  const TestResult written =
      test_by_name(by_method("short", "re", "iid", "invest ~ value + capital + i(year)"), "hausman");
  EXPECT_EQ(absorbed.df1, 2);
  EXPECT_GT(written.df1, 2);
}

TEST(PanelEstimators, FirstDifferencesTakeTheCovariancesOfLeastSquares) {
  for (const char* vcov : {"hc3", "cr2(firm)", "cr3(firm)", "cluster(firm, year)", "dk(2)"}) {
    const Estimation fd = by_method("full", "fd", vcov);
    const Estimation ols = by_method("full", "", vcov, "D.invest ~ 0 + D.value + D.capital");
    for (const auto& [ours, theirs] : {std::pair("value", "D.value"), std::pair("capital", "D.capital")}) {
      const double se = coefficient_of(ols, theirs).std_error;
      EXPECT_NEAR(coefficient_of(fd, ours).std_error, se, 1e-12 * se) << vcov;
    }
  }
}

// Sum over the groups of their summed scores, outer products.
Matrix meat_over(const Matrix& scores, const std::vector<std::string>& groups) {
  std::map<std::string, Vector> sums;
  for (Index row = 0; row < scores.rows(); ++row) {
    auto [at, fresh] = sums.try_emplace(groups[static_cast<std::size_t>(row)], Vector::Zero(scores.cols()));
    at->second += scores.row(row).transpose();
  }
  Matrix meat = Matrix::Zero(scores.cols(), scores.cols());
  for (const auto& [name, sum] : sums) meat += sum * sum.transpose();
  return meat;
}

// Least squares of invest on value and capital less theta times the firms' means: firm + year - the rows themselves.
double two_way_error_of_value(const Fit& fit) {
  const Table table = grunfeld_design("full");
  std::vector<std::string> firm, year;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    firm.push_back(table.at("firm").text_at(row));
    year.push_back(std::to_string(table.at("year").values()[row]));
  }
  const auto n = static_cast<Index>(table.rows());
  Matrix X = Matrix::Ones(n, 4);
  int column = 1;
  for (const char* name : {"value", "capital", "invest"})
    X.col(column++) = Eigen::Map<const Vector>(table.at(name).values().data(), n);
  std::map<std::string, Vector> means;
  for (Index row = 0; row < n; ++row) {
    auto [at, fresh] = means.try_emplace(firm[static_cast<std::size_t>(row)], Vector::Zero(4));
    at->second += X.row(row).transpose() / 20;
  }
  for (Index row = 0; row < n; ++row)
    X.row(row) -= fit.random_effects->theta(0) * means[firm[static_cast<std::size_t>(row)]].transpose();
  const Matrix regressors = X.leftCols(3);
  const Matrix bread = (regressors.transpose() * regressors).inverse();
  const Vector residuals = X.col(3) - regressors * (bread * (regressors.transpose() * X.col(3)));
  const Matrix scores = residuals.asDiagonal() * regressors;
  const Matrix meat = meat_over(scores, firm) + meat_over(scores, year) - scores.transpose() * scores;
  return std::sqrt((bread * meat * bread)(1, 1));
}

TEST(PanelEstimators, RandomEffectsTakeClustersAcrossUnits) {
  const Estimation by_firm = by_method("full", "re", "cluster(firm)");
  const Estimation both = by_method("full", "re", "cluster(firm, year)");
  EXPECT_EQ(coefficient_of(both, "value").estimate, coefficient_of(by_firm, "value").estimate);
  EXPECT_EQ(both.vcov.n_clusters, (std::vector<double>{11, 20}));
  const Estimation plain =
      by_method("full", "re", "cluster(firm, year)", "invest ~ value + capital", "k=none, g=none");
  EXPECT_NEAR(coefficient_of(plain, "value").std_error, two_way_error_of_value(*plain.fit), 1e-10);
}

TEST(PanelEstimators, NoRegressorAndSeveralClusters) {
  const Estimation e = by_method("full", "", "cluster(firm, year)", "invest ~ 1 | firm");
  EXPECT_EQ(e.fit->k(), 0);
  EXPECT_FALSE(e.vcov.clipped);
  EXPECT_EQ(e.vcov.n_clusters, (std::vector<double>{11, 20}));
  EXPECT_EQ(e.vcov.matrix.size(), 0);
  EXPECT_TRUE(e.inference.coefficients.empty());
  const Table table = grunfeld_design("full");
  const Vector invest = Eigen::Map<const Vector>(table.at("invest").values().data(), 220);
  double squares = 0;  // around the firms' means: 20 rows each, one after the other
  for (Index firm = 0; firm < 11; ++firm) {
    const Vector own = invest.segment(20 * firm, 20);
    squares += (own.array() - own.mean()).square().sum();
  }
  EXPECT_NEAR(e.fit->rss, squares, 1e-10 * squares);
}

TEST(PanelEstimators, WhatTheyCannotDoIsNamed) {
  const std::string formula = "invest ~ value + capital";
  for (const char* method : {"re", "be", "fd"}) {
    EXPECT_EQ(code_of_method({.formula = formula, .family = method}), "usage.missing_option") << method;
    EXPECT_EQ(code_of_method(
                  {.formula = formula, .weights = "capital + 1", .panel = grunfeld_keys, .family = method}),
              "infer.unweighted_only")
        << method;
  }
  EXPECT_EQ(code_of_method({.formula = formula + " | firm", .panel = grunfeld_keys, .family = "re"}),
            "estimate.not_for_panels");
  EXPECT_EQ(code_of_method({.formula = formula, .panel = grunfeld_keys, .family = "re_wh"}),
            "estimate.unbalanced");
  EXPECT_EQ(
      code_of_method({.formula = formula, .vcov = "cluster(year)", .panel = grunfeld_keys, .family = "be"}),
      "estimate.not_for_panels");
  for (const char* method : {"re", "re_wh", "be"})
    EXPECT_EQ(code_of_method({.formula = formula,
                              .where = "firm == 'General Motors'",
                              .panel = grunfeld_keys,
                              .family = method}),
              "infer.too_few_units")
        << method;
  for (const char* method : {"re", "re_wh", "fd"})
    EXPECT_EQ(code_of_method(
                  {.formula = formula, .where = "year == 1950", .panel = grunfeld_keys, .family = method}),
              "infer.too_few_periods")
        << method;
  for (const char* test : {"lm", "honda", "hausman"})
    EXPECT_EQ(code_of_method(
                  {.formula = formula, .where = "year == 1950", .panel = grunfeld_keys, .tests = {test}}),
              "infer.too_few_periods")
        << test;
  const Estimation one = by_method("full", "", "iid", formula + " | firm");
  EXPECT_EQ(code_of_test(one, "hausman(more)"), "usage.bad_value");
  EXPECT_EQ(code_of_test(by_method("full", "fd"), "hausman"), "infer.least_squares_only");
  const Estimation random = by_method("full", "re", "cluster(firm)");
  EXPECT_EQ(code_of_test(random, "wild(value)"), "usage.not_available");
  EXPECT_FALSE(test_by_name(random, "effects_f").note.empty());
}

}  // namespace
}  // namespace panelist
