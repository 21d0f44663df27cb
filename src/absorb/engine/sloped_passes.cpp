// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/sloped_passes.h"

#include <algorithm>

namespace panelist::engine {
namespace {

// Rows that are turned from columns into rows at once: they stay in the first cache.
constexpr Index rows_at_once = 256;

Index reduced_columns(const SlopedRows& rows) {
  Index columns = 0;
  for (const SlopedPart& part : rows.reduced()) columns += part.part.columns();
  return columns;
}

// Sums of one block of levels.
template <int P>
struct Share {
  RowBlock reduced;
  Row<P> energy = Row<P>::zero(), square = Row<P>::zero();
};

template <int P>
class SlopedPass {
 public:
  SlopedPass(const Context& context, const SlopedRows& rows, const Columns& columns)
      : context_(context), rows_(rows), columns_(columns), e_(rows.eliminated()) {
    const Index targets = reduced_columns(rows);
    blocks_ = scatter_blocks(rows.rows(), targets);
    for (Index b = 0; b < blocks_; ++b) shares_.push_back({RowBlock(targets, P)});
  }

  Passes::Sides sides() {
    for_each_run(false, [&](Index level, Index first, Index count, double* values, Share<P>& share) {
      for (Index i = 0; i < count; ++i) {
        const auto v = Row<P>::load(values + i * P);
        share.square += rows_.weight(first + i) * v * v;
      }
      project_out(level, first, count, values);
      collect(first, count, values, share);
    });
    fold();
    return {std::move(shares_[0].reduced), lanes_of(shares_[0].energy), lanes_of(shares_[0].square), {}, {}};
  }

  Passes::Rest rest(const RowBlock& a) {
    for_each_run(true, [&](Index level, Index first, Index count, double* values, Share<P>& share) {
      for (Index i = 0; i < count; ++i) subtract_from<P>(values + i * P, fitted(first + i, a));
      project_out(level, first, count, values);
      collect(first, count, values, share);
    });
    fold();
    return {std::move(shares_[0].reduced), lanes_of(shares_[0].energy)};
  }

 private:
  static std::vector<double> lanes_of(const Row<P>& row) {
    std::vector<double> lanes(P);
    row.store(lanes.data());
    return lanes;
  }

  void load(Index first, Index count, RowBlock& buffer) const {
    for (Index k = 0; k < columns_.count; ++k) {
      const double* from = columns_.column(k);
      double* to = buffer.data() + k;
      for (Index i = 0; i < count; ++i) to[i * P] = from[rows_.row(first + i)];
    }
  }
  void store(const RowBlock& buffer, Index first, Index count) const {
    for (Index k = 0; k < columns_.count; ++k) {
      double* to = columns_.column(k);
      const double* from = buffer.data() + k;
      for (Index i = 0; i < count; ++i) to[rows_.row(first + i)] = from[i * P];
    }
  }

  // Runs of whole levels of e that fit the buffer; a level longer than that has a run of its own.
  template <typename Body>
  void for_each_run(bool write, const Body& body) {
    const Offset* starts = rows_.starts();
    const std::vector<Index> cuts = balanced_cuts(starts, e_.part.levels, blocks_);
    for_each_block(crew_for(context_, rows_.rows()), blocks_, [&](std::int64_t b) {
      RowBlock buffer(rows_at_once, P);
      const Index end = cuts[static_cast<std::size_t>(b) + 1];
      for (Index level = cuts[static_cast<std::size_t>(b)]; level < end;) {
        Index last = level + 1;
        while (last < end && static_cast<Index>(starts[last + 1] - starts[level]) <= rows_at_once) ++last;
        const auto base = static_cast<Index>(starts[level]);
        const Index count = static_cast<Index>(starts[last]) - base;
        if (count > buffer.rows()) buffer = RowBlock(count, P);
        load(base, count, buffer);
        for (; level < last; ++level) {
          const auto first = static_cast<Index>(starts[level]);
          body(level, first, static_cast<Index>(starts[level + 1]) - first, buffer.row(first - base),
               shares_[static_cast<std::size_t>(b)]);
        }
        if (write) store(buffer, base, count);
      }
    });
  }

  // The level's mean, then its slopes one after another.
  void project_out(Index level, Index first, Index count, double* values) const {
    const double* inverse = e_.inverse_d.data() + level * e_.part.components;
    if (e_.part.intercept) {
      Row<P> mean = Row<P>::zero();
      for (Index i = 0; i < count; ++i) mean += rows_.weight(first + i) * Row<P>::load(values + i * P);
      mean *= *inverse++;
      for (Index i = 0; i < count; ++i) subtract_from<P>(values + i * P, mean);
    }
    for (Index c = 0; c < e_.slope_count(); ++c) {
      if (inverse[c] == 0.0) continue;
      Row<P> share = Row<P>::zero();
      for (Index i = 0; i < count; ++i)
        share += rows_.weight(first + i) * e_.slopes_at(first + i)[c] * Row<P>::load(values + i * P);
      share *= inverse[c];
      for (Index i = 0; i < count; ++i) subtract_from<P>(values + i * P, e_.slopes_at(first + i)[c] * share);
    }
  }

  [[nodiscard]] Row<P> fitted(Index place, const RowBlock& a) const {
    Row<P> sum = Row<P>::zero();
    for (const SlopedPart& part : rows_.reduced()) {
      const double* own = a.row(part.first(place));
      if (part.part.intercept) {
        sum += Row<P>::load(own);
        own += P;
      }
      const double* z = part.slopes_at(place);
      for (Index c = 0; c < part.slope_count(); ++c) sum += z[c] * Row<P>::load(own + c * P);
    }
    return sum;
  }

  void collect(Index first, Index count, const double* values, Share<P>& share) const {
    for (Index i = 0; i < count; ++i) {
      const auto u = Row<P>::load(values + i * P);
      const Row<P> wu = rows_.weight(first + i) * u;
      share.energy += wu * u;
      scatter(first + i, wu, share.reduced);
    }
  }

  void scatter(Index place, const Row<P>& value, RowBlock& to) const {
    for (const SlopedPart& part : rows_.reduced()) {
      double* own = to.row(part.first(place));
      if (part.part.intercept) {
        add_to<P>(own, value);
        own += P;
      }
      const double* z = part.slopes_at(place);
      for (Index c = 0; c < part.slope_count(); ++c) add_to<P>(own + c * P, z[c] * value);
    }
  }

  void fold() {
    Share<P>& total = shares_.front();
    for (std::size_t s = 1; s < shares_.size(); ++s) {
      for (Index i = 0; i < total.reduced.size(); ++i)
        total.reduced.data()[i] += shares_[s].reduced.data()[i];
      total.energy += shares_[s].energy;
      total.square += shares_[s].square;
    }
  }

  const Context& context_;
  const SlopedRows& rows_;
  const Columns& columns_;
  const SlopedPart& e_;
  Index blocks_ = 1;
  std::vector<Share<P>> shares_;
};

}  // namespace

Passes::Sides sloped_right_hand_sides(const Context& context, const SlopedRows& rows, const Columns& columns,
                                      Index width) {
  Passes::Sides sides;
  with_width(width, [&]<int P>() { sides = SlopedPass<P>(context, rows, columns).sides(); });
  return sides;
}

Passes::Rest sloped_subtract(const Context& context, const SlopedRows& rows, const Columns& columns,
                             const RowBlock& a) {
  Passes::Rest rest;
  with_width(a.width(), [&]<int P>() { rest = SlopedPass<P>(context, rows, columns).rest(a); });
  return rest;
}

}  // namespace panelist::engine
