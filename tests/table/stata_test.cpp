// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "base/file.h"
#include "scratch.h"
#include "stata_file.h"
#include "table/io/stata_dates.h"

namespace panelist {
namespace {

TEST(Stata, ReadsOldFilesInGbkAndSaysSo) {
  ReadReport report;
  const Table table = read_table(scratch_file("old.dta", gbk_stata_file()), {}, &report);
  EXPECT_EQ(table.at("province").text_at(0), "北京");
  EXPECT_EQ(table.at("province").text_at(1), "上海");
  EXPECT_EQ(table.at("province").label, "省份");
  EXPECT_EQ(table.at("east").value_labels, (std::map<double, std::string>{{0, "西部"}, {1, "东部"}}));
  EXPECT_EQ(report.encoding, "gb18030");
  EXPECT_TRUE(has_code(report.notes, "data.encoding_detected"));
}

TEST(Stata, ReadsExtendedMissingsAsMissing) {
  ReadReport report;
  const Table table = read_table(scratch_file("old.dta", gbk_stata_file()), {}, &report);
  EXPECT_EQ(table.at("east").values()[0], 1);
  EXPECT_TRUE(std::isnan(table.at("east").values()[1]));
  EXPECT_TRUE(has_code(report.notes, "data.extended_missing"));
}

TEST(Stata, ReadsDatesAndPeriods) {
  const Table table = read_table(scratch_file("old.dta", gbk_stata_file()));
  EXPECT_EQ(table.at("day").kind(), ColumnKind::date);
  EXPECT_EQ(table.at("day").text_at(0), "2020-01-01");
  EXPECT_EQ(table.at("month").text_at(0), "1959-12-01");
  EXPECT_EQ(table.at("month").text_at(1), "2015-01-01");
  EXPECT_TRUE(is_stata_date("%-tdCCYY"));
  EXPECT_TRUE(is_stata_date("%d"));
  EXPECT_FALSE(is_stata_date("%ty"));
  EXPECT_FALSE(is_stata_date("%9.0g"));
}

TEST(Stata, TakesTheEncodingGiven) {
  ReadOptions options;
  options.encoding = "latin-1";
  EXPECT_EQ(read_table(scratch_file("old.dta", gbk_stata_file()), options).at("province").text_at(0), "±±¾©");
}

TEST(Stata, RefusesTruncatedAndForeignFiles) {
  const std::string whole = gbk_stata_file();
  for (const std::size_t length : {std::size_t{10}, whole.size() / 3, whole.size() - 140}) {
    EXPECT_EQ(reading_failure(scratch_file("cut.dta", whole.substr(0, length))).code, "data.truncated")
        << length;
  }
  EXPECT_EQ(reading_failure(scratch_file("text.dta", "a,b\n1,2\n")).code, "data.unknown_format");
  EXPECT_EQ(reading_failure(scratch_file("empty.dta", "")).code, "data.empty");
}

TEST(Stata, ReadsEveryFormatFromStata8On) {
  const std::string folder = std::string(PANELIST_SOURCE_DIR) + "/tests/reference/dta_formats/format";
  for (const char* format : {"113", "114", "115", "117", "118", "119"}) {
    SCOPED_TRACE(format);
    const Table table = read_table(folder + format + ".dta");
    ASSERT_EQ(table.rows(), 3U);
    EXPECT_EQ(table.names(), (std::vector<std::string>{"unit", "year", "gdp", "region", "day"}));
    EXPECT_EQ(table.at("unit").text_at(2), "Hebei");
    EXPECT_EQ(table.at("year").values(), (std::vector<double>{2019, 2020, 2021}));
    EXPECT_EQ(table.at("gdp").values()[0], 1.5);
    EXPECT_TRUE(table.at("gdp").is_missing(1));
    EXPECT_EQ(table.at("gdp").values()[2], -2.25e10);
    EXPECT_EQ(table.at("gdp").label, "Gross product");
    EXPECT_EQ(table.at("region").value_labels, (std::map<double, std::string>{{1, "East"}, {2, "West"}}));
    EXPECT_TRUE(table.at("region").is_missing(2));
    EXPECT_EQ(table.at("day").text_at(0), "2019-12-31");
    EXPECT_EQ(table.at("day").text_at(1), "1959-12-31");
    EXPECT_TRUE(table.at("day").is_missing(2));
  }
}

}  // namespace
}  // namespace panelist
