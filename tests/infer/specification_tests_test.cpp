// SPDX-License-Identifier: Apache-2.0
// breusch_pagan, white, reset and jarque_bera against lmtest and tseries (tests/reference/residual_tests).
#include "panel_reference.h"

namespace panelist {
namespace {

void expect_test(const std::string& model, const std::string& written, const std::string& theirs) {
  const std::map<std::string, std::string> formulas = {{"pooled", "invest ~ value + capital"},
                                                       {"effects", "invest ~ value + capital | firm"},
                                                       {"no_constant", "invest ~ 0 + value + capital"}};
  const Estimation e = estimate_request(
      grunfeld_design("full"), {.formula = formulas.at(model), .panel = grunfeld_keys, .tests = {written}});
  const TestResult test = e.requested.front().test.value();
  for (ReferenceRow& row : reference_rows("residual_tests/expected.csv")) {
    if (row["quantity"] != model + " " + theirs) continue;
    const double statistic = std::stod(row["statistic"]), p = std::stod(row["p_value"]);
    EXPECT_NEAR(test.statistic, statistic, 1e-8 * statistic) << model << " " << written;
    EXPECT_NEAR(test.p_value, p, 1e-8 * p + 1e-15) << model << " " << written;
    EXPECT_EQ(test.df1, std::stod(row["df"])) << model << " " << written;
    return;
  }
  FAIL() << "no row " << model << " " << theirs;
}

TEST(SpecificationTests, AreThoseOfLmtestAndTseries) {
  for (const std::string model : {"pooled", "effects"}) {
    expect_test(model, "breusch_pagan", "breusch_pagan");
    expect_test(model, "breusch_pagan(normal)", "breusch_pagan normal");
    expect_test(model, "breusch_pagan(fitted)", "breusch_pagan fitted");
    expect_test(model, "breusch_pagan(fitted, normal)", "breusch_pagan fitted normal");
    expect_test(model, "white(fitted)", "white fitted");
    expect_test(model, "reset", "reset");
    expect_test(model, "reset(2, 3, 4)", "reset 234");
    expect_test(model, "jarque_bera", "jarque_bera");
  }
  expect_test("pooled", "white", "white");
  expect_test("no_constant", "reset", "reset");
  expect_test("no_constant", "jarque_bera", "jarque_bera");
}

TEST(SpecificationTests, SquaresOfDummiesAreLeftOut) {
  const Estimation e =
      estimate_request(grunfeld_design("full"),
                       {.formula = "invest ~ value + i(firm)", .panel = grunfeld_keys, .tests = {"white"}});
  // value and its square, 10 dummies, 10 products of the two
  EXPECT_EQ(e.requested.front().test->df1, 22);
}

std::string code_of(const std::string& formula, const std::string& test, const std::string& weights = "") {
  try {
    estimate_request(grunfeld_design("full"),
                     {.formula = formula, .weights = weights, .panel = grunfeld_keys, .tests = {test}});
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

TEST(SpecificationTests, WhatTheyCannotDoIsNamed) {
  EXPECT_EQ(code_of("invest ~ value | firm", "white"), "infer.least_squares_only");
  EXPECT_EQ(code_of("invest ~ value", "white(normal)"), "usage.bad_value");
  EXPECT_EQ(code_of("invest ~ value", "reset(1)"), "usage.bad_value");
  EXPECT_EQ(code_of("invest ~ value", "white", "capital"), "infer.unweighted_only");
  EXPECT_EQ(code_of("invest ~ 1", "breusch_pagan"), "infer.no_degrees_of_freedom");
  EXPECT_EQ(code_of("invest ~ i(firm)", "reset(2, 3)"), "infer.no_degrees_of_freedom");
  EXPECT_EQ(code_of("I(2 * value) ~ value", "jarque_bera"), "infer.no_variation");
}

}  // namespace
}  // namespace panelist
