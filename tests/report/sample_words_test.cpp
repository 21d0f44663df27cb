// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "report/build_table.h"

namespace panelist {
namespace {

std::string said(const std::vector<std::string>& conditions, const std::string& lang = "en") {
  const SampleNames names{
      {{"UL", lang == "zh" ? "城镇化率" : "Urbanisation"}, {"region", lang == "zh" ? "地区" : "Region"}},
      "province",
      "year",
      true};
  return sample_words(conditions, names, lang);
}

TEST(SampleWords, SayPeriodsAndUnits) {
  EXPECT_EQ(said({"2015 <= year <= 2021 and province != 'Tibet'"}), "2015-2021, without Tibet");
  EXPECT_EQ(said({"2015 <= year <= 2021 and province != '西藏'"}, "zh"), "2015-2021年，不含西藏");
  EXPECT_EQ(said({"year > 2016"}), "from 2017 on");
  EXPECT_EQ(said({"year < 2018"}, "zh"), "2017年及以前");
  EXPECT_EQ(said({"year == 2020"}), "2020");
  EXPECT_EQ(said({"province in ('A', 'B')"}), "A and B only");
  EXPECT_EQ(said({"(year >= 2015) and (province not in ('A', 'B', 'C'))"}),
            "from 2015 on, without A, B and C");
}

TEST(SampleWords, JoinConditionsIntoTheNarrowest) {
  EXPECT_EQ(said({"2014 <= year <= 2022", "year <= 2017"}), "2014-2017");
  EXPECT_EQ(said({"year >= 2014", "year > 2014"}), "from 2015 on");
  EXPECT_EQ(said({"", "  "}), "");
}

TEST(SampleWords, UseLabelsOfOtherColumns) {
  EXPECT_EQ(said({"0 < UL <= 1 and region == 'East'"}), "0 < Urbanisation ≤ 1, Region: East");
  EXPECT_EQ(said({"UL >= -2 and region != 'West'"}, "zh"), "城镇化率 ≥ -2，不含West");
  EXPECT_EQ(said({"coast == 1 and UL is not missing"}), "coast = 1, Urbanisation not missing");
}

TEST(SampleWords, LeaveWhatHasNoWordsAsCode) {
  EXPECT_EQ(said({"year >= 2015", "log(UL) > 2 or year == 2010"}),
            "from 2015 on, rows with “log(UL) > 2 or year == 2010”");
  EXPECT_EQ(said({"L.UL > 2 and year > 2015"}), "rows with “L.UL > 2 and year > 2015”");
  EXPECT_EQ(said({"UL > 0.1 * region"}, "zh"), "满足“UL > 0.1 * region”的观测");
  EXPECT_EQ(said({"year >="}), "rows with “year >=”");
}

}  // namespace
}  // namespace panelist
