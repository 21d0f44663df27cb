// SPDX-License-Identifier: Apache-2.0
// Pooled OLS of the Grunfeld data against recorded `regress` and `ivreg2`: the exact factors of clustered, robust and
// weighted covariances, Newey-West and cr3.
#include <set>

#include "base/distribution.h"
#include "reference.h"

namespace panelist {
namespace {

constexpr double tolerance = 1e-8;  // recorded with 13 to 16 digits

// What ivreg2 keeps about its own call; nothing of it is a number of the regression.
const std::set<std::string> bookkeeping = {"inexog_ct", "exexog_ct",   "endog_ct", "partial_ct", "sdofminus",
                                           "dofminus",  "partialcons", "cons",     "jdf",        "j",
                                           "rankS",     "rankxx",      "rankzz"};

struct Spec {
  std::string vcov, ssc, weights;
  bool by_r = false;  // on the numbers as the csv has them
};
const std::map<std::string, Spec> specs = {
    {"results_cluster", {"cluster(firm)", "stata", ""}},
    {"results_cluster_large", {"cluster(firm)", "ivreg2", ""}},
    {"results_cluster_wls_large", {"cluster(firm)", "ivreg2", "1/value"}},
    {"results_cluster_wls_small", {"cluster(firm)", "stata", "1/value"}},
    {"results_hc1_wls_small", {"robust", "stata", "1/value"}},
    {"results_nw_panel4", {"nw(4)", "stata", ""}},
    {"results_cluster_crv3", {"cr3(firm)", "stata", "", true}},
    {"results_cluster_crv3_sandwich_r", {"cr3(firm)", "stata", "", true}},
};

const std::map<std::string, std::string> our_name = {
    {"mvalue", "value"}, {"kstock", "capital"}, {"_cons", "(Intercept)"}};

Computed compute(const Table& table, const Spec& spec) {
  const Estimation e = estimate_request(table, {.formula = "invest ~ value + capital",
                                                .vcov = spec.vcov,
                                                .ssc = spec.ssc,
                                                .weights = spec.weights,
                                                .where = "firm != 'American Steel'",
                                                .panel = {"firm", "year"}});
  const Fit& fit = *e.fit;
  const bool large = spec.ssc == "ivreg2";
  const double n = fit.n, K = 3;
  Computed c;
  add_coefficients(c, e, our_name);
  c["stat N"] = n;
  c["stat N_clust"] = e.vcov.n_clusters.empty() ? missing_value : e.vcov.n_clusters[0];
  c["stat df_m"] = e.inference.f.df1;
  c["stat df_r"] = e.vcov.df;
  c["stat r2"] = c["stat r2c"] = e.goodness.r2;
  c["stat r2_a"] = e.goodness.r2_adjusted;
  c["stat r2u"] = 1 - fit.rss / outcome_squares(fit);
  c["stat rmse"] = large ? std::sqrt(fit.rss / n) : e.goodness.sigma;
  c["stat rss"] = fit.rss;
  c["stat mss"] = fit.tss - fit.rss;
  c["stat yy"] = outcome_squares(fit);
  c["stat yyc"] = fit.tss;
  c["stat ll"] = e.goodness.log_likelihood;
  c["stat ll_0"] = gaussian_log_likelihood(fit.tss, n);
  c["stat rank"] = c["stat rankV"] = static_cast<double>(fit.k());
  c["stat F"] = e.inference.f.statistic;
  for (const auto& [name, value] : e.vcov.details)
    c["stat " + (name == "lags" ? std::string("lag") : name)] = value;
  if (large) {
    // ivreg2 turns its chi2 into a small-sample F whatever the covariance.
    const double G = e.vcov.n_clusters[0];
    c["stat F"] *= (G - 1) / G * (n - K) / (n - 1);
    c["stat Fdf1"] = e.inference.f.df1;
    c["stat Fdf2"] = G - 1;
    c["stat Fp"] = f_upper(c["stat F"], 2, G - 1);
  }
  return c;
}

TEST(StataGrunfeldCluster, EveryRowIsMatchedOrNamed) {
  const Table table = read_single_precision("stata_grunfeld_cluster/grunfeld.csv");
  const Table of_r = read_table(reference_path("stata_grunfeld_cluster/grunfeld.csv"));
  std::map<std::string, Computed> computed;
  for (const auto& [name, spec] : specs) computed[name] = compute(spec.by_r ? of_r : table, spec);
  const std::map<std::string, std::string> kinds = {{"b", "coef"}, {"z", "t"}, {"pvalue", "p"}};
  int checked = 0, left_out = 0;
  for (ReferenceRow& row : reference_rows("stata_grunfeld_cluster/expected.csv")) {
    if (row["kind"] == "cmd" || (row["kind"] == "stat" && bookkeeping.contains(row["name"]))) {
      ++left_out;
      continue;
    }
    const std::string kind = kinds.contains(row["kind"]) ? kinds.at(row["kind"]) : row["kind"];
    const std::string key =
        kind == "stat" ? "stat " + row["name"] : kind + " " + row["name"] + " " + row["name2"];
    const std::string what = row["spec"] + " " + key;
    ASSERT_TRUE(computed[row["spec"]].contains(key)) << what;
    expect_reference(computed[row["spec"]][key], row["value"], tolerance, what);
    ++checked;
  }
  EXPECT_EQ(checked + left_out, 334);
  EXPECT_EQ(left_out, 8 + 26);  // commands, bookkeeping
}

}  // namespace
}  // namespace panelist
