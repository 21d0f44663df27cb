// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/preconditioner.h"

#include <functional>

#include "absorb/engine/kernels.h"

namespace panelist::engine {
namespace {

// A level whose own variation is below this share of its weight is spanned by e: nothing to precondition.
constexpr double idle_share = 1e-10;
// Alternating projections that contract less than this a step need a factor of their graph.
constexpr double slow_contraction = 0.8;
constexpr int probing_steps = 10;
// The contraction only rises from step to step. One that is above the mark need not be followed further, nor one that
// is far below it when slow directions, had there been any, would have come to the fore.
constexpr int steps_to_show = 6;
constexpr double far_below = 0.5;

std::vector<double> inverse_of(const std::vector<double>& d) {
  std::vector<double> inverse(d.size());
  for (std::size_t i = 0; i < d.size(); ++i) inverse[i] = d[i] > 0.0 ? 1.0 / d[i] : 0.0;
  return inverse;
}

// y = C' D_row^-1 C x of one column.
void alternate(const Incidence& C, const std::vector<double>& inverse_rows, const std::vector<double>& x,
               std::vector<double>& y) {
  std::fill(y.begin(), y.end(), 0.0);
  for (Index row = 0; row < C.rows(); ++row) {
    double t = 0.0;
    for (Offset k = C.starts()[row]; k < C.starts()[row + 1]; ++k)
      t += weight_of(C.weight(), k) * x[static_cast<std::size_t>(C.level()[k])];
    t *= inverse_rows[static_cast<std::size_t>(row)];
    for (Offset k = C.starts()[row]; k < C.starts()[row + 1]; ++k)
      y[static_cast<std::size_t>(C.level()[k])] += weight_of(C.weight(), k) * t;
  }
}

void centre(std::vector<double>& x, const std::vector<double>& counts) {
  double total = 0.0, sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    total += counts[i];
    sum += counts[i] * x[i];
  }
  for (double& value : x) value -= sum / total;
}

double square(const std::vector<double>& x, const std::vector<double>& counts) {
  double sum = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += counts[i] * x[i] * x[i];
  return sum;
}

}  // namespace

double contraction_of(const Incidence& C, const std::vector<double>& inverse_rows,
                      const std::vector<double>& counts) {
  std::vector<double> x(counts.size()), y(counts.size());
  std::uint64_t state = graph_seed;
  for (double& value : x) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    value = static_cast<double>(state >> 11) * 0x1.0p-53 - 0.5;
  }
  centre(x, counts);
  double last = 0.0;
  for (int step = 0; step < probing_steps; ++step) {
    const double before = square(x, counts);
    alternate(C, inverse_rows, x, y);
    for (std::size_t i = 0; i < x.size(); ++i) x[i] = counts[i] > 0.0 ? y[i] / counts[i] : 0.0;
    centre(x, counts);
    last = before > 0.0 ? std::sqrt(square(x, counts) / before) : 0.0;
    if (last >= slow_contraction || (step + 1 >= steps_to_show && last < far_below)) break;
  }
  return last;
}

Preconditioner::Preconditioner(const ReducedOperator& A) { renew_diagonal(A); }

void Preconditioner::renew_diagonal(const ReducedOperator& A) {
  inverse_diagonal_.resize(A.diagonal().size());
  for (std::size_t i = 0; i < inverse_diagonal_.size(); ++i) {
    const double d = A.diagonal()[i];
    inverse_diagonal_[i] = d > idle_share * A.counts()[i] ? 1.0 / d : 0.0;
  }
  for (const Block& block : factors_)
    std::fill_n(inverse_diagonal_.begin() + block.offset, block.factor.vertices(), 0.0);
}

void Preconditioner::add_factors(const Context& context, const Layout& layout, const Cells& cells,
                                 const ReducedOperator& A) {
  std::vector<std::function<void()>> graphs;  // probed and factored side by side
  std::vector<Block> blocks(layout.iterated.size());
  for (std::size_t q = 0; q < blocks.size(); ++q)
    graphs.emplace_back([&, q] { blocks[q] = block_of(layout, cells, A, q); });
  for (std::size_t p = 0; p < layout.iterated.size(); ++p) {
    for (std::size_t q = p + 1; q < layout.iterated.size(); ++q) {
      pairs_.push_back(nullptr);
      graphs.emplace_back([&, p, q, at = pairs_.size() - 1] {
        pairs_[at] = pair_of(context, layout, layout.iterated[p], layout.iterated[q]);
      });
    }
  }
  for_each_block(context, static_cast<std::int64_t>(graphs.size()),
                 [&](std::int64_t i) { graphs[static_cast<std::size_t>(i)](); });
  std::erase(pairs_, nullptr);
  for (Block& block : blocks) {
    if (block.factor.vertices() == 0) continue;
    std::fill_n(inverse_diagonal_.begin() + block.offset, block.factor.vertices(), 0.0);
    factors_.push_back(std::move(block));
  }
}

// Without a factor where the graph needs none.
Preconditioner::Block Preconditioner::block_of(const Layout& layout, const Cells& cells,
                                               const ReducedOperator& A, std::size_t q) {
  const Part& part = layout.iterated[q];
  const auto first = A.counts().begin() + part.offset;
  const std::vector<double> counts(first, first + part.levels);
  const bool alone = layout.iterated.size() == 1;
  if (!alone && contraction_of(cells.parts[q], cells.inverse_d, counts) < slow_contraction) return {};
  const std::vector<Edge> edges =
      A.has_matrix() ? A.matrix().edges_of(part) : sampled_edges(cells.parts[q], cells.inverse_d, graph_seed);
  return {part.offset, ApproximateCholesky(part.levels, edges, graph_seed)};
}

std::unique_ptr<Preconditioner::Pair> Preconditioner::pair_of(const Context& context, const Layout& layout,
                                                              const Part& a, const Part& b) {
  auto pair = std::make_unique<Pair>();
  pair->p = a.levels >= b.levels ? a : b;
  pair->q = a.levels >= b.levels ? b : a;
  pair->order = order_by_level(context, pair->p.level, layout.n, pair->p.levels);
  pair->X = Incidence(context, pair->order, pair->q.level, layout.w);
  pair->X.keep_weights();
  std::vector<double> rows(static_cast<std::size_t>(pair->p.levels), 0.0),
      counts(static_cast<std::size_t>(pair->q.levels), 0.0);
  for (Index i = 0; i < pair->X.rows(); ++i) {
    for (Offset k = pair->X.starts()[i]; k < pair->X.starts()[i + 1]; ++k) {
      rows[static_cast<std::size_t>(i)] += weight_of(pair->X.weight(), k);
      counts[static_cast<std::size_t>(pair->X.level()[k])] += weight_of(pair->X.weight(), k);
    }
  }
  pair->inverse_d = inverse_of(rows);
  if (contraction_of(pair->X, pair->inverse_d, counts) < slow_contraction) return nullptr;
  pair->factor =
      ApproximateCholesky(pair->q.levels, sampled_edges(pair->X, pair->inverse_d, graph_seed), graph_seed);
  return pair;
}

double Preconditioner::cost() const {
  auto entries = static_cast<double>(inverse_diagonal_.size());
  for (const Block& block : factors_) entries += 2.0 * static_cast<double>(block.factor.entries());
  for (const auto& pair : pairs_) {
    entries +=
        2.0 * static_cast<double>(pair->factor.entries()) + 2.0 * static_cast<double>(pair->X.entries());
  }
  return entries;
}

// z_q = (D_q - X'D_p^-1 X)^+ (r_q - X'D_p^-1 r_p),  z_p = D_p^-1 (r_p - X z_q), added to z.
void Preconditioner::apply_pair(const Pair& pair, const RowBlock& r, RowBlock& z) const {
  RowBlock rest(pair.q.levels, r.width()), solved(pair.q.levels, r.width());
  std::copy_n(r.row(pair.q.offset), rest.size(), rest.data());
  fold_rows(pair.X, pair.inverse_d, r, pair.p.offset, rest);
  pair.factor.solve(rest, solved, 0);
  double* const own = z.row(pair.q.offset);
  for (Index i = 0; i < solved.size(); ++i) own[i] += solved.data()[i];
  unfold_rows(pair.X, pair.inverse_d, r, pair.p.offset, solved, z);
}

void Preconditioner::apply(const Context& context, const RowBlock& r, RowBlock& z) const {
  scale_rows(context, inverse_diagonal_, r, z);
  for (const Block& block : factors_) block.factor.solve(r, z, block.offset);
  for (const auto& pair : pairs_) apply_pair(*pair, r, z);
}

}  // namespace panelist::engine
