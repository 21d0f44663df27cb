// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/block_conjugate_gradients.h"

#include <cmath>

#include "absorb/engine/kernels.h"
#include "absorb/engine/ritz.h"

namespace panelist::engine {
namespace {

// Steps before the rate of convergence says anything.
constexpr int steps_before_judging = 5;
constexpr int steps_between_judgements = 4;
// Finding out what factors cost takes about as long as a few steps.
constexpr double steps_not_worth_a_look = 3.0;
// Iterations with a factor come to about this many steps.
constexpr double steps_with_factors = 15.0;
// What is left of the squared residual below this share is rounding: more steps would follow null vectors.
constexpr double rounding_share = 1e-26;

// One column of the block.
struct Column {
  bool active = false, stalled = false;
  double rho = 0.0, best = 0.0, negligible = 0.0;
  double squared_norm = 0.0;   // of the absorbed column at the present x
  std::vector<double> energy;  // removed by each step since the last start
  Lanczos lanczos;
  double ritz = 0.0;
  int waited = 0;
};

using Lanes = std::vector<double>;

class BlockSolution {
 public:
  BlockSolution(const Context& context, Solver& solver, const Goal& goal, RowBlock& r, RowBlock& x)
      : context_(context),
        solver_(solver),
        goal_(goal),
        r_(r),
        x_(x),
        width_(static_cast<int>(r.width())),
        z_(r.rows(), r.width()),
        p_(r.rows(), r.width()),
        q_(r.rows(), r.width()),
        columns_(static_cast<std::size_t>(r.width())) {
    for (int k = 0; k < width_; ++k)
      columns_[static_cast<std::size_t>(k)].squared_norm =
          goal.columns[static_cast<std::size_t>(k)].squared_norm;
  }

  Outcome run() {
    Outcome outcome;
    start();
    while (any_active() && outcome.iterations < goal_.max_iterations) {
      context_.stop_if_asked();
      step();
      ++outcome.iterations;
      ++steps_;
      if (any_active() && wants_factors()) buy_factors();
    }
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      Column& column = columns_[k];
      if (column.active) column.ritz = smallest_ritz(column, goal_.columns[k]);
      outcome.converged = outcome.converged && !column.active && !column.stalled;
      outcome.smallest_ritz.push_back(column.ritz);
      outcome.stalled.push_back(column.stalled);
    }
    return outcome;
  }

 private:
  [[nodiscard]] bool any_active() const {
    return std::any_of(columns_.begin(), columns_.end(), [](const Column& c) { return c.active; });
  }

  void start() {
    solver_.precondition(context_, r_, z_);
    std::memcpy(p_.data(), z_.data(), static_cast<std::size_t>(z_.size()) * sizeof(double));
    const Lanes rho = products(context_, r_, z_);
    for (int k = 0; k < width_; ++k) {
      Column& column = columns_[static_cast<std::size_t>(k)];
      const bool first = steps_ == 0 && !restarted_;
      column.rho = column.best = rho[static_cast<std::size_t>(k)];
      column.negligible = rounding_share * rho[static_cast<std::size_t>(k)];
      column.energy.clear();
      column.lanczos.clear();
      column.waited = 0;
      // A residual below the floor is rounding: steps after it would only go along null vectors.
      const ColumnGoal& goal = goal_.columns[static_cast<std::size_t>(k)];
      const double share = goal.known_ritz > 0.0 ? ritz_safety(solver_) * goal.known_ritz : 1.0;
      if (first)
        column.active =
            column.squared_norm > 0.0 && rho[static_cast<std::size_t>(k)] > share * goal.floor * goal.floor;
    }
    steps_ = 0;
  }

  void step() {
    solver_.apply(context_, p_, q_);
    const Lanes pq = products(context_, p_, q_);
    Lanes alpha(columns_.size(), 0.0), beta(columns_.size(), 0.0);
    for (int k = 0; k < width_; ++k)
      alpha[static_cast<std::size_t>(k)] =
          step_length(columns_[static_cast<std::size_t>(k)], pq[static_cast<std::size_t>(k)]);
    take_step(context_, alpha, p_, q_, x_, r_);
    solver_.precondition(context_, r_, z_);
    const Lanes rho = products(context_, r_, z_);
    for (int k = 0; k < width_; ++k) {
      Column& column = columns_[static_cast<std::size_t>(k)];
      if (!column.active) continue;
      beta[static_cast<std::size_t>(k)] = rho[static_cast<std::size_t>(k)] / column.rho;
      advance(column, alpha[static_cast<std::size_t>(k)], beta[static_cast<std::size_t>(k)],
              rho[static_cast<std::size_t>(k)]);
      judge(column, goal_.columns[static_cast<std::size_t>(k)]);
      if (!column.active) beta[static_cast<std::size_t>(k)] = 0.0;
    }
    turn_direction(context_, beta, z_, p_);
  }

  static double step_length(Column& column, double pq) {
    if (!column.active) return 0.0;
    if (pq > 0.0) return column.rho / pq;
    column.active = false;
    column.stalled = column.rho > 0.0;
    return 0.0;
  }

  static void advance(Column& column, double alpha, double beta, double rho) {
    const double energy = alpha * column.rho;
    column.energy.push_back(energy);
    column.squared_norm = std::max(column.squared_norm - energy, 0.0);
    if (rho > column.negligible) column.lanczos.add(alpha, beta);
    column.rho = rho;
    column.waited = rho < 0.9 * column.best ? 0 : column.waited + 1;
    column.best = std::min(column.best, rho);
  }

  [[nodiscard]] double wanted(const Column& column, const ColumnGoal& goal) const {
    const double share = goal_.tolerance * std::sqrt(column.squared_norm);
    return std::max(share, goal.floor);
  }

  static double smallest_ritz(const Column& column, const ColumnGoal& goal) {
    const double own = column.lanczos.smallest_ritz();
    return goal.known_ritz > 0.0 ? std::min(own, goal.known_ritz) : own;
  }

  // Converged, stalled, or on.
  void judge(Column& column, const ColumnGoal& goal) {
    const double target = wanted(column, goal);
    if (column.rho <= column.negligible) {
      column.ritz = smallest_ritz(column, goal);
      column.active = false;
      return;
    }
    if (column.rho <= target * target || column.rho <= 0.0) {
      column.ritz = smallest_ritz(column, goal);
      if (column.rho <= ritz_safety(solver_) * column.ritz * target * target) column.active = false;
    }
    if (goal.most_steps > 0 && steps_ >= goal.most_steps) {
      column.ritz = smallest_ritz(column, goal);
      column.active = false;
    }
    if (!column.active || column.waited < solver_.patience()) return;
    column.ritz = smallest_ritz(column, goal);
    column.active = false;
    column.stalled = true;
  }

  // Steps that the slowest column still needs at its present rate.
  [[nodiscard]] double steps_left() const {
    double most = 0.0;
    for (int k = 0; k < width_; ++k) {
      const Column& column = columns_[static_cast<std::size_t>(k)];
      if (!column.active) continue;
      const auto& energy = column.energy;
      const std::size_t last = energy.size() - 1;
      const double ratio = std::pow(energy[last] / energy[last - 3], 1.0 / 3.0);
      if (!(ratio < 0.999)) return 1e4;
      const double rest = energy[last] * ratio / (1.0 - ratio);
      const double target = wanted(column, goal_.columns[static_cast<std::size_t>(k)]);
      most = std::max(most, std::log(std::max(rest / (target * target), 1.0)) / -std::log(ratio));
    }
    return most;
  }

  [[nodiscard]] bool wants_factors() {
    if (solver_.has_factors() || declined_ || steps_ < steps_before_judging) return false;
    if ((steps_ - steps_before_judging) % steps_between_judgements != 0) return false;
    const double left = steps_left();
    if (left <= steps_not_worth_a_look) return false;
    const Solver::Price price = solver_.price_of_factors();
    const double lanes = static_cast<double>(width_) / lane_width;
    const double own = solver_.cost() * lanes;
    const double predicted = left * own;
    const double with_factors = price.build + steps_with_factors * lanes * price.step;
    return predicted > with_factors || static_cast<double>(steps_) * own > with_factors;
  }

  void buy_factors() {
    solver_.add_factors(context_);
    declined_ = !solver_.has_factors();
    restarted_ = true;
    start();
  }

  const Context& context_;
  Solver& solver_;
  const Goal& goal_;
  RowBlock &r_, &x_;
  const int width_;
  RowBlock z_, p_, q_;
  std::vector<Column> columns_;
  int steps_ = 0;
  bool restarted_ = false, declined_ = false;
};

}  // namespace

double ritz_safety(const Solver& solver) { return solver.has_factors() ? 0.5 : 0.25; }

std::vector<double> energies(const Context& context, const Solver& solver, const RowBlock& r) {
  RowBlock z(r.rows(), r.width());
  solver.precondition(context, r, z);
  return products(context, r, z);
}

Outcome solve(const Context& context, Solver& solver, const Goal& goal, RowBlock& r, RowBlock& x) {
  return BlockSolution(context, solver, goal, r, x).run();
}

}  // namespace panelist::engine
