// SPDX-License-Identifier: Apache-2.0
#include "report/publication_table.h"

namespace panelist {
namespace {

std::string printed(double value, int decimals, CellKind kind = CellKind::number) {
  return format_cell(Cell::of_number(kind, value, decimals), PublicationTable{});
}

TEST(FormatCell, PrintsFixedDecimals) {
  EXPECT_EQ(printed(0.38456, 4), "0.3846");
  EXPECT_EQ(printed(-0.5, 2), "-0.50");
  EXPECT_EQ(printed(12345.678, 1), "12345.7");
}

TEST(FormatCell, NeverPrintsZeroForANonZeroValue) {
  EXPECT_EQ(printed(3.2e-7, 4), "3.2e-07");
  EXPECT_EQ(printed(-0.00004, 4), "-4.0e-05");
  EXPECT_EQ(printed(0.0032, 2), "0.0032");
  EXPECT_EQ(printed(0.3, 0), "0.30");
  EXPECT_EQ(printed(0.0, 4), "0.0000");
}

std::string printed_p(double value, int decimals, const TableLook& look = {}) {
  PublicationTable table;
  table.decimals = decimals;
  table.look = look;
  return format_cell(Cell::of_number(CellKind::p_value, value), table);
}

TEST(FormatCell, SaysBelowTheLastDecimalOfPValues) {
  EXPECT_EQ(printed_p(4.4e-11, 4), "<0.0001");
  EXPECT_EQ(printed_p(0.0, 3), "<0.001");
  EXPECT_EQ(printed_p(0.0001, 4), "0.0001");
  EXPECT_EQ(printed_p(0.000099, 4), "<0.0001");
  EXPECT_EQ(printed_p(0.031, 0), "0.03");
  TableLook apa;
  apa.leading_zero = false, apa.p_decimals = 3;
  EXPECT_EQ(printed_p(4.4e-11, 4, apa), "< .001");
  EXPECT_EQ(printed_p(0.0312, 4, apa), ".031");
  TableLook digits;
  digits.significant = 3;
  EXPECT_EQ(printed_p(4.38e-11, 4, digits), "<0.0001");
  EXPECT_EQ(printed_p(0.0312, 2, digits), "0.0312");
  EXPECT_EQ(printed_p(0.97, 2, digits), "0.970");
  Cell bracketed = Cell::of_number(CellKind::p_value, 1e-9);
  bracketed.bracket = Bracket::square;
  EXPECT_EQ(format_cell(bracketed, PublicationTable{}), "[<0.0001]");
}

TEST(FormatCell, LargeNumbersHaveFewerDecimals) {
  PublicationTable table;
  const auto estimate = [&](double value) {
    return format_cell(Cell::of_number(CellKind::estimate, value), table);
  };
  EXPECT_EQ(estimate(1052424.4492), "1052424.4");
  EXPECT_EQ(estimate(-12345.67891), "-12345.679");
  EXPECT_EQ(estimate(9999.12346), "9999.1235");
  EXPECT_EQ(estimate(123456789.5), "123456790");
  table.look.significant = 3;
  EXPECT_EQ(estimate(1052424.4492), "1052424");
  EXPECT_EQ(format_cell(Cell::of_number(CellKind::statistic, 21.8812, 2), table), "21.9");
  EXPECT_EQ(format_cell(Cell::of_number(CellKind::count, 210), table), "210");
}

TEST(FormatCell, PutsStarsAfterTheNumberInsideBrackets) {
  Cell cell = Cell::of_number(CellKind::estimate, -0.5, 2);
  cell.stars = 2;
  EXPECT_EQ(format_cell(cell, PublicationTable{}), "-0.50**");
  EXPECT_EQ(format_cell(cell, PublicationTable{}, "−"), "−0.50**");
  cell.stars = 0;
  cell.bracket = Bracket::round;
  EXPECT_EQ(format_cell(cell, PublicationTable{}), "(-0.50)");
  cell.bracket = Bracket::square;
  EXPECT_EQ(format_cell(cell, PublicationTable{}), "[-0.50]");
}

TEST(FormatCell, IntervalsShowBothEnds) {
  Cell cell = Cell::of_number(CellKind::interval, -0.1, 2);
  cell.value2 = 0.25;
  cell.bracket = Bracket::square;
  EXPECT_EQ(format_cell(cell, PublicationTable{}), "[-0.10, 0.25]");
}

TEST(FormatCell, MissingValuesAreBlankWithoutBracketsAndStars) {
  Cell cell = Cell::of_number(CellKind::std_error, missing_value);
  cell.bracket = Bracket::round;
  cell.stars = 3;
  EXPECT_EQ(format_cell(cell, PublicationTable{}), "");
}

TEST(FormatCell, CountsHaveNoDecimalsUnlessTheyAreNotWhole) {
  EXPECT_EQ(printed(270, -1, CellKind::count), "270");
  EXPECT_EQ(printed(270.25, -1, CellKind::count), "270.2500");
}

TEST(FormatCell, FlagsSpeakTheTablesLanguage) {
  PublicationTable table;
  EXPECT_EQ(format_cell(Cell::of_flag(true), table), "YES");
  EXPECT_EQ(format_cell(Cell::of_flag(false), table), "NO");
  table.lang = "zh";
  EXPECT_EQ(format_cell(Cell::of_flag(true), table), "是");
}

TEST(PublicationTable, ColumnsAreTheSumOfSpans) {
  PublicationTable table;
  EXPECT_EQ(table.columns(), 0);
  table.rows.resize(1);
  table.rows[0].cells = {Cell::of_text("a"), Cell::of_text("b", 3)};
  EXPECT_EQ(table.columns(), 4);
}

}  // namespace
}  // namespace panelist
