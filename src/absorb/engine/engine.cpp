// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/engine.h"

#include <chrono>
#include <cmath>

#include "base/random.h"

namespace panelist::engine {
namespace {

constexpr int most_passes = 4;
// Up to this many values a second pass costs nothing and takes the rounding error out of the first.
constexpr Index values_for_second_pass = 200000;
// Errors below this share of a column's size are rounding.
constexpr double rounding_before = 1.6e-15;
constexpr double rounding_own = 1e-13;
// A few roundings add up: an error of so many floors is still rounding.
constexpr double roundings = 4.0;
constexpr std::size_t bytes_taken_at_once = 256 * 1024;

void discard(const std::vector<bool>& lanes, RowBlock& x) {
  for (std::size_t k = 0; k < lanes.size(); ++k) {
    if (!lanes[k]) continue;
    for (Index i = 0; i < x.rows(); ++i) x.row(i)[k] = 0.0;
  }
}

// A random column goes along with those of the data until it comes this near: its Ritz values have settled then.
constexpr double probe_tolerance = 1e-6;
constexpr int probe_iterations = 1000;

// Coefficients of the columns taken together should stay in a second-level cache: where they do not, fetching them
// costs more than going over the ids once more.
Index lanes_at_once(const Layout& layout) {
  const std::size_t bytes = static_cast<std::size_t>(layout.reduced_levels() * widest_block) * sizeof(double);
  return bytes <= bytes_taken_at_once ? widest_block : Index{lane_width};
}

bool has_slopes(const std::vector<AbsorbFactor>& factors) {
  return std::any_of(factors.begin(), factors.end(),
                     [](const AbsorbFactor& f) { return !f.intercept || f.slopes.cols() > 0; });
}

// A random column of the system, in the first lane of those that carry no column of the data.
ColumnGoal add_probe(const Context& context, const Solver& solver, Index lane, RowBlock& r) {
  Random random(20260101, "probe", 0);
  RowBlock u(r.rows(), lane_width), h(r.rows(), lane_width);
  for (Index i = 0; i < u.rows(); ++i) u.row(i)[0] = random.normal();
  solver.apply(context, u, h);
  double energy = 0.0;
  for (Index i = 0; i < h.rows(); ++i) {
    energy += u.row(i)[0] * h.row(i)[0];
    r.row(i)[lane] = h.row(i)[0];
  }
  energy = std::max(energy, 0.0);
  return {energy, probe_tolerance * std::sqrt(energy), probe_iterations};
}

// The smallest of all lanes is the bound of each: they share the operator.
void share_smallest(std::vector<double>& ritz) {
  double smallest = 0.0;
  for (const double value : ritz)
    if (value > 0.0) smallest = smallest > 0.0 ? std::min(smallest, value) : value;
  std::fill(ritz.begin(), ritz.end(), smallest);
}

// 0: none seen yet.
void keep_smallest(const std::vector<double>& seen, std::vector<double>& ritz) {
  for (std::size_t k = 0; k < ritz.size(); ++k)
    if (seen[k] > 0.0) ritz[k] = ritz[k] > 0.0 ? std::min(ritz[k], seen[k]) : seen[k];
}

}  // namespace

// The work on up to widest_block columns.
struct Engine::Tile {
  Index columns = 0;
  double tolerance = 0;
  double share_given = 0;  // errors below this share of a column as given are not asked for
  int iterations = 0;
  bool converged = true;
  bool probed = false;
  std::vector<double> error;   // bound of the error of each column, W-norm
  std::vector<double> norm;    // of each absorbed column
  std::vector<double> before;  // of each column as given
  std::vector<double> floor;   // smallest error worth asking for
  std::vector<double> ritz;    // smallest seen, per lane; 0: none
  RowBlock* total = nullptr;   // sum of the reduced coefficients, when wanted
};

Engine::Engine(const Context& context, const std::vector<AbsorbFactor>& factors, const Vector& w,
               const AbsorbOptions& options)
    : system_(has_slopes(factors) ? sloped_system(context, factors, w, options.dense_levels)
                                  : plain_system(context, factors, w, options.dense_levels)),
      options_(options) {}

void Engine::reweight(const Context& context, const Vector& w) { system_->reweight(context, w); }

// One lane is left to the probe.
Index Engine::columns_at_once() const {
  return lanes_at_once(layout()) - (iterates() && system_->solver()->wants_probe() ? 1 : 0);
}

Matrix Engine::small_part(const RowBlock& h) const {
  return Eigen::Map<const Matrix>(h.data() + layout().iterated_levels * h.width(), h.width(),
                                  layout().small_levels)
      .transpose();
}

// What is asked of each column: the smaller the part that the small factors leave, the less.
Goal Engine::goal_of(const Tile& tile, const Passes::Sides& sides, const Matrix& given,
                     const Matrix& small) const {
  Goal goal;
  goal.tolerance = tile.tolerance;
  goal.max_iterations = options_.max_iterations - tile.iterations;
  for (Index k = 0; k < given.cols(); ++k) {
    const auto at = static_cast<std::size_t>(k);
    const double explained = system_->small().levels() > 0 ? given.col(k).dot(small.col(k)) : 0.0;
    goal.columns.push_back({std::max(sides.energy[at] - explained, 0.0), tile.floor[at]});
    goal.columns.back().known_ritz = tile.iterations > 0 && tile.probed ? tile.ritz[at] : 0.0;
  }
  return goal;
}

// x solves the iterated part for r, which is used up.
void Engine::iterate(const Context& context, Tile& tile, Goal goal, RowBlock& r, RowBlock& x) const {
  const std::lock_guard<std::mutex> lock(solving_);
  Solver& solver = *system_->solver();
  const bool first = tile.iterations == 0;
  const bool probes = solver.wants_probe() && first;
  if (probes)
    goal.columns[static_cast<std::size_t>(tile.columns)] = add_probe(context, solver, tile.columns, r);
  if (solver.renew_worn_factors(context)) tile.ritz.assign(tile.ritz.size(), 0.0);
  const bool with_factors = solver.has_factors();
  const Outcome outcome = solve(context, solver, goal, r, x);
  if (with_factors && first) solver.watch_factors(outcome);
  if (probes) {
    std::vector<bool> probe(outcome.stalled.size(), false);
    probe[static_cast<std::size_t>(tile.columns)] = true;
    discard(probe, x);
  }
  // A correction that met rounding would add rounding: the column stays as the pass before left it.
  if (!first) discard(outcome.stalled, x);
  tile.iterations += outcome.iterations;
  keep_smallest(outcome.smallest_ritz, tile.ritz);
  tile.probed = tile.probed || probes;
  if (tile.probed) share_smallest(tile.ritz);
}

// a solves the reduced system for sides.h, which is used up.
void Engine::solve_reduced(const Context& context, Tile& tile, Passes::Sides& sides, RowBlock& a) const {
  RowBlock& h = sides.h;
  const Matrix given = small_part(h);
  Matrix small = given;
  const bool has_small = system_->small().levels() > 0;
  system_->small().solve(small);
  if (iterates()) {
    RowBlock r(layout().iterated_levels, h.width()), x(layout().iterated_levels, h.width());
    std::memcpy(r.data(), h.data(), static_cast<std::size_t>(r.size()) * sizeof(double));
    if (has_small) system_->small().eliminate(context, small, r);
    iterate(context, tile, goal_of(tile, sides, given, small), r, x);
    std::memcpy(a.data(), x.data(), static_cast<std::size_t>(x.size()) * sizeof(double));
    if (has_small) {
      small = given - system_->small().transposed_product(context, x);
      system_->small().solve(small);
    }
  }
  Eigen::Map<Matrix>(a.data() + layout().iterated_levels * a.width(), a.width(), layout().small_levels) =
      small.transpose();
}

// From the residual column itself: what its sums by level still say.
void Engine::bound_errors(const Context& context, Tile& tile, const Passes::Rest& rest) const {
  Matrix small = small_part(rest.check);
  const Matrix given = small;
  system_->small().solve(small);
  std::vector<double> iterated(static_cast<std::size_t>(rest.check.width()), 0.0);
  if (iterates()) {
    RowBlock r(layout().iterated_levels, rest.check.width());
    std::memcpy(r.data(), rest.check.data(), static_cast<std::size_t>(r.size()) * sizeof(double));
    if (system_->small().levels() > 0) system_->small().eliminate(context, small, r);
    const std::lock_guard<std::mutex> lock(solving_);
    iterated = energies(context, *system_->solver(), r);
  }
  const double safety = iterates() ? ritz_safety(*system_->solver()) : 1.0;
  for (std::size_t k = 0; k < iterated.size(); ++k) {
    double square =
        system_->small().levels() > 0
            ? std::max(given.col(static_cast<Index>(k)).dot(small.col(static_cast<Index>(k))), 0.0)
            : 0.0;
    if (iterated[k] > 0.0) square += iterated[k] / (safety * (tile.ritz[k] > 0.0 ? tile.ritz[k] : 1.0));
    tile.error[k] = std::sqrt(square);
    tile.norm[k] = std::sqrt(rest.after[k]);
  }
}

void Engine::absorb_tile(const Context& context, const Columns& columns, Tile& tile) const {
  Passes::Sides sides = system_->right_hand_sides(context, columns);
  const auto width = static_cast<std::size_t>(sides.h.width());
  tile.columns = columns.count;
  tile.error.assign(width, 0.0);
  tile.norm.assign(width, 0.0);
  tile.ritz.assign(width, 0.0);
  tile.floor.resize(width);
  for (const double square : sides.before) tile.before.push_back(std::sqrt(square));
  for (std::size_t k = 0; k < width; ++k) {
    const double rounding = rounding_before * tile.before[k] + rounding_own * std::sqrt(sides.energy[k]);
    tile.floor[k] = std::max(rounding, tile.share_given * tile.before[k]);
  }
  const bool twice = layout().n * columns.count <= values_for_second_pass;
  for (int pass = 1; pass <= most_passes; ++pass) {
    context.stop_if_asked();
    RowBlock a(layout().reduced_levels(), sides.h.width());
    solve_reduced(context, tile, sides, a);
    Passes::Rest rest = system_->subtract(context, columns, a, sides);
    if (tile.total != nullptr) {
      if (tile.total->size() == 0) *tile.total = RowBlock(a.rows(), a.width());
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
  const Index width = columns_at_once();
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
  std::vector<Matrix> effects(layout().reduced().size() + 1);
  for (const Part& part : layout().reduced()) effects[part.factor].resize(part.columns(), columns.count);
  const Index width = widest_block - (columns_at_once() % lane_width == 0 ? 0 : 1);
  for (Index first = 0; first < columns.count; first += width) {
    const Columns some{columns.column(first), columns.stride, std::min(width, columns.count - first)};
    RowBlock total;
    Tile tile;
    tile.share_given = options_.tolerance;
    tile.total = &total;
    absorb_tile(context, some, tile);
    if (!tile.converged) return {};
    for (const Part& part : layout().reduced())
      for (Index l = 0; l < part.columns(); ++l)
        for (Index k = 0; k < some.count; ++k)
          effects[part.factor](l, first + k) = total.row(part.offset + l)[k];
  }
  return effects;
}

std::vector<Matrix> Engine::effects(const Context& context, const Vector& column) const {
  Vector rest = column;
  RowBlock total;
  Tile tile;
  tile.tolerance = options_.tolerance;
  tile.total = &total;
  absorb_tile(context, {rest.data(), rest.size(), 1}, tile);
  return system_->effects(column, total);
}

}  // namespace panelist::engine
