// SPDX-License-Identifier: Apache-2.0
#include "report/grid_table.h"

#include "report/tables/table_start.h"
#include "report/tables/words.h"

namespace panelist {
namespace {

std::string head_text(const std::string& head, const std::string& lang) {
  return head.starts_with('#') ? std::string(word(head.substr(1), lang)) : head;
}

TableRow row_of(const GridRow& line) {
  TableRow row;
  if (line.rule_above) row.rule_above = Rule::thin;
  row.cells.push_back(Cell::of_text(line.label, 1, Alignment::left));
  for (const GridNumber& number : line.numbers)
    row.cells.push_back(
        std::isnan(number.value) ? Cell{} : Cell::of_number(number.kind, number.value, -1, number.source));
  return row;
}

}  // namespace

PublicationTable grid_table(const GridTableSpec& spec) {
  PublicationTable table = start_table(spec.id, spec.title, spec.number, spec.style);
  std::vector<std::string> heads;
  for (const std::string& head : spec.heads) heads.push_back(head_text(head, table.lang));
  table.rows.push_back(head_row(heads));
  for (const GridRow& line : spec.rows) table.rows.push_back(row_of(line));
  table.notes = spec.notes;
  return table;
}

}  // namespace panelist
