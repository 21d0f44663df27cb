// SPDX-License-Identifier: Apache-2.0
// Conjugate gradients on the reduced system, never formed: each step passes once over the rows, sorted by the
// eliminated factor.
//
//   S a = h,   preconditioner: the level blocks of each factor
//
// The energy of the error of a is the squared W-norm of the error of the residual column, so that the bound
//   error^2 <= r'M^-1 r / lambda_min(M^-1 S)
// is a bound on the absorbed column; lambda_min is half the smallest Ritz value seen (Lanczos), by this column or by a
// random one: a column may hardly touch the slowest direction, a random one touches all.
#pragma once
#include <vector>

#include "absorb/system/reduced_system.h"

namespace panelist {

struct IterationGoal {
  double squared_norm = 0.0;  // of the column before these iterations
  double tolerance = 1e-10;
  double floor = 0.0;  // smallest error asked for
  int max_iterations = 10000;
};

struct IterationOutcome {
  int iterations = 0;
  bool converged = false;
  double bound = 0.0;          // of the error of the absorbed column
  double smallest_ritz = 0.0;  // known so far; 0 when not
};

class IterativeSystem {
 public:
  IterativeSystem() = default;
  IterativeSystem(const Context& context, const FactorSpaces& spaces, std::size_t eliminated,
                  const Vector& w);

  // h becomes a.
  IterationOutcome solve(const Context& context, Vector& h, const IterationGoal& goal) const;
  // Square root of r'M^-1 r.
  [[nodiscard]] double residual_size(const Vector& r) const;

 private:
  void probe(const Context& context);
  void apply(const Vector& a, Vector& image) const;
  [[nodiscard]] Vector preconditioned(const Vector& r) const;

  const FactorSpaces* spaces_ = nullptr;
  std::size_t eliminated_ = 0;
  std::vector<Index> offsets_;
  Index per_row_ = 0;                 // entries of D_R in a row
  std::vector<std::int32_t> column_;  // rows x per_row, rows sorted by the eliminated factor
  std::vector<double> value_;         // same shape; empty when all are 1
  Vector weight_;                     // sorted; all ones without weights
  Index longest_level_ = 0;
  double probed_ritz_ = 0.0;  // smallest of a random column
};

}  // namespace panelist
