// SPDX-License-Identifier: Apache-2.0
// Cigarette panel: one and two-way effects, weights, slopes, clusters and Kleibergen-Paap F against areg, reghdfe and
// ivreg2 as recorded by FixedEffectModels.jl.
#include "reference.h"

namespace panelist {
namespace {

struct Convention {
  std::string vcov, ssc;
};
const std::map<std::string, Convention> conventions = {
    {"iid", {"iid", "stata"}},
    {"HC1", {"hc1", "stata"}},
    {"iid (areg)", {"iid", "areg"}},
    {"HC1 (areg)", {"hc1", "areg"}},
    {"HC1 (exact ivreg2)", {"hc1", "ivreg2"}},
    {"cluster State", {"cluster(State)", "reghdfe"}},
    {"cluster State (reghdfe)", {"cluster(State)", "reghdfe"}},
    {"cluster Year (areg = reghdfe)", {"cluster(Year)", "reghdfe"}},
    {"cluster State Year", {"cluster(State, Year)", "reghdfe"}},
};
const std::map<std::string, std::string> formulas = {
    {"Sales ~ Price | State Pop-weighted", "Sales ~ Price | State"},
    {"Sales ~ Price | State + State#c.Year", "Sales ~ Price | State[Year]"},
};

double computed_value(const Estimation& e, const std::string& stat, const std::string& term) {
  const std::string ours = term == "_cons" ? "(Intercept)" : term;
  if (stat == "coef") return coefficient_of(e, ours).estimate;
  if (stat == "se") return coefficient_of(e, ours).std_error;
  if (stat == "r2") return e.goodness.r2;
  if (stat == "adjr2") return e.goodness.r2_adjusted;
  if (stat == "F") return e.inference.f.statistic;
  if (stat == "loglik") return e.goodness.log_likelihood;
  if (stat == "null_loglik") return gaussian_log_likelihood(e.fit->tss, e.fit->n);
  if (stat.starts_with("F_kp")) {
    const double f = find_test(e, "kp_f")->statistic;
    const double n = e.fit->n,
                 L = static_cast<double>(e.fit->iv->instruments.cols() + e.fit->iv->included.cols());
    // Under iid errors the source divides the Wald statistic by L1 alone: ivreg2's Cragg-Donald F has (n - L)/n on it.
    return e.vcov.kind == "iid" ? f * n / (n - L) : f;
  }
  return missing_value;
}

TEST(Cigar, EveryRowIsMatched) {
  const Table table = read_table(reference_path("cigar_fe/cigar.csv"));
  int checked = 0;
  for (ReferenceRow& row : reference_rows("cigar_fe/expected.csv")) {
    const std::string formula = formulas.contains(row["spec"]) ? formulas.at(row["spec"]) : row["spec"];
    const Convention& convention = conventions.at(row["vcov"]);
    const Estimation e = estimate_request(
        table,
        {.formula = formula, .vcov = convention.vcov, .ssc = convention.ssc, .weights = row["weights"]});
    EXPECT_NEAR(computed_value(e, row["stat"], row["term"]), std::stod(row["value"]), std::stod(row["atol"]))
        << row["spec"] << " " << row["vcov"] << " " << row["stat"];
    ++checked;
  }
  EXPECT_EQ(checked, 40);
}

// The same effects at the level of the cluster: areg counts them, reghdfe, xtreg and fixest do not.
TEST(Cigar, EffectsNestedInTheClusterCountByThePreset) {
  const Table table = read_table(reference_path("cigar_fe/cigar.csv"));
  const auto se = [&](const std::string& ssc) {
    const Estimation e =
        estimate_request(table, {.formula = "Sales ~ Price | State", .vcov = "cluster(State)", .ssc = ssc});
    return coefficient_of(e, "Price").std_error;
  };
  EXPECT_NEAR(se("areg"), .0363482, 1e-7);
  EXPECT_NEAR(se("reghdfe"), .0357498, 1e-7);
  EXPECT_NEAR(se("xtreg"), se("reghdfe"), 1e-12);
  EXPECT_NEAR(se("fixest"), se("reghdfe"), 1e-12);
}

}  // namespace
}  // namespace panelist
