// SPDX-License-Identifier: Apache-2.0
// Least squares on the untreated rows alone, and what it says of the others.
//
//   X = effects, their slopes and controls, X0 its untreated rows, W weights;  G = X0'W X0
//   coefficients of outcomes   G^- X0'W y           prediction of any row  x'b
//   weights on untreated rows  v0 = W X0 G^- X1'w   for given weights w of treated rows:  v0'y0 = w'(X1 b)
// The largest factor a, level and slopes u = (1, x - x_a), is eliminated: with M_a = (sum_a w u u')^- sum_a w u z' the other
// columns z leave S = sum_a sum_i w (z - M_a'u)(z - M_a'u)', which is dense. A row is predictable when its columns lie in
// the row space of X0.
// Errors  policy.too_many_levels
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
  // A factor's columns: of each level those of `values`, 1 and slopes.
  struct Block {
    const Grouping* group = nullptr;
    Matrix values;
    bool intercept = true;
    Index offset = 0;
  };
  // One level of the eliminated factor: means of its slopes, (sum w u u')^- and what of u it does not determine.
  struct LevelFit {
    Vector means;
    Matrix inverse, undetermined;
  };
  struct Solution {
    Matrix eliminated, rest;
  };
  void choose_columns();
  void sort_rows();
  void fit_levels();
  void sum_cross_products();
  void mark_predictable();
  // G^- of sums over rows of x times the entries of `values`.
  [[nodiscard]] Solution solve(const Matrix& values) const;
  [[nodiscard]] Matrix apply(const Solution& solution) const;
  // Adds scale times the other columns of a row.
  void add_row(Index row, double scale, Vector& to) const;
  [[nodiscard]] Vector own_columns(Index row) const;         // u
  [[nodiscard]] Matrix level_projection(Level level) const;  // M
  [[nodiscard]] Vector rest_of_row(Index row, const Matrix& projection) const;

  const ModelFrame& frame_;
  std::vector<bool> treated_, predictable_;
  Vector weights_;  // of untreated rows, zero of treated ones
  Block eliminated_;
  Levels level_of_row_;
  Level levels_ = 1;
  std::vector<std::size_t> rows_, begin_;  // by level of the eliminated factor
  std::vector<LevelFit> level_fits_;
  std::vector<Block> blocks_;  // the other factors
  Matrix controls_;            // centred, at unit length
  Index columns_ = 0;
  Matrix inverse_, null_;
};

}  // namespace panelist
