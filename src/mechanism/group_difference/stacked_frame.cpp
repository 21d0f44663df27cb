// SPDX-License-Identifier: Apache-2.0
#include "mechanism/group_difference/stacked_frame.h"

namespace panelist {
namespace {

using Frames = std::vector<const ModelFrame*>;

FrameColumns block_diagonal(const std::vector<const FrameColumns*>& parts,
                            const std::vector<std::string>& groups, const Frames& frames) {
  FrameColumns result;
  Index rows = 0, columns = 0;
  for (std::size_t g = 0; g < parts.size(); ++g) {
    rows += frames[g]->n();
    columns += static_cast<Index>(parts[g]->names.size());
  }
  Matrix values = Matrix::Zero(rows, columns);
  rows = columns = 0;
  for (std::size_t g = 0; g < parts.size(); ++g) {
    const Index k = static_cast<Index>(parts[g]->names.size());
    for (Index j = 0; j < k; ++j)
      values.block(rows, columns + j, frames[g]->n(), 1) = parts[g]->values.col(j);
    for (const std::string& name : parts[g]->names) result.names.push_back(stacked_term(groups[g], name));
    result.sets.insert(result.sets.end(), parts[g]->sets.begin(), parts[g]->sets.end());
    rows += frames[g]->n();
    columns += k;
  }
  result.values = std::move(values);
  return result;
}

// Joined by level names; or, for effects, each group with levels of its own.
Grouping joined(const std::vector<const Grouping*>& parts, const std::vector<std::string>& groups,
                bool own_levels) {
  Grouping result;
  result.name = parts.front()->name;
  std::map<std::string, Level> codes;
  const auto name_of = [&](std::size_t g, Level level) {
    const std::string name = parts[g]->names[static_cast<std::size_t>(level)];
    return own_levels ? name + "^" + groups[g] : name;
  };
  for (std::size_t g = 0; g < parts.size(); ++g)
    for (Level level = 0; level < parts[g]->size(); ++level) codes.emplace(name_of(g, level), 0);
  Level next = 0;
  std::vector<std::string> level_names;
  for (auto& [name, code] : codes) {
    code = next++;
    level_names.push_back(name);
  }
  result.names = std::move(level_names);
  std::vector<Level> joined_level;
  for (std::size_t g = 0; g < parts.size(); ++g)
    for (const Level level : parts[g]->level) joined_level.push_back(codes.at(name_of(g, level)));
  result.level = std::move(joined_level);
  return result;
}

template <typename Part, typename Result = const Grouping*>
std::vector<Result> parts_of(const Frames& frames, Part part) {
  std::vector<Result> parts;
  for (const ModelFrame* frame : frames) parts.push_back(part(*frame));
  return parts;
}

template <typename Part>
Matrix stack(const Frames& frames, Part part) {
  Index rows = 0;
  for (const ModelFrame* frame : frames) rows += part(*frame).rows();
  Matrix result(rows, part(*frames.front()).cols());
  rows = 0;
  for (const ModelFrame* frame : frames) {
    const auto values = part(*frame);
    result.middleRows(rows, values.rows()) = values;
    rows += values.rows();
  }
  return result;
}

FrameEffect stacked_effect(const Frames& frames, const std::vector<std::string>& groups, std::size_t q) {
  FrameEffect effect = frames.front()->effects[q];
  effect.group = joined(parts_of(frames, [q](const ModelFrame& frame) { return &frame.effects[q].group; }),
                        groups, true);
  if (effect.slopes.cols() > 0)
    effect.slopes =
        stack(frames, [q](const ModelFrame& frame) -> const Matrix& { return frame.effects[q].slopes; });
  return effect;
}

void stack_columns(const Frames& frames, const std::vector<std::string>& groups, ModelFrame& result) {
  const auto blocks = [&](auto member) {
    return block_diagonal(parts_of<decltype(member), const FrameColumns*>(frames, member), groups, frames);
  };
  result.exogenous = blocks([](const ModelFrame& frame) { return &frame.exogenous; });
  result.endogenous = blocks([](const ModelFrame& frame) { return &frame.endogenous; });
  result.instruments = blocks([](const ModelFrame& frame) { return &frame.instruments; });
  result.outcome =
      stack(frames, [](const ModelFrame& frame) -> const SharedVector& { return frame.outcome; });
  result.weights = stack(frames, [](const ModelFrame& frame) -> const Vector& { return frame.weights; });
  result.offset = stack(frames, [](const ModelFrame& frame) -> const Vector& { return frame.offset; });
  result.extra.values = stack(frames, [](const ModelFrame& frame) { return frame.extra.values.matrix(); });
}

}  // namespace

std::string stacked_term(const std::string& group, const std::string& term) { return group + "::" + term; }

ModelFrame stacked_frame(const std::vector<GroupEstimate>& groups) {
  Frames frames;
  std::vector<std::string> names;
  for (const GroupEstimate& group : groups) {
    frames.push_back(group.estimation.fit->frame.get());
    names.push_back(group.group);
  }
  ModelFrame result = *frames.front();
  std::vector<std::size_t> rows;
  result.time.clear();
  for (const ModelFrame* frame : frames) {
    rows.insert(rows.end(), frame->rows.begin(), frame->rows.end());
    result.time.insert(result.time.end(), frame->time.begin(), frame->time.end());
  }
  result.rows = rows;
  // The groups' own intercepts are columns among others: no common constant stands first.
  result.intercept = false;
  stack_columns(frames, names, result);
  for (std::size_t q = 0; q < result.effects.size(); ++q)
    result.effects[q] = stacked_effect(frames, names, q);
  for (std::size_t c = 0; c < result.clusters.size(); ++c)
    result.clusters[c] =
        joined(parts_of(frames, [c](const ModelFrame& frame) { return &frame.clusters[c]; }), names, false);
  if (!result.unit.level.empty())
    result.unit = joined(parts_of(frames, [](const ModelFrame& frame) { return &frame.unit; }), names, false);
  return result;
}

}  // namespace panelist
