// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/rank.h"
#include "absorb/system/graph.h"

namespace panelist::engine {
namespace {

// Sets of the levels of one factor that rows of the other join; `level(k)` is that of position k.
template <typename LevelAt>
Index joined_sets(const Offset* starts, Index rows, Index levels, const LevelAt& level) {
  DisjointSets sets(levels);
  Index count = levels;
  for (Index e = 0; e < rows && count > 1; ++e) {
    for (Offset k = starts[e] + 1; k < starts[e + 1]; ++k) {
      if (level(k) != level(k - 1) && sets.join(level(k - 1), level(k))) --count;
    }
  }
  return count;
}

}  // namespace

Index components_of(const LevelOrder& by, const Level* b, Index b_levels) {
  const auto rows = static_cast<Index>(by.starts.size()) - 1;
  if (by.sorted) return joined_sets(by.starts.data(), rows, b_levels, [b](Offset k) { return b[k]; });
  return joined_sets(by.starts.data(), rows, b_levels, [&](Offset k) { return b[by.rows[k]]; });
}

Index components_of(const Incidence& cells, Index b_levels) {
  const Level* level = cells.level();
  return joined_sets(cells.starts(), cells.rows(), b_levels, [level](Offset k) { return level[k]; });
}

}  // namespace panelist::engine
