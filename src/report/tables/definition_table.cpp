// SPDX-License-Identifier: Apache-2.0
// What the variables of a study are, in words.
#include "report/descriptive_tables.h"
#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {

namespace {

struct DefinitionColumn {
  std::string_view head;
  std::string DefinitionRow::* text;
  Alignment align;
};
constexpr DefinitionColumn definition_columns[] = {
    {"variable", &DefinitionRow::variable, Alignment::left},
    {"symbol", &DefinitionRow::symbol, Alignment::left},
    {"sign", &DefinitionRow::sign, Alignment::center},
    {"definition", &DefinitionRow::definition, Alignment::left},
    {"unit", &DefinitionRow::unit, Alignment::left},
    {"source", &DefinitionRow::source, Alignment::left},
};

}  // namespace

PublicationTable definition_table(const DefinitionTableSpec& spec) {
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  TableRow head;
  head.header = true;
  std::vector<TableRow> rows(spec.rows.size());
  for (const DefinitionColumn& column : definition_columns) {
    const auto blank = [&](const DefinitionRow& row) { return (row.*column.text).empty(); };
    if (std::all_of(spec.rows.begin(), spec.rows.end(), blank)) continue;
    head.cells.push_back(Cell::of_text(std::string(word(column.head, spec.style.lang)), 1, column.align));
    for (std::size_t i = 0; i < rows.size(); ++i)
      rows[i].cells.push_back(Cell::of_text(spec.rows[i].*column.text, 1, column.align));
  }
  table.rows.push_back(std::move(head));
  for (TableRow& row : rows) table.rows.push_back(std::move(row));
  return table;
}

}  // namespace panelist
