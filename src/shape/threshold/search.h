// SPDX-License-Identifier: Apache-2.0
// The search for thresholds in cross products: W holds x 1{q <= g}, a column a candidate g, after effects, controls and x
// itself are out of it. With c = W'y any set of thresholds has S = y'My - c_S' G_SS^-1 c_S, G = W'W.
#pragma once
#include <optional>
#include <vector>

#include "base/context.h"
#include "estimate/fit.h"

namespace panelist {

struct Candidates {
  std::vector<double> value;   // ascending
  std::vector<Index> rows_to;  // rows with q <= value
  Index rows = 0, least = 1;   // all rows; those that every regime needs
};
// Values of q that leave `least` rows on either side, at most `grid` of them, evenly by rank.
Candidates candidates_of(const Vector& q, double trim, int grid);

// What is left of columns after the effects and regressors of a fit.
class Residualiser {
 public:
  explicit Residualiser(const Fit& fit);
  void operator()(const Context& context, Eigen::Ref<Matrix> columns) const;

 private:
  const Absorber* absorber_;
  Matrix basis_;  // orthonormal, of the regressors
};

class ThresholdSearch {
 public:
  ThresholdSearch(const Context& context, const Residualiser& residual, const Vector& x, const Vector& q,
                  Candidates candidates);

  // Products of an outcome that is already residualised.
  struct Outcome {
    Vector products;
    double ssr = 0;  // without thresholds
  };
  [[nodiscard]] Outcome outcome(const Vector& y) const;
  // Sum of squares by candidate beside the thresholds chosen; infinite where a regime would be too small.
  [[nodiscard]] Vector profile(const Outcome& outcome, const std::vector<Index>& chosen) const;
  // The set of `count` thresholds found in turn with refinement, and the S of every step; nothing where none fits.
  struct Found {
    std::vector<Index> chosen;  // ascending
    double ssr = 0;
  };
  [[nodiscard]] std::optional<Found> find(const Outcome& outcome, int count) const;
  // Coefficients of the chosen columns.
  [[nodiscard]] Vector coefficients(const Outcome& outcome, const std::vector<Index>& chosen) const;
  [[nodiscard]] const Matrix& columns() const { return w_; }
  [[nodiscard]] const Candidates& candidates() const { return candidates_; }

 private:
  [[nodiscard]] bool leaves_room(Index candidate, const std::vector<Index>& chosen) const;
  Candidates candidates_;
  Matrix w_, gram_;
  Vector norms_;  // of the columns before x and controls are out
};

}  // namespace panelist
