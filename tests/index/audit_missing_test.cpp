// SPDX-License-Identifier: Apache-2.0
// The audit of an index whose rows lack cells looks at the cells there are.
#include <gmock/gmock.h>

#include "example.h"
#include "index/audit.h"

namespace panelist {
namespace {

Example with_gaps() {
  Example example;
  example.conventions.missing = "available";
  const std::vector<double> x1 = example.table.at("x1").values();
  std::vector<double> twin;
  for (const double x : x1) twin.push_back(2 * x);
  twin[1] = missing_value;
  example.table.set("x2", Column::numbers(twin));
  return example;
}

TEST(AuditOfGaps, FindsWhatIsRedundantOnCommonRows) {
  const IndexAudit audit = audit_index(with_gaps().build());
  EXPECT_TRUE(std::any_of(audit.flags.begin(), audit.flags.end(), [](const AuditFlag& flag) {
    return flag.kind == "redundant" && flag.parts[0] == "x1" && flag.parts[1] == "x2" &&
           flag.parts[2] == "1.000";
  }));
}

// S = sum over j of the cells under the row's own weights, so that the shares of var S sum to one.
TEST(AuditOfGaps, SplitsTheVarianceOfTheScores) {
  const IndexAudit audit = audit_index(with_gaps().build());
  double sum = 0;
  for (const double share : audit.effective_weights) sum += share;
  EXPECT_NEAR(sum, 1, 1e-12);
}

}  // namespace
}  // namespace panelist
