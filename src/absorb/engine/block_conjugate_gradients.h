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
#include "absorb/engine/preconditioner.h"

namespace panelist::engine {

struct ColumnGoal {
  double squared_norm = 0.0;  // of the column before these steps (e and the small factors taken out)
  double floor = 0.0;         // smallest error worth asking for
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

// What lasts between solutions of one system.
struct Solver {
  const Layout* layout = nullptr;
  const Cells* cells = nullptr;
  ReducedOperator A;
  Preconditioner M;
  bool sized = false;
  SchurSize size;
};

// r becomes what is left of it; x is added to.
Outcome solve(const Context& context, Solver& solver, const Goal& goal, RowBlock& r, RowBlock& x);
// Square of the error that residual r stands for, per lane: r'M^-1 r.
std::vector<double> energies(const Solver& solver, const RowBlock& r);
// Share of the smallest Ritz value that is taken as a bound from below of the smallest eigenvalue.
double ritz_safety(const Solver& solver);

}  // namespace panelist::engine
