// SPDX-License-Identifier: Apache-2.0
// A publication table as JSON: typed cells, spans, provenance, and each cell as printed. Nothing of the table is lost:
// table_from_json gives it back.
#include <array>
#include <limits>

#include "report/json/json_numbers.h"
#include "report/result_json.h"
#include "report/writers/all.h"
#include "report/writers/cell_text.h"

namespace panelist {

namespace {

constexpr std::array kinds = {"empty",   "text",     "estimate", "std_error", "statistic",
                              "p_value", "interval", "count",    "number",    "flag"};
constexpr std::array brackets = {"none", "round", "square"};
constexpr std::array alignments = {"automatic", "left", "center", "right"};
constexpr std::array rules = {"none", "thin", "thick"};

template <typename Kind, std::size_t n>
const char* name_of(Kind kind, const std::array<const char*, n>& names) {
  return names[static_cast<std::size_t>(kind)];
}

// The kind a key names; the first one when the key is not there.
template <typename Kind, std::size_t n>
Kind kind_of(const Json& json, const char* key, const std::array<const char*, n>& names) {
  const std::string name = json.value(key, names[0]);
  for (std::size_t i = 0; i < n; ++i)
    if (name == names[i]) return static_cast<Kind>(i);
  return Kind{};
}

// An infinite value is null, as everywhere, and its sign.
void add_number(Json& json, const char* key, const char* sign, double value) {
  json[key] = number_json(value);
  if (std::isinf(value)) json[sign] = value > 0 ? 1 : -1;
}

Json cell_json(const Cell& cell, const PublicationTable& table) {
  Json json = {{"kind", name_of(cell.kind, kinds)}};
  if (cell.kind == CellKind::text) json["text"] = cell.text;
  if (cell.kind == CellKind::flag) json["value"] = cell.value != 0;
  if (is_numeric(cell)) add_number(json, "value", "infinite", cell.value);
  if (cell.kind == CellKind::interval) add_number(json, "value2", "infinite2", cell.value2);
  if (cell.stars > 0) json["stars"] = cell.stars;
  if (cell.decimals >= 0) json["decimals"] = cell.decimals;
  if (cell.bracket != Bracket::none) json["bracket"] = name_of(cell.bracket, brackets);
  if (cell.span != 1) json["span"] = cell.span;
  if (cell.align != Alignment::automatic) json["align"] = name_of(cell.align, alignments);
  if (cell.bold) json["bold"] = true;
  if (cell.italic) json["italic"] = true;
  if (cell.kind != CellKind::empty) json["printed"] = format_cell(cell, table);
  if (!cell.source.empty()) json["source"] = cell.source;
  if (!cell.source2.empty()) json["source2"] = cell.source2;
  return json;
}

Json table_row_json(const TableRow& row, const PublicationTable& table) {
  Json cells = Json::array();
  for (const Cell& cell : row.cells) cells.push_back(cell_json(cell, table));
  Json json = {{"header", row.header}};
  if (row.rule_above != Rule::none) json["rule_above"] = name_of(row.rule_above, rules);
  if (row.rule_under_spans) json["rule_under_spans"] = true;
  if (row.panel_heading) json["panel_heading"] = true;
  json["cells"] = cells;
  return json;
}

double number_of(const Json& json, const char* key, const char* sign) {
  if (const int own = json.value(sign, 0); own != 0) return own * std::numeric_limits<double>::infinity();
  const auto place = json.find(key);
  if (place == json.end() || place->is_null()) return missing_value;
  return place->is_boolean() ? static_cast<double>(place->get<bool>()) : place->get<double>();
}

Cell cell_from(const Json& json) {
  Cell cell;
  cell.kind = kind_of<CellKind>(json, "kind", kinds);
  cell.text = json.value("text", "");
  cell.value = number_of(json, "value", "infinite");
  cell.value2 = number_of(json, "value2", "infinite2");
  cell.stars = json.value("stars", 0);
  cell.decimals = json.value("decimals", -1);
  cell.bracket = kind_of<Bracket>(json, "bracket", brackets);
  cell.span = json.value("span", 1);
  cell.align = kind_of<Alignment>(json, "align", alignments);
  cell.bold = json.value("bold", false);
  cell.italic = json.value("italic", false);
  cell.source = json.value("source", "");
  cell.source2 = json.value("source2", "");
  return cell;
}

TableRow row_from(const Json& json) {
  TableRow row;
  row.header = json.value("header", false);
  row.rule_above = kind_of<Rule>(json, "rule_above", rules);
  row.rule_under_spans = json.value("rule_under_spans", false);
  row.panel_heading = json.value("panel_heading", false);
  for (const Json& cell : json.at("cells")) row.cells.push_back(cell_from(cell));
  return row;
}

}  // namespace

namespace {

// What differs from the usual look; nothing of tables that have it.
Json look_json(const TableLook& look) {
  Json json = Json::object();
  if (!look.font.empty()) json["font"] = look.font;
  if (!look.font_zh.empty()) json["font_zh"] = look.font_zh;
  if (look.size > 0) json["size"] = look.size;
  if (look.landscape) json["landscape"] = true;
  if (look.roman_numbers) json["roman_numbers"] = true;
  if (!look.leading_zero) json["leading_zero"] = false;
  if (look.p_decimals > 0) json["p_decimals"] = look.p_decimals;
  if (look.significant > 0) json["significant"] = look.significant;
  if (!look.words.empty()) json["words"] = look.words;
  return json;
}

TableLook look_from(const Json& json) {
  TableLook look;
  look.font = json.value("font", "");
  look.font_zh = json.value("font_zh", "");
  look.size = json.value("size", 0.0);
  look.landscape = json.value("landscape", false);
  look.roman_numbers = json.value("roman_numbers", false);
  look.leading_zero = json.value("leading_zero", true);
  look.p_decimals = json.value("p_decimals", 0);
  look.significant = json.value("significant", 0);
  look.words = json.value("words", look.words);
  return look;
}

}  // namespace

Json to_json(const PublicationTable& table) {
  Json rows = Json::array();
  for (const TableRow& row : table.rows) rows.push_back(table_row_json(row, table));
  Json json = {
      {"id", table.id},       {"number", table.number},     {"title", table.title},      {"lang", table.lang},
      {"style", table.style}, {"decimals", table.decimals}, {"columns", table.columns()}};
  if (const Json look = look_json(table.look); !look.empty()) json["look"] = look;
  if (!table.label.empty()) json["label"] = table.label;
  json["rows"] = rows;
  json["notes"] = table.notes;
  return json;
}

PublicationTable table_from_json(const Json& json) {
  PublicationTable table;
  table.id = json.at("id");
  table.number = json.at("number");
  table.title = json.at("title");
  table.lang = json.at("lang");
  table.style = json.at("style");
  table.decimals = json.at("decimals");
  table.look = look_from(json.value("look", Json::object()));
  table.label = json.value("label", "");
  for (const Json& row : json.at("rows")) table.rows.push_back(row_from(row));
  table.notes = json.at("notes").get<std::vector<std::string>>();
  return table;
}

std::string write_json(const PublicationTable& table) {
  return to_json(table).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace panelist
