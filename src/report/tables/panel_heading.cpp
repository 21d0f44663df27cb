// SPDX-License-Identifier: Apache-2.0
#include "report/tables/panel_heading.h"

namespace panelist {

std::string panel_letter(std::size_t position) {
  const std::string last(1, static_cast<char>('A' + position % 26));
  return position < 26 ? last : panel_letter(position / 26 - 1) + last;
}

TableRow panel_heading(const std::string& text, int columns, bool rule_above) {
  TableRow row;
  row.panel_heading = true;
  row.rule_above = rule_above ? Rule::thin : Rule::none;
  Cell cell = Cell::of_text(text, columns, Alignment::left);
  cell.italic = true;
  row.cells.push_back(std::move(cell));
  return row;
}

}  // namespace panelist
