// SPDX-License-Identifier: Apache-2.0
// A frame on fewer of its rows.
#include <numeric>

#include "formula/frame/grouping.h"
#include "formula/frame_rows.h"

namespace panelist {
namespace {

std::vector<Index> marked(const std::vector<bool>& keep) {
  std::vector<Index> rows;
  for (std::size_t i = 0; i < keep.size(); ++i)
    if (keep[i]) rows.push_back(static_cast<Index>(i));
  return rows;
}

// Levels that are left, numbered anew in the same order.
Grouping regrouped(const Grouping& group, const std::vector<Index>& rows) {
  if (group.size() == 0) return group;
  std::vector<Level> place(static_cast<std::size_t>(group.size()), -1);
  for (const Index row : rows)
    place[static_cast<std::size_t>(group.level[static_cast<std::size_t>(row)])] = 0;
  auto left = std::make_shared<std::vector<Level>>();
  for (std::size_t level = 0; level < place.size(); ++level) {
    if (place[level] < 0) continue;
    place[level] = static_cast<Level>(left->size());
    left->push_back(static_cast<Level>(level));
  }
  std::vector<Level> level;
  level.reserve(rows.size());
  for (const Index row : rows)
    level.push_back(place[static_cast<std::size_t>(group.level[static_cast<std::size_t>(row)])]);
  const auto count = static_cast<Level>(left->size());
  return {group.name, std::move(level), LevelNames(count, [left, names = group.names](Level own) {
            return names[static_cast<std::size_t>((*left)[static_cast<std::size_t>(own)])];
          })};
}

template <typename Values>
Vector taken(const Values& values, const std::vector<Index>& rows) {
  return values.size() > 0 ? Vector(values(rows)) : Vector();
}

}  // namespace

ModelFrame frame_on_rows(const ModelFrame& frame, const std::vector<bool>& keep) {
  const std::vector<Index> rows = marked(keep);
  ModelFrame result = frame;
  result.rows.keep(keep);
  result.outcome = taken(frame.outcome, rows);
  result.weights = taken(frame.weights, rows);
  result.offset = taken(frame.offset, rows);
  for (FrameColumns* columns : {&result.exogenous, &result.endogenous, &result.instruments, &result.extra})
    columns->values = columns->values.take(rows);
  for (FrameEffect& effect : result.effects) {
    effect.group = regrouped(effect.group, rows);
    effect.slopes = Matrix(effect.slopes(rows, Eigen::all));
  }
  for (Grouping& cluster : result.clusters) cluster = regrouped(cluster, rows);
  result.unit = regrouped(frame.unit, rows);
  if (!frame.time.empty()) {
    result.time.clear();
    for (const Index row : rows) result.time.push_back(frame.time[static_cast<std::size_t>(row)]);
  }
  return result;
}

ModelFrame without_separated(const ModelFrame& frame, const std::vector<bool>& separated) {
  std::vector<bool> keep(separated);
  keep.flip();
  ModelFrame result = frame_on_rows(frame, keep);
  result.dropped.separated += frame.rows.size() - result.rows.size();
  if (!frame.drops_singletons || result.rows.empty()) return result;
  std::vector<Levels> groups;
  for (const FrameEffect& effect : result.effects)
    if (effect.intercept) groups.push_back(effect.group.level);
  const bool counts = frame.weight_type == WeightType::frequency && result.weights.size() > 0;
  const std::vector<double> weights(result.weights.begin(), result.weights.end());
  const std::vector<bool> kept = kept_rows(groups, result.rows.size(), counts ? &weights : nullptr);
  const std::size_t before = result.rows.size();
  if (std::find(kept.begin(), kept.end(), false) == kept.end()) return result;
  result = frame_on_rows(result, kept);
  result.dropped.singleton += before - result.rows.size();
  return result;
}

}  // namespace panelist
