// SPDX-License-Identifier: Apache-2.0
// hc2, hc3 and hc4 against fixest, sandwich and R by hand (tests/reference/leverage_cigar).
#include "base/random.h"
#include "reference.h"

namespace panelist {
namespace {

constexpr double agreement = 1e-9;  // lm's QR and fixest's demeaning leave about 1e-11

const Table& cigar() {
  static const Table table = read_table(reference_path("cigar_fe/cigar.csv"));
  return table;
}

const std::map<std::string, ModelRequest>& models() {
  static const std::map<std::string, ModelRequest> known = {
      {"none", {.formula = "log(Sales) ~ log(Price) + log(NDI)"}},
      {"unit", {.formula = "log(Sales) ~ log(Price) + log(NDI) | State"}},
      {"two_way", {.formula = "log(Sales) ~ log(Price) + log(NDI) | State + Year"}},
      {"weighted", {.formula = "log(Sales) ~ log(Price) + log(NDI) | State + Year", .weights = "Pop"}},
      {"slopes", {.formula = "log(Sales) ~ log(Price) + log(NDI) | State[Year]"}},
  };
  return known;
}

TEST(LeveragedVcov, AgreesWithFixestSandwichAndRByHand) {
  const std::map<std::string, std::string> terms = {{"lP", "log(Price)"}, {"lN", "log(NDI)"}};
  std::map<std::string, Estimation> fitted;
  int compared = 0;
  for (const ReferenceRow& row : reference_rows("leverage_cigar/se.csv")) {
    const std::string key = row.at("model") + " " + row.at("kind");
    if (!fitted.contains(key)) {
      ModelRequest request = models().at(row.at("model"));
      request.vcov = row.at("kind");
      fitted[key] = estimate_request(cigar(), request);
    }
    expect_reference(coefficient_of(fitted[key], terms.at(row.at("term"))).std_error, row.at("se"), agreement,
                     key + " " + row.at("source"));
    ++compared;
  }
  EXPECT_EQ(compared, 56);
}

TEST(LeveragedVcov, HasNoFactorAndSaysThatLeveragesAreExact) {
  const Estimation estimation = estimate_request(
      cigar(), {.formula = "log(Sales) ~ log(Price) | State + Year", .vcov = "hc3", .ssc = "fixest"});
  EXPECT_EQ(estimation.vcov.factor, 1.0);
  EXPECT_EQ(estimation.vcov.df, 1380 - 1 - 46 - 29);
  ASSERT_NE(estimation.vcov.leverage, nullptr);
  EXPECT_TRUE(estimation.vcov.leverage->rows.exact);
  EXPECT_NEAR(estimation.vcov.leverage->rows.values.sum(), 1 + 46 + 29, 1e-9);
  EXPECT_EQ(estimation.vcov.leverage->fitted_exactly, 0);
  EXPECT_EQ(estimation.vcov.note, "Heteroskedasticity-robust standard errors (HC3) in parentheses");
}

Table small_panel() {
  Random random(3, "panel", 0);
  Table table(60);
  std::map<std::string, std::vector<double>> columns;
  for (int row = 0; row < 60; ++row) {
    columns["unit"].push_back(row == 59 ? 99 : row / 5);
    columns["x"].push_back(random.normal());
    columns["y"].push_back(columns["x"].back() + random.normal());
    columns["z"].push_back(random.normal() + columns["x"].back());
    columns["count"].push_back(1 + random.below(3));
  }
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  return table;
}

TEST(LeveragedVcov, FrequencyWeightsStandForRepeatedRows) {
  const Table table = small_panel();
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < table.rows(); ++row)
    for (int copy = 0; copy < table.at("count").values()[row]; ++copy) rows.push_back(row);
  Table repeated(rows.size());
  for (const std::string& name : table.names()) {
    std::vector<double> values;
    for (const std::size_t row : rows) values.push_back(table.at(name).values()[row]);
    repeated.set(name, Column::numbers(values));
  }
  for (const char* vcov : {"hc2", "hc3", "hc4"}) {
    ModelRequest request{.formula = "y ~ x | unit", .vcov = vcov, .weights = "count", .where = "unit < 99"};
    request.weight_type = WeightType::frequency;
    const Estimation weighted = estimate_request(table, request);
    const Estimation copied =
        estimate_request(repeated, {.formula = "y ~ x | unit", .vcov = vcov, .where = "unit < 99"});
    EXPECT_NEAR(weighted.vcov.matrix(0, 0), copied.vcov.matrix(0, 0), 1e-12 * copied.vcov.matrix(0, 0));
  }
}

// Unit 99 has one row: leverage one, residual zero. Keeping it changes nothing but the count in the warning.
TEST(LeveragedVcov, RowsFittedExactlyAddNothingAndAreCounted) {
  const Table table = small_panel();
  const Estimation without =
      estimate_request(table, {.formula = "y ~ x | unit", .vcov = "hc3", .ssc = "fixest"});
  const Estimation with = estimate_request(table, {.formula = "y ~ x | unit", .vcov = "hc3", .ssc = "xtreg"});
  EXPECT_EQ(without.vcov.leverage->fitted_exactly, 0);
  EXPECT_EQ(with.vcov.leverage->fitted_exactly, 1);
  EXPECT_NEAR(with.vcov.matrix(0, 0), without.vcov.matrix(0, 0), 1e-14);
  const auto said = [](const Estimation& estimation) {
    return std::count_if(estimation.warnings.begin(), estimation.warnings.end(),
                         [](const auto& warning) { return warning.first == "infer.fitted_exactly"; });
  };
  EXPECT_EQ(said(with), 1);
  EXPECT_EQ(said(without), 0);
}

// The constant under absorbed effects has the variance it has with dummies written out.
TEST(LeveragedVcov, OfTheConstantIsThatOfTheCentredDummies) {
  const Table table = small_panel();
  for (const char* vcov : {"hc2", "hc3"}) {
    const Estimation one =
        estimate_request(table, {.formula = "y ~ x | unit", .vcov = vcov, .where = "unit < 99"});
    const Fit& fit = *one.fit;
    const Vector direction = fit.bread * fit.means.head(1);
    double variance = 0;
    for (Index i = 0; i < fit.residuals.size(); ++i) {
      const double score = (1 / fit.n - fit.x(i, 0) * direction(0)) * fit.residuals(i);
      variance += score * score * std::pow(1 - one.vcov.leverage->rows.values(i), vcov[2] == '2' ? -1 : -2);
    }
    ASSERT_TRUE(one.xtreg_constant.has_value());
    EXPECT_NEAR(one.xtreg_constant->std_error, std::sqrt(variance), 1e-12);
  }
}

// 1200 firms are too many to be exact by default; asked for, they can be had.
TEST(LeveragedVcov, ByProjectionsIsCloseToTheExactOneAndSaysSo) {
  Random random(8, "firms", 0);
  std::map<std::string, std::vector<double>> columns;
  for (int row = 0; row < 9000; ++row) {
    columns["unit"].push_back(row / 4);
    columns["firm"].push_back(random.below(1200));
    columns["x"].push_back(random.normal());
    columns["y"].push_back(columns["x"].back() * (1 + 0.5 * random.normal()) + random.normal());
  }
  Table table(9000);
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  for (const auto& [vcov, power] : std::map<std::string, double>{{"hc2", 1}, {"hc3", 2}}) {
    const Estimation one = estimate_request(table, {.formula = "y ~ x | unit + firm", .vcov = vcov});
    EXPECT_FALSE(one.vcov.leverage->rows.exact);
    EXPECT_TRUE(std::any_of(one.warnings.begin(), one.warnings.end(),
                            [](const auto& warning) { return warning.first == "infer.leverage_projected"; }));
    const Leverages exact = leverages({}, *one.fit, {.dense_levels = 5000});
    EXPECT_TRUE(exact.exact);
    double meat = 0;
    for (Index i = 0; i < one.fit->residuals.size(); ++i) {
      if (1 - exact.values(i) < 1e-10) continue;
      const double score = one.fit->x(i, 0) * one.fit->residuals(i);
      meat += score * score * std::pow(1 - exact.values(i), -power);
    }
    const double variance = one.fit->bread(0, 0) * meat * one.fit->bread(0, 0);
    EXPECT_NEAR(one.vcov.matrix(0, 0) / variance, 1.0, 0.01) << vcov;
    RecordProperty(vcov, std::to_string(one.vcov.matrix(0, 0) / variance));
  }
}

TEST(LeveragedVcov, IsNotDefinedWithInstruments) {
  try {
    estimate_request(small_panel(), {.formula = "y ~ 1 | 0 | x ~ z", .vcov = "hc3"});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "infer.least_squares_only");
  }
}

}  // namespace
}  // namespace panelist
