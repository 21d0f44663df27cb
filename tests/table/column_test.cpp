// SPDX-License-Identifier: Apache-2.0
#include "table/column.h"

#include <gtest/gtest.h>

#include "base/diagnostic.h"
#include "table/date.h"
#include "table/table.h"

namespace panelist {
namespace {

TEST(Column, CodesTextInOrderOfFirstAppearanceAndBlankIsMissing) {
  const Column column = Column::texts({"b", "a", "", "b"});
  EXPECT_EQ(column.codes(), (std::vector<std::int32_t>{0, 1, -1, 0}));
  EXPECT_EQ(column.dictionary(), (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(column.count_missing(), 1u);
  EXPECT_EQ(column.text_at(2), "");
  EXPECT_EQ(column.text_at(3), "b");
}

TEST(Column, PrintsNumbersInShortestFormAndDatesAsIso) {
  EXPECT_EQ(Column::numbers({0.1}).text_at(0), "0.1");
  EXPECT_EQ(Column::numbers({2015}, ColumnKind::integer).text_at(0), "2015");
  EXPECT_EQ(Column::numbers({missing_value}).text_at(0), "");
  EXPECT_EQ(Column::numbers({days_from_civil({2020, 2, 29})}, ColumnKind::date).text_at(0), "2020-02-29");
}

TEST(Column, TakeKeepsLabels) {
  Column column = Column::numbers({1, 2, 3});
  column.label = "x";
  const Column taken = column.take({2, 0});
  EXPECT_EQ(taken.values(), (std::vector<double>{3, 1}));
  EXPECT_EQ(taken.label, "x");
}

TEST(Date, RoundTripsEveryDayOfFourCenturies) {
  for (double day = -146097; day < 146097; day += 1) {
    const CivilDate date = civil_from_days(day);
    ASSERT_EQ(days_from_civil(date), day);
  }
  EXPECT_EQ(days_from_civil({1970, 1, 1}), 0);
  EXPECT_EQ(days_from_civil({2000, 3, 1}), 11017);
}

TEST(Date, ReadsTheUsualFormsAndRefusesImpossibleDays) {
  const double expected = days_from_civil({2020, 1, 31});
  for (const char* text : {"2020-01-31", "2020/1/31", "2020.1.31", "2020年1月31日"}) {
    EXPECT_EQ(parse_date(text), expected) << text;
  }
  for (const char* text :
       {"2021-02-29", "2020-13-01", "2020", "2020-1", "20-1-1", "2020-1/31", "2020-01-31x", "2020.5"}) {
    EXPECT_FALSE(parse_date(text).has_value()) << text;
  }
}

TEST(Table, NamesTheNearestColumnWhenOneIsUnknown) {
  Table table;
  table.set("gdp_growth", Column::numbers({1}));
  try {
    (void)table.at("gdp_grwth");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "data.unknown_column");
    EXPECT_NE(error.diagnostic().hint.find("gdp_growth"), std::string::npos);
  }
}

TEST(Table, FilterKeepsSourceRowsAndSharesNothingWithTheOriginal) {
  Table table;
  table.set("x", Column::numbers({1, 2, 3}));
  table.source_rows = {2, 3, 4};
  const Table kept = table.filter({true, false, true});
  EXPECT_EQ(kept.rows(), 2u);
  EXPECT_EQ(kept.at("x").values(), (std::vector<double>{1, 3}));
  EXPECT_EQ(kept.source_rows, (RowNumbers{2, 4}));
}

TEST(Table, RefusesAColumnOfAnotherLength) {
  Table table(2);
  EXPECT_THROW(table.set("x", Column::numbers({1, 2, 3})), Error);
}

TEST(Column, OfTextHasNoNumbers) {
  const Column column = Column::texts({"a", "b"});
  try {
    (void)column.values();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "internal.text_column");
  }
}

}  // namespace
}  // namespace panelist
