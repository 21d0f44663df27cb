// SPDX-License-Identifier: Apache-2.0
// 2SLS against recorded ivreg2: coefficients, covariances with and without `small`, identification, overidentification,
// endogeneity, Anderson-Rubin and first-stage statistics; iid, robust, clustered, weighted.
#include <set>

#include "base/distribution.h"
#include "reference.h"

namespace panelist {
namespace {

constexpr double tolerance = 1e-7;  // the set's README

// Rows that are no numbers of a regression, or no numbers at all.
bool left_out(ReferenceRow& row) {
  const std::string& name = row["name"];
  // The flag of the command and the instrument named in it.
  if (name == "small" || name == "clist") return true;
  if (row["spec"] == "sim_cluster" || row["vce"] != "cl") return false;
  // Two clusters, five coefficients: their covariance has rank one and the Wald form depends on the g-inverse.
  if (name == "F_stat" || name == "F_p") return true;
  // Two clusters, two moments that sum to zero over them: ivreg2 inverted rounding, statistics beyond 1e13.
  static const std::set<std::string> of_rounding = {"arf",    "arfp", "archi2", "archi2p", "F",
                                                    "pvalue", "SWF",  "SWFp",   "SWchi2",  "SWchi2p",
                                                    "APF",    "APFp", "APchi2", "APchi2p"};
  return row["spec"] != "card_just_id_weighted" && !row["value"].empty() && of_rounding.contains(name);
}

struct Spec {
  std::string data, formula, weights, cluster, method = "";
};
constexpr const char* overidentified = "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc2 + nearc4";
const std::map<std::string, Spec> specs = {
    {"card_just_id", {"card", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc4", "", ""}},
    {"card_overid", {"card", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc2 + nearc4", "", ""}},
    {"card_just_id_weighted",
     {"card", "lwage ~ exper + expersq + black + south | 0 | educ ~ nearc4", "weight", "cluster(smsa66)"}},
    {"card_liml_overid", {"card", overidentified, "", "cluster(smsa66)", "liml"}},
    {"card_fuller1_overid", {"card", overidentified, "", "cluster(smsa66)", "fuller(1)"}},
    {"card_kclass_half", {"card", overidentified, "", "cluster(smsa66)", "kclass(0.5)"}},
    {"card_overid_gmm2s", {"card", overidentified, "", "cluster(age)", "gmm2s"}},
    {"card_orthog1", {"card", "lwage ~ exper + expersq | 0 | educ ~ nearc2 + nearc4", "", ""}},
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

// Of tests that do not exist ivreg2 stores the degrees of freedom and no statistic.
void add_degrees(Computed& c, const Estimation& e) {
  const double K1 = static_cast<double>(e.fit->iv->endogenous.cols());
  const double L1 = static_cast<double>(e.fit->iv->instruments.cols());
  c["diag jdf"] = c["diag sargandf"] = L1 - K1;
  c["diag ardf"] = c["diag sstatdf"] = L1;
  c["diag iddf"] = L1 - K1 + 1;
  c["diag estatdf"] = K1;
  c["diag ardf_r"] = e.iv.first_stage.at(0).f.df2;
}

void add_tests(Computed& c, const Estimation& e) {
  add_degrees(c, e);
  add_test(c, "diag ", "idstat", "idp", "iddf", find_test(e, "kp_lm"));
  c["diag cdf"] = find_test(e, "cragg_donald_f")->statistic;
  if (const TestResult* kp = find_test(e, "kp_f")) c["diag widstat"] = kp->statistic;
  add_test(c, "diag ", "estat", "estatp", "estatdf", find_test(e, "endogeneity"));
  add_test(c, "diag ", "sargan", "sarganp", "sargandf", find_test(e, "sargan"));
  add_test(c, "diag ", "j", "jp", "jdf", find_test(e, "sargan"));
  add_test(c, "diag ", "j", "jp", "jdf", find_test(e, "hansen_j"));
  // Exactly identified: ivreg2 stores zeros, we give no test.
  if (e.fit->iv->instruments.cols() == e.fit->iv->endogenous.cols()) {
    EXPECT_FALSE(c.contains("diag j"));
    c["diag j"] = c["diag jdf"] = c["diag sargan"] = c["diag sargandf"] = 0;
  }
  add_test(c, "diag ", "sstat", "sstatp", "sstatdf", find_test(e, "stock_wright"));
  add_test(c, "diag ", "archi2", "archi2p", "ardf", find_test(e, "anderson_rubin_chi2"));
  add_test(c, "diag ", "arf", "arfp", "ardf", find_test(e, "anderson_rubin"));
  if (const TestResult* ar = find_test(e, "anderson_rubin")) {
    EXPECT_EQ(c["diag ardf_r"], ar->df2);
  }
}

void add_conditional(Computed& c, const std::string& prefix, const std::string& endogenous,
                     const TestResult& test) {
  const std::string name = "first " + prefix;
  c[name + "F " + endogenous] = test.statistic;
  c[name + "Fdf1 " + endogenous] = test.df1;
  c[name + "Fdf2 " + endogenous] = test.df2;
  c[name + "Fp " + endogenous] = test.p_value;
  c[name + "r2 " + endogenous] = test.details.at(0).second;
  if (test.details.size() < 3) return;
  c[name + "chi2 " + endogenous] = test.details.at(1).second;
  c[name + "chi2p " + endogenous] = test.details.at(2).second;
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
  add_conditional(c, "SW", stage.endogenous, stage.sanderson_windmeijer);
  add_conditional(c, "AP", stage.endogenous, stage.angrist_pischke);
}

// GMM's rows have names of their own.
void add_gmm_names(Computed& c, const Estimation& e) {
  const std::map<std::string, std::string> names = {
      {"first_stage_f", "widstat"}, {"model_f", "F_stat"},       {"model_f_df1", "F_df1"},
      {"model_f_df2", "F_df2"},     {"model_f_p", "F_p"},        {"overid_df", "jdf"},
      {"overid_p", "jp"},           {"overid_stat", "j"},        {"sigma", "rmse"},
      {"underid_df", "iddf"},       {"underid_p", "idp"},        {"underid_stat", "idstat"},
      {"weak_id_cd_f", "cdf"},      {"weak_id_kp_f", "widstat"},
  };
  for (const auto& [theirs, ours] : names) c["diag " + theirs] = c.at("diag " + ours);
  c["diag first_stage_f"] = e.iv.first_stage.at(0).f.statistic;
}

void add_k_class(Computed& c, const Estimation& e) {
  c["diag kclass"] = e.fit->iv_method.k;
  c["diag lambda"] = e.fit->iv_method.smallest_root;
  c["diag fuller"] = 1;
  const TestResult* lr = find_test(e, "liml_overid");
  if (lr == nullptr) return;
  add_test(c, "diag ", "arubin", "arubinp", "arubindf", lr);
  c["diag arubin_lin"] = lr->details.at(0).second;
  c["diag arubin_linp"] = chi2_upper(lr->details.at(0).second, lr->df1);
}

// orthog(nearc2), which adds J of all instruments.
void add_orthogonality(Computed& c, const Estimation& e) {
  const TestResult& test = *e.requested.at(0).test;
  add_test(c, "orthog ", "cstat", "cstatp", "cstatdf", &test);
  for (const char* name : {"j", "jp", "jdf"})
    c["orthog " + std::string(name)] = c.at("diag " + std::string(name));
}

// GMM's covariances lost the names of their rows: row after row, columns v2 to v6.
std::string gmm_element(std::size_t position, const std::string& column) {
  static const std::vector<std::string> terms = {"educ", "exper", "expersq", "black", "south", "_cons"};
  return terms.at(position / 5) + " " + terms.at(static_cast<std::size_t>(column.at(1) - '1'));
}

Computed compute(const Spec& spec, const std::string& vce, bool small) {
  const Table table = read_single_precision("ivreg2_card/" + spec.data + ".csv");
  const bool overid = spec.formula.find("nearc2 + nearc4") != std::string::npos && spec.method.empty();
  const std::vector<std::string> tests =
      overid ? std::vector<std::string>{"orthog(nearc2)"} : std::vector<std::string>{};
  const Estimation e = estimate_request(table, {.formula = spec.formula,
                                                .vcov = vce.starts_with("cl") ? spec.cluster : vce,
                                                .ssc = small ? "ivreg2-small" : "ivreg2",
                                                .weights = spec.weights,
                                                .family = spec.method,
                                                .tests = tests});
  std::map<std::string, std::string> names;
  for (const std::string& name : e.fit->names) names[name == "(Intercept)" ? "_cons" : name] = name;
  Computed c;
  add_coefficients(c, e, names);
  add_fit(c, e, small);
  add_model_f(c, e, small);
  add_tests(c, e);
  add_first_stage(c, e);
  add_k_class(c, e);
  if (spec.method == "gmm2s") add_gmm_names(c, e);
  if (overid) add_orthogonality(c, e);
  return c;
}

TEST(Ivreg2Card, EveryRowIsMatchedOrNamed) {
  std::map<std::string, Computed> computed;
  std::map<std::string, std::size_t> of_gmm;  // rows of its covariances so far
  int checked = 0, decided_by_clusters = 0, left = 0;
  for (ReferenceRow& row : reference_rows("ivreg2_card/expected.csv")) {
    if (left_out(row)) {
      ++left;
      continue;
    }
    const std::string run = row["spec"] + " " + row["vce"] + " " + row["small"];
    if (!computed.contains(run))
      computed[run] = compute(specs.at(row["spec"]), row["vce"], row["small"] == "1");
    std::string key = row["kind"] + " " + row["name"];
    if (row["kind"] == "vcov" && row["spec"] == "card_overid_gmm2s")
      key = "vcov " + gmm_element(of_gmm[run]++, row["name2"]);
    else if (row["kind"] == "vcov")
      key += " " + row["name2"].substr(std::string("vcov_").size());
    if (row["kind"] != "vcov" && row["kind"] != "diag" && row["kind"] != "orthog") key += " " + row["name2"];
    if (row["value"].empty()) {  // ivreg2 has no such statistic: nor have we
      EXPECT_TRUE(!computed[run].contains(key) || std::isnan(computed[run][key])) << run << " " << key;
      ++checked;
      continue;
    }
    // Two instruments, two clusters of smsa66: ivreg2 prints their number and its chi2(2), we leave the test out.
    if (row["name"].starts_with("id") && !computed[run].contains(key)) {
      EXPECT_EQ(row["vce"], "cl") << run;
      const double printed = row["name"] == "idp" ? std::exp(-1) : 2;
      expect_reference(printed, row["value"], tolerance, run + " " + key);
      ++decided_by_clusters;
      ++checked;
      continue;
    }
    ASSERT_TRUE(computed[run].contains(key)) << run << " " << key;
    expect_reference(computed[run][key], row["value"], tolerance, run + " " + key);
    ++checked;
  }
  EXPECT_EQ(checked + left, 3990);
  EXPECT_EQ(decided_by_clusters, 8);
  EXPECT_EQ(computed.size(), 46);
}

TEST(Ivreg2Card, TestsThatCannotBeComputedAreLeftOutWithAReason) {
  const Table table = read_table(reference_path("ivreg2_card/card.csv"));
  const Estimation e = estimate_request(
      table, {.formula = specs.at("card_just_id").formula, .vcov = "cluster(smsa66)", .ssc = "ivreg2"});
  EXPECT_EQ(find_test(e, "endogeneity"), nullptr);
  EXPECT_EQ(find_test(e, "hansen_j"), nullptr);
  std::map<std::string, std::string> left_out(e.iv.left_out.begin(), e.iv.left_out.end());
  ASSERT_EQ(left_out.size(), 3);
  EXPECT_EQ(left_out.at("hansen_j"), "the equation is exactly identified");
  for (const char* name : {"endogeneity", "stock_wright"})
    EXPECT_NE(left_out.at(name).find("not positive definite"), std::string::npos) << name;
}

}  // namespace
}  // namespace panelist
