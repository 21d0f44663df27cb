// SPDX-License-Identifier: Apache-2.0
// 2SLS against recorded ivreg2: coefficients, covariances with and without `small`, identification, overidentification,
// endogeneity, Anderson-Rubin and first-stage statistics; iid, robust, clustered, weighted.
#include <set>

#include "base/distribution.h"
#include "reference.h"

namespace panelist {
namespace {

constexpr double tolerance = 1e-7;  // the set's README

// k-class estimators, GMM and orthog() are later issues.
const std::set<std::string> later_specs = {"card_liml_overid", "card_fuller1_overid", "card_kclass_half",
                                           "card_overid_gmm2s", "card_orthog1"};

bool later(ReferenceRow& row) {
  if (later_specs.contains(row["spec"])) return true;
  const std::string& name = row["name"];
  // Stock-Wright S, Sanderson-Windmeijer and Angrist-Pischke statistics; the flag of the command.
  if (name.starts_with("sstat") || name == "small") return true;
  if (row["kind"] == "first" && (name.starts_with("SW") || name.starts_with("AP"))) return true;
  // Two clusters, five coefficients: their covariance has rank one and the Wald form depends on the g-inverse.
  return row["spec"] == "card_just_id_weighted" && row["vce"] == "cl" && (name == "F_stat" || name == "F_p");
}

struct Spec {
  std::string data, formula, weights, cluster;
};
const std::map<std::string, Spec> specs = {
    {"card_just_id", {"card", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc4", "", ""}},
    {"card_overid", {"card", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc2 + nearc4", "", ""}},
    {"card_just_id_weighted",
     {"card", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc4", "weight", "cluster(smsa66)"}},
    {"sim_cluster", {"sim_cluster", "y ~ x1 | 0 | endo1 ~ z1 + z2", "", "cluster(cluster_id)"}},
};

void add_fit(Computed& c, const Estimation& e, bool small) {
  const Fit& fit = *e.fit;
  const double K = static_cast<double>(fit.k()), L1 = static_cast<double>(fit.iv->instruments.cols());
  c["diag N"] = fit.n;
  c["diag K"] = K;
  c["diag L"] = L1 + static_cast<double>(fit.iv->included.cols());
  c["diag r2"] = c["diag r2c"] = e.goodness.r2;
  c["diag r2_a"] = e.goodness.r2_adjusted;
  c["diag r2u"] = 1 - fit.rss / outcome_squares(fit);
  c["diag rss"] = fit.rss;
  c["diag sigmasq"] = fit.rss / (small ? fit.n - K : fit.n);
  c["diag rmse"] = std::sqrt(c["diag sigmasq"]);
  if (!e.vcov.n_clusters.empty()) c["diag N_clust"] = e.vcov.n_clusters[0];
}

// The model F is small-sample in ivreg2 even when the covariance is not.
void add_model_f(Computed& c, const Estimation& e, bool small) {
  const double n = e.fit->n, K = static_cast<double>(e.fit->k());
  const bool clustered = !e.vcov.n_clusters.empty();
  const double G = clustered ? e.vcov.n_clusters[0] : 0;
  double f = e.inference.f.statistic;
  if (!small) f *= clustered ? (G - 1) / G * (n - K) / (n - 1) : (n - K) / n;
  c["diag F_stat"] = f;
  c["diag F_df1"] = K - 1;
  c["diag F_df2"] = clustered ? G - 1 : n - K;
  c["diag F_p"] = f_upper(f, c["diag F_df1"], c["diag F_df2"]);
}

void add_tests(Computed& c, const Estimation& e) {
  add_test(c, "diag ", "idstat", "idp", "iddf", find_test(e, "kp_lm"));
  c["diag cdf"] = find_test(e, "cragg_donald_f")->statistic;
  c["diag widstat"] = find_test(e, "kp_f")->statistic;
  add_test(c, "diag ", "estat", "estatp", "estatdf", find_test(e, "endogeneity"));
  add_test(c, "diag ", "sargan", "sarganp", "sargandf", find_test(e, "sargan"));
  add_test(c, "diag ", "j", "jp", "jdf", find_test(e, "sargan"));
  add_test(c, "diag ", "j", "jp", "jdf", find_test(e, "hansen_j"));
  // Exactly identified: ivreg2 stores zeros, we give no test.
  if (e.fit->iv->instruments.cols() == e.fit->iv->endogenous.cols()) {
    EXPECT_FALSE(c.contains("diag j"));
    c["diag j"] = c["diag jdf"] = c["diag sargan"] = c["diag sargandf"] = 0;
  }
  add_test(c, "diag ", "archi2", "archi2p", "ardf", find_test(e, "anderson_rubin_chi2"));
  add_test(c, "diag ", "arf", "arfp", "ardf", find_test(e, "anderson_rubin"));
  c["diag ardf_r"] = find_test(e, "anderson_rubin")->df2;
}

void add_first_stage(Computed& c, const Estimation& e) {
  const FirstStageInference& stage = e.iv.first_stage.at(0);
  const FirstStage& regression = e.fit->iv->first_stages.at(0);
  const Vector& u = regression.residuals;
  const double rss = e.fit->weights.size() > 0 ? e.fit->weights.dot(u.cwiseAbs2()) : u.squaredNorm();
  const std::string name = " " + stage.endogenous;
  c["first rmse" + name] = std::sqrt(rss / (e.fit->n - static_cast<double>(regression.coefficients.size())));
  c["first pr2" + name] = stage.partial_r2;
  c["first sheapr2" + name] = stage.shea_r2;
  c["first F" + name] = stage.f.statistic;
  c["first pvalue" + name] = stage.f.p_value;
  c["first df" + name] = stage.f.df1;
  c["first df_r" + name] = stage.f.df2;
}

Computed compute(const Spec& spec, const std::string& vce, bool small) {
  const Table table = read_single_precision("ivreg2_card/" + spec.data + ".csv");
  const Estimation e = estimate_request(table, {.formula = spec.formula,
                                                .vcov = vce == "cl" ? spec.cluster : vce,
                                                .ssc = small ? "ivreg2-small" : "ivreg2",
                                                .weights = spec.weights});
  std::map<std::string, std::string> names;
  for (const std::string& name : e.fit->names) names[name == "(Intercept)" ? "_cons" : name] = name;
  Computed c;
  add_coefficients(c, e, names);
  add_fit(c, e, small);
  add_model_f(c, e, small);
  add_tests(c, e);
  add_first_stage(c, e);
  return c;
}

TEST(Ivreg2Card, EveryRowIsMatchedOrNamed) {
  std::map<std::string, Computed> computed;
  int checked = 0, left = 0;
  for (ReferenceRow& row : reference_rows("ivreg2_card/expected.csv")) {
    if (later(row)) {
      ++left;
      continue;
    }
    const std::string run = row["spec"] + " " + row["vce"] + " " + row["small"];
    if (!computed.contains(run))
      computed[run] = compute(specs.at(row["spec"]), row["vce"], row["small"] == "1");
    std::string key = row["kind"] + " " + row["name"];
    if (row["kind"] == "vcov") key += " " + row["name2"].substr(std::string("vcov_").size());
    if (row["kind"] != "vcov" && row["kind"] != "diag") key += " " + row["name2"];
    ASSERT_TRUE(computed[run].contains(key)) << run << " " << key;
    expect_reference(computed[run][key], row["value"], tolerance, run + " " + key);
    ++checked;
  }
  EXPECT_EQ(checked + left, 3990);
  EXPECT_EQ(computed.size(), 20);
}

TEST(Ivreg2Card, TestsThatCannotBeComputedAreLeftOutWithAReason) {
  const Table table = read_table(reference_path("ivreg2_card/card.csv"));
  const Estimation e = estimate_request(
      table, {.formula = specs.at("card_just_id").formula, .vcov = "cluster(smsa66)", .ssc = "ivreg2"});
  EXPECT_EQ(find_test(e, "endogeneity"), nullptr);
  EXPECT_EQ(find_test(e, "hansen_j"), nullptr);
  ASSERT_EQ(e.iv.left_out.size(), 2);
  EXPECT_EQ(e.iv.left_out[0].first, "hansen_j");
  EXPECT_EQ(e.iv.left_out[0].second, "the equation is exactly identified");
  EXPECT_EQ(e.iv.left_out[1].first, "endogeneity");
  EXPECT_NE(e.iv.left_out[1].second.find("not positive definite"), std::string::npos);
}

}  // namespace
}  // namespace panelist
