// SPDX-License-Identifier: Apache-2.0
#include "shape/marginal_effect.h"

#include "oracle.h"

namespace panelist {
namespace {

MarginalSpec over(const std::string& x, const std::string& by, const std::vector<double>& at = {}) {
  MarginalSpec asked;
  asked.x = x;
  asked.by = by;
  asked.at = at;
  return asked;
}

MarginalEffects effects_of(const std::string& formula, const MarginalSpec& asked) {
  const ShapeOracle& oracle = shape_oracle();
  const EstimationSpec spec = shape_model(formula);
  return marginal_effects(Context{}, spec, oracle.estimate(spec), asked, oracle.table, &oracle.panel);
}

TEST(MarginalEffects, OverPercentilesOfAModeratorAreContrastsOfTheRegression) {
  for (const char* formula : {"v ~ x * w + z | unit + year", "v ~ x + w + I(x*w) + z | unit + year",
                              "v ~ w + z + w:x + x | unit + year"}) {
    const MarginalEffects effects = effects_of(formula, over("x", "w"));
    ASSERT_EQ(effects.points.size(), 5U);
    for (const MarginalPoint& point : effects.points) {
      const std::string what = "w " + std::to_string(static_cast<int>(point.percent));
      const auto expected = [&](const char* quantity) {
        return shape_oracle().at("marginal", what + " " + quantity);
      };
      expect_close(point.value, expected("value"), what);
      expect_close(point.estimate, expected("estimate"), what);
      expect_close(point.std_error, expected("std_error"), what);
      expect_close(point.low, expected("low"), what);
      expect_close(point.p_value, expected("p"), what);
    }
  }
}

TEST(MarginalEffects, OfAModeratorOfFewValuesStandAtEachOnce) {
  const ShapeOracle& oracle = shape_oracle();
  std::vector<double> halves;
  for (const double w : oracle.table.at("w").values()) halves.push_back(w > 0 ? 1 : 0);
  Table table = oracle.table;
  table.set("high", Column::numbers(halves));
  const Panel panel = make_panel(table, {"unit", "year"});
  const EstimationSpec spec = shape_model("v ~ x * high + z | unit + year");
  Diagnostics notes;
  const Estimation estimation = estimate_model({}, spec, table, &panel, notes);
  const MarginalEffects effects =
      marginal_effects(Context{}, spec, estimation, over("x", "high"), table, &panel);
  ASSERT_EQ(effects.points.size(), 2U);
  EXPECT_EQ(effects.points[0].value, 0);
  EXPECT_EQ(effects.points[0].estimate, estimation.inference.coefficients[0].estimate);
  EXPECT_EQ(effects.points[1].value, 1);
  EXPECT_NEAR(effects.points[0].share + effects.points[1].share, 1, 1e-12);
  EXPECT_GT(effects.points[0].share, 0);
  EXPECT_TRUE(std::isnan(effects.points[1].percent));
}

TEST(MarginalEffects, KnowWhichPointsNoRowReaches) {
  EXPECT_TRUE(effects_of("v ~ x * w + z | unit + year", over("x", "w")).outside().empty());
  const MarginalEffects far = effects_of("v ~ x * w + z | unit + year", over("x", "w", {0.1, 99}));
  EXPECT_EQ(far.outside(), std::vector<double>{99});
}

TEST(MarginalEffects, OfAModeratorWithGroupsAreThoseOfTheGroups) {
  for (const char* formula :
       {"v ~ x + x:region + z | unit + year", "v ~ x + x:i(region, ref=East) + z | unit + year"}) {
    const MarginalEffects effects = effects_of(formula, over("x", "region"));
    ASSERT_EQ(effects.points.size(), 3U);
    for (const MarginalPoint& point : effects.points) {
      expect_close(point.estimate, shape_oracle().at("groups", point.group + " estimate"), point.group);
      expect_close(point.std_error, shape_oracle().at("groups", point.group + " std_error"), point.group);
    }
    EXPECT_NEAR(effects.points[0].share, 8.0 / 25, 1e-12);
  }
}

TEST(MarginalEffects, AlongXItselfAreItsSlope) {
  for (const char* formula : {"v ~ x + I(x^2) + z | unit + year", "v ~ poly(x,2) + z | unit + year",
                              "v ~ x + x:x + z | unit + year"}) {
    const MarginalSpec asked = over("x", "x", {1, 2, 3});
    const MarginalEffects effects = effects_of(formula, asked);
    for (int v = 1; v <= 3; ++v) {
      const MarginalPoint& point = effects.points[static_cast<std::size_t>(v - 1)];
      expect_close(point.estimate, shape_oracle().at("along", std::to_string(v) + " estimate"), formula);
      expect_close(point.std_error, shape_oracle().at("along", std::to_string(v) + " std_error"), formula);
    }
  }
}

TEST(MarginalEffects, UniformBandHoldsThePointwiseOneAndStaysWithinScheffes) {
  MarginalSpec asked = over("x", "w");
  asked.grid = 41;
  const MarginalEffects effects = effects_of("v ~ x * w + z | unit + year", asked);
  ASSERT_EQ(effects.points.size(), 41U);
  EXPECT_GT(effects.uniform_critical, effects.critical);
  // Two coefficients span the line: Scheffe's bound is the largest that the maximum can need.
  EXPECT_LT(effects.uniform_critical, 1.03 * std::sqrt(2 * 3.402826));  // F(2, 24) at 95 %
  double shares = 0;
  for (const MarginalPoint& point : effects.points) shares += point.share;
  EXPECT_NEAR(shares, 1, 1e-12);
}

TEST(MarginalEffects, OfOnePointHaveOneBand) {
  const MarginalEffects effects = effects_of("v ~ x * w + z | unit + year", over("x", "w", {0.5}));
  EXPECT_NEAR(effects.uniform_critical, effects.critical, 0.06);
}

void expect_same_effects(const std::string& formula, const std::string& plain) {
  const MarginalEffects effects = effects_of(formula, over("x", "w", {-1, 0, 2}));
  const MarginalEffects expected = effects_of(plain, over("x", "w", {-1, 0, 2}));
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(effects.points[i].estimate, expected.points[i].estimate, 1e-9) << formula;
    EXPECT_NEAR(effects.points[i].std_error, expected.points[i].std_error, 1e-9) << formula;
  }
}

TEST(MarginalEffects, OfCentredAndScaledVariablesAreThoseOfTheVariables) {
  const char* plain = "v ~ x * w + z | unit + year";
  expect_same_effects("v ~ x * I(w - mean(w)) + z | unit + year", plain);
  expect_same_effects("v ~ I(x - mean(x)) * I((w - mean(w)) / sd(w)) + z | unit + year", plain);
  expect_same_effects("v ~ x + w + I((x - mean(x)) / sd(x)):w + z | unit + year", plain);
}

TEST(MarginalEffects, RefuseExpressionsOfTheWholeColumn) {
  for (const char* formula :
       {"v ~ x * winsor(w, 0.1) + z | unit + year", "v ~ x * I(w - mean(w, by=year)) + z | unit + year",
        "v ~ x * rank(w) + z | unit + year", "v ~ x + w + I(x * L.w) + x:w | unit"})
    EXPECT_EQ(code_of([&] { effects_of(formula, over("x", "w")); }), "shape.whole_column") << formula;
}

TEST(MarginalEffects, DoNotCountLagsOfTheRegressor) {
  const char* formula = "v ~ x * w + L.x + z | unit";
  const MarginalEffects effects = effects_of(formula, over("x", "w", {0, 1}));
  const Estimation estimation = shape_oracle().estimate(shape_model(formula));
  const std::vector<std::string>& names = estimation.fit->names;
  const auto coefficient = [&](const std::string& name) {
    return estimation.fit->coefficients(std::find(names.begin(), names.end(), name) - names.begin());
  };
  EXPECT_NEAR(effects.points[0].estimate, coefficient("x"), 1e-12);
  EXPECT_NEAR(effects.points[1].estimate, coefficient("x") + coefficient("x:w"), 1e-12);
}

TEST(MarginalEffects, StandAtTheSharesOfOtherCategories) {
  // The same model under two references of the category.
  const char* all = "v ~ x:region + x:w + w + z | unit + year";
  expect_same_effects(all, "v ~ x * region + x:w + w + z | unit + year");
  expect_same_effects(all, "v ~ x + x:i(region, ref=East) + x:w + w + z | unit + year");
}

TEST(MarginalEffects, RefuseAGroupThatTheModelGivesNoEffect) {
  EXPECT_EQ(code_of([] { effects_of("v ~ x:i(region, ref=East) + z | unit + year", over("x", "region")); }),
            "shape.no_interaction");
}

TEST(MarginalEffects, RefuseWhatHasNoModerator) {
  EXPECT_EQ(code_of([] { effects_of("v ~ x + w | unit", over("x", "w")); }), "shape.no_interaction");
  EXPECT_EQ(code_of([] { effects_of("v ~ x + w | unit", over("x", "x")); }), "shape.no_interaction");
}

TEST(MarginalEffects, RefuseAModeratorThatDoesNotVary) {
  const ShapeOracle& oracle = shape_oracle();
  EstimationSpec spec = shape_model("v ~ x * w + z | unit");
  Table table = oracle.table;
  table.set("w", Column::numbers(std::vector<double>(table.rows(), 2)));
  Diagnostics notes;
  const Estimation estimation = estimate_model(Context{}, spec, table, &oracle.panel, notes);
  EXPECT_EQ(
      code_of([&] { marginal_effects(Context{}, spec, estimation, over("x", "w"), table, &oracle.panel); }),
      "shape.constant_moderator");
}

TEST(MarginalEffects, RefuseAProductThatWasDropped) {
  const ShapeOracle& oracle = shape_oracle();
  EstimationSpec spec = shape_model("v ~ x + z + h:x | unit");
  Table table = oracle.table;  // x does not vary within the second half
  std::vector<double> h(table.rows(), 1);
  h[0] = 0;
  std::vector<double> x = table.at("x").values();
  x[0] = 0;
  table.set("h", Column::numbers(h));
  table.set("x", Column::numbers(x));
  Diagnostics notes;
  const Estimation estimation = estimate_model(Context{}, spec, table, &oracle.panel, notes);
  EXPECT_EQ(code_of([&] {
              marginal_effects(Context{}, spec, estimation, over("x", "h", {0, 1}), table, &oracle.panel);
            }),
            "shape.term_dropped");
}

}  // namespace
}  // namespace panelist
