// SPDX-License-Identifier: Apache-2.0
// Least squares on the untreated rows alone, and what it says of the others.
//
//   X = effects and controls, X0 its untreated rows, W weights;  G = X0'W X0
//   coefficients of outcomes   G^- X0'W y           prediction of any row  x'b
//   weights on untreated rows  v0 = W X0 G^- X1'w   for given weights w of treated rows:  v0'y0 = w'(X1 b)
// The largest factor a is eliminated: S = sum_a sum_i w (z - z_a)(z - z_a)' over the other columns z, which is dense. A row is
// predictable when its columns lie in the row space of X0.
// Errors  policy.slopes .too_many_levels
// Cost    rows times the square of the columns a level meets, and the cube of the other columns
#pragma once
#include "policy/event/design.h"

namespace panelist {

class UntreatedModel {
 public:
  UntreatedModel(const ModelFrame& frame, const std::vector<bool>& treated);

  // By row of the frame: x'b of the regression of `outcome` on its untreated rows.
  [[nodiscard]] Vector predicted(const Vector& outcome) const;
  // By row and column of `weights` (zero on untreated rows): v0 on untreated rows, zero on treated ones.
  [[nodiscard]] Matrix weights_on_untreated(const Matrix& weights) const;
  [[nodiscard]] const std::vector<bool>& predictable() const { return predictable_; }

 private:
  struct Solution {
    Matrix eliminated, rest;
  };
  void choose_columns();
  void sum_cross_products();
  void mark_predictable();
  // G^- of sums over rows of x times the entries of `values`.
  [[nodiscard]] Solution solve(const Matrix& values) const;
  [[nodiscard]] Matrix apply(const Solution& solution) const;
  // Adds scale times the other columns of a row.
  void add_row(Index row, double scale, Vector& to) const;
  [[nodiscard]] Vector level_means(Level level) const;

  const ModelFrame& frame_;
  std::vector<bool> treated_, predictable_;
  Vector weights_;  // of untreated rows, zero of treated ones
  Levels eliminated_;
  Level levels_ = 1;
  std::vector<std::size_t> rows_, begin_;  // by level of the eliminated factor
  std::vector<const Grouping*> factors_;   // the others
  std::vector<Index> offsets_;
  Matrix controls_;  // centred, at unit length
  Index columns_ = 0;
  Vector level_weight_;
  Matrix inverse_, null_;
};

}  // namespace panelist
