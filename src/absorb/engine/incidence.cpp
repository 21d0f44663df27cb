// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/incidence.h"

#include <algorithm>

namespace panelist::engine {
namespace {

constexpr Index merge_blocks = 16;
// Rows are known so far ahead of their use.
constexpr Index rows_ahead = 48;
// Rows of C looked at to guess how often pairs repeat, and the share of cells left that makes merging worth it.
constexpr Index sampled_rows = 512;
constexpr double worthwhile_share = 0.75;

struct Cell {
  Level level;
  double weight;
};

// Rows up to this length are sorted by insertion: most rows are short.
constexpr std::size_t short_row = 32;

// Stable, so that the sums below do not depend on the way of sorting.
void sort_by_level(std::vector<Cell>& cells) {
  if (cells.size() > short_row) {
    std::stable_sort(cells.begin(), cells.end(),
                     [](const Cell& a, const Cell& b) { return a.level < b.level; });
    return;
  }
  for (std::size_t k = 1; k < cells.size(); ++k) {
    const Cell cell = cells[k];
    std::size_t to = k;
    for (; to > 0 && cells[to - 1].level > cell.level; --to) cells[to] = cells[to - 1];
    cells[to] = cell;
  }
}

// Sorts the cells of one row and adds up repeats; returns how many are left.
std::size_t merge(std::vector<Cell>& cells) {
  sort_by_level(cells);
  std::size_t kept = 0;
  for (std::size_t k = 1; k < cells.size(); ++k) {
    if (cells[k].level == cells[kept].level) {
      cells[kept].weight += cells[k].weight;
    } else {
      cells[++kept] = cells[k];
    }
  }
  return cells.empty() ? 0 : kept + 1;
}

void cells_of_row(const Incidence& C, Index row, std::vector<Cell>& cells) {
  cells.clear();
  for (Offset k = C.starts()[row]; k < C.starts()[row + 1]; ++k) {
    cells.push_back({C.level()[k], weight_of(C.weight(), k)});
  }
}

struct MergedBlock {
  std::vector<Offset> counts;
  std::vector<Level> level;
  std::vector<double> weight;

  void add(Level next, double by) {
    level.push_back(next);
    weight.push_back(by);
  }
};

// Without weights a repeat counts one: the levels alone are sorted.
void merge_counts(const Level* first, const Level* last, std::vector<Level>& levels, MergedBlock& block) {
  levels.assign(first, last);
  if (levels.size() > short_row) {
    std::sort(levels.begin(), levels.end());
  } else {
    for (std::size_t k = 1; k < levels.size(); ++k) {
      const Level level = levels[k];
      std::size_t to = k;
      for (; to > 0 && levels[to - 1] > level; --to) levels[to] = levels[to - 1];
      levels[to] = level;
    }
  }
  const std::size_t before = block.level.size();
  for (std::size_t k = 0; k < levels.size(); ++k) {
    if (k > 0 && levels[k] == levels[k - 1]) {
      block.weight.back() += 1.0;
    } else {
      block.add(levels[k], 1.0);
    }
  }
  block.counts.push_back(static_cast<Offset>(block.level.size() - before));
}

MergedBlock merged_rows(const Incidence& C, Index first, Index last) {
  MergedBlock block;
  std::vector<Cell> cells;
  std::vector<Level> levels;
  for (Index row = first; row < last; ++row) {
    if (C.weight() == nullptr) {
      merge_counts(C.level() + C.starts()[row], C.level() + C.starts()[row + 1], levels, block);
      continue;
    }
    cells_of_row(C, row, cells);
    const std::size_t kept = merge(cells);
    block.counts.push_back(static_cast<Offset>(kept));
    for (std::size_t k = 0; k < kept; ++k) block.add(cells[k].level, cells[k].weight);
  }
  return block;
}

}  // namespace

Incidence::Incidence(const Context& context, const LevelOrder& by, const Level* level, const double* w)
    : rows_(static_cast<Index>(by.starts.size()) - 1),
      given_starts_(by.starts.data()),
      given_level_(level),
      given_weight_(w) {
  if (!by.sorted) gather(context, by);
  if (has_many_repeats()) merge_repeats(context);
}

void Incidence::gather(const Context& context, const LevelOrder& by) {
  const auto n = static_cast<Index>(by.rows.size());
  own_level_.resize(by.rows.size());
  if (given_weight_ != nullptr) own_weight_.resize(by.rows.size());
  for_each_block(crew_for(context, n), merge_blocks, [&](std::int64_t block) {
    const Index last = n * (block + 1) / merge_blocks;
    for (Index k = n * block / merge_blocks; k < last; ++k) {
      const auto at = static_cast<std::size_t>(k);
      const Offset ahead = by.rows[static_cast<std::size_t>(std::min(k + rows_ahead, n - 1))];
      __builtin_prefetch(given_level_ + ahead);
      own_level_[at] = given_level_[by.rows[at]];
      if (given_weight_ != nullptr) own_weight_[at] = given_weight_[by.rows[at]];
    }
  });
}

bool Incidence::has_many_repeats() const {
  std::vector<Cell> cells;
  std::size_t before = 0, after = 0;
  const Index step = std::max<Index>(1, rows_ / sampled_rows);
  for (Index row = 0; row < rows_; row += step) {
    cells_of_row(*this, row, cells);
    before += cells.size();
    after += merge(cells);
  }
  return static_cast<double>(after) < worthwhile_share * static_cast<double>(before);
}

void Incidence::merge_repeats(const Context& context) {
  std::vector<MergedBlock> blocks(merge_blocks);
  const std::vector<Index> cuts = balanced_cuts(starts(), rows_, merge_blocks);
  for_each_block(crew_for(context, entries()), merge_blocks, [&](std::int64_t b) {
    const auto at = static_cast<std::size_t>(b);
    blocks[at] = merged_rows(*this, cuts[at], cuts[at + 1]);
  });
  std::vector<Offset> starts{0};
  starts.reserve(static_cast<std::size_t>(rows_) + 1);
  std::size_t kept = 0;
  for (const MergedBlock& block : blocks) kept += block.level.size();
  std::vector<Level> level;
  std::vector<double> weight;
  level.reserve(kept);
  weight.reserve(kept);
  for (const MergedBlock& block : blocks) {
    for (const Offset count : block.counts) starts.push_back(starts.back() + count);
    level.insert(level.end(), block.level.begin(), block.level.end());
    weight.insert(weight.end(), block.weight.begin(), block.weight.end());
  }
  own_starts_ = std::move(starts);
  own_level_ = std::move(level);
  own_weight_ = std::move(weight);
}

// Which cell each row went to: cells of a level stand by rising level of q.
void Incidence::find_cells(const Context& context, const LevelOrder& by) {
  cell_.resize(by.starts.back());
  const std::vector<Index> cuts = balanced_cuts(by.starts.data(), rows_, merge_blocks);
  for_each_block(crew_for(context, static_cast<Index>(cell_.size())), merge_blocks, [&](std::int64_t b) {
    for (Index e = cuts[static_cast<std::size_t>(b)]; e < cuts[static_cast<std::size_t>(b) + 1]; ++e) {
      const auto at = static_cast<std::size_t>(e);
      const Level* first = own_level_.data() + own_starts_[at];
      const Level* last = own_level_.data() + own_starts_[at + 1];
      for (Offset k = by.starts[at]; k < by.starts[at + 1]; ++k) {
        const Level level = given_level_[by.sorted ? k : by.rows[k]];
        cell_[k] = static_cast<Offset>(std::lower_bound(first, last, level) - own_level_.data());
      }
    }
  });
}

std::vector<Level> Incidence::cell_of_row(const Context& context, const LevelOrder& by) {
  if (cell_.empty()) find_cells(context, by);
  std::vector<Level> cells(cell_.size());
  for_each_block(crew_for(context, static_cast<Index>(cells.size())), merge_blocks, [&](std::int64_t b) {
    const auto size = static_cast<std::int64_t>(cells.size());
    for (auto k = static_cast<std::size_t>(size * b / merge_blocks);
         k < static_cast<std::size_t>(size * (b + 1) / merge_blocks); ++k)
      cells[by.sorted ? k : by.rows[k]] = static_cast<Level>(cell_[k]);
  });
  return cells;
}

void Incidence::reweight(const Context& context, const LevelOrder& by, const double* w) {
  given_weight_ = w;
  if (!merged() && by.sorted) return;
  if (!merged() && w == nullptr) {
    own_weight_.clear();
    return;
  }
  if (merged() && cell_.empty()) find_cells(context, by);
  own_weight_.assign(own_level_.size(), 0.0);
  const std::vector<Index> cuts = balanced_cuts(by.starts.data(), rows_, merge_blocks);
  for_each_block(crew_for(context, static_cast<Index>(by.starts.back())), merge_blocks, [&](std::int64_t b) {
    const auto at = static_cast<std::size_t>(b);
    const Offset last = by.starts[static_cast<std::size_t>(cuts[at + 1])];
    for (Offset k = by.starts[static_cast<std::size_t>(cuts[at])]; k < last; ++k) {
      own_weight_[merged() ? cell_[k] : k] += weight_of(w, by.sorted ? k : by.rows[k]);
    }
  });
}

void Incidence::keep_weights() {
  if (own_weight_.empty() && given_weight_ != nullptr)
    own_weight_.assign(given_weight_, given_weight_ + starts()[rows_]);
}

TransposedIncidence transposed(const Context& context, const Incidence& C, Index levels) {
  TransposedIncidence T;
  const auto entries = static_cast<std::size_t>(C.entries());
  T.cell.resize(entries);
  T.row.resize(entries);
  std::vector<Offset> row_of(entries);
  const std::vector<Index> cuts = balanced_cuts(C.starts(), C.rows(), merge_blocks);
  for_each_block(crew_for(context, C.entries()), merge_blocks, [&](std::int64_t b) {
    for (Index row = cuts[static_cast<std::size_t>(b)]; row < cuts[static_cast<std::size_t>(b) + 1]; ++row)
      std::fill(row_of.begin() + C.starts()[row], row_of.begin() + C.starts()[row + 1],
                static_cast<Offset>(row));
  });
  T.starts = counting_order(context, C.level(), C.entries(), levels, [&](Index k, Offset to) {
    T.cell[to] = static_cast<Offset>(k);
    T.row[to] = row_of[static_cast<std::size_t>(k)];
  });
  return T;
}

}  // namespace panelist::engine
