// SPDX-License-Identifier: Apache-2.0
// A publication table as JSON: typed cells, spans, provenance, and each cell as printed.
#include "report/json/json_numbers.h"
#include "report/result_json.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"

namespace panelist {

namespace {

const char* name_of(CellKind kind) {
  constexpr const char* names[] = {"empty",   "text",     "estimate", "std_error", "statistic",
                                   "p_value", "interval", "count",    "number",    "flag"};
  return names[static_cast<std::size_t>(kind)];
}

Json cell_json(const Cell& cell, const PublicationTable& table) {
  Json json = {{"kind", name_of(cell.kind)}};
  if (cell.kind == CellKind::text) json["text"] = cell.text;
  if (cell.kind == CellKind::flag) json["value"] = cell.value != 0;
  if (is_numeric(cell)) json["value"] = number_json(cell.value);
  if (cell.kind == CellKind::interval) json["value2"] = number_json(cell.value2);
  if (cell.stars > 0) json["stars"] = cell.stars;
  if (cell.decimals >= 0) json["decimals"] = cell.decimals;
  if (cell.bracket != Bracket::none) json["bracket"] = cell.bracket == Bracket::round ? "round" : "square";
  if (cell.span != 1) json["span"] = cell.span;
  if (cell.kind != CellKind::empty) json["printed"] = format_cell(cell, table);
  if (!cell.source.empty()) json["source"] = cell.source;
  if (!cell.source2.empty()) json["source2"] = cell.source2;
  return json;
}

Json table_row_json(const TableRow& row, const PublicationTable& table) {
  Json cells = Json::array();
  for (const Cell& cell : row.cells) cells.push_back(cell_json(cell, table));
  return {{"header", row.header}, {"cells", cells}};
}

}  // namespace

Json to_json(const PublicationTable& table) {
  Json rows = Json::array();
  for (const TableRow& row : table.rows) rows.push_back(table_row_json(row, table));
  return {{"id", table.id},
          {"number", table.number},
          {"title", table.title},
          {"lang", table.lang},
          {"style", table.style},
          {"decimals", table.decimals},
          {"columns", table.columns()},
          {"rows", rows},
          {"notes", table.notes}};
}

std::string write_json(const PublicationTable& table) {
  return to_json(table).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace panelist
