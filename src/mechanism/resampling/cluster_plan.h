// SPDX-License-Identifier: Apache-2.0
// What is drawn when a panel is resampled: clusters of the rows of a frame, and which effects lie within them.
#pragma once
#include "formula/model_frame.h"
#include "table/table.h"

namespace panelist {

struct ClusterPlan {
  std::string name;                         // "" when single rows are drawn
  Levels level;                             // per row of the frame
  std::vector<std::vector<Index>> members;  // rows of each cluster, ascending
  std::vector<bool> nested;                 // per effect of the frame: every level lies in one cluster
  [[nodiscard]] Level size() const { return static_cast<Level>(members.size()); }
};

// `name` is a clustering variable of the frame, the panel's unit, a column of the table, or "" for rows.
ClusterPlan plan_clusters(const ModelFrame& frame, const Table& table, const std::string& name);

}  // namespace panelist
