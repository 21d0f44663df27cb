// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/sloped_operator.h"

#include <algorithm>
#include <limits>

#include "absorb/engine/kernels.h"

namespace panelist::engine {
namespace {

// A column whose own variation is below this share of its weight is spanned by e: nothing to precondition.
constexpr double idle_share = 1e-12;
// The graph has no edge where slopes explain nearly all: some of the diagonal stays, so that no direction is lost.
constexpr double diagonal_beside_graph = 0.1;

// D_e'W D_J of one level of e: a row of components for each column it meets.
class LevelProducts {
 public:
  LevelProducts(Index columns, Index components)
      : components_(components),
        sums_(static_cast<std::size_t>(columns * components), 0.0),
        seen_(static_cast<std::size_t>(columns), 0) {}
  void add(Index column, const double* own, double value) {
    if (seen_[static_cast<std::size_t>(column)] == 0) touched_.push_back(column);
    seen_[static_cast<std::size_t>(column)] = 1;
    for (Index c = 0; c < components_; ++c) row(column)[c] += value * own[c];
  }
  // What e explains of each column's sum of squares is taken off; empty afterwards.
  void subtract_explained(const double* inverse, std::vector<double>& squares) {
    for (const Index column : touched_) {
      for (Index c = 0; c < components_; ++c) {
        double& sum = row(column)[c];
        squares[static_cast<std::size_t>(column)] -= sum * sum * inverse[c];
        sum = 0.0;
      }
      seen_[static_cast<std::size_t>(column)] = 0;
    }
    touched_.clear();
  }

 private:
  double* row(Index column) { return sums_.data() + column * components_; }
  Index components_;
  std::vector<double> sums_;
  std::vector<std::uint8_t> seen_;
  std::vector<Index> touched_;
};

// The entries of a cell in the iterated columns.
template <typename Body>
void for_each_entry(const SlopedCells& cells, Offset k, const Body& body) {
  for (std::size_t q = 0; q < cells.parts().size(); ++q) {
    const SlopedPart& part = *cells.parts()[q];
    Index column = cells.first(q, k);
    if (part.part.intercept) body(column++, 1.0);
    for (Index c = 0; c < part.slope_count(); ++c) body(column++, cells.slopes(q, k)[c]);
  }
}

// D_J u of a cell.
template <int P>
Row<P> gathered(const SlopedCells& cells, Offset k, const RowBlock& u) {
  Row<P> sum = Row<P>::zero();
  for (std::size_t q = 0; q < cells.parts().size(); ++q) {
    const SlopedPart& part = *cells.parts()[q];
    const double* from = u.row(cells.first(q, k));
    if (part.part.intercept) {
      sum += Row<P>::load(from);
      from += P;
    }
    for (Index c = 0; c < part.slope_count(); ++c) sum += cells.slopes(q, k)[c] * Row<P>::load(from + c * P);
  }
  return sum;
}

// to += D_J' value
template <int P>
void scatter(const SlopedCells& cells, Offset k, const Row<P>& value, RowBlock& to) {
  for (std::size_t q = 0; q < cells.parts().size(); ++q) {
    const SlopedPart& part = *cells.parts()[q];
    double* own = to.row(cells.first(q, k));
    if (part.part.intercept) {
      add_to<P>(own, value);
      own += P;
    }
    for (Index c = 0; c < part.slope_count(); ++c) add_to<P>(own + c * P, cells.slopes(q, k)[c] * value);
  }
}

}  // namespace

SlopedOperator::SlopedOperator(const Context& context, const Layout& layout, const SlopedRows& rows,
                               const SmallBlock& small)
    : rows_(rows),
      small_(small),
      cells_(context, rows, layout.iterated.size()),
      columns_(layout.iterated_levels) {
  measure_diagonal(context);
}

void SlopedOperator::before_reweight() {
  if (has_factors()) wear_.before_reweight(rows_.weights(), rows_.rows());
}

void SlopedOperator::reweight(const Context& context) {
  cells_.reweight(context);
  measure_diagonal(context);
  if (has_factors() && wear_.after_reweight(rows_.weights(), rows_.rows())) add_factors(context);
}

bool SlopedOperator::renew_worn_factors(const Context& context) {
  if (!wear_.worn_out()) return false;
  add_factors(context);
  return true;
}

Solver::Price SlopedOperator::price_of_factors() {
  if (!rows_.eliminated().part.intercept) return {std::numeric_limits<double>::infinity(), 0.0};
  const double edges = pairs_of(cells_) * static_cast<double>(cells_.parts().size());
  return {entries_per_edge * edges, 3.0 * edges + cost()};
}

void SlopedOperator::add_factors(const Context& context) {
  factors_.clear();
  for (std::size_t q = 0; q < cells_.parts().size(); ++q) {
    context.stop_if_asked();
    const Part& part = cells_.parts()[q]->part;
    if (!part.intercept) continue;
    factors_.push_back({cells_.parts()[q], {part.levels, intercept_edges(cells_, q), graph_seed}});
  }
  wear_.renewed();
}

void SlopedOperator::measure_diagonal(const Context& context) {
  const SlopedPart& e = rows_.eliminated();
  const Index components = e.part.components;
  const Index blocks = scatter_blocks(cells_.count(), columns_ * (components + 2));
  const Offset* const starts = cells_.starts().data();
  const auto size = static_cast<std::size_t>(columns_);
  std::vector<std::vector<double>> squares(static_cast<std::size_t>(blocks)), counts = squares;
  const std::vector<Index> cuts = balanced_cuts(cells_.starts().data(), e.part.levels, blocks);
  for_each_block(crew_for(context, cells_.count()), blocks, [&](std::int64_t b) {
    std::vector<double>& square = squares[static_cast<std::size_t>(b)];
    std::vector<double>& count = counts[static_cast<std::size_t>(b)];
    square.assign(size, 0.0);
    count.assign(size, 0.0);
    LevelProducts products(columns_, components);
    for (Index l = cuts[static_cast<std::size_t>(b)]; l < cuts[static_cast<std::size_t>(b) + 1]; ++l) {
      for (Offset k = starts[l]; k < starts[l + 1]; ++k) {
        for_each_entry(cells_, k, [&](Index column, double value) {
          count[static_cast<std::size_t>(column)] += cells_.weight(k) * value * value;
          products.add(column, cells_.own(k), value);
        });
      }
      products.subtract_explained(e.inverse_d.data() + l * components, square);
    }
  });
  inverse_diagonal_.assign(size, 0.0);
  for (std::size_t j = 0; j < size; ++j) {
    double d = 0.0, count = 0.0;
    for (std::size_t b = 0; b < squares.size(); ++b) {
      d += squares[b][j];
      count += counts[b][j];
    }
    d += count;
    inverse_diagonal_[j] = d > idle_share * count ? 1.0 / d : 0.0;
  }
}

double SlopedOperator::cost() const {
  auto per_cell = static_cast<double>(1 + rows_.eliminated().part.components);
  for (const SlopedPart* part : cells_.parts()) per_cell += 2.0 * static_cast<double>(part->part.components);
  return per_cell * static_cast<double>(cells_.count()) +
         static_cast<double>(columns_) * (1.0 + 0.5 * static_cast<double>(small_.levels()));
}

namespace {

void add_up(const std::vector<RowBlock>& sums, RowBlock& out) {
  for (Index i = 0; i < out.size(); ++i) {
    double total = 0.0;
    for (const RowBlock& sum : sums) total += sum.data()[i];
    out.data()[i] = total;
  }
}

}  // namespace

template <int P>
void SlopedOperator::apply_cells(const Context& context, const RowBlock& u, RowBlock& out) const {
  const SlopedPart& e = rows_.eliminated();
  const auto components = static_cast<std::size_t>(e.part.components);
  const Offset* const starts = cells_.starts().data();
  const Index blocks = scatter_blocks(cells_.count(), columns_);
  std::vector<RowBlock> sums;
  for (Index b = 0; b < blocks; ++b) sums.emplace_back(columns_, P);
  const std::vector<Index> cuts = balanced_cuts(starts, e.part.levels, blocks);
  for_each_block(crew_for(context, cells_.count()), blocks, [&](std::int64_t b) {
    RowBlock& sum = sums[static_cast<std::size_t>(b)];
    std::vector<Row<P>> fitted, shares(components);
    for (Index l = cuts[static_cast<std::size_t>(b)]; l < cuts[static_cast<std::size_t>(b) + 1]; ++l) {
      const Offset first = starts[l], last = starts[l + 1];
      if (fitted.size() < last - first) fitted.resize(last - first);
      std::fill(shares.begin(), shares.end(), Row<P>::zero());
      for (Offset k = first; k < last; ++k) {
        const Row<P> t = gathered<P>(cells_, k, u);
        fitted[k - first] = t;
        for (std::size_t c = 0; c < components; ++c) shares[c] += cells_.own(k)[c] * t;
      }
      const double* inverse = e.inverse_d.data() + l * e.part.components;
      for (std::size_t c = 0; c < components; ++c) shares[c] *= inverse[c];
      for (Offset k = first; k < last; ++k) {
        Row<P> left = cells_.weight(k) * fitted[k - first];
        for (std::size_t c = 0; c < components; ++c) left -= cells_.own(k)[c] * shares[c];
        scatter<P>(cells_, k, left, sum);
      }
    }
  });
  add_up(sums, out);
}

void SlopedOperator::apply(const Context& context, const RowBlock& u, RowBlock& out) const {
  with_width(u.width(), [&]<int P>() { apply_cells<P>(context, u, out); });
  small_.subtract_correction(context, u, out);
}

// Levels of the part stand between its slopes: they are brought together for the graph.
template <int P>
void SlopedOperator::apply_factor(const Factor& factor, const RowBlock& r, RowBlock& z) const {
  const Part& part = factor.part->part;
  RowBlock own(part.levels, P), solved(part.levels, P);
  for (Index l = 0; l < part.levels; ++l)
    Row<P>::load(r.row(part.offset + l * part.components)).store(own.row(l));
  factor.graph.solve(own, solved, 0);
  for (Index l = 0; l < part.levels; ++l) {
    const Index row = part.offset + l * part.components;
    (Row<P>::load(solved.row(l)) + diagonal_beside_graph * Row<P>::load(z.row(row))).store(z.row(row));
  }
}

void SlopedOperator::precondition(const Context& context, const RowBlock& r, RowBlock& z) const {
  scale_rows(context, inverse_diagonal_, r, z);
  with_width(r.width(), [&]<int P>() {
    for (const Factor& factor : factors_) apply_factor<P>(factor, r, z);
  });
}

}  // namespace panelist::engine
