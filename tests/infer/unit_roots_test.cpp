// SPDX-License-Identifier: Apache-2.0
// Unit-root tests against plm and urca (tests/reference/unit_roots).
#include "panel_reference.h"

namespace panelist {
namespace {

const std::map<std::string, double>& oracle() {
  static const std::map<std::string, double> values = [] {
    std::map<std::string, double> read;
    for (ReferenceRow& row : reference_rows("unit_roots/expected.csv"))
      read[row["quantity"]] = std::stod(row["value"]);
    return read;
  }();
  return values;
}

void expect_value(double value, const std::string& key, double relative = 1e-8) {
  ASSERT_TRUE(oracle().contains(key)) << key;
  EXPECT_NEAR(value, oracle().at(key), relative * std::max(1e-3, std::abs(oracle().at(key)))) << key;
}

Estimation of_panel(const std::string& name, const std::vector<std::string>& tests,
                    const std::string& where = "") {
  if (name == "cigar") {
    const Table table = read_table(reference_path("cigar_fe/cigar.csv"));
    return estimate_request(
        table, {.formula = "log(Sales) ~ 1", .where = where, .panel = {"State", "Year"}, .tests = tests});
  }
  Table table = grunfeld_design("full");
  std::map<std::string, int> number;
  std::vector<bool> keep;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string firm = table.at("firm").text_at(row);
    const int at = number.try_emplace(firm, static_cast<int>(number.size()) + 1).first->second;
    keep.push_back(name == "grunfeld" || table.at("year").values()[row] >= 1935 + at % 4);
  }
  return estimate_request(table.filter(keep),
                          {.formula = "invest ~ 1", .where = where, .panel = grunfeld_keys, .tests = tests});
}

TestResult test_of(const std::string& name, const std::string& written) {
  return of_panel(name, {written}).requested.front().test.value();
}

double detail(const TestResult& test, const std::string& name) {
  for (const auto& [key, value] : test.details)
    if (key == name) return value;
  return missing_value;
}

std::string code_of(const std::string& name, const std::string& written, const std::string& where = "") {
  try {
    of_panel(name, {written}, where);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

const std::vector<std::string> every_term = {"none", "constant", "trend"};

TEST(UnitRoots, LevinLinChuIsThatOfPlm) {
  for (const std::string panel : {"grunfeld", "cigar"})
    for (const std::string& terms : every_term)
      for (const std::string lags : {"0", "1", "2"}) {
        const TestResult test = test_of(panel, "llc(lags=" + lags + ", moments=periods, " + terms + ")");
        expect_value(test.statistic, panel + " llc " + terms + " " + lags);
      }
}

TEST(UnitRoots, LevinLinChuLooksMomentsUpAtTheRowsOfTheRegressions) {
  expect_value(test_of("cigar", "llc(lags=1)").statistic, "cigar llc rows constant 1");
  expect_value(test_of("cigar", "llc(lags=1, bandwidth=2)").statistic, "cigar llc bandwidth 2");
}

TEST(UnitRoots, ImPesaranShinIsThatOfPlm) {
  for (const std::string panel : {"grunfeld", "cigar", "ragged"})
    for (const std::string terms : {"constant", "trend"})
      for (const std::string lags : {"0", "1", "2"}) {
        const std::string asked = "lags=" + lags + ", " + terms;
        expect_value(test_of(panel, "ips(" + asked + ")").statistic, panel + " ips " + terms + " " + lags);
        expect_value(test_of(panel, "ips(divisor=rows, " + asked + ")").statistic,
                     panel + " ips rows " + terms + " " + lags);
      }
  expect_value(test_of("ragged", "ips(lags=1, demean)").statistic, "ragged ips demean");
}

TEST(UnitRoots, FishersFourStatisticsAreThoseOfPlm) {
  for (const std::string panel : {"grunfeld", "cigar", "ragged"})
    for (const std::string& terms : every_term) {
      const TestResult test = test_of(panel, "fisher(lags=1, " + terms + ")");
      expect_value(test.statistic, panel + " madwu " + terms);
      expect_value(test.p_value, panel + " madwu p " + terms);
      for (const auto& [ours, theirs] :
           {std::pair("z", "invnormal"), std::pair("l_star", "logit"), std::pair("pm", "Pm")}) {
        expect_value(detail(test, ours), panel + " " + theirs + " " + terms);
        expect_value(detail(test, std::string(ours) + "_p"), panel + " " + theirs + " p " + terms);
      }
    }
}

TEST(UnitRoots, CriteriaChooseTheLagsOfPlm) {
  for (const auto& [ours, theirs] : {std::pair("aic", "AIC"), std::pair("bic", "SIC")}) {
    const TestResult test = test_of("cigar", std::string("ips(maxlags=4, lags=") + ours + ")");
    expect_value(test.statistic, std::string("cigar ips ") + theirs);
    expect_value(detail(test, "mean_lags"), std::string("cigar lags ") + theirs);
  }
}

TEST(UnitRoots, OneSeriesIsThatOfUrca) {
  for (const std::string& terms : every_term)
    for (const std::string lags : {"0", "1", "2"}) {
      const Estimation e =
          of_panel("grunfeld", {"adf(lags=" + lags + ", " + terms + ")"}, "firm == 'General Motors'");
      const TestResult test = e.requested.front().test.value();
      expect_value(test.statistic, "series adf " + terms + " " + lags);
      EXPECT_EQ(test.critical.size(), 3U);
      EXPECT_LT(test.critical[0].second, test.critical[2].second);
    }
}

// p of 1 stands for t beyond the approximation's range, where ours is Phi of the polynomial at its end.
TEST(UnitRoots, OneSeriesIsThatOfStatsmodels) {
  const std::map<std::string, double> at_upper_end = {
      {"none", 1}, {"constant", 0.999088}, {"trend", 0.997029}};
  std::map<std::string, std::string> theirs;
  for (ReferenceRow& row : reference_rows("unit_roots/statsmodels.csv"))
    theirs[row["quantity"]] = row["value"];
  const auto near = [&](double ours, const std::string& key) {
    const double value = std::stod(theirs.at(key));
    EXPECT_NEAR(ours, value, 1e-8 * std::abs(value)) << key;
  };
  for (const std::string variable : {"invest", "value", "capital"}) {
    const auto test_of_series = [&](const std::string& arguments) {
      return estimate_request(
                 grunfeld_design("series"),
                 {.formula = variable + " ~ 1", .panel = grunfeld_keys, .tests = {"adf(" + arguments + ")"}})
          .requested.front()
          .test.value();
    };
    for (const std::string& terms : every_term)
      for (const std::string lags : {"0", "1", "2"}) {
        const std::string key = variable + " " + terms + " " + lags;
        const TestResult test = test_of_series("lags=" + lags + ", " + terms);
        near(test.statistic, key + " t");
        near(detail(test, "rows"), key + " rows");
        for (const auto& [level, value] : test.critical) near(value, key + " " + level);
        const double p = std::stod(theirs.at(key + " p"));
        if (p > 0 && p < 1)
          near(test.p_value, key + " p");
        else
          EXPECT_NEAR(test.p_value, at_upper_end.at(terms), 1e-5) << key;
      }
    for (const std::string criterion : {"aic", "bic"}) {
      const TestResult chosen = test_of_series("maxlags=4, lags=" + criterion);
      near(chosen.statistic, variable + " " + criterion + " t");
      EXPECT_EQ(detail(chosen, "lags"), std::stod(theirs.at(variable + " " + criterion + " lags")));
    }
  }
}

TEST(UnitRoots, VariablesAreTheOutcomeTheRegressorsAndTheResiduals) {
  const auto request = [](const std::string& formula, const std::string& test) {
    return estimate_request(grunfeld_design("full"),
                            {.formula = formula, .panel = grunfeld_keys, .tests = {test}})
        .requested.front()
        .test->statistic;
  };
  EXPECT_EQ(request("invest ~ value", "ips(value)"), request("value ~ 1", "ips"));
  EXPECT_EQ(request("invest ~ value", "llc(invest, lags=1)"), request("invest ~ 1", "llc(lags=1)"));
  // A constant less does not matter where the tests have one of their own.
  EXPECT_NEAR(request("invest ~ 1", "ips(residuals)"), request("invest ~ 1", "ips"), 1e-8);
}

TEST(UnitRoots, ShortSeriesAreWarnedOf) {
  const Estimation e = of_panel("grunfeld", {"fisher"});
  ASSERT_FALSE(e.warnings.empty());
  EXPECT_EQ(e.warnings.front().first, "infer.short_series");
  EXPECT_TRUE(of_panel("cigar", {"fisher"}).warnings.empty());
}

TEST(UnitRoots, WhatTheyCannotDoIsNamed) {
  EXPECT_EQ(code_of("grunfeld", "llc", "year != 1940"), "infer.series_with_gaps");
  EXPECT_EQ(code_of("ragged", "llc"), "infer.unbalanced");
  EXPECT_EQ(code_of("grunfeld", "ips", "firm == 'General Motors'"), "infer.too_few_units");
  EXPECT_EQ(code_of("grunfeld", "adf"), "infer.one_series");
  EXPECT_EQ(code_of("grunfeld", "fisher", "year == 1940"), "infer.too_few_periods");
  EXPECT_EQ(code_of("grunfeld", "fisher(lags=9)"), "infer.too_few_periods");
  EXPECT_EQ(code_of("grunfeld", "ips(lags=7)"), "infer.too_few_periods");
  EXPECT_EQ(code_of("grunfeld", "ips(none)"), "usage.bad_value");
  EXPECT_EQ(code_of("grunfeld", "ips(lags=many)"), "usage.bad_value");
  EXPECT_EQ(code_of("grunfeld", "ips(bandwidth=2)"), "usage.bad_value");
  EXPECT_EQ(code_of("grunfeld", "ips(invest, value)"), "usage.bad_value");
  EXPECT_EQ(code_of("grunfeld", "ips(vlaue)"), "infer.unknown_term");
}

TEST(UnitRoots, ASeriesThatDoesNotVaryIsNamed) {
  Table table;
  table.set("unit", Column::numbers({1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2}));
  table.set("year", Column::numbers({1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6}));
  table.set("y", Column::numbers({1, 3, 2, 5, 4, 7, 5, 5, 5, 5, 5, 5}));
  try {
    estimate_request(table, {.formula = "y ~ 1", .panel = {"unit", "year"}, .tests = {"fisher"}});
    FAIL() << "a constant series went through";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "infer.no_variation");
    EXPECT_NE(error.diagnostic().message.find("`2`"), std::string::npos);
  }
}

}  // namespace
}  // namespace panelist
