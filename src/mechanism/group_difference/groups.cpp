// SPDX-License-Identifier: Apache-2.0
#include "mechanism/group_difference/groups.h"

#include <algorithm>

#include "base/text.h"

namespace panelist {
namespace {

const std::string mask_name = "rows of the groups";

Expression mask_expression() {
  Diagnostics diagnostics;
  Expression expression = parse_expression("`" + mask_name + "` == 1", Span{}, diagnostics);
  diagnostics.throw_first_error();
  return expression;
}

std::vector<bool> rows_of_where(const EstimationSpec& model, const Table& table, const Panel* panel) {
  if (model.frame.where.empty()) return std::vector<bool>(table.rows(), true);
  Diagnostics said_with_the_models;
  return evaluate_condition(model.frame.where, {table, panel}, said_with_the_models);
}

std::vector<std::string> sorted_names(const Column& column, const std::vector<bool>& keep) {
  std::map<std::pair<double, std::string>, int> values;
  for (std::size_t row = 0; row < keep.size(); ++row)
    if (keep[row] && !column.is_missing(row))
      values[{column.is_text() ? 0.0 : column.values()[row], column.text_at(row)}] = 1;
  std::vector<std::string> names;
  for (const auto& [value, unused] : values) names.push_back(value.second);
  return names;
}

}  // namespace

Groups groups_of(const GroupDifferenceSpec& spec, const Table& table, const Panel* panel) {
  const Column& column = table.at(spec.by);
  const std::vector<bool> keep = rows_of_where(spec.model, table, panel);
  Groups groups;
  groups.names = spec.groups.empty() ? sorted_names(column, keep) : spec.groups;
  if (groups.names.size() < 2)
    throw Error("mechanism.one_group",
                "`" + spec.by + "` has " + std::to_string(groups.names.size()) +
                    " values in the sample: nothing to compare",
                "choose a column with two or more groups", "column " + spec.by);
  std::map<std::string, int> positions;
  for (std::size_t g = 0; g < groups.names.size(); ++g) positions[groups.names[g]] = static_cast<int>(g);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto found =
        keep[row] && !column.is_missing(row) ? positions.find(column.text_at(row)) : positions.end();
    groups.of_row.push_back(found == positions.end() ? -1 : found->second);
  }
  return groups;
}

EstimationSpec restricted(const EstimationSpec& model, const Groups& groups, const std::vector<int>& kept,
                          Table& table) {
  std::vector<double> mask;
  for (const int group : groups.of_row)
    mask.push_back(std::find(kept.begin(), kept.end(), group) != kept.end() ? 1 : 0);
  table.set(mask_name, Column::numbers(std::move(mask), ColumnKind::boolean));
  EstimationSpec result = model;
  result.frame.where = mask_expression();
  return result;
}

ModelFrame frame_of_model(const Context& context, const EstimationSpec& model, const Table& table,
                          const Panel* panel) {
  FrameOptions options = model.frame;
  ask_frame(model.vcov, options);
  if (model.small_sample.keeps_singletons) options.drop_singletons = false;
  Diagnostics said_with_the_models;
  return build_model_frame(context, model.formula, table, panel, options, said_with_the_models);
}

void check_model_columns(const Context& context, const EstimationSpec& model, const Table& table,
                         const Panel* panel) {
  FrameOptions options = model.frame;
  ask_frame(model.vcov, options);
  std::vector<std::string> names = options.needed_columns;
  for (const std::string& cluster : options.clusters)
    for (const std::string& part : split(cluster, '^')) names.emplace_back(trim(part));
  const bool all =
      std::all_of(names.begin(), names.end(), [&](const std::string& name) { return table.has(name); });
  if (!all) frame_of_model(context, model, table, panel);
}

std::vector<int> group_of_rows(const Groups& groups, const ModelFrame& frame) {
  std::vector<int> result;
  for (const std::size_t row : frame.rows) result.push_back(groups.of_row[row]);
  return result;
}

}  // namespace panelist
