// SPDX-License-Identifier: Apache-2.0
// Housing data: `ivregress 2sls` and `liml`, unadjusted, robust and clustered, with and without `small`.
#include "reference.h"

namespace panelist {
namespace {

constexpr double tolerance = 1e-8;  // recorded with 10 to 12 digits

Computed compute(const Table& table, const std::string& spec) {
  const bool small = spec.ends_with("small");
  const std::string vcov = spec.find("robust") != std::string::npos    ? "robust"
                           : spec.find("cluster") != std::string::npos ? "cluster(division)"
                                                                       : "iid";
  const Estimation e = estimate_request(table, {.formula = "rent ~ pcturban | 0 | hsngval ~ faminc + region",
                                                .vcov = vcov,
                                                .ssc = small ? "stata" : "ivreg2",
                                                .family = spec.starts_with("liml") ? "liml" : "2sls"});
  const Fit& fit = *e.fit;
  Computed c;
  add_coefficients(c, e, {{"hsngval", "hsngval"}, {"pcturban", "pcturban"}, {"_cons", "(Intercept)"}});
  c["stat r2"] = e.goodness.r2;
  c["stat r2_a"] = e.goodness.r2_adjusted;
  c["stat rss"] = fit.rss;
  c["stat mss"] = fit.tss - fit.rss;
  c["stat rmse"] = std::sqrt(fit.rss / (small ? fit.df_residual() : fit.n));
  c["stat F"] = e.inference.f.statistic;
  c["stat chi2"] = e.inference.f.statistic * e.inference.f.df1;
  c["stat p"] = e.inference.f.p_value;
  c["stat kappa"] = fit.iv_method.k;
  return c;
}

TEST(StataIvregress, EveryRowIsMatchedOrNamed) {
  const Table table = read_table(reference_path("stata_ivregress_housing/housing.csv"));
  std::map<std::string, Computed> computed;
  int checked = 0, of_no_estimate = 0;
  for (ReferenceRow& row : reference_rows("stata_ivregress_housing/expected.csv")) {
    // 2SLS has no kappa to estimate: the set says one.
    if (row["spec"].starts_with("2sls") && row["name"] == "kappa") {
      EXPECT_EQ(std::stod(row["value"]), 1);
      ++of_no_estimate;
      continue;
    }
    if (!computed.contains(row["spec"])) computed[row["spec"]] = compute(table, row["spec"]);
    const std::string key =
        row["kind"] == "stat" ? "stat " + row["name"] : row["kind"] + " " + row["name"] + " " + row["name2"];
    ASSERT_TRUE(computed[row["spec"]].contains(key)) << row["spec"] << key;
    expect_reference(computed[row["spec"]][key], row["value"], tolerance, row["spec"] + " " + key);
    ++checked;
  }
  EXPECT_EQ(checked, 6 * 23 + 6 * 24);
  EXPECT_EQ(of_no_estimate, 6);
}

}  // namespace
}  // namespace panelist
