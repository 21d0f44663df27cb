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
  std::map<std::string, Level> codes;
  std::vector<std::vector<std::string>> names_of(parts.size());
  for (std::size_t g = 0; g < parts.size(); ++g) {
    names_of[g] = parts[g]->names.all();
    for (std::string& name : names_of[g]) {
      if (own_levels) name += "^" + groups[g];
      codes.emplace(name, 0);
    }
  }
  Level next = 0;
  std::vector<std::string> level_names;
  for (auto& [name, code] : codes) {
    code = next++;
    level_names.push_back(name);
  }
  Grouping result;
  result.name = parts.front()->name;
  result.names = std::move(level_names);
  std::vector<Level> joined_level;
  for (std::size_t g = 0; g < parts.size(); ++g) {
    std::vector<Level> code_of;
    for (const std::string& name : names_of[g]) code_of.push_back(codes.at(name));
    for (const Level level : parts[g]->level)
      joined_level.push_back(code_of[static_cast<std::size_t>(level)]);
  }
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
  result.offset = stack(frames, [](const ModelFrame& frame) -> const Vector& { return frame.offset; });
}

}  // namespace

std::string stacked_term(const std::string& group, const std::string& term) { return group + "::" + term; }

namespace {

struct Parts {
  Frames frames;
  std::vector<std::string> names;
};

Parts parts_of_groups(const std::vector<GroupEstimate>& groups) {
  Parts parts;
  for (const GroupEstimate& group : groups) {
    parts.frames.push_back(group.estimation.fit->frame.get());
    parts.names.push_back(group.group);
  }
  return parts;
}

// Rows, times, weights and what rows are grouped by, into `result`, which has as many clusters as each part.
void stack_groupings(const Parts& parts, ModelFrame& result) {
  const Frames& frames = parts.frames;
  std::vector<std::size_t> rows;
  result.time.clear();
  for (const ModelFrame* frame : frames) {
    rows.insert(rows.end(), frame->rows.begin(), frame->rows.end());
    result.time.insert(result.time.end(), frame->time.begin(), frame->time.end());
  }
  result.rows = rows;
  result.outcome =
      stack(frames, [](const ModelFrame& frame) -> const SharedVector& { return frame.outcome; });
  result.weights = stack(frames, [](const ModelFrame& frame) -> const Vector& { return frame.weights; });
  result.extra.values = stack(frames, [](const ModelFrame& frame) { return frame.extra.values.matrix(); });
  for (std::size_t c = 0; c < result.clusters.size(); ++c)
    result.clusters[c] = joined(parts_of(frames, [c](const ModelFrame& frame) { return &frame.clusters[c]; }),
                                parts.names, false);
  if (!result.unit.level.empty())
    result.unit =
        joined(parts_of(frames, [](const ModelFrame& frame) { return &frame.unit; }), parts.names, false);
}

}  // namespace

ModelFrame stacked_rows(const std::vector<GroupEstimate>& groups) {
  const Parts parts = parts_of_groups(groups);
  const ModelFrame& first = *parts.frames.front();
  ModelFrame result;
  result.weight_type = first.weight_type;
  result.clusters = first.clusters;
  result.unit = first.unit;
  result.time_step = first.time_step;
  result.extra.names = first.extra.names;
  result.extra.sets = first.extra.sets;
  stack_groupings(parts, result);
  return result;
}

ModelFrame stacked_frame(const std::vector<GroupEstimate>& groups) {
  const Parts parts = parts_of_groups(groups);
  ModelFrame result = *parts.frames.front();
  stack_groupings(parts, result);
  // The groups' own intercepts are columns among others: no common constant stands first.
  result.intercept = false;
  stack_columns(parts.frames, parts.names, result);
  for (std::size_t q = 0; q < result.effects.size(); ++q)
    result.effects[q] = stacked_effect(parts.frames, parts.names, q);
  return result;
}

}  // namespace panelist
