// SPDX-License-Identifier: Apache-2.0
// Randomisation inference: the values of one regressor are handed around among groups (units, clusters), and the model
// is estimated again with each assignment.
//
//   H0 (sharp): the term has no effect on any row;  T = b, or t = b / se with clustered errors
//   p two-sided = (1 + #{|T*| >= |T|}) / (B + 1);  p greater, p less: the same of T* >= T, T* <= T
//   ties from (1 - 1e-10) |T| on; B replicates drawn with repetition
// A term that is constant within groups moves as one value. One that is not moves as a path: group g takes the values
// of another group at the same times, so each group needs one row at each time.
// How: with y' the outcome less effects and other regressors, b* = z*'W y' / z*'W z*, z* the permuted term less both:
// only z* is absorbed anew, in batches; the other regressors are taken out by an orthonormal basis.
// Errors  infer.least_squares_only infer.one_cluster infer.no_variance infer.unmatched_permutation
//         infer.group_across usage.not_available infer.unknown_term
// Cost    B absorptions of one column
// Source  Fisher (1935); Young (2019), QJE 134(2); MacKinnon & Webb (2020), J. Econometrics 218(2)
// Agrees  a loop of refits on the permuted data (tests/infer)
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "formula/formula.h"
#include "infer/inference.h"

namespace panelist {

struct RandomisationSpec {
  std::string term;
  const Grouping* group = nullptr;   // what is assigned
  const Grouping* within = nullptr;  // groups change places inside these only; null: everywhere
  std::int64_t reps = 999;
  bool studentised = false;  // T = t
};

struct Randomisation {
  double statistic = missing_value;  // T
  double p_two_sided = missing_value, p_greater = missing_value, p_less = missing_value;
  std::int64_t undefined = 0;  // replicates whose term is spanned by effects and regressors
  Vector statistics;           // by replicate; missing where undefined
};

// A regression with other columns in the place of one term.
class ReplacedTerm {
 public:
  ReplacedTerm(const Fit& fit, Index position);

  // Columns less effects and the other regressors; those that nothing is left of become missing.
  [[nodiscard]] Matrix partialled(const Context& context, Matrix columns) const;
  // b of each column in place of the term; missing where effects and regressors span it.
  [[nodiscard]] Vector estimates(const Context& context, Matrix columns) const;
  // b of a partialled column, and z'W z.
  [[nodiscard]] double estimate(const Eigen::Ref<const Vector>& column, double* square = nullptr) const;
  [[nodiscard]] const Vector& outcome() const { return y_; }  // y'
  [[nodiscard]] const Vector& weights() const { return weights_; }

 private:
  void remove_others(Matrix& columns) const;
  const Fit& fit_;
  Matrix basis_;  // of the other regressors: Q'W Q = I
  Vector weights_, y_;
};

// Shares of draws at least as far out, the statistic itself among them; missing without a draw that is defined.
struct RandomisationShares {
  double two_sided = missing_value, greater = missing_value, less = missing_value;
  Index defined = 0;
};
RandomisationShares randomisation_shares(double statistic, const Vector& draws);

Randomisation randomise(const Context& context, const Fit& fit, const RandomisationSpec& spec);
// Other regressors that read a column of the term (its square, its products, its lags): they keep their values while the
// term's are handed around, so that H0 is about the term beside them, not about the variable.
std::vector<std::string> terms_that_stay(const Formula& formula, const std::string& term);
// Which group's values each group takes in a replicate; `stratum` is by group.
std::vector<Level> permuted_groups(const Context& context, const std::vector<Level>& stratum,
                                   std::int64_t replicate);

}  // namespace panelist
