// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/layout.h"

#include <algorithm>
#include <numeric>

namespace panelist::engine {
namespace {

// Dense solution takes p^3/3 multiply-adds once: this many of them per row of the data are worth no iteration.
constexpr double dense_operations_per_row = 300.0;
// Beside iterated factors the dense block is applied at every step.
constexpr Index small_beside_iterated = 256;

Part part_of(const std::vector<AbsorbFactor>& factors, std::size_t position) {
  const AbsorbFactor& factor = factors[position];
  const Index components = factor.slopes.cols() + (factor.intercept ? 1 : 0);
  return {position, factor.level.data(), factor.n_levels, 0, components, factor.intercept};
}

Index columns_of(const AbsorbFactor& factor) {
  return factor.n_levels * (factor.slopes.cols() + (factor.intercept ? 1 : 0));
}

// Positions by number of columns, most first; the first of equals first.
std::vector<std::size_t> by_size(const std::vector<AbsorbFactor>& factors) {
  std::vector<std::size_t> order(factors.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return columns_of(factors[a]) > columns_of(factors[b]);
  });
  return order;
}

Index densest(Index n, Index dense_levels) {
  const double affordable = std::cbrt(3.0 * dense_operations_per_row * static_cast<double>(n));
  return std::min(dense_levels, static_cast<Index>(affordable));
}

// The smallest factors, as many as fit beside iterated ones.
void split_small(const std::vector<AbsorbFactor>& factors, const std::vector<std::size_t>& order,
                 Layout& layout) {
  std::size_t first_small = order.size();
  Index total = 0;
  const Index stored = std::max<Index>(1, 2 * layout.n / std::max<Index>(columns_of(factors[order[1]]), 1));
  while (first_small > 2) {
    total += columns_of(factors[order[first_small - 1]]);
    if (total > std::min(small_beside_iterated, stored)) break;
    --first_small;
  }
  for (std::size_t k = 1; k < first_small; ++k) layout.iterated.push_back(part_of(factors, order[k]));
  for (std::size_t k = first_small; k < order.size(); ++k) layout.small.push_back(part_of(factors, order[k]));
}

void place(Layout& layout) {
  Index offset = 0;
  for (Part& part : layout.iterated) {
    part.offset = offset;
    offset += part.columns();
  }
  layout.iterated_levels = offset;
  for (Part& part : layout.small) {
    part.offset = offset;
    offset += part.columns();
  }
  layout.small_levels = offset - layout.iterated_levels;
}

}  // namespace

std::vector<Part> Layout::reduced() const {
  std::vector<Part> parts = iterated;
  parts.insert(parts.end(), small.begin(), small.end());
  return parts;
}

Layout make_layout(const std::vector<AbsorbFactor>& factors, const Vector& w, Index dense_levels) {
  Layout layout;
  layout.n = static_cast<Index>(factors.front().level.size());
  layout.w = w.size() > 0 ? w.data() : nullptr;
  const std::vector<std::size_t> order = by_size(factors);
  layout.eliminated = part_of(factors, order.front());
  Index others = 0;
  for (std::size_t k = 1; k < order.size(); ++k) others += columns_of(factors[order[k]]);
  if (others <= densest(layout.n, dense_levels)) {
    for (std::size_t k = 1; k < order.size(); ++k) layout.small.push_back(part_of(factors, order[k]));
  } else {
    split_small(factors, order, layout);
  }
  place(layout);
  return layout;
}

namespace {

constexpr Index weighing_blocks = 16;

std::vector<double> inverse_weights(const Context& context, const Layout& layout, const LevelOrder& order) {
  const Index levels = layout.eliminated.levels;
  std::vector<double> inverse(static_cast<std::size_t>(levels));
  const std::vector<Index> cuts = balanced_cuts(order.starts.data(), levels, weighing_blocks);
  for_each_block(crew_for(context, layout.n), weighing_blocks, [&](std::int64_t b) {
    for (auto l = static_cast<std::size_t>(cuts[static_cast<std::size_t>(b)]);
         l < static_cast<std::size_t>(cuts[static_cast<std::size_t>(b) + 1]); ++l) {
      double d = layout.w == nullptr ? static_cast<double>(order.starts[l + 1] - order.starts[l]) : 0.0;
      for (Offset k = order.starts[l]; layout.w != nullptr && k < order.starts[l + 1]; ++k)
        d += layout.w[order.sorted ? k : order.rows[k]];
      inverse[l] = 1.0 / d;
    }
  });
  return inverse;
}

}  // namespace

Cells make_cells(const Context& context, const Layout& layout) {
  Cells cells;
  const Part& e = layout.eliminated;
  cells.order = order_by_level(context, e.level, layout.n, e.levels);
  for (const Part& part : layout.reduced()) {
    cells.parts.emplace_back(context, cells.order, part.level, layout.w);
  }
  cells.inverse_d = inverse_weights(context, layout, cells.order);
  return cells;
}

void reweight(const Context& context, const Layout& layout, Cells& cells) {
  for (Incidence& part : cells.parts) part.reweight(context, cells.order, layout.w);
  cells.inverse_d = inverse_weights(context, layout, cells.order);
}

}  // namespace panelist::engine
