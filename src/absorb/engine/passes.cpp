// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/passes.h"

#include <algorithm>

namespace panelist::engine {
namespace {

// Rows that are turned from columns into rows at once: they stay in the first cache.
constexpr Index rows_at_once = 256;
// Rows whose mean is taken off before anything is summed, when means by level come too late for that.
constexpr Index rows_for_shift = 4096;

void load_rows(const Columns& columns, Index first, Index count, RowBlock& buffer) {
  const Index width = buffer.width();
  for (Index k = 0; k < columns.count; ++k) {
    const double* from = columns.column(k) + first;
    double* to = buffer.data() + k;
    for (Index i = 0; i < count; ++i) to[i * width] = from[i];
  }
}

void store_rows(const RowBlock& buffer, Index first, Index count, const Columns& columns) {
  const Index width = buffer.width();
  for (Index k = 0; k < columns.count; ++k) {
    double* to = columns.column(k) + first;
    const double* from = buffer.data() + k;
    for (Index i = 0; i < count; ++i) to[i] = from[i * width];
  }
}

// Private sums of one block of rows.
template <int P>
struct Share {
  RowBlock reduced;
  RowBlock own;  // levels of e
  Row<P> energy = Row<P>::zero(), square = Row<P>::zero();
};

template <int P>
std::vector<double> lanes_of(const Row<P>& row) {
  std::vector<double> lanes(P);
  row.store(lanes.data());
  return lanes;
}

void fold(const Context& context, const std::vector<RowBlock*>& parts) {
  RowBlock& total = *parts.front();
  const Index blocks = std::clamp<Index>(total.size() / 20000, 1, 16);
  for_each_block(crew_for(context, total.size() * static_cast<Index>(parts.size()) / 4), blocks,
                 [&](std::int64_t b) {
                   const Index last = total.size() * (b + 1) / blocks;
                   for (std::size_t s = 1; s < parts.size(); ++s) {
                     for (Index i = total.size() * b / blocks; i < last; ++i)
                       total.data()[i] += parts[s]->data()[i];
                   }
                 });
}

template <int P>
class Pass {
 public:
  Pass(const Context& context, const Layout& layout, const Cells& cells, const Columns& columns)
      : context_(context), layout_(layout), cells_(cells), columns_(columns), parts_(layout.reduced()) {
    const bool sorted = cells.order.sorted;
    const Index by_reduced = scatter_blocks(layout.n, layout.reduced_levels());
    const Index by_own = std::clamp<Index>(layout.n / (5 * layout.eliminated.levels), 1, 4);
    blocks_ = sorted ? std::max<Index>(by_reduced, 1) : std::min(by_reduced, by_own);
  }

  Passes::Sides sides() { return cells_.order.sorted ? sides_in_order() : sides_as_they_stand(); }

  Passes::Rest rest(const RowBlock& a, Passes::Sides& sides) {
    return cells_.order.sorted ? rest_in_order(a) : rest_as_they_stand(a, sides);
  }

 private:
  std::vector<Share<P>> shares(bool with_own) const {
    std::vector<Share<P>> shares(static_cast<std::size_t>(blocks_));
    for (Share<P>& share : shares) {
      share.reduced = RowBlock(layout_.reduced_levels(), P);
      if (with_own) share.own = RowBlock(layout_.eliminated.levels, P);
    }
    return shares;
  }

  void scatter(Index row, const Row<P>& value, RowBlock& to) const {
    for (const Part& part : parts_) add_to<P>(to.row(part.offset + part.level[row]), value);
  }
  Row<P> effects(Index row, const RowBlock& a) const {
    Row<P> sum = Row<P>::zero();
    for (const Part& part : parts_) sum += Row<P>::load(a.row(part.offset + part.level[row]));
    return sum;
  }

  // Runs of whole levels of e that fit the buffer; a level longer than that has a run of its own.
  template <typename Body>
  void for_each_run(std::vector<Share<P>>& shares, bool write, const Body& body) {
    const Offset* starts = cells_.order.starts.data();
    const std::vector<Index> cuts = balanced_cuts(starts, layout_.eliminated.levels, blocks_);
    for_each_block(crew_for(context_, layout_.n), blocks_, [&](std::int64_t b) {
      RowBlock buffer(rows_at_once, P);
      const Index end = cuts[static_cast<std::size_t>(b) + 1];
      for (Index e = cuts[static_cast<std::size_t>(b)]; e < end;) {
        Index last = e + 1;
        while (last < end && static_cast<Index>(starts[last + 1] - starts[e]) <= rows_at_once) ++last;
        const auto first_row = static_cast<Index>(starts[e]);
        const Index count = static_cast<Index>(starts[last]) - first_row;
        if (count > buffer.rows()) buffer = RowBlock(count, P);
        load_rows(columns_, first_row, count, buffer);
        for (; e < last; ++e) body(e, first_row, buffer, shares[static_cast<std::size_t>(b)]);
        if (write) store_rows(buffer, first_row, count, columns_);
      }
    });
  }

  Passes::Sides sides_in_order() {
    std::vector<Share<P>> all = shares(false);
    for_each_run(all, false, [&](Index e, Index base, RowBlock& buffer, Share<P>& share) {
      const auto first = static_cast<Index>(cells_.order.starts[static_cast<std::size_t>(e)]);
      const auto last = static_cast<Index>(cells_.order.starts[static_cast<std::size_t>(e) + 1]);
      Row<P> mean = Row<P>::zero();
      for (Index i = first; i < last; ++i) {
        const auto v = Row<P>::load(buffer.row(i - base));
        mean += layout_.w != nullptr ? layout_.w[i] * v : v;
      }
      mean *= cells_.inverse_d[static_cast<std::size_t>(e)];
      for (Index i = first; i < last; ++i) {
        const auto v = Row<P>::load(buffer.row(i - base));
        const Row<P> u = v - mean;
        const Row<P> wu = layout_.w != nullptr ? layout_.w[i] * u : u;
        share.energy += wu * u;
        share.square += (layout_.w != nullptr ? layout_.w[i] * v : v) * v;
        scatter(i, wu, share.reduced);
      }
    });
    return folded_sides(all);
  }

  Passes::Sides folded_sides(std::vector<Share<P>>& all) {
    Passes::Sides sides;
    std::vector<RowBlock*> reduced;
    for (Share<P>& share : all) reduced.push_back(&share.reduced);
    fold(context_, reduced);
    Row<P> energy = Row<P>::zero(), square = Row<P>::zero();
    for (const Share<P>& share : all) {
      energy += share.energy;
      square += share.square;
    }
    sides.energy = lanes_of(energy);
    sides.before = lanes_of(square);
    sides.h = std::move(all.front().reduced);
    return sides;
  }

  Passes::Rest rest_in_order(const RowBlock& a) {
    std::vector<Share<P>> all = shares(false);
    for_each_run(all, true, [&](Index e, Index base, RowBlock& buffer, Share<P>& share) {
      const auto first = static_cast<Index>(cells_.order.starts[static_cast<std::size_t>(e)]);
      const auto last = static_cast<Index>(cells_.order.starts[static_cast<std::size_t>(e) + 1]);
      Row<P> mean = Row<P>::zero();
      for (Index i = first; i < last; ++i) {
        const Row<P> u = Row<P>::load(buffer.row(i - base)) - effects(i, a);
        u.store(buffer.row(i - base));
        mean += layout_.w != nullptr ? layout_.w[i] * u : u;
      }
      mean *= cells_.inverse_d[static_cast<std::size_t>(e)];
      for (Index i = first; i < last; ++i) {
        const Row<P> u = Row<P>::load(buffer.row(i - base)) - mean;
        u.store(buffer.row(i - base));
        const Row<P> wu = layout_.w != nullptr ? layout_.w[i] * u : u;
        share.energy += wu * u;
        scatter(i, wu, share.reduced);
      }
    });
    return folded_rest(all);
  }

  Passes::Rest folded_rest(std::vector<Share<P>>& all) {
    Passes::Sides sides = folded_sides(all);
    return {std::move(sides.h), std::move(sides.energy)};
  }

  // Blocks of rows as they stand; each has private sums.
  template <typename Body>
  void for_each_stretch(std::vector<Share<P>>& shares, bool write, const Body& body) {
    for_each_block(crew_for(context_, layout_.n), blocks_, [&](std::int64_t b) {
      RowBlock buffer(rows_at_once, P);
      const Index end = layout_.n * (b + 1) / blocks_;
      for (Index first = layout_.n * b / blocks_; first < end; first += rows_at_once) {
        const Index count = std::min(rows_at_once, end - first);
        load_rows(columns_, first, count, buffer);
        for (Index i = 0; i < count; ++i) body(first + i, buffer.row(i), shares[static_cast<std::size_t>(b)]);
        if (write) store_rows(buffer, first, count, columns_);
      }
    });
  }

  // A mean of rows spread over the data.
  Row<P> shift() const {
    const Index step = std::max<Index>(1, layout_.n / rows_for_shift);
    std::vector<double> mean(P, 0.0);
    for (Index k = 0; k < columns_.count; ++k) {
      Index count = 0;
      for (Index i = 0; i < layout_.n; i += step, ++count)
        mean[static_cast<std::size_t>(k)] += columns_.column(k)[i];
      mean[static_cast<std::size_t>(k)] /= static_cast<double>(count);
    }
    return Row<P>::load(mean.data());
  }

  Passes::Sides sides_as_they_stand() {
    std::vector<Share<P>> all = shares(true);
    const Row<P> away = shift();
    const Level* own = layout_.eliminated.level;
    for_each_stretch(all, false, [&](Index i, const double* values, Share<P>& share) {
      const auto given = Row<P>::load(values);
      const Row<P> v = given - away;
      const Row<P> wv = layout_.w != nullptr ? layout_.w[i] * v : v;
      share.energy += wv * v;
      share.square += (layout_.w != nullptr ? layout_.w[i] * given : given) * given;
      add_to<P>(share.own.row(own[i]), wv);
      scatter(i, wv, share.reduced);
    });
    std::vector<RowBlock*> owns;
    for (Share<P>& share : all) owns.push_back(&share.own);
    fold(context_, owns);
    RowBlock means = std::move(all.front().own);
    Passes::Sides sides = folded_sides(all);
    sides.shift = lanes_of(away);
    subtract_own(means, sides);
    sides.means = std::move(means);
    return sides;
  }

  // Sums of e's levels become means; h -= G_Re means, energy -= d means^2.
  void subtract_own(RowBlock& means, Passes::Sides& sides) {
    Row<P> explained = Row<P>::zero();
    for (Index e = 0; e < means.rows(); ++e) {
      const auto sum = Row<P>::load(means.row(e));
      const Row<P> mean = cells_.inverse_d[static_cast<std::size_t>(e)] * sum;
      explained += mean * sum;
      mean.store(means.row(e));
    }
    const std::vector<double> lanes = lanes_of(explained);
    for (std::size_t k = 0; k < lanes.size(); ++k)
      sides.energy[k] = std::max(sides.energy[k] - lanes[k], 0.0);
    subtract_stars(means, sides.h);
  }

  void subtract_stars(const RowBlock& means, RowBlock& h) {
    std::vector<RowBlock> sums;
    const Index blocks = scatter_blocks(layout_.n, layout_.reduced_levels());
    for (Index b = 0; b < blocks; ++b) sums.emplace_back(layout_.reduced_levels(), P);
    const std::vector<Index> cuts =
        balanced_cuts(cells_.order.starts.data(), layout_.eliminated.levels, blocks);
    for_each_block(crew_for(context_, layout_.n), blocks, [&](std::int64_t b) {
      for (Index e = cuts[static_cast<std::size_t>(b)]; e < cuts[static_cast<std::size_t>(b) + 1]; ++e) {
        const auto mean = Row<P>::load(means.row(e));
        for (std::size_t q = 0; q < parts_.size(); ++q) {
          const Incidence& C = cells_.parts[q];
          for (Offset k = C.starts()[e]; k < C.starts()[e + 1]; ++k) {
            add_to<P>(sums[static_cast<std::size_t>(b)].row(parts_[q].offset + C.level()[k]),
                      weight_of(C.weight(), k) * mean);
          }
        }
      }
    });
    for (const RowBlock& sum : sums) {
      for (Index i = 0; i < h.size(); ++i) h.data()[i] -= sum.data()[i];
    }
  }

  // means -= d^-1 G_eR a
  void subtract_effects(const RowBlock& a, RowBlock& means) {
    const Index blocks = 16;
    const std::vector<Index> cuts =
        balanced_cuts(cells_.order.starts.data(), layout_.eliminated.levels, blocks);
    for_each_block(crew_for(context_, layout_.n), blocks, [&](std::int64_t b) {
      for (Index e = cuts[static_cast<std::size_t>(b)]; e < cuts[static_cast<std::size_t>(b) + 1]; ++e) {
        Row<P> sum = Row<P>::zero();
        for (std::size_t q = 0; q < parts_.size(); ++q) {
          const Incidence& C = cells_.parts[q];
          for (Offset k = C.starts()[e]; k < C.starts()[e + 1]; ++k) {
            sum += weight_of(C.weight(), k) * Row<P>::load(a.row(parts_[q].offset + C.level()[k]));
          }
        }
        subtract_from<P>(means.row(e), cells_.inverse_d[static_cast<std::size_t>(e)] * sum);
      }
    });
  }

  Passes::Rest rest_as_they_stand(const RowBlock& a, Passes::Sides& sides) {
    if (sides.means.rows() == 0) sides.means = RowBlock(layout_.eliminated.levels, P);
    sides.shift.resize(P, 0.0);
    subtract_effects(a, sides.means);
    const auto away = Row<P>::load(sides.shift.data());
    const Level* own = layout_.eliminated.level;
    std::vector<Share<P>> all = shares(false);
    for_each_stretch(all, true, [&](Index i, double* values, Share<P>& share) {
      const Row<P> u = Row<P>::load(values) - away - Row<P>::load(sides.means.row(own[i])) - effects(i, a);
      u.store(values);
      const Row<P> wu = layout_.w != nullptr ? layout_.w[i] * u : u;
      share.energy += wu * u;
      scatter(i, wu, share.reduced);
    });
    sides.means.set_zero();
    std::fill(sides.shift.begin(), sides.shift.end(), 0.0);
    return folded_rest(all);
  }

  const Context& context_;
  const Layout& layout_;
  const Cells& cells_;
  const Columns& columns_;
  std::vector<Part> parts_;
  Index blocks_ = 1;
};

}  // namespace

Passes::Sides Passes::right_hand_sides(const Context& context, const Columns& columns) const {
  Sides sides;
  with_width(padded(columns.count),
             [&]<int P>() { sides = Pass<P>(context, *layout_, *cells_, columns).sides(); });
  return sides;
}

Passes::Rest Passes::subtract(const Context& context, const Columns& columns, const RowBlock& a,
                              Sides& sides) const {
  Rest rest;
  with_width(padded(columns.count),
             [&]<int P>() { rest = Pass<P>(context, *layout_, *cells_, columns).rest(a, sides); });
  return rest;
}

}  // namespace panelist::engine
