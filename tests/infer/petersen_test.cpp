// SPDX-License-Identifier: Apache-2.0
// Petersen's test data: one- and two-way clusters, each term of the two-way sum with its own factor; Fama-MacBeth.
#include "reference.h"

namespace panelist {
namespace {

const std::map<std::string, std::string> vcovs = {{"iid", "iid"},
                                                  {"HC1", "hc1"},
                                                  {"cluster firm", "cluster(firm)"},
                                                  {"cluster year", "cluster(year)"},
                                                  {"cluster firm year", "cluster(firm, year)"},
                                                  {"Fama-MacBeth", "iid"}};

TEST(Petersen, EveryRowIsMatchedOrNamed) {
  const Table table = read_table(reference_path("petersen_cluster/petersen.csv"));
  int checked = 0;
  for (ReferenceRow& row : reference_rows("petersen_cluster/expected.csv")) {
    ModelRequest request{.formula = "y ~ x", .vcov = vcovs.at(row["vcov"]), .ssc = "stata,g=conventional"};
    if (row["vcov"] == "Fama-MacBeth") request.family = "fmb", request.panel = {"firm", "year"};
    const Estimation e = estimate_request(table, request);
    const std::string what = row["vcov"] + " " + row["term"];
    ++checked;
    if (row["term"] == "R2") {
      expect_reference(e.goodness.r2, row["coef"], 0, what);
      continue;
    }
    const Coefficient& one = coefficient_of(e, row["term"] == "_cons" ? "(Intercept)" : row["term"]);
    expect_reference(one.estimate, row["coef"], 0, what);
    expect_reference(one.std_error, row["se"], 0, what + " se");
    expect_reference(one.statistic, row["t"], 0, what + " t");
  }
  EXPECT_EQ(checked, 13);
}

}  // namespace
}  // namespace panelist
