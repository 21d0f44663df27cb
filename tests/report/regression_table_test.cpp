// SPDX-License-Identifier: Apache-2.0
#include "report/build_table.h"
#include "report/sample.h"
#include "report/writer.h"

namespace panelist {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> first_column(const PublicationTable& table) {
  std::vector<std::string> names;
  for (const TableRow& row : table.rows) names.push_back(format_cell(row.cells[0], table));
  return names;
}

std::vector<std::string> printed_row(const PublicationTable& table, const std::string& name) {
  for (const TableRow& row : table.rows)
    if (format_cell(row.cells[0], table) == name) {
      std::vector<std::string> texts;
      for (std::size_t i = 1; i < row.cells.size(); ++i) texts.push_back(format_cell(row.cells[i], table));
      return texts;
    }
  return {};
}

TEST(RegressionTable, Outreg2HasItsRowsInItsOrder) {
  const sample::Baseline baseline("outreg2");
  const PublicationTable table = regression_table(baseline.spec);
  EXPECT_THAT(first_column(table),
              ElementsAre("", "VARIABLES", "DT", "", "Controls", "Constant", "", "Observations", "R-squared",
                          "Number of ids", "Province FE", "Year FE"));
  EXPECT_THAT(printed_row(table, "DT"), ElementsAre("0.7500***", "0.4467**", "0.3846***", "0.3846***"));
}

}  // namespace
}  // namespace panelist
