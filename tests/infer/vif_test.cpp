// SPDX-License-Identifier: Apache-2.0
#include "infer/vif.h"

#include "reference.h"

namespace panelist {
namespace {

// 1/(1 - R2) of each regressor on the others.
double by_regression(const Table& table, const std::string& formula, bool within) {
  const Estimation e = estimate_request(table, {.formula = formula});
  return 1 / (1 - (within ? e.goodness.r2_within : e.goodness.r2));
}

TEST(Vif, IsOneOverTheUnexplainedShareSortedDescending) {
  const Table table = read_table(reference_path("stata_grunfeld_cluster/grunfeld.csv"));
  const Estimation e = estimate_request(table, {.formula = "invest ~ value + capital + year", .vif = true});
  const Vif& vif = e.vif.value();
  ASSERT_EQ(vif.rows.size(), 3);
  std::map<std::string, std::string> others = {
      {"value", "capital + year"}, {"capital", "value + year"}, {"year", "value + capital"}};
  double sum = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const VifRow& row = vif.rows[i];
    EXPECT_NEAR(row.vif, by_regression(table, row.term + " ~ " + others[row.term], false), 1e-8) << row.term;
    EXPECT_DOUBLE_EQ(row.tolerance, 1 / row.vif);
    if (i > 0) {
      EXPECT_GE(vif.rows[i - 1].vif, row.vif);
    }
    sum += row.vif;
  }
  EXPECT_DOUBLE_EQ(vif.mean, sum / 3);
}

TEST(Vif, AfterAbsorptionIsTheWithinOne) {
  const Table table = read_table(reference_path("stata_grunfeld_cluster/grunfeld.csv"));
  const Estimation e = estimate_request(table, {.formula = "invest ~ value + capital | firm", .vif = true});
  EXPECT_NEAR(e.vif->rows[0].vif, by_regression(table, "value ~ capital | firm", true), 1e-8);
}

}  // namespace
}  // namespace panelist
