// SPDX-License-Identifier: Apache-2.0
#include "table/panel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "table/date.h"

namespace panelist {
namespace {

Table two_units() {
  Table table;
  table.set("unit", Column::texts({"b", "b", "a", "a", "a"}));
  table.set("year", Column::numbers({2016, 2015, 2015, 2018, 2016}, ColumnKind::integer));
  table.set("x", Column::numbers({1, 2, 3, 4, 5}));
  table.source_rows = {2, 3, 4, 5, 6};
  return table;
}

Diagnostic failure_of(const Table& table, const PanelKeys& keys) {
  try {
    make_panel(table, keys);
  } catch (const Error& error) {
    return error.diagnostic();
  }
  return {};
}

TEST(Panel, SortsUnitsByNameAndRowsByTime) {
  const Panel panel = make_panel(two_units(), {"unit", "year"});
  EXPECT_EQ(panel.unit_names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(panel.unit, (std::vector<std::int32_t>{1, 1, 0, 0, 0}));
  EXPECT_EQ(panel.order, (std::vector<std::size_t>{2, 4, 3, 1, 0}));
  EXPECT_EQ(panel.unit_begin, (std::vector<std::size_t>{0, 3, 5}));
  EXPECT_EQ(panel.time_names, (std::vector<std::string>{"2015", "2016", "2018"}));
}

TEST(Panel, CountsGapsAndBalance) {
  const Panel panel = make_panel(two_units(), {"unit", "year"});
  EXPECT_EQ(panel.step, 1);
  EXPECT_EQ(panel.gaps, 1u);  // a, 2017
  EXPECT_FALSE(panel.balanced);
  Table balanced;
  balanced.set("unit", Column::texts({"a", "a", "b", "b"}));
  balanced.set("year", Column::numbers({2010, 2015, 2010, 2015}, ColumnKind::integer));
  const Panel five_yearly = make_panel(balanced, {"unit", "year"});
  EXPECT_TRUE(five_yearly.balanced);
  EXPECT_EQ(five_yearly.step, 5);
  EXPECT_EQ(five_yearly.gaps, 0u);
}

TEST(Panel, LagsRunOnTimeSoThatAGapGivesMissing) {
  const Table table = two_units();
  const Panel panel = make_panel(table, {"unit", "year"});
  const auto lag = panel.lag(table.at("x").values(), 1);
  EXPECT_EQ(lag[0], 2);
  EXPECT_TRUE(std::isnan(lag[1]));
  EXPECT_TRUE(std::isnan(lag[2]));
  EXPECT_TRUE(std::isnan(lag[3]));  // 2017 is not there
  EXPECT_EQ(lag[4], 3);
  const auto lead = panel.lag(table.at("x").values(), -2);
  EXPECT_EQ(lead[4], 4);
  EXPECT_TRUE(std::isnan(lead[2]));
}

TEST(Panel, LagEqualsLookupByKeysOnRandomPanels) {
  std::mt19937 random(7);
  for (int repeat = 0; repeat < 50; ++repeat) {
    std::vector<std::string> units;
    std::vector<double> years, x;
    for (int unit = 0; unit < 8; ++unit) {
      for (int year = 2000; year < 2012; ++year) {
        if (random() % 3 == 0) continue;
        units.push_back("u" + std::to_string(unit));
        years.push_back(year);
        x.push_back(static_cast<double>(random() % 1000));
      }
    }
    std::vector<std::size_t> shuffled(units.size());
    for (std::size_t i = 0; i < shuffled.size(); ++i) shuffled[i] = i;
    std::shuffle(shuffled.begin(), shuffled.end(), random);
    Table table;
    table.set("u", Column::texts(units));
    table.set("t", Column::numbers(years, ColumnKind::integer));
    table.set("x", Column::numbers(x));
    table = table.take(shuffled);
    const Panel panel = make_panel(table, {"u", "t"});
    for (int lags = -3; lags <= 3; ++lags) {
      const auto lagged = panel.lag(table.at("x").values(), lags);
      for (std::size_t row = 0; row < table.rows(); ++row) {
        const auto source = panel.row_of(panel.unit[row], panel.time[row] - lags * panel.step);
        if (source < 0) {
          EXPECT_TRUE(std::isnan(lagged[row]));
        } else {
          EXPECT_EQ(lagged[row], table.at("x").values()[static_cast<std::size_t>(source)]);
        }
      }
    }
  }
}

TEST(Panel, ListsDuplicateKeysWithRowsColumnsAndCause) {
  Table table;
  table.set("unit", Column::texts({"a", "a", "a", "b"}));
  table.set("year", Column::numbers({2015, 2015, 2016, 2015}, ColumnKind::integer));
  table.set("sector", Column::texts({"farm", "trade", "farm", "farm"}));
  table.set("gdp", Column::numbers({1, 2, 3, 4}));
  table.source_rows = {2, 3, 4, 5};
  const Diagnostic diagnostic = failure_of(table, {"unit", "year"});
  EXPECT_EQ(diagnostic.code, "data.duplicate_keys");
  ASSERT_GE(diagnostic.notes.size(), 2u);
  EXPECT_EQ(diagnostic.notes[0], "a, 2015: rows 2, 3; they differ in sector, gdp");
  EXPECT_NE(diagnostic.notes[1].find("`sector` tells the rows apart"), std::string::npos);
}

TEST(Panel, SaysThatIdenticalRowsWereAppendedTwice) {
  Table table;
  table.set("unit", Column::texts({"a", "a"}));
  table.set("year", Column::numbers({2015, 2015}, ColumnKind::integer));
  const Diagnostic diagnostic = failure_of(table, {"unit", "year"});
  EXPECT_NE(diagnostic.notes.back().find("appended twice"), std::string::npos);
}

TEST(Panel, ShowsAtMostFiveGroupsOfDuplicates) {
  std::vector<std::string> units;
  std::vector<double> years;
  for (int i = 0; i < 20; ++i) {
    units.push_back("u" + std::to_string(i / 2));
    years.push_back(2015);
  }
  Table table;
  table.set("unit", Column::texts(units));
  table.set("year", Column::numbers(years, ColumnKind::integer));
  const Diagnostic diagnostic = failure_of(table, {"unit", "year"});
  EXPECT_NE(diagnostic.message.find("10 pairs"), std::string::npos);
  EXPECT_EQ(diagnostic.notes[5], "and 5 more");
}

TEST(Panel, RefusesMissingKeysAndUnknownColumns) {
  Table table;
  table.set("unit", Column::texts({"a", ""}));
  table.set("year", Column::numbers({2015, 2016}, ColumnKind::integer));
  EXPECT_EQ(failure_of(table, {"unit", "year"}).code, "data.missing_key");
  EXPECT_EQ(failure_of(table, {"province", "year"}).code, "data.unknown_column");
  Table halves;
  halves.set("unit", Column::texts({"a"}));
  halves.set("year", Column::numbers({2015.5}));
  EXPECT_EQ(failure_of(halves, {"unit", "year"}).code, "data.bad_time");
}

TEST(Panel, TakesTextTimesAsNumbersOrAsSortedRanks) {
  Table table;
  table.set("unit", Column::texts({"a", "a", "a"}));
  table.set("year", Column::texts({"2017年", "2015年", "2016年"}));
  EXPECT_EQ(make_panel(table, {"unit", "year"}).times, (std::vector<std::int64_t>{2015, 2016, 2017}));
  table.set("year", Column::texts({"2015Q2", "2015Q1", "2016Q1"}));
  const Panel ranks = make_panel(table, {"unit", "year"});
  EXPECT_EQ(ranks.times, (std::vector<std::int64_t>{0, 1, 2}));
  EXPECT_EQ(ranks.time_names, (std::vector<std::string>{"2015Q1", "2015Q2", "2016Q1"}));
}

TEST(Panel, LagsMonthEndDatesByMonths) {
  Table table;
  table.set("unit", Column::texts({"a", "a", "a"}));
  table.set("t",
            Column::numbers({*parse_date("2020-01-31"), *parse_date("2020-02-29"), *parse_date("2020-03-31")},
                            ColumnKind::date));
  const Panel panel = make_panel(table, {"unit", "t"});
  EXPECT_EQ(panel.step, 1);
  EXPECT_EQ(panel.lag({1, 2, 3}, 1)[2], 2);
}

TEST(Panel, SortsNumericUnitsByNumber) {
  Table table;
  table.set("id", Column::numbers({10, 9}, ColumnKind::integer));
  table.set("year", Column::numbers({2015, 2015}, ColumnKind::integer));
  EXPECT_EQ(make_panel(table, {"id", "year"}).unit_names, (std::vector<std::string>{"9", "10"}));
}

TEST(Panel, WithoutTimeHasNoLags) {
  Table table;
  table.set("unit", Column::texts({"a", "a"}));
  const Panel panel = make_panel(table, {"unit", ""});
  EXPECT_EQ(panel.time, (std::vector<std::int64_t>{0, 1}));
  EXPECT_TRUE(std::isnan(panel.lag({1, 2}, 1)[1]));
}

}  // namespace
}  // namespace panelist
