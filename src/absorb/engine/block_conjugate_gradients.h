// SPDX-License-Identifier: Apache-2.0
// Preconditioned conjugate gradients on the reduced operator: each column has its own recurrence, all share the passes.
//
//   A x = r,   energy of the error of x = squared W-norm of the error of the absorbed column
//   error^2 <= r'M^-1 r / (safety * smallest Ritz value of M^-1 A)
//
// Starts with the diagonal. Where the energy removed per step says that many steps are left, the reduced matrix is
// formed if it is small and factors of the slow graphs are bought: as soon as the steps predicted cost more than the
// factors do, and in any case before the steps done have cost twice as much (ski rental). Costs are counted in
// entries touched, never in seconds, so that a run repeats bit for bit.
#pragma once
#include <vector>

#include "absorb/engine/row_block.h"
#include "base/context.h"

namespace panelist::engine {

struct ColumnGoal {
  double squared_norm = 0.0;  // of the column before these steps (e and the small factors taken out)
  double floor = 0.0;         // smallest error worth asking for
  int most_steps = 0;         // after which it is left as it is; 0: no such
  double known_ritz = 0.0;    // smallest seen before; 0: none
};

struct Goal {
  std::vector<ColumnGoal> columns;  // one a lane; padding has squared_norm 0
  double tolerance = 1e-8;          // error wanted, as a share of the column's own norm after absorption
  int max_iterations = 10000;
};

struct Outcome {
  int iterations = 0;
  bool converged = true;
  std::vector<double> smallest_ritz;  // per lane; 0: not known
  std::vector<bool> stalled;          // per lane: rounding was met before the goal
};

// A system as conjugate gradients see it: operator and preconditioner. Lasts between its solutions.
class Solver {
 public:
  Solver() = default;
  Solver(const Solver&) = delete;
  Solver& operator=(const Solver&) = delete;
  virtual ~Solver() = default;

  virtual void apply(const Context& context, const RowBlock& u, RowBlock& out) const = 0;       // A u
  virtual void precondition(const Context& context, const RowBlock& r, RowBlock& z) const = 0;  // M^-1 r
  // Entries that one application of A touches.
  [[nodiscard]] virtual double cost() const = 0;

  // Factors in place of the diagonal.
  [[nodiscard]] virtual bool has_factors() const = 0;
  struct Price {
    double build = 0.0, step = 0.0;  // entries touched, per four columns
  };
  virtual Price price_of_factors() = 0;
  // May find that none serve: has_factors() stays false.
  virtual void add_factors(const Context& context) = 0;
  // Renews factors made under other weights that have done badly. True when it did.
  virtual bool renew_worn_factors(const Context& context) = 0;
  // How the first solution with the present factors went.
  virtual void watch_factors(const Outcome& outcome) = 0;
  // A column may hardly touch the slowest direction: whether a random one goes along to find it.
  [[nodiscard]] virtual bool wants_probe() const { return false; }
  // A column that has not come nearer in so many steps has met rounding.
  [[nodiscard]] virtual int patience() const { return has_factors() ? 60 : 600; }
};

// r becomes what is left of it; x is added to.
Outcome solve(const Context& context, Solver& solver, const Goal& goal, RowBlock& r, RowBlock& x);
// Square of the error that residual r stands for, per lane: r'M^-1 r.
std::vector<double> energies(const Context& context, const Solver& solver, const RowBlock& r);
// Share of the smallest Ritz value that is taken as a bound from below of the smallest eigenvalue.
double ritz_safety(const Solver& solver);

}  // namespace panelist::engine
