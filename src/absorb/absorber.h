// SPDX-License-Identifier: Apache-2.0
// Absorbing fixed effects: the residual of columns on a set of factors under weights.
//
//   v~ = v - D a,   a = argmin || W^(1/2) (v - D a) ||,   D = dummies (and slopes) of all factors
//
// Built once for a set of factors and weights, used for many columns. Factors are given by level ids per row; a factor
// may carry slope variables (levels x slopes) with or without the level itself. The largest factor is eliminated; where
// few columns are left the rest is a dense system with an explicit rank (system/). Otherwise conjugate gradients, until
// the bound on the error of every column falls below `tolerance` of its norm (engine/).
// Degrees of freedom: `levels` of each factor and `redundant`, the levels that the factors before it (in order) already
// span; sum(levels) - sum(redundant) is the exact rank of D. Two factors: connected components. More: conditions on the
// cycles of their graph (engine/rank.h), or the rank of the dense system; where neither can be had, the pairwise bound.
// `exact` says which.
// Errors  absorb(): none; non-convergence is reported (converged = false). absorb_or_throw(): estimate.not_converged
// Cost    two passes over the rows for all columns, and the reduced system between them.
// Source  Correia (2016); Gaure (2013); Kyng and Sachdeva (2016); Gao, Kyng and Spielman (2023)
// Agrees  dense QR on random graphs (tests/absorb), fixest and reghdfe degrees of freedom
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "base/context.h"
#include "linalg/levels.h"
#include "linalg/matrix.h"

namespace panelist {

struct AbsorbFactor {
  std::string name;
  Levels level;  // n ids, 0 .. n_levels-1, every level occurs
  Level n_levels = 0;
  Matrix slopes;          // n x s, s = 0 for none
  bool intercept = true;  // false: slopes only
};

struct AbsorbOptions {
  double tolerance = 1e-9;  // relative error of each absorbed column
  int max_iterations = 10000;
  Index dense_levels = 1024;  // largest reduced system solved exactly
};

struct AbsorbReport {
  std::string solver;  // "none" "exact" "conjugate gradients"
  int iterations = 0;
  bool converged = true;
  double error_bound = 0.0;    // largest relative error bound over the columns
  std::vector<double> errors;  // bound of the error of each absorbed column, W-norm; 0: solved exactly
  double seconds = 0.0;
};

struct FactorDegrees {
  std::string name;
  Level levels = 0;  // columns of the factor in D (levels x (1 + slopes))
  Level redundant = 0;
  bool exact = true;
};

class Absorber {
 public:
  // w is empty (all ones) or n positive weights. No factors: absorb() does nothing.
  Absorber(const Context& context, std::vector<AbsorbFactor> factors, Vector w,
           const AbsorbOptions& options = {});
  ~Absorber();
  Absorber(Absorber&&) noexcept;
  Absorber& operator=(Absorber&&) noexcept;

  // Replaces each column by its residual.
  [[nodiscard]] AbsorbReport absorb(const Context& context, Eigen::Ref<Matrix> columns) const;
  // The same to another tolerance. A column already absorbed under other weights is a warm start: its residual is that
  // of the column it came from.
  [[nodiscard]] AbsorbReport absorb(const Context& context, Eigen::Ref<Matrix> columns,
                                    double tolerance) const;
  // The same for what stands on an estimate: throws where an error of more than a millionth of a column is left. (What is
  // computed from two such columns is then off by a millionth of a millionth.)
  void absorb_or_throw(const Context& context, Eigen::Ref<Matrix> columns, double tolerance = 1e-9) const;
  // Other positive weights (n, or empty for ones) for the same rows and levels. Degrees of freedom stay.
  void reweight(const Context& context, Vector w);
  // The coefficients a of one column (already the part to be explained by the effects), per factor: levels x
  // (intercept + slopes). Normalised as: the first factor free, the mean of every later one zero in each
  // component.
  [[nodiscard]] std::vector<Matrix> effects(const Context& context, const Vector& column) const;

  [[nodiscard]] const std::vector<FactorDegrees>& degrees() const;
  [[nodiscard]] Index rank() const;  // sum of levels - redundant
  [[nodiscard]] std::size_t factors() const;
  // As given: what else is asked of the same effects starts from them.
  [[nodiscard]] const std::vector<AbsorbFactor>& given_factors() const;
  [[nodiscard]] const Vector& weights() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Every level of `inner` lies within one level of `outer`.
bool nested(const Levels& inner, const Levels& outer, Level inner_levels);
// Connected components of the bipartite graph of two factors.
Level connected_components(const Levels& a, const Levels& b, Level a_levels, Level b_levels);

}  // namespace panelist
