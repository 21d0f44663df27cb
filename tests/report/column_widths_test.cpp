// SPDX-License-Identifier: Apache-2.0
#include "report/writers/column_widths.h"

#include <numeric>

namespace panelist {
namespace {

using testing::DoubleEq;
using testing::DoubleNear;
using testing::Each;
using testing::Ge;

PublicationTable table_of(const std::vector<std::vector<Cell>>& rows) {
  PublicationTable table;
  for (const std::vector<Cell>& cells : rows) {
    table.rows.emplace_back();
    table.rows.back().cells = cells;
  }
  return table;
}

Cell number(double value) { return Cell::of_number(CellKind::estimate, value); }

TEST(ColumnWidths, AddUpToThePageAndLeaveNumbersWhole) {
  const ColumnNeeds needs = column_needs(table_of(
      {{Cell::of_text("Fiscal expenditure on education and research"), number(-12345.6789), number(0.5)}}));
  for (const double page : {40.0, 80.0, 400.0}) {
    const std::vector<double> widths = column_widths(needs, page);
    EXPECT_THAT(std::accumulate(widths.begin(), widths.end(), 0.0), DoubleNear(page, 1e-9));
    EXPECT_THAT(widths[1], Ge(11));  // the digits of -12345.6789
  }
}

TEST(ColumnWidths, GiveColumnsOfNumbersTheSameRoom) {
  const std::vector<double> widths = column_widths(
      column_needs(table_of({{Cell::of_text("a"), number(1234567.5), number(0.5), Cell::of_text("yes")}})),
      60);
  EXPECT_THAT(widths[1], DoubleEq(widths[2]));
  EXPECT_GT(widths[1], widths[3]);
}

TEST(ColumnWidths, BreakLongTextsBeforeNumbersAndKeepShortChineseTogether) {
  const ColumnNeeds needs = column_needs(
      table_of({{Cell::of_text("a text of several words that may be broken"), Cell::of_text("一级指标")}}));
  EXPECT_LT(needs.narrow[0], needs.wide[0] / 3);
  EXPECT_THAT(needs.narrow[1], DoubleEq(needs.wide[1]));
}

TEST(ColumnWidths, AskForHeadsOverSeveralColumns) {
  const PublicationTable narrow = table_of({{number(1), number(1), number(1)}});
  const PublicationTable headed = table_of(
      {{Cell::of_text(""), Cell::of_text("Telecommunications", 2)}, {number(1), number(1), number(1)}});
  EXPECT_GT(least_width(column_needs(headed)), least_width(column_needs(narrow)));
}

TEST(ColumnWidths, HoldForTablesWithoutCells) {
  EXPECT_TRUE(column_widths(column_needs({}), 100).empty());
  EXPECT_THAT(column_widths(column_needs(table_of({{Cell{}, Cell{}}})), 100), Each(DoubleNear(50, 1e-9)));
}

}  // namespace
}  // namespace panelist
