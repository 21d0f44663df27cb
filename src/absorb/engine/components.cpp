// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <numeric>

#include "absorb/engine/rank.h"

namespace panelist::engine {
namespace {

// Sets of the levels of one factor that rows of the other join.
class JoinedLevels {
 public:
  explicit JoinedLevels(Index levels) : parent_(static_cast<std::size_t>(levels)), sets_(levels) {
    std::iota(parent_.begin(), parent_.end(), 0);
  }
  [[nodiscard]] Index sets() const { return sets_; }

  // `level(k)` for first <= k < last belong together.
  template <typename LevelAt>
  void join(Offset first, Offset last, const LevelAt& level) {
    Level before = level(first);
    Level root = find(before);
    for (Offset k = first + 1; k < last; ++k) {
      const Level next = level(k);
      if (next == before) continue;
      before = next;
      const Level other = find(next);
      if (other == root) continue;
      // The smaller number is the root: the outcome does not depend on the order of rows.
      const Level kept = std::min(root, other);
      parent_[static_cast<std::size_t>(std::max(root, other))] = kept;
      root = kept;
      --sets_;
    }
  }

 private:
  Level find(Level level) {
    while (parent_[static_cast<std::size_t>(level)] != level) {
      Level& up = parent_[static_cast<std::size_t>(level)];
      up = parent_[static_cast<std::size_t>(up)];
      level = up;
    }
    return level;
  }
  std::vector<Level> parent_;
  Index sets_;
};

template <typename LevelAt>
Index joined_sets(const Offset* starts, Index rows, Index levels, const LevelAt& level) {
  JoinedLevels joined(levels);
  for (Index e = 0; e < rows && joined.sets() > 1; ++e) joined.join(starts[e], starts[e + 1], level);
  return joined.sets();
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
