// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/text.h"
#include "index/index.h"

namespace panelist {
namespace {

std::string cell(const Table& list, const std::string& column, std::size_t row) {
  const Column* found = list.find(column);
  return found == nullptr ? "" : std::string(trim(found->text_at(row)));
}

std::optional<double> number(const Table& list, const std::string& column, std::size_t row,
                             Diagnostics& diagnostics) {
  const std::string text = cell(list, column, row);
  if (text.empty()) return std::nullopt;
  const std::optional<double> value = parse_number(text);
  if (!value.has_value())
    diagnostics.error("index.list_cell",
                      "row " + std::to_string(row + 1) + " of the indicator list: `" + text + "` in " +
                          column + " is no number",
                      {}, "write a number, or leave the cell empty");
  return value;
}

char direction_of(const std::string& text, std::size_t row, Diagnostics& diagnostics) {
  static const std::map<std::string, char> words = {
      {"", '+'},     {"+", '+'}, {"1", '+'},      {"+1", '+'},  {"positive", '+'}, {"正", '+'},
      {"正向", '+'}, {"-", '-'}, {"-1", '-'},     {"−", '-'},   {"negative", '-'}, {"负", '-'},
      {"负向", '-'}, {"=", '='}, {"target", '='}, {"适度", '='}};
  const auto found = words.find(lower_ascii(text));
  if (found != words.end()) return found->second;
  diagnostics.error("index.list_cell",
                    "row " + std::to_string(row + 1) + " of the indicator list: no direction `" + text + "`",
                    {}, "write +, - or =");
  return '+';
}

Indicator indicator_from(const Table& list, std::size_t row, Diagnostics& diagnostics) {
  Indicator indicator;
  indicator.code = cell(list, "code", row);
  indicator.dimension = cell(list, "dimension", row);
  indicator.sub = cell(list, "sub", row);
  indicator.direction = direction_of(cell(list, "direction", row), row, diagnostics);
  indicator.label = cell(list, "label", row);
  indicator.unit = cell(list, "unit", row);
  indicator.denominator = cell(list, "denominator", row);
  indicator.weight = number(list, "weight", row, diagnostics);
  indicator.min = number(list, "min", row, diagnostics);
  indicator.max = number(list, "max", row, diagnostics);
  indicator.target = number(list, "target", row, diagnostics).value_or(missing_value);
  return indicator;
}

// Parents of the lines that are nodes: a tree of lines in place of the columns dimension and sub.
std::map<std::string, std::string> parents_of(const Table& list) {
  std::map<std::string, std::string> parents;
  for (std::size_t row = 0; row < list.rows(); ++row)
    parents[cell(list, "code", row)] = cell(list, "parent", row);
  return parents;
}

// Up the tree from the indicator: the line below the top is the dimension, the next below it the sub-dimension.
void place_in_tree(const std::map<std::string, std::string>& parents, const std::string& parent,
                   Indicator& indicator) {
  std::vector<std::string> path;
  for (std::string node = parent; !node.empty() && path.size() <= parents.size();) {
    path.push_back(node);
    const auto up = parents.find(node);
    node = up == parents.end() ? "" : up->second;
  }
  // A top that is itself a line without a parent is the index; a top that is no line is a dimension.
  if (!path.empty() && parents.count(path.back()) > 0 && path.size() > 1) path.pop_back();
  if (path.empty()) return;
  indicator.dimension = path.back();
  if (path.size() > 1) indicator.sub = path[path.size() - 2];
}

bool is_node(const Table& list, std::size_t row, const std::set<std::string>& named_parents) {
  const std::string level = cell(list, "level", row);
  return level.empty() ? named_parents.count(cell(list, "code", row)) > 0 : level != "1";
}

Vector spread(const IndexResult& result, const Vector& values, std::size_t table_rows) {
  Vector column = Vector::Constant(static_cast<Index>(table_rows), missing_value);
  for (std::size_t i = 0; i < result.rows.size(); ++i)
    column(static_cast<Index>(result.rows[i])) = values(static_cast<Index>(i));
  return column;
}

}  // namespace

IndexSystem index_system_from(const Table& list, const std::string& name, Diagnostics& diagnostics) {
  IndexSystem system;
  system.name = name;
  if (!list.has("code")) {
    diagnostics.error(
        "index.list_columns", "the indicator list has no column `code`", {},
        "its columns are code,dimension,sub,direction and optionally label,unit,weight,min,max,target");
    return system;
  }
  const bool tree = !list.has("dimension") && list.has("parent");
  std::set<std::string> named_parents, seen;
  if (tree)
    for (std::size_t row = 0; row < list.rows(); ++row) named_parents.insert(cell(list, "parent", row));
  const std::map<std::string, std::string> parents =
      tree ? parents_of(list) : std::map<std::string, std::string>{};
  for (std::size_t row = 0; row < list.rows(); ++row) {
    if (cell(list, "code", row).empty() || (tree && is_node(list, row, named_parents))) continue;
    Indicator indicator = indicator_from(list, row, diagnostics);
    if (tree) place_in_tree(parents, cell(list, "parent", row), indicator);
    if (!seen.insert(indicator.code).second)
      diagnostics.error("index.duplicate_indicator",
                        "`" + indicator.code + "` stands twice in the indicator list", {},
                        "remove one of the two");
    system.indicators.push_back(std::move(indicator));
  }
  return system;
}

std::vector<std::string> shared_indicators(const IndexSystem& a, const IndexSystem& b) {
  std::set<std::string> codes;
  for (const Indicator& indicator : b.indicators) codes.insert(indicator.code);
  std::vector<std::string> shared;
  for (const Indicator& indicator : a.indicators)
    if (codes.count(indicator.code) > 0) shared.push_back(indicator.code);
  return shared;
}

std::vector<std::pair<std::string, Column>> index_columns(const IndexResult& result, std::size_t table_rows) {
  std::vector<std::pair<std::string, Column>> columns;
  const auto add = [&](const std::string& name, const std::string& label, const Vector& values) {
    const Vector column = spread(result, values, table_rows);
    columns.emplace_back(name, Column::numbers({column.begin(), column.end()}));
    columns.back().second.label = label;
  };
  add(result.name, result.name, result.score);
  for (const NodeResult& node : result.nodes) {
    if (node.level != 1) continue;
    const std::string name = result.name + "[" + node.code + "]";
    add(name, node.code, node.score);
    add(name + ":contribution", node.code, node.contribution);
  }
  return columns;
}

}  // namespace panelist
