// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/engine.h"

#include <chrono>
#include <cmath>

namespace panelist::engine {
namespace {

constexpr int most_passes = 4;
// Up to this many values a second pass costs nothing and takes the rounding error out of the first.
constexpr Index values_for_second_pass = 200000;
// Errors below this share of a column's size are rounding.
constexpr double rounding_before = 1.6e-15;
constexpr double rounding_own = 1e-13;
// The reduced matrix is formed at once when it takes about as many products as there are cells.
constexpr double products_to_form_at_once = 2.5;

// A few roundings add up: an error of so many floors is still rounding.
constexpr double roundings = 4.0;
constexpr int steps_of_grace = 10;
// Rows at which old and new weights are compared, and the spread of their ratio that wears factors out.
constexpr Index weights_sampled = 1000;
constexpr double worn_ratio = 10.0;

constexpr std::size_t bytes_taken_at_once = 256 * 1024;

void discard(const std::vector<bool>& lanes, RowBlock& x) {
  for (std::size_t k = 0; k < lanes.size(); ++k) {
    if (!lanes[k]) continue;
    for (Index i = 0; i < x.rows(); ++i) x.row(i)[k] = 0.0;
  }
}

// Coefficients of the columns taken together should stay in a second-level cache: where they do not, fetching them
// costs more than going over the ids once more.
Index columns_at_once(const Layout& layout) {
  const std::size_t bytes = static_cast<std::size_t>(layout.reduced_levels() * widest_block) * sizeof(double);
  return bytes <= bytes_taken_at_once ? widest_block : Index{lane_width};
}

bool forms_at_once(const Layout& layout, const Cells& cells) {
  double products = 0.0, entries = 0.0;
  for (Index e = 0; e < layout.eliminated.levels; ++e) {
    double d = 0.0;
    for (std::size_t q = 0; q < layout.iterated.size(); ++q) {
      d += static_cast<double>(cells.parts[q].starts()[e + 1] - cells.parts[q].starts()[e]);
    }
    products += d * d;
    entries += d;
  }
  return products <= products_to_form_at_once * entries;
}

}  // namespace

// The work on up to widest_block columns.
struct Engine::Tile {
  double tolerance = 0;
  double share_given = 0;  // errors below this share of a column as given are not asked for
  int iterations = 0;
  bool converged = true;
  std::vector<double> error;   // bound of the error of each column, W-norm
  std::vector<double> norm;    // of each absorbed column
  std::vector<double> before;  // of each column as given
  std::vector<double> floor;   // smallest error worth asking for
  std::vector<double> ritz;    // smallest seen, per lane; 0: none
  RowBlock* total = nullptr;   // sum of the reduced coefficients, when wanted
};

Engine::Engine(const Context& context, const std::vector<AbsorbFactor>& factors, const Vector& w,
               const AbsorbOptions& options)
    : layout_(make_layout(factors, w, options.dense_levels)),
      cells_(make_cells(context, layout_)),
      small_(context, layout_, cells_),
      options_(options),
      passes_(layout_, cells_) {
  if (!iterates()) return;
  solver_.layout = &layout_;
  solver_.cells = &cells_;
  solver_.A = ReducedOperator(context, layout_, cells_, small_);
  if (forms_at_once(layout_, cells_)) solver_.A.form_matrix(context);
  solver_.M = Preconditioner(solver_.A);
}

void Engine::reweight(const Context& context, const Vector& w) {
  if (solver_.M.has_factors() && !stale_) factored_at_ = sampled_weights();
  layout_.w = w.size() > 0 ? w.data() : nullptr;
  engine::reweight(context, layout_, cells_);
  small_ = SmallBlock(context, layout_, cells_);
  if (!iterates()) return;
  solver_.A.reweight(context);
  solver_.M.renew_diagonal(solver_.A);
  stale_ = solver_.M.has_factors();
  if (stale_ && factors_are_worn()) renew_factors(context);
}

std::vector<double> Engine::sampled_weights() const {
  std::vector<double> sample;
  const Index step = std::max<Index>(1, layout_.n / weights_sampled);
  for (Index i = 0; i < layout_.n; i += step)
    sample.push_back(weight_of(layout_.w, static_cast<std::size_t>(i)));
  return sample;
}

// Factors of old weights precondition as well as the largest ratio of new to old weights is to the smallest.
bool Engine::factors_are_worn() const {
  std::vector<double> ratio = sampled_weights();
  for (std::size_t i = 0; i < ratio.size(); ++i) ratio[i] /= factored_at_[i];
  std::sort(ratio.begin(), ratio.end());
  const std::size_t tail = ratio.size() / 100;
  return ratio[ratio.size() - 1 - tail] > worn_ratio * ratio[tail];
}

void Engine::renew_factors(const Context& context) const {
  solver_.M = Preconditioner(solver_.A);
  solver_.M.add_factors(context, layout_, cells_, solver_.A);
  steps_when_new_ = 0;
  stale_ = worn_out_ = false;
}

// Old factors are renewed when they take half as many steps again as they did when new, or come no further.
void Engine::watch_factors(const Outcome& outcome) const {
  if (steps_when_new_ == 0) steps_when_new_ = outcome.iterations;
  const bool slow = 2 * outcome.iterations > 3 * steps_when_new_ + steps_of_grace;
  worn_out_ = stale_ && (slow || !outcome.converged);
}

Matrix Engine::small_part(const RowBlock& h) const {
  return Eigen::Map<const Matrix>(h.data() + layout_.iterated_levels * h.width(), h.width(),
                                  layout_.small_levels)
      .transpose();
}

// a solves the reduced system for sides.h, which is used up.
void Engine::solve_reduced(const Context& context, Tile& tile, Passes::Sides& sides, RowBlock& a) const {
  RowBlock& h = sides.h;
  const Matrix given = small_part(h);
  Matrix small = given;
  small_.solve(small);
  if (iterates()) {
    RowBlock r(layout_.iterated_levels, h.width()), x(layout_.iterated_levels, h.width());
    std::memcpy(r.data(), h.data(), static_cast<std::size_t>(r.size()) * sizeof(double));
    if (small_.levels() > 0) small_.eliminate(context, small, r);
    Goal goal;
    goal.tolerance = tile.tolerance;
    goal.max_iterations = options_.max_iterations - tile.iterations;
    for (Index k = 0; k < h.width(); ++k) {
      const auto at = static_cast<std::size_t>(k);
      const double explained = small_.levels() > 0 ? given.col(k).dot(small.col(k)) : 0.0;
      goal.columns.push_back({std::max(sides.energy[at] - explained, 0.0), tile.floor[at]});
    }
    const std::lock_guard<std::mutex> lock(solving_);
    if (worn_out_) {
      renew_factors(context);
      tile.ritz.assign(tile.ritz.size(), 0.0);
    }
    const bool with_factors = solver_.M.has_factors();
    const Outcome outcome = solve(context, solver_, goal, r, x);
    if (with_factors && tile.iterations == 0) watch_factors(outcome);
    // A correction that met rounding would add rounding: the column stays as the pass before left it.
    if (tile.iterations > 0) discard(outcome.stalled, x);
    tile.iterations += outcome.iterations;
    for (std::size_t k = 0; k < tile.ritz.size(); ++k) {
      const double ritz = outcome.smallest_ritz[k];
      if (ritz > 0.0) tile.ritz[k] = tile.ritz[k] > 0.0 ? std::min(tile.ritz[k], ritz) : ritz;
    }
    std::memcpy(a.data(), x.data(), static_cast<std::size_t>(x.size()) * sizeof(double));
    if (small_.levels() > 0) {
      small = given - small_.transposed_product(context, x);
      small_.solve(small);
    }
  }
  Eigen::Map<Matrix>(a.data() + layout_.iterated_levels * a.width(), a.width(), layout_.small_levels) =
      small.transpose();
}

// From the residual column itself: what its sums by level still say.
void Engine::bound_errors(const Context& context, Tile& tile, const Passes::Rest& rest) const {
  Matrix small = small_part(rest.check);
  const Matrix given = small;
  small_.solve(small);
  std::vector<double> iterated(static_cast<std::size_t>(rest.check.width()), 0.0);
  if (iterates()) {
    RowBlock r(layout_.iterated_levels, rest.check.width());
    std::memcpy(r.data(), rest.check.data(), static_cast<std::size_t>(r.size()) * sizeof(double));
    if (small_.levels() > 0) small_.eliminate(context, small, r);
    const std::lock_guard<std::mutex> lock(solving_);
    iterated = energies(solver_, r);
  }
  const double safety = iterates() ? ritz_safety(solver_) : 1.0;
  for (std::size_t k = 0; k < iterated.size(); ++k) {
    double square =
        small_.levels() > 0
            ? std::max(given.col(static_cast<Index>(k)).dot(small.col(static_cast<Index>(k))), 0.0)
            : 0.0;
    if (iterated[k] > 0.0) square += iterated[k] / (safety * (tile.ritz[k] > 0.0 ? tile.ritz[k] : 1.0));
    tile.error[k] = std::sqrt(square);
    tile.norm[k] = std::sqrt(rest.after[k]);
  }
}

void Engine::absorb_tile(const Context& context, const Columns& columns, Tile& tile) const {
  Passes::Sides sides = passes_.right_hand_sides(context, columns);
  const auto width = static_cast<std::size_t>(sides.h.width());
  tile.error.assign(width, 0.0);
  tile.norm.assign(width, 0.0);
  tile.ritz.assign(width, 0.0);
  tile.floor.resize(width);
  for (const double square : sides.before) tile.before.push_back(std::sqrt(square));
  for (std::size_t k = 0; k < width; ++k) {
    const double rounding = rounding_before * tile.before[k] + rounding_own * std::sqrt(sides.energy[k]);
    tile.floor[k] = std::max(rounding, tile.share_given * tile.before[k]);
  }
  const bool twice = layout_.n * columns.count <= values_for_second_pass;
  for (int pass = 1; pass <= most_passes; ++pass) {
    context.stop_if_asked();
    RowBlock a(layout_.reduced_levels(), sides.h.width());
    solve_reduced(context, tile, sides, a);
    Passes::Rest rest = passes_.subtract(context, columns, a, sides);
    if (tile.total != nullptr) {
      for (Index i = 0; i < a.size(); ++i) tile.total->data()[i] += a.data()[i];
    }
    bound_errors(context, tile, rest);
    tile.converged = true;
    for (std::size_t k = 0; k < width; ++k) {
      tile.converged = tile.converged &&
                       tile.error[k] <= std::max(tile.tolerance * tile.norm[k], roundings * tile.floor[k]);
    }
    if ((tile.converged && (pass > 1 || !twice)) || tile.iterations >= options_.max_iterations) break;
    sides.h = std::move(rest.check);
    sides.energy = rest.after;
  }
}

AbsorbReport Engine::absorb(const Context& context, const Columns& columns, double tolerance) const {
  const auto start = std::chrono::steady_clock::now();
  AbsorbReport report;
  report.solver = iterates() ? "conjugate gradients" : "exact";
  const Index width = columns_at_once(layout_);
  for (Index first = 0; first < columns.count; first += width) {
    const Columns part{columns.column(first), columns.stride, std::min(width, columns.count - first)};
    Tile tile;
    tile.tolerance = tolerance;
    absorb_tile(context, part, tile);
    report.iterations = std::max(report.iterations, tile.iterations);
    report.converged = report.converged && tile.converged;
    for (Index k = 0; k < part.count; ++k) {
      const auto at = static_cast<std::size_t>(k);
      const double error = tile.error[at] + tile.floor[at];
      report.errors.push_back(error);
      report.error_bound =
          std::max(report.error_bound, error / std::max({tile.norm[at], 1e-3 * tile.before[at], 1e-300}));
    }
  }
  report.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return report;
}

std::vector<Matrix> Engine::reduced_effects(const Context& context, const Columns& columns) const {
  std::vector<Matrix> effects(layout_.reduced().size() + 1);
  for (const Part& part : layout_.reduced()) effects[part.factor].resize(part.levels, columns.count);
  for (Index first = 0; first < columns.count; first += widest_block) {
    const Columns some{columns.column(first), columns.stride, std::min(widest_block, columns.count - first)};
    RowBlock total(layout_.reduced_levels(), padded(some.count));
    Tile tile;
    tile.share_given = options_.tolerance;
    tile.total = &total;
    absorb_tile(context, some, tile);
    if (!tile.converged) return {};
    for (const Part& part : layout_.reduced())
      for (Index l = 0; l < part.levels; ++l)
        for (Index k = 0; k < some.count; ++k)
          effects[part.factor](l, first + k) = total.row(part.offset + l)[k];
  }
  return effects;
}

std::vector<Vector> Engine::effects(const Context& context, const Vector& column) const {
  Vector rest = column;
  RowBlock total(layout_.reduced_levels(), padded(1));
  Tile tile;
  tile.tolerance = options_.tolerance;
  tile.total = &total;
  absorb_tile(context, {rest.data(), rest.size(), 1}, tile);
  std::vector<Vector> effects(layout_.reduced().size() + 1);
  Vector left = column;
  for (const Part& part : layout_.reduced()) {
    Vector& own = effects[part.factor];
    own.resize(part.levels);
    for (Index l = 0; l < part.levels; ++l) own(l) = total.row(part.offset + l)[0];
    for (Index i = 0; i < layout_.n; ++i) left(i) -= own(part.level[i]);
  }
  const Part& e = layout_.eliminated;
  Vector& own = effects[e.factor];
  own = Vector::Zero(e.levels);
  for (Index i = 0; i < layout_.n; ++i)
    own(e.level[i]) += (layout_.w != nullptr ? layout_.w[i] : 1.0) * left(i);
  for (Index l = 0; l < e.levels; ++l) own(l) *= cells_.inverse_d[static_cast<std::size_t>(l)];
  return effects;
}

}  // namespace panelist::engine
