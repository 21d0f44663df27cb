// SPDX-License-Identifier: Apache-2.0
#include "table/provinces.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "table/read.h"

namespace panelist {
namespace {

std::map<std::string, int> region_sizes(const std::string& scheme) {
  std::map<std::string, int> sizes;
  for (const Province& province : provinces()) {
    const auto region = region_of(province.short_zh, scheme);
    if (region) ++sizes[*region];
  }
  return sizes;
}

TEST(Provinces, ListsThirtyFourUnitsEachFoundByAllItsNames) {
  EXPECT_EQ(provinces().size(), 34u);
  std::set<int> codes;
  for (const Province& province : provinces()) {
    codes.insert(province.code);
    for (const std::string& name :
         {std::string(province.short_zh), std::string(province.full_zh), std::string(province.english),
          std::to_string(province.code), std::to_string(province.code / 10000),
          " " + std::string(province.full_zh) + " "}) {
      const Province* found = find_province(name);
      ASSERT_NE(found, nullptr) << name;
      EXPECT_EQ(found->code, province.code) << name;
    }
  }
  EXPECT_EQ(codes.size(), 34u);
}

TEST(Provinces, KnowsOtherSpellings) {
  const std::vector<std::pair<std::string, int>> spellings = {{"北京直辖市", 110000},
                                                              {"内蒙", 150000},
                                                              {"广西省", 450000},
                                                              {"Xizang", 540000},
                                                              {"Nei Mongol", 150000},
                                                              {"Inner  mongolia", 150000},
                                                              {"Shaan'xi", 610000},
                                                              {"Shanxi Province", 140000},
                                                              {"Shaanxi Province", 610000},
                                                              {"BEIJING", 110000},
                                                              {"Beijing Municipality", 110000},
                                                              {"Tibet Autonomous Region", 540000},
                                                              {"Ningxia Hui", 640000},
                                                              {"Xinjiang Uygur Autonomous Region", 650000},
                                                              {"Guangxi Zhuang", 450000},
                                                              {"Hong Kong SAR", 810000},
                                                              {"Macau", 820000},
                                                              {"Anhui", 340000}};
  for (const auto& [name, code] : spellings) {
    const Province* found = find_province(name);
    ASSERT_NE(found, nullptr) << name;
    EXPECT_EQ(found->code, code) << name;
  }
  for (const char* name : {"", "省", "Atlantis", "西", "99", "北", "Province", "110101"}) {
    EXPECT_EQ(find_province(name), nullptr) << name;
  }
}

TEST(Provinces, RegionSchemesHaveTheirPublishedSizes) {
  EXPECT_EQ(region_sizes("east12"), (std::map<std::string, int>{{"East", 12}, {"Central", 9}, {"West", 10}}));
  EXPECT_EQ(region_sizes("east11"), (std::map<std::string, int>{{"East", 11}, {"Central", 8}, {"West", 12}}));
  EXPECT_EQ(region_sizes("four"),
            (std::map<std::string, int>{{"East", 10}, {"Central", 6}, {"West", 12}, {"Northeast", 3}}));
  EXPECT_EQ(region_schemes(), (std::vector<std::string>{"east12", "east11", "four"}));
}

TEST(Provinces, SchemesDifferWhereTheyShould) {
  EXPECT_EQ(region_of("广西", "east12"), "East");
  EXPECT_EQ(region_of("广西", "east11"), "West");
  EXPECT_EQ(region_of("内蒙古", "east12"), "Central");
  EXPECT_EQ(region_of("辽宁", "four"), "Northeast");
  EXPECT_FALSE(region_of("香港", "four").has_value());
  EXPECT_FALSE(region_of("北京", "seven").has_value());
}

TEST(Provinces, FindEveryUnitOfTheExampleByBothNames) {
  const Table table =
      read_table(std::string(PANELIST_SOURCE_DIR) + "/examples/digital-trade/data/economy.csv");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const Province* english = find_province(table.at("province").text_at(row));
    ASSERT_NE(english, nullptr) << table.at("province").text_at(row);
    EXPECT_EQ(english, find_province(table.at("province_zh").text_at(row)));
  }
}

}  // namespace
}  // namespace panelist
