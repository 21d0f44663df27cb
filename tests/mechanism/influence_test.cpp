// SPDX-License-Identifier: Apache-2.0
// A covariance across regressions is that within one when both are the same.
#include "mechanism/joint/influence.h"

#include "base/random.h"
#include "panels.h"

namespace panelist {
namespace {

TEST(CrossCovariance, OfARegressionWithItselfIsItsOwn) {
  Random random(2, "influence", 0);
  std::map<std::string, std::vector<double>> columns;
  for (int row = 0; row < 80; ++row) {
    columns["unit"].push_back(row / 4);
    for (const char* name : {"x", "z"}) columns[name].push_back(random.normal());
    columns["y"].push_back(columns["x"].back() * (1 + random.normal()) + random.normal());
  }
  Table table(80);
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  for (const char* vcov : {"hc0", "hc1", "hc2", "hc3", "hc4", "cluster(unit)"}) {
    Diagnostics notes;
    const Estimation one =
        estimate_model(Context{}, model_of("y ~ x + z | unit", vcov), table, nullptr, notes);
    for (Index i = 0; i < 2; ++i)
      for (Index j = 0; j < 2; ++j)
        EXPECT_NEAR(cross_covariance({}, one, i, one, j), one.vcov.matrix(i, j), 1e-15) << vcov;
  }
}

}  // namespace
}  // namespace panelist
