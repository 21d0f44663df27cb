// SPDX-License-Identifier: Apache-2.0
// Three Grunfeld firms against plm: within and random-effects estimates, F of the effects, Honda's Lagrange multiplier,
// Hausman.
#include "estimate/random_effects.h"
#include "infer/panel_tests.h"
#include "panel_reference.h"

namespace panelist {
namespace {

// Wallace and Hussain's components.
void add_random_effects(Computed& c, const Table& table) {
  const Estimation e = estimate_request(
      table, {.formula = "invest ~ value + capital", .panel = {"firm", "year"}, .family = "re_wh"});
  c["RE (Wallace-Hussain) _cons"] = coefficient_of(e, "(Intercept)").estimate;
  c["RE se _cons"] = coefficient_of(e, "(Intercept)").std_error;
  for (const char* term : {"value", "capital"}) {
    c[std::string("RE ") + term] = coefficient_of(e, term).estimate;
    c[std::string("RE se ") + term] = coefficient_of(e, term).std_error;
  }
  const RandomEffects& effects = *e.fit->random_effects;
  c["RE sigma2 idiosyncratic"] = effects.sigma_e * effects.sigma_e;
  c["RE sigma2 individual"] = effects.sigma_u * effects.sigma_u;
  c["RE theta"] = effects.theta(0);
  c["RE R2"] = e.goodness.r2;
  c["RE chi2(2)"] = e.inference.f.df1 * e.inference.f.statistic;
  // The statistic is negative here; plm's phtest prints its absolute value.
  const TestResult hausman = test_by_name(e, "hausman");
  EXPECT_LT(hausman.statistic, 0);
  EXPECT_TRUE(std::isnan(hausman.p_value));
  EXPECT_NE(hausman.note.find("not positive definite"), std::string::npos);
  c["Hausman chi2(2)"] = -hausman.statistic;
}

TEST(GrunfeldPlm, EveryRowIsMatchedOrNamed) {
  const Table table = read_table(reference_path("grunfeld3_plm/grunfeld3.csv"));
  const Estimation e =
      estimate_request(table, {.formula = "invest ~ value + capital | firm", .panel = {"firm", "year"}});
  const Fit& fit = *e.fit;
  const Context context;
  const double r2 = e.goodness.r2_within;
  Computed c;
  for (const char* term : {"value", "capital"}) {
    const Coefficient& one = coefficient_of(e, term);
    c["FE " + one.term] = one.estimate;
    c["FE se " + one.term] = one.std_error;
    c["FE t " + one.term] = one.statistic;
  }
  c["FE within TSS"] = fit.tss_within;
  c["FE RSS"] = fit.rss;
  c["FE within R2"] = r2;
  c["FE adj R2 (plm: 1-(1-R2)(N-1)/(N-n-K))"] = 1 - (1 - r2) * (fit.n - 1) / fit.df_residual();
  c["FE F(2 55)"] = e.inference.f.statistic;
  EXPECT_EQ(e.inference.f.df1, 2);
  EXPECT_EQ(e.inference.f.df2, 55);
  const TestResult effects = effects_f_test(context, fit);
  c["F individual effects (2 55)"] = effects.statistic;
  EXPECT_EQ(effects.df1, 2);
  EXPECT_EQ(effects.df2, 55);
  const Fit pooled = pooled_fit(context, fit);
  const TestResult honda = honda_lm(pooled, fit.frame->unit);
  c["LM Honda normal"] = honda.statistic;
  EXPECT_NEAR(breusch_pagan_lm(pooled, fit.frame->unit).statistic, honda.statistic * honda.statistic, 1e-9);

  add_random_effects(c, table);

  int checked = 0;
  for (ReferenceRow& row : reference_rows("grunfeld3_plm/expected.csv")) {
    ASSERT_TRUE(c.contains(row["quantity"])) << row["quantity"];
    const std::string digits = row["value"].substr(0, row["value"].find(' '));
    // "(3 digits)": rounded to thousands
    if (row["value"] != digits) {
      EXPECT_NEAR(c[row["quantity"]], std::stod(digits), 0.5 * std::pow(10.0, digits.size() - 3.0));
    } else {
      expect_reference(c[row["quantity"]], digits, 0, row["quantity"]);
    }
    ++checked;
  }
  EXPECT_EQ(checked, 25);
}

}  // namespace
}  // namespace panelist
