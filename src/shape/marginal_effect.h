// SPDX-License-Identifier: Apache-2.0
// The effect of x on y over values of a moderator w, from one regression with products of the two.
//
//   y = b x + c w + d x w + ...         dy/dx at w: b + d w, in general g(w)'b with
//   g_j = d(regressor j)/dx at (x, w): every term that holds x, as a product (x:w, x*w, x:i(w)) or inside an expression
//   (I(x*w), I(x^2), poly(x,2), x:I(w^2)); x stands at its mean, other variables of such a term at theirs
//   Var = g(w)' V g(w); pointwise band b(w) -+ t_(df) se(w)
//   uniform band: the same with the quantile of max_w |g(w)'u| / se(w), u ~ t_df(V) (infer/simultaneous.h)
// w = x gives the slope of y along x. A text column or i(w) gives an effect a group. Shares are of the rows used, each at
// the nearest point. Derivatives inside expressions are by a five-point stencil (1e-10 of the value).
// Errors  shape.no_interaction shape.constant_moderator shape.linear_only shape.not_in_data shape.whole_column
// Cost    points x terms, and draws x points.
// Source  Brambor, Clark & Golder (2006), Political Analysis 14(1); Montiel Olea & Plagborg-Moller (2019), JAE 34(1)
// Agrees  explicit contrasts in R (tests/reference/shapes_r)
#pragma once
#include <string>
#include <vector>

#include "infer/estimation.h"

namespace panelist {

struct MarginalSpec {
  std::string x, by;       // expressions as in the formula: "DT", "L.DT", "UL"
  std::vector<double> at;  // values of the moderator; empty: percentiles, or a grid, or all values where
                           // they are no more than the percentiles
  std::vector<double> percents = {10, 25, 50, 75, 90};
  int grid = 0;  // > 0: as many points from the least value to the largest
  int draws = 10'000;
  std::uint64_t seed = 1;
};

struct MarginalPoint {
  std::string group;               // of a moderator with groups, "" otherwise
  double value = missing_value;    // of a numeric one
  double percent = missing_value;  // the percentile it is, where percentiles were asked for
  double estimate, std_error, statistic, p_value, low, high;
  double uniform_low, uniform_high;
  double share;  // of the rows
};

struct MarginalEffects {
  std::string x, by;
  std::vector<MarginalPoint> points;
  double level = 0.95, df = 0;
  double critical = missing_value, uniform_critical = missing_value;
  double mean_x = missing_value;                           // where x stands, when its effect depends on it
  double lowest = missing_value, highest = missing_value;  // of a numeric moderator on the rows used
  double n = 0;
  // Points where there is no data: the effect there is the model's extrapolation.
  [[nodiscard]] std::vector<double> outside() const;
};

// `estimation` of `spec` on the table.
MarginalEffects marginal_effects(const Context& context, const EstimationSpec& spec,
                                 const Estimation& estimation, const MarginalSpec& asked, const Table& table,
                                 const Panel* panel);

}  // namespace panelist
