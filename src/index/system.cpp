// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/text.h"
#include "index/index.h"
#include "index/list_tree.h"

namespace panelist {
namespace {

std::optional<double> number(const Table& list, const std::string& column, std::size_t row,
                             Diagnostics& diagnostics) {
  const std::string text = list_cell(list, column, row);
  if (text.empty()) return std::nullopt;
  const std::optional<double> value = parse_number(text);
  if (!value.has_value())
    diagnostics.error("index.list_cell",
                      "row " + std::to_string(row + 1) + " of the indicator list: `" + text + "` in " +
                          column + " is no number",
                      {}, "write a number, or leave the cell empty");
  return value;
}

char direction_of(const std::string& text, const std::string& code, std::size_t row,
                  Diagnostics& diagnostics) {
  static const std::map<std::string, char> words = {
      {"+", '+'}, {"1", '+'},      {"+1", '+'},   {"positive", '+'}, {"正", '+'},       {"正向", '+'},
      {"-", '-'}, {"-1", '-'},     {"−", '-'},    {"negative", '-'}, {"负", '-'},       {"负向", '-'},
      {"=", '='}, {"target", '='}, {"适度", '='}, {"~", '~'},        {"interval", '~'}, {"区间", '~'}};
  const auto found = words.find(lower_ascii(text));
  if (found != words.end()) return found->second;
  diagnostics.error("index.list_cell",
                    "row " + std::to_string(row + 1) + " of the indicator list: " +
                        (text.empty() ? "`" + code + "` has no direction" : "no direction `" + text + "`"),
                    {}, "write + (more is better), - (less is better), = (a target) or ~ (an interval)");
  return '+';
}

Indicator indicator_from(const Table& list, std::size_t row, Diagnostics& diagnostics) {
  Indicator indicator;
  indicator.code = list_cell(list, "code", row);
  indicator.dimension = list_cell(list, "dimension", row);
  indicator.sub = list_cell(list, "sub", row);
  if (indicator.dimension.empty() && !indicator.sub.empty())
    diagnostics.error("index.orphan",
                      "`" + indicator.code + "` stands under `" + indicator.sub + "`, which has no dimension",
                      {}, "give its dimension, or make `" + indicator.sub + "` one");
  indicator.direction = direction_of(list_cell(list, "direction", row), indicator.code, row, diagnostics);
  indicator.label = list_cell(list, "label", row);
  indicator.unit = list_cell(list, "unit", row);
  indicator.source = list_cell(list, "source", row);
  indicator.denominator = list_cell(list, "denominator", row);
  indicator.weight = number(list, "weight", row, diagnostics);
  indicator.min = number(list, "min", row, diagnostics);
  indicator.max = number(list, "max", row, diagnostics);
  indicator.target = number(list, "target", row, diagnostics).value_or(missing_value);
  indicator.low = number(list, "low", row, diagnostics).value_or(missing_value);
  indicator.high = number(list, "high", row, diagnostics).value_or(missing_value);
  return indicator;
}

// A head that is nearly one of the known ones is a slip; others are the user's own.
bool check_heads(const Table& list, Diagnostics& diagnostics) {
  static const std::vector<std::string> known = {
      "code",        "dimension", "sub", "direction", "label", "unit", "source", "weight",
      "denominator", "min",       "max", "target",    "low",   "high", "level",  "parent"};
  bool right = true;
  for (const std::string& head : list.names()) {
    const std::string near = nearest(head, known);
    if (near.empty() || near == head || list.has(near)) continue;
    right = false;
    diagnostics.error("index.list_columns", "the indicator list has a column `" + head + "`", {},
                      "did you mean `" + near + "`?");
  }
  return right;
}

void read_node(const Table& list, std::size_t row, const ListTree& tree, IndexSystem& system,
               Diagnostics& diagnostics) {
  const std::string code = tree.node_code(row);
  const std::optional<double> weight = number(list, "weight", row, diagnostics);
  if (weight && !code.empty()) system.node_weights[code] = *weight;
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
        "its columns are code,direction and optionally dimension,sub (or level,parent),label,unit,"
        "source,denominator,weight,min,max,target,low,high");
    return system;
  }
  if (!check_heads(list, diagnostics)) return system;
  std::optional<ListTree> tree;
  if (!list.has("dimension") && list.has("parent")) tree.emplace(list, diagnostics);
  std::set<std::string> seen;
  for (std::size_t row = 0; row < list.rows(); ++row) {
    if (list_cell(list, "code", row).empty()) continue;
    if (tree && tree->is_node(row)) {
      read_node(list, row, *tree, system, diagnostics);
      continue;
    }
    Indicator indicator = indicator_from(list, row, diagnostics);
    if (tree) tree->place(row, indicator);
    if (!seen.insert(indicator.code).second)
      diagnostics.error("index.duplicate_indicator",
                        "`" + indicator.code + "` stands twice in the indicator list", {},
                        "remove one of the two");
    system.indicators.push_back(std::move(indicator));
  }
  return system;
}

std::vector<PairComparison> comparisons_from(const Table& list, Diagnostics& diagnostics) {
  std::vector<PairComparison> comparisons;
  for (const char* column : {"first", "second", "value"})
    if (!list.has(column)) {
      diagnostics.error("index.list_columns", std::string("the comparisons have no column `") + column + "`",
                        {}, "their columns are first,second,value");
      return comparisons;
    }
  for (std::size_t row = 0; row < list.rows(); ++row) {
    const std::string text = list_cell(list, "value", row);
    const std::size_t slash = text.find('/');
    const auto above = parse_number(trim(std::string_view(text).substr(0, slash)));
    const auto below = slash == std::string::npos
                           ? std::optional<double>(1)
                           : parse_number(trim(std::string_view(text).substr(slash + 1)));
    if (above && below)
      comparisons.push_back({list_cell(list, "first", row), list_cell(list, "second", row), *above / *below});
    else
      diagnostics.error("index.list_cell",
                        "row " + std::to_string(row + 1) + " of the comparisons: no ratio `" + text + "`", {},
                        "write a number, or 1/3");
  }
  return comparisons;
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
