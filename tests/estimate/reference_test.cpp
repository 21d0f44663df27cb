// SPDX-License-Identifier: Apache-2.0
// Coefficients and fit statistics against Stata and FixedEffectModels.jl (tests/reference).
#include "frames.h"

namespace panelist {
namespace {

using testing::coefficient;
using testing::FrameBuilder;
using testing::ReferenceTable;
using testing::vector_of;

const ReferenceTable& cigar() {
  static const ReferenceTable table = testing::read_reference("cigar_fe/cigar.csv");
  return table;
}

Vector cigar_column(const std::string& name) { return vector_of(cigar().numbers(name)); }

FrameBuilder cigar_frame() { return FrameBuilder(cigar_column("Sales")); }

TEST(Cigar, PooledRegression) {
  const Fit fit = cigar_frame().intercept().x("Price", cigar_column("Price")).fit();
  EXPECT_NEAR(coefficient(fit, "(Intercept)"), 139.73446, 1e-4);
  EXPECT_NEAR(coefficient(fit, "Price"), -0.22974, 1e-4);
  const GoodnessOfFit goodness = goodness_of_fit(fit);
  EXPECT_NEAR(goodness.r2, 0.0969, 1e-4);
  EXPECT_NEAR(goodness.r2_adjusted, 0.09622618, 1e-6);
  EXPECT_NEAR(goodness.log_likelihood, -6625.8266, 1e-4);
  EXPECT_TRUE(std::isnan(goodness.r2_within));
}

TEST(Cigar, PooledRegressionWithWeights) {
  const Fit fit =
      cigar_frame().intercept().x("Price", cigar_column("Price")).weights(cigar_column("Pop")).fit();
  EXPECT_NEAR(coefficient(fit, "(Intercept)"), 137.72495428982756, 1e-6);
  EXPECT_NEAR(coefficient(fit, "Price"), -0.23738, 1e-5);
}

TEST(Cigar, StateEffects) {
  const Fit fit =
      cigar_frame().x("Price", cigar_column("Price")).effect("State", cigar().text("State")).fit();
  EXPECT_NEAR(coefficient(fit, "Price"), -0.20984, 1e-5);
  EXPECT_EQ(fit.dof.absorbed, 46);
  EXPECT_EQ(fit.df_residual(), 1380 - 46 - 1);
}

TEST(Cigar, StateEffectsWithWeights) {
  const Fit fit = cigar_frame()
                      .x("Price", cigar_column("Price"))
                      .effect("State", cigar().text("State"))
                      .weights(cigar_column("Pop"))
                      .fit();
  EXPECT_NEAR(coefficient(fit, "Price"), -0.21741, 1e-5);
}

TEST(Cigar, StateAndYearEffects) {
  FrameBuilder builder = cigar_frame();
  builder.x("Price", cigar_column("Price"));
  builder.effect("State", cigar().text("State")).effect("Year", cigar().text("Year"));
  const Fit fit = builder.fit();
  EXPECT_NEAR(coefficient(fit, "Price"), -1.08471, 1e-5);
  EXPECT_EQ(fit.dof.absorbed, 75);
  EXPECT_NEAR(coefficient(builder.weights(cigar_column("Pop")).fit(), "Price"), -0.88794, 1e-3);
}

TEST(Cigar, StateTrends) {
  const Fit fit = cigar_frame()
                      .x("Price", cigar_column("Price"))
                      .effect("State", cigar().text("State"))
                      .slope(cigar_column("Year"))
                      .fit();
  EXPECT_NEAR(coefficient(fit, "Price"), -0.53470, 1e-5);
  EXPECT_EQ(fit.dof.absorbed, 92);
}

TEST(Cigar, GoodnessOfFitWithEffects) {
  const Fit fit = cigar_frame()
                      .x("Price", cigar_column("Price"))
                      .x("Pimin", cigar_column("Pimin"))
                      .effect("State", cigar().text("State"))
                      .fit();
  const GoodnessOfFit goodness = goodness_of_fit(fit);
  EXPECT_NEAR(goodness.r2, 0.77472, 1e-5);
  EXPECT_NEAR(goodness.r2_adjusted, 0.766768, 1e-5);
  EXPECT_NEAR(goodness.log_likelihood, -5667.7629, 1e-4);
}

TEST(Cigar, InstrumentalVariables) {
  FrameBuilder builder = cigar_frame();
  builder.intercept().endogenous("Price", cigar_column("Price")).instrument("Pimin", cigar_column("Pimin"));
  const Fit fit = builder.fit();
  EXPECT_EQ(fit.method, "2sls");
  EXPECT_NEAR(coefficient(fit, "(Intercept)"), 138.19479, 1e-4);
  EXPECT_NEAR(coefficient(fit, "Price"), -0.20733, 1e-5);
  const Fit with_income = builder.x("NDI", cigar_column("NDI")).fit();
  EXPECT_EQ(with_income.names, (std::vector<std::string>{"(Intercept)", "Price", "NDI"}));
  EXPECT_NEAR(coefficient(with_income, "(Intercept)"), 137.45096580480387, 1e-8);
  EXPECT_NEAR(coefficient(with_income, "NDI"), 0.005169677634275297, 1e-12);
  EXPECT_NEAR(coefficient(with_income, "Price"), -0.7627670265757879, 1e-11);
}

struct Recorded {
  ReferenceTable table = testing::read_reference("stata_xtreg_balanced/expected.csv");
  [[nodiscard]] double of(const std::string& spec, const std::string& kind, const std::string& name) const {
    for (const auto& row : table.rows) {
      if (row[0] == spec && row[1] == kind && row[2] == name) return std::stod(row[4]);
    }
    throw std::runtime_error("nothing recorded for " + spec + ' ' + name);
  }
};

FrameBuilder simulated_panel(bool effects, bool weighted) {
  const ReferenceTable table = testing::read_reference("stata_xtreg_balanced/data.csv");
  FrameBuilder builder(vector_of(table.numbers("y")));
  if (!effects) builder.intercept();
  for (const std::string name : {"x1", "x2", "x3", "x4", "x5"})
    builder.x(name, vector_of(table.numbers(name)));
  if (effects) builder.effect("firm_id", table.text("firm_id"));
  if (weighted) builder.weights(vector_of(table.numbers("w")));
  return builder;
}

double relative(double found, double expected) { return std::abs(found / expected - 1.0); }

TEST(Xtreg, FixedEffects) {
  const Recorded stata;
  for (const bool weighted : {false, true}) {
    const std::string spec = weighted ? "fixed_effect-conventional-weighted-" : "fixed_effect-conventional--";
    const Fit fit = simulated_panel(true, weighted).fit();
    for (const std::string name : {"x1", "x2", "x3", "x4", "x5"}) {
      EXPECT_LT(relative(coefficient(fit, name), stata.of(spec, "coef", name)), 1e-8) << spec << name;
    }
    EXPECT_LT(relative(panel_constant(fit).estimate, stata.of(spec, "coef", "_cons")), 1e-8) << spec;
    EXPECT_LT(relative(fit.rss, stata.of(spec, "stat", "rss")), 1e-7) << spec;
    EXPECT_LT(relative(goodness_of_fit(fit).r2_within, stata.of(spec, "stat", "r2_w")), 1e-7) << spec;
    EXPECT_LT(relative(goodness_of_fit(fit).sigma, stata.of(spec, "stat", "sigma_e")), 1e-7) << spec;
    EXPECT_LT(relative(goodness_of_fit(fit).log_likelihood, stata.of(spec, "stat", "ll")), 1e-7) << spec;
  }
}

TEST(Xtreg, PooledRegression) {
  const Recorded stata;
  for (const bool weighted : {false, true}) {
    const std::string spec = weighted ? "pooled-conventional-weighted-" : "pooled-conventional--";
    const Fit fit = simulated_panel(false, weighted).fit();
    for (const std::string name : {"x1", "x2", "x3", "x4", "x5"}) {
      EXPECT_LT(relative(coefficient(fit, name), stata.of(spec, "coef", name)), 1e-8) << spec << name;
    }
    const GoodnessOfFit goodness = goodness_of_fit(fit);
    EXPECT_LT(relative(coefficient(fit, "(Intercept)"), stata.of(spec, "coef", "_cons")), 1e-8);
    EXPECT_LT(relative(fit.rss, stata.of(spec, "stat", "rss")), 1e-7);
    EXPECT_LT(relative(goodness.r2, stata.of(spec, "stat", "r2")), 1e-7);
    EXPECT_LT(relative(goodness.r2_adjusted, stata.of(spec, "stat", "r2_a")), 1e-7);
    EXPECT_LT(relative(goodness.log_likelihood, stata.of(spec, "stat", "ll")), 1e-7);
    EXPECT_LT(relative(goodness.sigma, stata.of(spec, "stat", "rmse")), 1e-7);
  }
}

TEST(Ivreg2, FirstStageOfTheReturnToSchooling) {
  const ReferenceTable card = testing::read_reference("ivreg2_card/card.csv");
  FrameBuilder builder(vector_of(card.numbers("lwage")));
  builder.intercept();
  for (const std::string name : {"exper", "expersq", "black", "south"}) {
    builder.x(name, vector_of(card.numbers(name)));
  }
  builder.endogenous("educ", vector_of(card.numbers("educ")));
  builder.instrument("nearc2", vector_of(card.numbers("nearc2")));
  builder.instrument("nearc4", vector_of(card.numbers("nearc4")));
  const Fit fit = builder.fit();
  const ReferenceTable expected = testing::read_reference("ivreg2_card/expected.csv");
  int compared = 0;
  for (const auto& row : expected.rows) {
    if (row[0] != "card_overid" || row[1] != "iid" || row[2] != "0") continue;
    const std::string& name = row[4];
    const double value = std::stod(row[6]);
    std::optional<double> found;
    if (row[3] == "coef") found = coefficient(fit, name == "_cons" ? "(Intercept)" : name);
    if (row[3] == "diag" && name == "rss") found = fit.rss;
    if (row[3] == "diag" && name == "r2") found = goodness_of_fit(fit).r2;
    if (row[3] == "first" && name == "pr2") found = fit.iv->first_stages[0].partial_r2;
    if (!found) continue;
    EXPECT_LT(relative(*found, value), 1e-7) << row[3] << ' ' << name;
    ++compared;
  }
  EXPECT_EQ(compared, 9);
}

}  // namespace
}  // namespace panelist
