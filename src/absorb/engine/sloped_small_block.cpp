// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/sloped_small_block.h"

namespace panelist::engine {
namespace {

struct Entry {
  Index column;
  double value;
};

// The entries of a row in the columns of some parts.
void entries_of(const std::vector<const SlopedPart*>& parts, Index place, Index before,
                std::vector<Entry>& entries) {
  entries.clear();
  for (const SlopedPart* part : parts) {
    Index column = part->first(place) - before;
    if (part->part.intercept) entries.push_back({column++, 1.0});
    const double* z = part->slopes_at(place);
    for (Index c = 0; c < part->slope_count(); ++c) entries.push_back({column++, z[c]});
  }
}

// What the components of one level of e explain of the small columns: (D_e'W D_e)^+ D_e'W D_y.
class LevelShares {
 public:
  LevelShares(const SlopedPart& e, Index columns)
      : e_(e),
        components_(e.part.components),
        products_(static_cast<std::size_t>(columns * components_), 0.0),
        seen_(static_cast<std::size_t>(columns), 0) {}

  void add(Index place, double w, const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
      if (seen_[static_cast<std::size_t>(entry.column)] == 0) touched_.push_back(entry.column);
      seen_[static_cast<std::size_t>(entry.column)] = 1;
      double* to = products_.data() + entry.column * components_;
      if (e_.part.intercept) *to++ += w * entry.value;
      for (Index c = 0; c < e_.slope_count(); ++c) to[c] += w * entry.value * e_.slopes_at(place)[c];
    }
  }
  [[nodiscard]] const std::vector<Index>& touched() const { return touched_; }
  // Of column: what is explained of it at a place.
  [[nodiscard]] double fitted(Index column, Index place, const double* inverse) const {
    const double* from = products_.data() + column * components_;
    double sum = 0.0;
    if (e_.part.intercept) sum += *from++ * *inverse++;
    for (Index c = 0; c < e_.slope_count(); ++c) sum += from[c] * inverse[c] * e_.slopes_at(place)[c];
    return sum;
  }
  // Product of what is explained of two columns.
  [[nodiscard]] double product(Index a, Index b, const double* inverse) const {
    const double *left = products_.data() + a * components_, *right = products_.data() + b * components_;
    double sum = 0.0;
    for (Index c = 0; c < components_; ++c) sum += left[c] * inverse[c] * right[c];
    return sum;
  }
  void clear() {
    for (const Index column : touched_) {
      seen_[static_cast<std::size_t>(column)] = 0;
      std::fill_n(products_.begin() + column * components_, components_, 0.0);
    }
    touched_.clear();
  }

 private:
  const SlopedPart& e_;
  Index components_;
  std::vector<double> products_;  // columns x components
  std::vector<std::uint8_t> seen_;
  std::vector<Index> touched_;
};

class Builder {
 public:
  Builder(const Layout& layout, const SlopedRows& rows)
      : layout_(layout), rows_(rows), e_(rows.eliminated()) {
    for (std::size_t q = 0; q < rows.reduced().size(); ++q)
      (q < layout.iterated.size() ? iterated_ : small_).push_back(&rows.reduced()[q]);
  }

  [[nodiscard]] SmallSums empty() const {
    const Index p = layout_.small_levels;
    return {std::vector<double>(static_cast<std::size_t>(layout_.iterated_levels * p), 0.0),
            Matrix::Zero(p, p), Vector::Zero(p)};
  }

  void add_levels(Index first, Index last, SmallSums& sums) const {
    LevelShares shares(e_, layout_.small_levels);
    std::vector<Entry> own, other;
    for (Index level = first; level < last; ++level) {
      const auto begin = static_cast<Index>(rows_.starts()[level]);
      const auto end = static_cast<Index>(rows_.starts()[level + 1]);
      for (Index place = begin; place < end; ++place) add_row(place, shares, own, sums);
      const double* inverse = e_.inverse_d.data() + level * e_.part.components;
      for (const Index a : shares.touched())
        for (const Index b : shares.touched()) sums.S(a, b) -= shares.product(a, b, inverse);
      for (Index place = begin; !iterated_.empty() && place < end; ++place) {
        entries_of(small_, place, layout_.iterated_levels, own);
        entries_of(iterated_, place, 0, other);
        for (const Entry& entry : other) {
          double* const to = sums.F.data() + entry.column * layout_.small_levels;
          const double value = rows_.weight(place) * entry.value;
          for (const Entry& y : own) to[y.column] += value * y.value;
          for (const Index y : shares.touched()) to[y] -= value * shares.fitted(y, place, inverse);
        }
      }
      shares.clear();
    }
  }

 private:
  void add_row(Index place, LevelShares& shares, std::vector<Entry>& entries, SmallSums& sums) const {
    const double w = rows_.weight(place);
    entries_of(small_, place, layout_.iterated_levels, entries);
    shares.add(place, w, entries);
    for (const Entry& a : entries) {
      for (const Entry& b : entries) sums.S(a.column, b.column) += w * a.value * b.value;
      sums.squares(a.column) += w * a.value * a.value;
    }
  }

  const Layout& layout_;
  const SlopedRows& rows_;
  const SlopedPart& e_;
  std::vector<const SlopedPart*> iterated_, small_;
};

}  // namespace

SmallSums small_sums(const Context& context, const Layout& layout, const SlopedRows& rows) {
  const Builder builder(layout, rows);
  const Index blocks =
      scatter_blocks(layout.n, (layout.iterated_levels + layout.small_levels) * layout.small_levels / 4);
  std::vector<SmallSums> sums(static_cast<std::size_t>(blocks), builder.empty());
  const std::vector<Index> cuts = balanced_cuts(rows.starts(), layout.eliminated.levels, blocks);
  for_each_block(crew_for(context, layout.n), blocks, [&](std::int64_t b) {
    const auto at = static_cast<std::size_t>(b);
    builder.add_levels(cuts[at], cuts[at + 1], sums[at]);
  });
  for (std::size_t b = 1; b < sums.size(); ++b) {
    for (std::size_t i = 0; i < sums[0].F.size(); ++i) sums[0].F[i] += sums[b].F[i];
    sums[0].S += sums[b].S;
    sums[0].squares += sums[b].squares;
  }
  return std::move(sums[0]);
}

}  // namespace panelist::engine
