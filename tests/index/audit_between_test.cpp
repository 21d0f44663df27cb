// SPDX-License-Identifier: Apache-2.0
#include "index/audit_between.h"

#include <gmock/gmock.h>

#include "example.h"

namespace panelist {
namespace {

Indicator& indicator_of(Example& example, const std::string& code) {
  for (Indicator& indicator : example.system.indicators)
    if (indicator.code == code) return indicator;
  throw std::logic_error("no such indicator");
}

// Q of x1 to x3, R of x3 to x5.
struct TwoSystems {
  Example first, second;
  TwoSystems() {
    first.system.indicators.resize(3);
    second.system.name = "R";
    second.system.indicators.erase(second.system.indicators.begin(), second.system.indicators.begin() + 2);
  }
  [[nodiscard]] AuditBetween audit() const {
    const IndexResult q = first.build(), r = second.build();
    return audit_between({&q, &r}, first.table, first.panel);
  }
  [[nodiscard]] std::vector<std::string> kinds() const {
    std::vector<std::string> kinds;
    for (const AuditFlag& flag : audit().flags) kinds.push_back(flag.kind);
    return kinds;
  }
};

TEST(AuditBetween, NamesASharedColumnWithItsWeights) {
  const TwoSystems two;
  const AuditBetween found = two.audit();
  ASSERT_EQ(found.shared.size(), 1U);
  EXPECT_EQ(found.shared[0].code, "x3");
  EXPECT_EQ(found.shared[0].first_weight, two.first.build().indicators[2].weight);
  EXPECT_EQ(found.shared[0].second_weight, two.second.build().indicators[0].weight);
  ASSERT_EQ(found.flags.size(), 1U);
  EXPECT_THAT(found.flags[0].message, testing::HasSubstr("`x3` is "));
}

TEST(AuditBetween, NamesUnitsDenominatorsSourcesAndDirectionsThatClash) {
  TwoSystems two;
  indicator_of(two.first, "x3").unit = "t";
  indicator_of(two.second, "x3").unit = "kg";
  indicator_of(two.first, "x3").source = "Yearbook 2020";
  indicator_of(two.second, "x3").source = "Yearbook 2023";
  indicator_of(two.second, "x3").denominator = "x1";
  indicator_of(two.second, "x3").direction = '+';
  EXPECT_THAT(two.kinds(), testing::ElementsAre("shared", "unit", "source", "denominator", "direction"));
}

TEST(AuditBetween, ComparesLabelsOfOtherColumns) {
  TwoSystems two;
  indicator_of(two.first, "x1").label = "Optical cable (10,000 km)";
  indicator_of(two.first, "x1").unit = "10,000 km";
  indicator_of(two.second, "x4").label = "optical cable（km）";
  indicator_of(two.second, "x4").unit = "km";
  EXPECT_THAT(two.kinds(), testing::Contains("unit"));
}

TEST(AuditBetween, FindsTheSameNumbersUnderAnotherName) {
  TwoSystems two;
  for (Example* example : {&two.first, &two.second}) {
    std::vector<double> scaled = example->table.at("x1").values();
    for (double& value : scaled) value = 3 + 1e4 * value;
    example->table.set("x5", Column::numbers(scaled));
  }
  const AuditBetween found = two.audit();
  ASSERT_EQ(found.twins.size(), 1U);
  EXPECT_EQ(found.twins[0].code, "x1");
  EXPECT_EQ(found.twins[0].other, "x5");
  EXPECT_NEAR(found.twins[0].r, 1, 1e-12);
  EXPECT_NEAR(found.twins[0].r_within, 1, 1e-12);
}

TEST(AuditBetween, HasNothingToSayOfOneIndex) {
  const IndexResult alone = Example().build();
  EXPECT_TRUE(audit_between({&alone}, Example().table, Example().panel).flags.empty());
}

}  // namespace
}  // namespace panelist
