// SPDX-License-Identifier: Apache-2.0
// Newey-West, Driscoll-Kraay and Conley against fixest, plm, sandwich and sums written out in base R.
#include "infer/vcov/kernel.h"

#include "reference.h"

namespace panelist {
namespace {

constexpr double tolerance = 1e-8;

Table data_of(const std::string& name) {
  return read_table(
      reference_path(name == "places" ? "kernels_r/places.csv" : "stata_grunfeld_cluster/grunfeld.csv"));
}

PanelKeys keys_of(const std::string& name) {
  return name == "places" ? PanelKeys{"unit", "time"} : PanelKeys{"firm", "year"};
}

// fixest leaves cells of integer columns without quotes; an empty cell is "".
std::string text_at(const Table& table, const std::string& column, std::size_t row) {
  return table.at(column).is_text() ? table.at(column).text_at(row) : std::string();
}

ModelRequest request_of(const Table& expected, std::size_t row) {
  ModelRequest request{.formula = text_at(expected, "formula", row),
                       .vcov = text_at(expected, "vcov", row),
                       .ssc = text_at(expected, "ssc", row),
                       .weights = text_at(expected, "weights", row),
                       .where = text_at(expected, "where", row),
                       .panel = keys_of(text_at(expected, "data", row))};
  const bool counts =
      request.formula.find("log(") != std::string::npos || request.formula.starts_with("count");
  if (counts) request.family = "poisson";
  return request;
}

TEST(KernelVcov, EveryRowOfTheReferencesIsMatched) {
  const Table expected = read_table(reference_path("kernels_r/se.csv"));
  int checked = 0;
  for (std::size_t row = 0; row < expected.rows(); ++row) {
    const ModelRequest request = request_of(expected, row);
    const Estimation e = estimate_request(data_of(text_at(expected, "data", row)), request);
    const std::string term = text_at(expected, "term", row);
    const std::string what =
        text_at(expected, "source", row) + " " + request.formula + " " + request.vcov + " " + term;
    const double se = expected.at("se").values()[row];
    EXPECT_NEAR(coefficient_of(e, term).std_error, se, tolerance * se) << what;
    const double df = expected.at("df").values()[row];
    if (!std::isnan(df)) {
      EXPECT_EQ(e.vcov.df, df) << what;
    }
    ++checked;
  }
  EXPECT_EQ(checked, 81);
}

TEST(KernelVcov, DefaultLagsFollowTheNumberOfPeriods) {
  EXPECT_EQ(default_lags(20), 2);
  EXPECT_EQ(default_lags(100), 4);
  const Table table = data_of("grunfeld");
  for (const char* kind : {"nw", "dk"}) {
    ModelRequest request{.formula = "invest ~ value | firm", .vcov = kind, .panel = {"firm", "year"}};
    const Estimation by_default = estimate_request(table, request);
    request.vcov = std::string(kind) + "(2)";
    EXPECT_EQ(by_default.vcov.matrix, estimate_request(table, request).vcov.matrix);
    EXPECT_EQ(by_default.vcov.details.front().second, 2);
  }
}

TEST(KernelVcov, WithoutLagsNeweyWestIsHc0AndDriscollKraayClustersByPeriod) {
  const Table table = data_of("grunfeld");
  const auto matrix = [&](const char* vcov) {
    return estimate_request(
               table,
               {.formula = "invest ~ value | firm", .vcov = vcov, .ssc = "none", .panel = {"firm", "year"}})
        .vcov.matrix(0, 0);
  };
  EXPECT_NEAR(matrix("nw(0)") / matrix("hc0"), 1, 1e-12);
  EXPECT_NEAR(matrix("dk(0)") / matrix("cluster(year)"), 1, 1e-12);
}

std::string code_of(const std::string& data, ModelRequest request) {
  try {
    estimate_request(data_of(data), request);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

TEST(KernelVcov, WhatCannotBeHadIsRefusedByName) {
  const std::string formula = "invest ~ value | firm";
  EXPECT_EQ(code_of("grunfeld", {.formula = formula, .vcov = "nw(2)"}), "infer.no_panel_time");
  EXPECT_EQ(code_of("grunfeld", {.formula = formula, .vcov = "dk(2)", .panel = {"firm", ""}}),
            "infer.no_panel_time");
  EXPECT_EQ(code_of("grunfeld", {.formula = formula, .vcov = "nw(20)", .panel = {"firm", "year"}}),
            "infer.too_few_periods");
  EXPECT_EQ(
      code_of(
          "grunfeld",
          {.formula = "invest ~ value", .vcov = "dk(0)", .where = "year == 1940", .panel = {"firm", "year"}}),
      "infer.too_few_periods");
  EXPECT_EQ(code_of("grunfeld", {.formula = formula,
                                 .vcov = "nw(2)",
                                 .weights = "year - 1930",
                                 .weight_type = WeightType::frequency,
                                 .panel = {"firm", "year"}}),
            "infer.frequency_weights");
  EXPECT_EQ(code_of("places", {.formula = "y ~ x", .vcov = "conley(lon, lat, 300km)"}), "data.coordinates");
}

TEST(KernelVcov, FewPeriodsAreSaid) {
  const Estimation e = estimate_request(data_of("grunfeld"), {.formula = "invest ~ value | firm",
                                                              .vcov = "dk(2)",
                                                              .where = "year > 1945",
                                                              .panel = {"firm", "year"}});
  ASSERT_EQ(e.warnings.size(), 1);
  EXPECT_EQ(e.warnings[0].first, "infer.few_periods");
}

TEST(KernelVcov, AnIndefiniteSumIsClippedAndSaid) {
  bool clipped = false;
  for (const char* cutoff : {"300", "500", "700", "900", "1500", "2500"}) {
    const Estimation e =
        estimate_request(data_of("places"), {.formula = "y ~ x + w",
                                             .vcov = std::string("conley(lat, lon, ") + cutoff + "km)",
                                             .where = "time == 1"});
    const Vector values = Eigen::SelfAdjointEigenSolver<Matrix>(e.vcov.matrix).eigenvalues();
    EXPECT_GE(values(0), -1e-15 * values(2));
    clipped = clipped || e.vcov.clipped;
    EXPECT_EQ(e.vcov.clipped, !e.warnings.empty());
  }
  EXPECT_TRUE(clipped);
}

}  // namespace
}  // namespace panelist
