// SPDX-License-Identifier: Apache-2.0
// A balanced panel against recorded `regress`, `xtreg, fe`, `be`, `re`: conventional, robust, clustered, weighted; the constant
// of xtreg with its covariances; the F test of the effects; R2 of three kinds.
#include <set>

#include "estimate/random_effects.h"
#include "infer/panel_tests.h"
#include "reference.h"

namespace panelist {
namespace {

bool left_out(ReferenceRow& row) {
  // xtreg's e(df_m) counts the effects under conventional errors and drops a regressor under clustered ones.
  return row["spec"].starts_with("fixed_effect") && row["name"] == "df_m";
}

std::map<std::string, std::string> names(bool with_constant) {
  std::map<std::string, std::string> result;
  for (const char* x : {"x1", "x2", "x3", "x4", "x5"}) result[x] = x;
  if (with_constant) result["_cons"] = "(Intercept)";
  return result;
}

void add_constant(Computed& c, const Estimation& e) {
  const Coefficient& one = e.xtreg_constant.value();
  c["coef _cons "] = one.estimate;
  c["t _cons "] = one.statistic;
  c["p _cons "] = one.p_value;
  c["vcov _cons _cons"] = one.std_error * one.std_error;
  // The mean of the outcome is uncorrelated with the slopes here (iid, or clusters that nest the units).
  const Vector with_slopes = -(e.vcov.matrix * panel_constant(*e.fit).mean_x);
  for (const auto& [name, ours] : names(false))
    c["vcov _cons " + name] = c["vcov " + name + " _cons"] = with_slopes(position_of(*e.fit, ours));
}

void add_goodness(Computed& c, const Estimation& e, bool effects) {
  const Fit& fit = *e.fit;
  const double tss = effects ? fit.tss_within : fit.tss;
  const double left = fit.n - e.vcov.k;
  c["stat rss"] = fit.rss;
  c["stat mss"] = tss - fit.rss;
  c["stat r2"] = effects ? e.goodness.r2_within : e.goodness.r2;
  c["stat r2_a"] = 1 - (1 - c["stat r2"]) * (fit.n - 1) / left;
  c["stat rmse"] = std::sqrt(fit.rss / left);
  c["stat ll"] = e.goodness.log_likelihood;
  c["stat ll_0"] = gaussian_log_likelihood(tss, fit.n);
  c["stat N"] = fit.n;
  c["stat df_r"] = e.vcov.df;
  c["stat df_m"] = c["stat df_b"] = e.inference.f.df1;
  c["stat F"] = e.inference.f.statistic;
}

void add_panel(Computed& c, const Estimation& e) {
  const PanelDescription panel = describe_panel(*e.fit, e.fit->frame->effects[0].group);
  c["stat tss"] = e.fit->tss;
  c["stat df_a"] = static_cast<double>(e.fit->dof.absorbed) - 1;
  c["stat F_f"] = effects_f_test({}, *e.fit).statistic;
  c["stat N_g"] = panel.units;
  c["stat g_min"] = panel.shortest;
  c["stat g_avg"] = c["stat Tbar"] = panel.mean;
  c["stat g_max"] = panel.longest;
  c["stat r2_w"] = panel.r2_within;
  c["stat r2_b"] = panel.r2_between;
  c["stat r2_o"] = panel.r2_overall;
  c["stat sigma_u"] = panel.sigma_u;
  c["stat sigma_e"] = panel.sigma_e;
  c["stat sigma"] = std::hypot(panel.sigma_u, panel.sigma_e);
  c["stat rho"] = panel.rho;
  c["stat corr"] = panel.correlation;
}

// "fixed_effect-cluster-weighted-"
Computed compute(const Table& table, const std::string& spec) {
  const bool effects = spec.starts_with("fixed_effect");
  const bool robust = spec.find("robust") != std::string::npos;
  const bool cluster = spec.find("cluster") != std::string::npos || (robust && effects);
  ModelRequest request{.formula = "y ~ x1 + x2 + x3 + x4 + x5"};
  if (effects) request.formula += " | firm_id";
  request.vcov = cluster ? "cluster(firm_id)" : robust ? "robust" : "iid";
  request.ssc = effects ? "xtreg" : "stata";
  if (spec.find("weighted") != std::string::npos) request.weights = "w";
  const Estimation e = estimate_request(table, request);
  Computed c;
  add_coefficients(c, e, names(!effects));
  add_goodness(c, e, effects);
  if (effects) {
    add_constant(c, e);
    add_panel(c, e);
  }
  return c;
}

// What xtreg, be and re say of the panel behind the estimates.
void add_balanced_panel(Computed& c, const Estimation& e, const ModelFrame& levels) {
  const PanelR2 r2 = panel_r2(levels, e.fit->names, e.fit->coefficients);
  c["stat N"] = static_cast<double>(levels.n());
  c["stat N_g"] = levels.unit.size();
  c["stat g_min"] = c["stat g_avg"] = c["stat g_max"] = c["stat Tbar"] = c["stat N"] / c["stat N_g"];
  c["stat r2_w"] = r2.within;
  c["stat r2_b"] = r2.between;
  c["stat r2_o"] = r2.overall;
}

void add_components(Computed& c, const Estimation& e) {
  const RandomEffects& effects = *e.fit->random_effects;
  c["stat sigma_u"] = effects.sigma_u;
  c["stat sigma_e"] = effects.sigma_e;
  c["stat sigma"] = std::hypot(effects.sigma_u, effects.sigma_e);
  c["stat rho"] = effects.rho;
}

// "between-conventional-wls-" "random_effect-cluster--"
Computed compute_in_levels(const Table& table, const std::string& spec) {
  const bool random = spec.starts_with("random_effect");
  ModelRequest request{.formula = "y ~ x1 + x2 + x3 + x4 + x5", .ssc = "stata", .panel = {"firm_id", "time"}};
  const Estimation pooled = estimate_request(table, request);
  if (spec.find("conventional") == std::string::npos) request.vcov = "cluster(firm_id)";
  request.family = random ? "re" : spec.find("wls") == std::string::npos ? "be" : "be_wls";
  const Estimation e = estimate_request(table, request);
  Computed c;
  add_coefficients(c, e, names(true));
  add_goodness(c, e, false);
  add_balanced_panel(c, e, *pooled.fit->frame);
  if (random) add_components(c, e);
  return c;
}

TEST(StataXtreg, EveryRowIsMatchedOrNamed) {
  const Table table = read_table(reference_path("stata_xtreg_balanced/data.csv"));
  std::map<std::string, Computed> computed;
  int checked = 0, left = 0;
  for (ReferenceRow& row : reference_rows("stata_xtreg_balanced/expected.csv")) {
    if (left_out(row)) {
      ++left;
      continue;
    }
    if (!computed.contains(row["spec"])) {
      const bool levels = row["spec"].starts_with("between") || row["spec"].starts_with("random");
      computed[row["spec"]] = levels ? compute_in_levels(table, row["spec"]) : compute(table, row["spec"]);
    }
    const std::string key =
        row["kind"] == "stat" ? "stat " + row["name"] : row["kind"] + " " + row["name"] + " " + row["name2"];
    const std::string what = row["spec"] + " " + key;
    ASSERT_TRUE(computed[row["spec"]].contains(key)) << what;
    expect_reference(computed[row["spec"]][key], row["value"], row["kind"] == "coef" ? 1e-8 : 1e-7, what);
    ++checked;
  }
  EXPECT_EQ(checked + left, 1231);
  EXPECT_EQ(computed.size(), 17);
}

}  // namespace
}  // namespace panelist
