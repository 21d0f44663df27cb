// SPDX-License-Identifier: Apache-2.0
#include "index/audit.h"

#include <gmock/gmock.h>

#include "provinces.h"

namespace panelist {
namespace {

std::string kinds_of(const IndexAudit& audit) {
  std::string kinds;
  for (const AuditFlag& flag : audit.flags) kinds += flag.kind + " ";
  return kinds;
}

TEST(IndexAudit, EffectiveWeightsAreSharesOfTheVariance) {
  const Provinces provinces;
  const IndexAudit audit = audit_index(provinces.build());
  double sum = 0;
  for (const double weight : audit.effective_weights) sum += weight;
  EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(IndexAudit, FlagsWhatIsCountedTwiceWhatCancelsAndWhatIsDominant) {
  Provinces provinces;
  EXPECT_THAT(kinds_of(audit_index(provinces.build())), testing::HasSubstr("conflicting"));
  provinces.system.indicators[4].direction = '+';
  EXPECT_THAT(kinds_of(audit_index(provinces.build())), testing::HasSubstr("redundant"));
  provinces.conventions.method = "given";
  for (Indicator& indicator : provinces.system.indicators) indicator.weight = 1;
  provinces.system.indicators[2].weight = 10;
  EXPECT_THAT(kinds_of(audit_index(provinces.build())), testing::HasSubstr("dominant"));
}

TEST(IndexAudit, FlagsGrowthAmongLevelsAndIndicesOfSize) {
  Provinces provinces;
  for (Indicator& indicator : provinces.system.indicators) indicator.unit = "亿元";
  provinces.system.indicators[0].label = "Tertiary value added, previous year = 100";
  const std::string kinds = kinds_of(audit_index(provinces.build()));
  EXPECT_THAT(kinds, testing::HasSubstr("growth"));
  EXPECT_THAT(kinds, testing::HasSubstr("size"));
  for (Indicator& indicator : provinces.system.indicators) indicator.unit = "yuan/person";
  EXPECT_THAT(kinds_of(audit_index(provinces.build())), testing::Not(testing::HasSubstr("size")));
}

TEST(IndexAudit, FlagsWhatWasFilledIn) {
  Provinces provinces;
  provinces.conventions.impute = "mean";
  std::vector<double> values = provinces.table.at("gdp_100m").values();
  for (std::size_t i = 0; i < 20; ++i) values[i] = missing_value;
  provinces.table.set("gdp_100m", Column::numbers(values));
  EXPECT_THAT(kinds_of(audit_index(provinces.build())), testing::HasSubstr("imputed"));
}

TEST(IndexAudit, ScoresThatAreNoSumsHaveNoEffectiveWeights) {
  Provinces provinces;
  provinces.conventions.aggregate = {"topsis"};
  for (const double weight : audit_index(provinces.build()).effective_weights)
    EXPECT_TRUE(std::isnan(weight));
}

}  // namespace
}  // namespace panelist
