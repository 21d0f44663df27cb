// SPDX-License-Identifier: Apache-2.0
// Do the groups have clusters or units in common?
#include <fmt/format.h>

#include "mechanism/group_difference/tests.h"

namespace panelist {
namespace {

// The clustering variable of this name, or the panel's unit; null when the frame has neither.
const Grouping* grouping_of(const ModelFrame& frame, const std::string& name) {
  for (const Grouping& cluster : frame.clusters)
    if (cluster.name == name) return &cluster;
  return frame.unit.name == name && !frame.unit.level.empty() ? &frame.unit : nullptr;
}

// Levels with rows: names may stand for more than the rows of a group.
std::vector<bool> occurring(const Grouping& grouping) {
  std::vector<bool> found(grouping.names.size(), false);
  for (const Level level : grouping.level) found[static_cast<std::size_t>(level)] = true;
  return found;
}

void count_levels(const std::vector<GroupEstimate>& groups, SharedLevels& entry) {
  std::map<std::string, std::size_t> groups_of_level;
  for (const GroupEstimate& group : groups) {
    const Grouping* grouping = grouping_of(*group.estimation.fit->frame, entry.name);
    if (grouping == nullptr) continue;
    const std::vector<bool> found = occurring(*grouping);
    for (std::size_t level = 0; level < found.size(); ++level)
      if (found[level]) ++groups_of_level[grouping->names[level]];
  }
  entry.levels = groups_of_level.size();
  for (const auto& [name, count] : groups_of_level)
    if (count > 1) ++entry.shared;
}

}  // namespace

std::vector<SharedLevels> shared_levels(const std::vector<GroupEstimate>& groups, const VcovSpec& vcov) {
  std::vector<SharedLevels> entries;
  for (const std::string& name : vcov.columns) entries.push_back({name, true, false, 0, 0});
  const ModelFrame& frame = *groups.front().estimation.fit->frame;
  if (!frame.unit.level.empty()) {
    const auto known = std::find_if(entries.begin(), entries.end(),
                                    [&](const SharedLevels& entry) { return entry.name == frame.unit.name; });
    if (known == entries.end())
      entries.push_back({frame.unit.name, false, true, 0, 0});
    else
      known->units = true;
  }
  for (SharedLevels& entry : entries) count_levels(groups, entry);
  return entries;
}

std::string why_not_separate(const GroupDifference& result, const VcovSpec& vcov) {
  for (const SharedLevels& entry : result.shared)
    if (entry.shared > 0)
      return fmt::format("{} of {} {} of `{}` have rows in several groups", entry.shared, entry.levels,
                         entry.units ? "units" : "clusters", entry.name);
  if (vcov.kind == "dk") return "under dk the rows of a period are correlated across groups";
  if (vcov.kind == "conley") return "under conley neighbouring rows are correlated across groups";
  return "";
}

}  // namespace panelist
