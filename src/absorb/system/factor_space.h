// SPDX-License-Identifier: Apache-2.0
// The columns of D that belong to one factor, and what can be done with them level by level.
//
//   component 0        the level itself (when the factor has its intercept)
//   component 1 ..     slope z = (x - mean of x in the level) / scale; without the intercept z = x / scale
//
// Column of level l and component c: l * components + c. Sums of a level run over its rows in order, by one thread.
#pragma once
#include <string>
#include <vector>

#include "absorb/absorber.h"

namespace panelist {

class FactorSpace {
 public:
  // w is empty or positive; it must outlive this.
  FactorSpace(const AbsorbFactor& factor, const Vector& w);

  [[nodiscard]] Index components() const { return components_; }
  [[nodiscard]] Index columns() const { return components_ * levels_; }
  [[nodiscard]] Index levels() const { return levels_; }
  [[nodiscard]] bool has_intercept() const { return intercept_; }
  [[nodiscard]] bool has_slopes() const { return z_.cols() > 0; }
  [[nodiscard]] const Levels& level() const { return level_; }
  [[nodiscard]] const std::vector<std::int32_t>& rows() const { return rows_; }      // by level
  [[nodiscard]] const std::vector<std::int32_t>& starts() const { return starts_; }  // levels + 1
  // Value of component c in a row.
  [[nodiscard]] double value(Index row, Index c) const {
    if (intercept_) return c == 0 ? 1.0 : z_(row, c - 1);
    return z_(row, c);
  }
  // Levels where a slope adds nothing to the components before it.
  [[nodiscard]] Level redundant_within() const { return redundant_within_; }

  void sums(const Vector& v, Vector& out) const;                    // D'W v
  void solve(Vector& a) const;                                      // (D'WD)^+ a
  void add(const Vector& a, double sign, Vector& v) const;          // v += sign D a
  void project_out(Vector& v, Vector& workspace) const;             // v -= D (D'WD)^+ D'W v
  [[nodiscard]] const Matrix& inverse() const { return inverse_; }  // columns x components: (D'WD)^+ by level
  // Coefficients on level and slopes as given, levels x components.
  [[nodiscard]] Matrix in_given_units(const Vector& a) const;

 private:
  void order_rows();
  void build_slopes(const Matrix& slopes);
  void build_inverse();
  void flatten(Index level, Index slope);
  void sum_level(Index level, const Vector& v, double* out) const;

  Levels level_;
  const Vector& w_;
  Index levels_ = 0;
  Index components_ = 0;
  bool intercept_ = true;
  std::vector<std::int32_t> starts_, rows_;
  Matrix z_;               // n x slopes
  Matrix centre_;          // levels x slopes
  Vector scale_;           // slopes
  Vector inverse_weight_;  // levels: 1 / sum of weights
  Matrix inverse_;         // empty without slopes
  Level redundant_within_ = 0;
};

}  // namespace panelist
