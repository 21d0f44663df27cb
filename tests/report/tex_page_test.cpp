// SPDX-License-Identifier: Apache-2.0
#include "report/writers/tex_page.h"

#include <gtest/gtest.h>

#include "report/writer.h"

namespace panelist {
namespace {

PublicationTable table_of(int rows, int columns, const std::string& label = "Population") {
  PublicationTable table;
  for (int i = 0; i < rows; ++i) {
    TableRow row;
    row.cells.push_back(Cell::of_text(label));
    for (int j = 1; j < columns; ++j) row.cells.push_back(Cell::of_number(CellKind::estimate, 0.1234));
    table.rows.push_back(row);
  }
  return table;
}

TEST(TexPage, ATableThatFitsHasTheDocumentsLetters) {
  const TexPage page = tex_page(table_of(20, 5));
  EXPECT_FALSE(page.turned);
  EXPECT_EQ(page.letters, "");
}

TEST(TexPage, ALongTableTakesSmallerLettersUpright) {
  const TexPage page = tex_page(table_of(60, 4));
  EXPECT_FALSE(page.turned);
  EXPECT_EQ(page.letters, "\\small");
}

TEST(TexPage, AWideTableIsTurnedAndAsSmallAsItMustBe) {
  const TexPage wide = tex_page(table_of(8, 12)), wider = tex_page(table_of(8, 20));
  EXPECT_TRUE(wide.turned);
  EXPECT_EQ(wide.letters, "");
  EXPECT_TRUE(wider.turned);
  EXPECT_EQ(wider.letters, "\\scriptsize");
}

TEST(TexPage, ATurnedTableWithManyRowsFitsTheShortSide) {
  PublicationTable table = table_of(40, 5);
  table.look.landscape = true;
  EXPECT_EQ(tex_page(table).letters, "\\footnotesize");
}

TEST(TexPage, LongLabelsThatLatexDoesNotBreakTurnATable) {
  const PublicationTable table = table_of(8, 6, std::string(60, 'n') + " " + std::string(10, 'n'));
  EXPECT_EQ(tex_page(table).letters, "\\small");
}

TEST(TexPage, LettersOfTheStyleStayWhereTheyFit) {
  PublicationTable table = table_of(20, 5);
  table.look.size = 9;
  const std::string source = find_table_writer("tex")->write(table);
  EXPECT_NE(source.find("\\fontsize{9}"), std::string::npos);
  table.look.landscape = true;
  table.rows.resize(20);
  for (int i = 0; i < 25; ++i) table.rows.push_back(table.rows.front());
  EXPECT_EQ(tex_page(table).letters, "\\scriptsize");
}

}  // namespace
}  // namespace panelist
