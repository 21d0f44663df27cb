// SPDX-License-Identifier: Apache-2.0
// A plain table of named rows and numbers: heads above, a label and numbers in each row, notes below.
#pragma once
#include "report/descriptive_tables.h"

namespace panelist {

struct GridNumber {
  double value = missing_value;
  std::string source;  // where it stands in the table's object of results.json
  CellKind kind = CellKind::number;
};
struct GridRow {
  std::string label;
  std::vector<GridNumber> numbers;
  bool rule_above = false;
};
struct GridTableSpec : DescriptiveSpec {
  std::vector<std::string> heads;  // of the label and of each number: texts, or keys of words() after a "#"
  std::vector<GridRow> rows;
  std::vector<std::string> notes;
};
PublicationTable grid_table(const GridTableSpec& spec);

}  // namespace panelist
