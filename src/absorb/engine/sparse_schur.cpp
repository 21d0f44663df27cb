// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/sparse_schur.h"

#include <algorithm>

#include "absorb/engine/kernels.h"

namespace panelist::engine {
namespace {

constexpr Index assembly_blocks = 16;
constexpr Index sampled_levels = 128;

// Sums entries of one row of S.
class RowSum {
 public:
  explicit RowSum(Index columns)
      : value_(static_cast<std::size_t>(columns), 0.0), seen_(static_cast<std::size_t>(columns), false) {}
  void add(Index column, double value) {
    const auto at = static_cast<std::size_t>(column);
    if (!seen_[at]) {
      seen_[at] = true;
      touched_.push_back(static_cast<std::int32_t>(column));
    }
    value_[at] += value;
  }
  [[nodiscard]] std::vector<std::int32_t>& columns() { return touched_; }
  [[nodiscard]] double value(std::int32_t column) const { return value_[static_cast<std::size_t>(column)]; }
  void clear() {
    for (const std::int32_t column : touched_) {
      value_[static_cast<std::size_t>(column)] = 0.0;
      seen_[static_cast<std::size_t>(column)] = false;
    }
    touched_.clear();
  }

 private:
  std::vector<double> value_;
  std::vector<char> seen_;
  std::vector<std::int32_t> touched_;
};

// The rows of S that belong to one block of levels.
struct Piece {
  std::vector<std::uint32_t> counts;
  std::vector<std::int32_t> column;
  std::vector<double> value, diagonal;
};

class Assembly {
 public:
  Assembly(const Context& context, const Layout& layout, const Cells& cells)
      : layout_(layout), cells_(cells) {
    for (std::size_t q = 0; q < layout.iterated.size(); ++q) {
      const Part& part = layout.iterated[q];
      by_level_.push_back(transposed(cells.parts[q], part.levels));
      if (layout.iterated.size() > 1)
        rows_of_.push_back(order_by_level(context, part.level, layout.n, part.levels));
    }
  }

  Piece piece(std::size_t q, Index first, Index last) const {
    Piece piece;
    RowSum sum(layout_.iterated_levels);
    for (Index level = first; level < last; ++level) {
      add_direct(q, level, sum);
      subtract_stars(q, level, sum);
      append(static_cast<std::int32_t>(layout_.iterated[q].offset + level), sum, piece);
      sum.clear();
    }
    return piece;
  }

 private:
  // G_JJ: the own diagonal and, with several iterated factors, rows that two of them share.
  void add_direct(std::size_t q, Index level, RowSum& sum) const {
    const Part& part = layout_.iterated[q];
    if (layout_.iterated.size() == 1) {
      double total = 0.0;
      const TransposedIncidence& T = by_level_[q];
      for (Offset k = T.starts[static_cast<std::size_t>(level)];
           k < T.starts[static_cast<std::size_t>(level) + 1]; ++k) {
        total += T.weight.empty() ? 1.0 : T.weight[k];
      }
      sum.add(part.offset + level, total);
      return;
    }
    const LevelOrder& order = rows_of_[q];
    for (Offset k = order.starts[static_cast<std::size_t>(level)];
         k < order.starts[static_cast<std::size_t>(level) + 1]; ++k) {
      const Index row = order.sorted ? static_cast<Index>(k) : static_cast<Index>(order.rows[k]);
      const double w = layout_.w != nullptr ? layout_.w[row] : 1.0;
      for (const Part& other : layout_.iterated) sum.add(other.offset + other.level[row], w);
    }
  }

  void subtract_stars(std::size_t q, Index level, RowSum& sum) const {
    const TransposedIncidence& T = by_level_[q];
    for (Offset k = T.starts[static_cast<std::size_t>(level)];
         k < T.starts[static_cast<std::size_t>(level) + 1]; ++k) {
      const Offset e = T.row[k];
      const double factor = (T.weight.empty() ? 1.0 : T.weight[k]) * cells_.inverse_d[e];
      for (std::size_t r = 0; r < layout_.iterated.size(); ++r) {
        const Incidence& C = cells_.parts[r];
        for (Offset j = C.starts()[e]; j < C.starts()[e + 1]; ++j) {
          sum.add(layout_.iterated[r].offset + C.level()[j], -factor * weight_of(C.weight(), j));
        }
      }
    }
  }

  static void append(std::int32_t row, RowSum& sum, Piece& piece) {
    std::sort(sum.columns().begin(), sum.columns().end());
    const std::size_t before = piece.column.size();
    double diagonal = 0.0;
    for (const std::int32_t column : sum.columns()) {
      if (column == row) {
        diagonal = sum.value(column);
      } else {
        piece.column.push_back(column);
        piece.value.push_back(sum.value(column));
      }
    }
    piece.diagonal.push_back(diagonal);
    piece.counts.push_back(static_cast<std::uint32_t>(piece.column.size() - before));
  }

  const Layout& layout_;
  const Cells& cells_;
  std::vector<TransposedIncidence> by_level_;
  std::vector<LevelOrder> rows_of_;
};

}  // namespace

SparseSchur::SparseSchur(const Context& context, const Layout& layout, const Cells& cells) {
  const Assembly assembly(context, layout, cells);
  starts_.push_back(0);
  for (std::size_t q = 0; q < layout.iterated.size(); ++q) {
    std::vector<Piece> pieces(assembly_blocks);
    const Index levels = layout.iterated[q].levels;
    for_each_block(crew_for(context, layout.n), assembly_blocks, [&](std::int64_t b) {
      pieces[static_cast<std::size_t>(b)] =
          assembly.piece(q, levels * b / assembly_blocks, levels * (b + 1) / assembly_blocks);
    });
    for (const Piece& piece : pieces) {
      for (const std::uint32_t count : piece.counts) starts_.push_back(starts_.back() + count);
      column_.insert(column_.end(), piece.column.begin(), piece.column.end());
      value_.insert(value_.end(), piece.value.begin(), piece.value.end());
      diagonal_.insert(diagonal_.end(), piece.diagonal.begin(), piece.diagonal.end());
    }
  }
}

void SparseSchur::apply(const Context& context, const RowBlock& u, RowBlock& out) const {
  multiply(
      context,
      {starts_.data(), column_.data(), value_.data(), diagonal_.data(), static_cast<Index>(diagonal_.size())},
      u, out);
}

std::vector<Edge> SparseSchur::edges_of(const Part& part) const {
  std::vector<Edge> edges;
  for (Index level = 0; level < part.levels; ++level) {
    const auto row = static_cast<std::size_t>(part.offset + level);
    for (std::uint32_t k = starts_[row]; k < starts_[row + 1]; ++k) {
      const Index other = column_[k] - part.offset;
      if (other <= level || other >= part.levels || value_[k] >= 0.0) continue;
      edges.push_back({static_cast<std::int32_t>(level), static_cast<std::int32_t>(other), -value_[k]});
    }
  }
  return edges;
}

SchurSize size_of_schur(const Layout& layout, const Cells& cells) {
  SchurSize size;
  const Index levels = layout.eliminated.levels;
  for (Index e = 0; e < levels; ++e) {
    double d = 0.0;
    for (std::size_t q = 0; q < layout.iterated.size(); ++q) {
      d += static_cast<double>(cells.parts[q].starts()[e + 1] - cells.parts[q].starts()[e]);
    }
    size.products += d * d;
  }
  // Neighbours of every (levels/sampled)-th level of J through the stars it belongs to.
  const Index step = std::max<Index>(1, layout.iterated_levels / sampled_levels);
  std::vector<std::vector<std::int32_t>> neighbours(
      static_cast<std::size_t>(layout.iterated_levels / step + 1));
  for (Index e = 0; e < levels; ++e) {
    for (std::size_t q = 0; q < layout.iterated.size(); ++q) {
      const Incidence& C = cells.parts[q];
      for (Offset k = C.starts()[e]; k < C.starts()[e + 1]; ++k) {
        const Index id = layout.iterated[q].offset + C.level()[k];
        if (id % step != 0) continue;
        auto& list = neighbours[static_cast<std::size_t>(id / step)];
        for (std::size_t r = 0; r < layout.iterated.size(); ++r) {
          const Incidence& D = cells.parts[r];
          for (Offset j = D.starts()[e]; j < D.starts()[e + 1]; ++j) {
            list.push_back(static_cast<std::int32_t>(layout.iterated[r].offset + D.level()[j]));
          }
        }
      }
    }
  }
  double distinct = 0.0;
  for (auto& list : neighbours) {
    std::sort(list.begin(), list.end());
    distinct += static_cast<double>(std::unique(list.begin(), list.end()) - list.begin());
  }
  size.entries = distinct * static_cast<double>(step);
  return size;
}

std::vector<Edge> sampled_edges(const Incidence& C, const std::vector<double>& inverse_d,
                                std::uint64_t seed) {
  std::vector<Edge> edges;
  std::vector<Edge> cells;  // a: level, weight
  std::uint64_t state = seed;
  const auto next = [&] {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<double>(state >> 11) * 0x1.0p-53;
  };
  for (Index e = 0; e < C.rows(); ++e) {
    cells.clear();
    double rest = 0.0;
    for (Offset k = C.starts()[e]; k < C.starts()[e + 1]; ++k) {
      cells.push_back({C.level()[k], 0, weight_of(C.weight(), k)});
      rest += cells.back().weight;
    }
    if (C.weight() != nullptr) {
      std::stable_sort(cells.begin(), cells.end(),
                       [](const Edge& a, const Edge& b) { return a.weight < b.weight; });
    }
    for (std::size_t a = 0; a + 1 < cells.size(); ++a) {
      rest -= cells[a].weight;
      double target = next() * rest;
      std::size_t b = a + 1;
      while (b + 1 < cells.size() && target >= cells[b].weight) target -= cells[b++].weight;
      edges.push_back(
          {cells[a].a, cells[b].a, cells[a].weight * rest * inverse_d[static_cast<std::size_t>(e)]});
    }
  }
  return edges;
}

}  // namespace panelist::engine
