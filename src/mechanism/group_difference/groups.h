// SPDX-License-Identifier: Apache-2.0
// The groups of a comparison: rows of the table by the values of a column, and the model on each.
#pragma once
#include "mechanism/group_difference.h"

namespace panelist {

struct Groups {
  std::vector<std::string> names;  // sorted; numbers by value
  std::vector<int> of_row;         // per table row: position in names, -1 for none
};
Groups groups_of(const GroupDifferenceSpec& spec, const Table& table, const Panel* panel);

// The model's specification on the rows of some groups: `table` gets a mask that takes the place of where.
EstimationSpec restricted(const EstimationSpec& model, const Groups& groups, const std::vector<int>& kept,
                          Table& table);
// The frame estimate_model would build.
ModelFrame frame_of_model(const Context& context, const EstimationSpec& model, const Table& table,
                          const Panel* panel);
// Columns the table lacks are an error here, where its columns are still the user's own.
void check_model_columns(const Context& context, const EstimationSpec& model, const Table& table,
                         const Panel* panel);
// Group of each used row.
std::vector<int> group_of_rows(const Groups& groups, const ModelFrame& frame);

}  // namespace panelist
