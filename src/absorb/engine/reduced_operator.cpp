// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/reduced_operator.h"

namespace panelist::engine {
namespace {

// Pairs of levels are worth it while there are not many more of them than levels.
constexpr Index most_pairs_per_level = 2;

}  // namespace

ReducedOperator::ReducedOperator(const Context& context, const Layout& layout, const Cells& cells,
                                 const SmallBlock& small)
    : layout_(&layout), cells_(&cells), small_(&small) {
  weigh_levels(context);
  if (layout.iterated.size() > 1) build_shared(context);
  if (layout.iterated.size() == 2) join_pairs(context);
}

void ReducedOperator::reweight(const Context& context) {
  weigh_levels(context);
  for (const auto& shared : shared_) shared->cells.reweight(context, shared->order, layout_->w);
  if (!pair_of_row_.empty()) by_pairs_.reweight(context, cells_->order, layout_->w);
  if (has_matrix()) form_matrix(context);
}

// Counts and diagonal side by side, summed by blocks of e.
void ReducedOperator::weigh_levels(const Context& context) {
  const auto levels = static_cast<std::size_t>(layout_->iterated_levels);
  Index entries = 0;
  for (std::size_t q = 0; q < layout_->iterated.size(); ++q) entries += cells_->parts[q].entries();
  const Index blocks = scatter_blocks(entries, 2 * layout_->iterated_levels);
  std::vector<std::vector<double>> sums(static_cast<std::size_t>(blocks),
                                        std::vector<double>(2 * levels, 0.0));
  const std::vector<Index> cuts =
      balanced_cuts(cells_->order.starts.data(), layout_->eliminated.levels, blocks);
  for_each_block(crew_for(context, entries), blocks, [&](std::int64_t b) {
    double* const sum = sums[static_cast<std::size_t>(b)].data();
    for (std::size_t q = 0; q < layout_->iterated.size(); ++q) {
      const Incidence& C = cells_->parts[q];
      double* const own = sum + 2 * layout_->iterated[q].offset;
      for (Index e = cuts[static_cast<std::size_t>(b)]; e < cuts[static_cast<std::size_t>(b) + 1]; ++e) {
        const double inverse_d = cells_->inverse_d[static_cast<std::size_t>(e)];
        for (Offset k = C.starts()[e]; k < C.starts()[e + 1]; ++k) {
          const double c = weight_of(C.weight(), k);
          double* const at = own + 2 * C.level()[k];
          at[0] += c;
          at[1] += c - c * c * inverse_d;
        }
      }
    }
  });
  counts_.assign(levels, 0.0);
  diagonal_.assign(levels, 0.0);
  for (const std::vector<double>& sum : sums) {
    for (std::size_t l = 0; l < levels; ++l) {
      counts_[l] += sum[2 * l];
      diagonal_[l] += sum[2 * l + 1];
    }
  }
}

void ReducedOperator::build_shared(const Context& context) {
  for (std::size_t p = 0; p < layout_->iterated.size(); ++p) {
    for (std::size_t q = 0; q < layout_->iterated.size(); ++q) {
      if (p == q) continue;
      auto shared = std::make_unique<Shared>();
      shared->p = p;
      shared->q = q;
      const Part& rows = layout_->iterated[p];
      shared->order = order_by_level(context, rows.level, layout_->n, rows.levels);
      shared->cells = Incidence(context, shared->order, layout_->iterated[q].level, layout_->w);
      shared_.push_back(std::move(shared));
    }
  }
}

// Two factors that nearly nest have few pairs of levels: a row then meets one pair in place of two levels.
void ReducedOperator::join_pairs(const Context& context) {
  const Incidence& pairs = shared_.front()->cells;
  if (!pairs.merged() || pairs.entries() > most_pairs_per_level * layout_->iterated_levels) return;
  pair_of_row_ = shared_.front()->cells.cell_of_row(context, shared_.front()->order);
  by_pairs_ = Incidence(context, cells_->order, pair_of_row_.data(), layout_->w);
}

double ReducedOperator::cost() const {
  double entries = static_cast<double>(layout_->iterated_levels) *
                   (1.0 + 0.5 * static_cast<double>(layout_->small_levels));
  if (has_matrix()) return entries + static_cast<double>(matrix_.entries());
  if (!pair_of_row_.empty())
    return entries + 2.0 * static_cast<double>(by_pairs_.entries() + shared_.front()->cells.entries());
  for (std::size_t q = 0; q < layout_->iterated.size(); ++q)
    entries += 2.0 * static_cast<double>(cells_->parts[q].entries());
  for (const auto& shared : shared_) entries += static_cast<double>(shared->cells.entries());
  return entries;
}

void ReducedOperator::form_matrix(const Context& context) {
  matrix_ = SparseSchur(context, *layout_, *cells_);
  diagonal_ = matrix_.diagonal();
}

namespace {

Stars::Part part_of(const Incidence& C, Index at) {
  return {C.starts(), C.level(), C.weight(), C.starts()[C.rows()], at};
}

}  // namespace

Stars ReducedOperator::stars() const {
  return {
      {}, cells_->order.starts.data(), layout_->eliminated.levels, cells_->inverse_d.data(), counts_.data()};
}

void ReducedOperator::apply_cells(const Context& context, const RowBlock& u, RowBlock& out) const {
  Stars all = stars();
  for (std::size_t q = 0; q < layout_->iterated.size(); ++q)
    all.parts.push_back(part_of(cells_->parts[q], layout_->iterated[q].offset));
  apply_stars(context, all, u, out);
  for (const auto& shared : shared_) {
    add_product(context, shared->cells, layout_->iterated[shared->p].offset,
                layout_->iterated[shared->q].offset, u, out);
  }
}

// S_JJ = L' (D - C' d^-1 C) L, where L takes levels to pairs and D and C count pairs.
void ReducedOperator::apply_pairs(const Context& context, const RowBlock& u, RowBlock& out) const {
  const Shared& shared = *shared_.front();
  const Together together{shared.cells, layout_->iterated[shared.p].offset,
                          layout_->iterated[shared.q].offset};
  RowBlock of_pairs(shared.cells.entries(), u.width()), image(shared.cells.entries(), u.width());
  spread(context, together, u, of_pairs);
  Stars all = stars();
  all.counts = shared.cells.weight();
  all.parts.push_back(part_of(by_pairs_, 0));
  apply_stars(context, all, of_pairs, image);
  out.set_zero();
  collect(context, together, image, out);
}

void ReducedOperator::apply(const Context& context, const RowBlock& u, RowBlock& out) const {
  if (has_matrix()) {
    matrix_.apply(context, u, out);
  } else if (!pair_of_row_.empty()) {
    apply_pairs(context, u, out);
  } else {
    apply_cells(context, u, out);
  }
  small_->subtract_correction(context, u, out);
}

}  // namespace panelist::engine
