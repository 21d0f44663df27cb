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

// Entries right of the diagonal of a block of rows of S.
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
      by_level_.push_back(transposed(context, cells.parts[q], part.levels));
      if (layout.iterated.size() > 1)
        rows_of_.push_back(order_by_level(context, part.level, layout.n, part.levels));
    }
  }

  [[nodiscard]] Piece piece(std::size_t q, Index first, Index last) const {
    Piece piece;
    RowSum sum(layout_.iterated_levels);
    for (Index level = first; level < last; ++level) {
      add_shared(q, level, sum);
      const double diagonal = subtract_stars(q, level, sum);
      append(diagonal, sum, piece);
      sum.clear();
    }
    return piece;
  }

 private:
  // G_JJ: rows that the level shares with levels of later factors.
  void add_shared(std::size_t q, Index level, RowSum& sum) const {
    if (q + 1 >= layout_.iterated.size()) return;
    const LevelOrder& order = rows_of_[q];
    for (Offset k = order.starts[static_cast<std::size_t>(level)];
         k < order.starts[static_cast<std::size_t>(level) + 1]; ++k) {
      const auto row = order.sorted ? std::size_t{k} : std::size_t{order.rows[k]};
      const double w = weight_of(layout_.w, row);
      for (std::size_t r = q + 1; r < layout_.iterated.size(); ++r)
        sum.add(layout_.iterated[r].offset + layout_.iterated[r].level[row], w);
    }
  }

  // Takes what the level shares through levels of e from the sums of later levels; returns its own diagonal.
  double subtract_stars(std::size_t q, Index level, RowSum& sum) const {
    const TransposedIncidence& T = by_level_[q];
    const Incidence& own = cells_.parts[q];
    const Index offset = layout_.iterated[q].offset;
    double diagonal = 0.0;
    for (Offset k = T.starts[static_cast<std::size_t>(level)];
         k < T.starts[static_cast<std::size_t>(level) + 1]; ++k) {
      const Offset e = T.row[k];
      const double c = weight_of(own.weight(), T.cell[k]);
      const double factor = c * cells_.inverse_d[e];
      diagonal += c;
      if (own.merged()) {
        diagonal -= factor * c;
        subtract(own, T.cell[k] + 1, own.starts()[e + 1], offset, factor, sum);
      } else {
        diagonal -= subtract_later(own, e, level, offset, factor, sum);
      }
      for (std::size_t r = q + 1; r < layout_.iterated.size(); ++r) {
        const Incidence& C = cells_.parts[r];
        subtract(C, C.starts()[e], C.starts()[e + 1], layout_.iterated[r].offset, factor, sum);
      }
    }
    return diagonal;
  }

  static void subtract(const Incidence& C, Offset first, Offset last, Index offset, double factor,
                       RowSum& sum) {
    for (Offset j = first; j < last; ++j) sum.add(offset + C.level()[j], -factor * weight_of(C.weight(), j));
  }

  // Cells in any order, levels more than once: those of later levels; returns the product with the level itself.
  static double subtract_later(const Incidence& C, Offset e, Index level, Index offset, double factor,
                               RowSum& sum) {
    double same = 0.0;
    for (Offset j = C.starts()[e]; j < C.starts()[e + 1]; ++j) {
      const double product = factor * weight_of(C.weight(), j);
      if (C.level()[j] > level) sum.add(offset + C.level()[j], -product);
      if (C.level()[j] == level) same += product;
    }
    return same;
  }

  static void append(double diagonal, RowSum& sum, Piece& piece) {
    std::sort(sum.columns().begin(), sum.columns().end());
    for (const std::int32_t column : sum.columns()) {
      piece.column.push_back(column);
      piece.value.push_back(sum.value(column));
    }
    piece.diagonal.push_back(diagonal);
    piece.counts.push_back(static_cast<std::uint32_t>(sum.columns().size()));
  }

  const Layout& layout_;
  const Cells& cells_;
  std::vector<TransposedIncidence> by_level_;
  std::vector<LevelOrder> rows_of_;
};

std::vector<std::uint32_t> starts_of(const std::vector<Piece>& pieces, std::size_t rows) {
  std::vector<std::uint32_t> starts(rows + 1, 0);
  std::size_t row = 0;
  for (const Piece& piece : pieces) {
    for (const std::int32_t column : piece.column) ++starts[static_cast<std::size_t>(column) + 1];
    for (const std::uint32_t count : piece.counts) starts[++row] += count;
  }
  for (std::size_t i = 0; i < rows; ++i) starts[i + 1] += starts[i];
  return starts;
}

// Entries left of the diagonal are those right of it, turned over.
void fill(const std::vector<Piece>& pieces, const std::vector<std::uint32_t>& starts,
          std::vector<std::int32_t>& columns, std::vector<double>& values) {
  std::vector<std::uint32_t> next(starts.begin(), starts.end() - 1);
  std::size_t row = 0;
  for (const Piece& piece : pieces) {
    std::size_t k = 0;
    for (const std::uint32_t count : piece.counts) {
      // What is left of row's diagonal came with earlier rows: its own follow.
      for (const std::size_t last = k + count; k < last; ++k) {
        const auto column = static_cast<std::size_t>(piece.column[k]);
        columns[next[row]] = piece.column[k];
        values[next[row]++] = piece.value[k];
        columns[next[column]] = static_cast<std::int32_t>(row);
        values[next[column]++] = piece.value[k];
      }
      ++row;
    }
  }
}

}  // namespace

SparseSchur::SparseSchur(const Context& context, const Layout& layout, const Cells& cells) {
  const Assembly assembly(context, layout, cells);
  std::vector<Piece> pieces;
  for (std::size_t q = 0; q < layout.iterated.size(); ++q) {
    const std::size_t first = pieces.size();
    pieces.resize(first + assembly_blocks);
    const Index levels = layout.iterated[q].levels;
    for_each_block(crew_for(context, layout.n), assembly_blocks, [&](std::int64_t b) {
      pieces[first + static_cast<std::size_t>(b)] =
          assembly.piece(q, levels * b / assembly_blocks, levels * (b + 1) / assembly_blocks);
    });
  }
  starts_ = starts_of(pieces, static_cast<std::size_t>(layout.iterated_levels));
  column_.resize(starts_.back());
  value_.resize(starts_.back());
  fill(pieces, starts_, column_, value_);
  for (const Piece& piece : pieces)
    diagonal_.insert(diagonal_.end(), piece.diagonal.begin(), piece.diagonal.end());
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
