// SPDX-License-Identifier: Apache-2.0
#include "mechanism/resampling/cluster_plan.h"

#include <numeric>

#include "absorb/absorber.h"

namespace panelist {
namespace {

Levels rows_as_clusters(Index n) {
  std::vector<Level> level(static_cast<std::size_t>(n));
  std::iota(level.begin(), level.end(), Level{0});
  return level;
}

Levels levels_of_column(const ModelFrame& frame, const Column& column) {
  std::map<std::string, Level> codes;
  for (const std::size_t row : frame.rows) codes.emplace(column.text_at(row), 0);
  Level next = 0;
  for (auto& [text, code] : codes) code = next++;
  std::vector<Level> level;
  for (const std::size_t row : frame.rows) level.push_back(codes.at(column.text_at(row)));
  return level;
}

Levels levels_named(const ModelFrame& frame, const Table& table, const std::string& name) {
  if (name.empty()) return rows_as_clusters(frame.n());
  for (const Grouping& group : frame.clusters)
    if (group.name == name) return group.level;
  if (frame.unit.name == name && !frame.unit.level.empty()) return frame.unit.level;
  return levels_of_column(frame, table.at(name));
}

}  // namespace

ClusterPlan plan_clusters(const ModelFrame& frame, const Table& table, const std::string& name) {
  ClusterPlan plan;
  plan.name = name;
  plan.level = levels_named(frame, table, name);
  const Level clusters = plan.level.empty() ? 0 : *std::max_element(plan.level.begin(), plan.level.end()) + 1;
  plan.members.resize(static_cast<std::size_t>(clusters));
  for (std::size_t i = 0; i < plan.level.size(); ++i)
    plan.members[static_cast<std::size_t>(plan.level[i])].push_back(static_cast<Index>(i));
  for (const FrameEffect& effect : frame.effects)
    plan.nested.push_back(nested(effect.group.level, plan.level, effect.group.size()));
  return plan;
}

}  // namespace panelist
