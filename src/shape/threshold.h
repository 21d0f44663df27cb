// SPDX-License-Identifier: Apache-2.0
// Panel thresholds: the effect of x is another one on either side of unknown values of q.
//
//   y_it = mu_i + sum_r b_r x_it 1{g_(r-1) < q_it <= g_r} + controls + effects + e_it,  g_0 = -inf, g_(R+1) = inf
//   g = argmin S(g), S the sum of squares, over the values of q that leave `trim` of the rows in every regime (a grid of
//   `grid` of them where there are more). Several in turn: g2 given g1, then g1 again given g2, then g3 given both.
//   F_r = (S_(r-1) - S_r) / (S_r / (N (T - 1)))      H0: r - 1 thresholds
//   p: residuals of the model with r thresholds drawn by unit, with replacement, added to the fit with r - 1; the share of
//   draws whose F reaches the observed one. Under H0 thresholds are searched anew in every draw.
//   LR_r(g) = (S(g | other thresholds) - min S) / (S_R / (N (T - 1)));  interval: LR <= -2 ln(1 - sqrt(level)), 7.35 at 95 %
// Coefficients of the regimes and their errors are those of the model at the thresholds found, under its vcov: thresholds
// count as known, which their faster convergence allows (Hansen 1999).
// Errors  shape.no_panel shape.unbalanced_panel shape.too_few_units shape.empty_regime shape.constant_moderator
//         shape.least_squares_only shape.unweighted_only shape.unknown_term shape.term_dropped shape.x_elsewhere shape.not_in_data
// Cost    the columns x 1{q <= g} absorbed once and their Gram matrix; then a search is O(grid) from the products with y,
//         in every draw
// Source  Hansen (1999), J. Econometrics 93(2); Wang (2015), Stata Journal 15(1) for the draws
// Agrees  a brute-force search in R (tests/reference/shapes_r): S, F, LR, regimes
#pragma once
#include <string>
#include <vector>

#include "infer/estimation.h"

namespace panelist {

struct ThresholdSpec {
  EstimationSpec model;  // Y ~ x + controls | effects
  std::string x, by;     // a term of the formula; an expression
  int count = 1;
  double trim = 0.05;
  int grid = 400;
  int bootstrap = 0;
  std::uint64_t seed = 1;
};

inline constexpr int most_thresholds = 3;

struct ThresholdTest {
  int thresholds = 0;  // under H1
  double ssr_null, ssr, f;
  double p_value = missing_value;
  double critical_10 = missing_value, critical_5 = missing_value, critical_1 = missing_value;
  int replicates = 0;
};

struct ThresholdEstimate {
  double value, low, high;
  bool connected = true;          // the interval is all of [low, high]
  std::vector<double> at, ratio;  // the likelihood ratio over the candidates
};

struct Regime {
  std::string term;     // "DT (UL <= 0.536)"
  double above, up_to;  // infinite at the ends
  double n = 0;
  int units = 0;
  Coefficient coefficient;
};

struct ThresholdModel {
  std::string x, by;
  std::vector<ThresholdEstimate> thresholds;  // ascending
  std::vector<ThresholdTest> tests;           // one, then two, then three
  std::vector<Regime> regimes;                // ascending
  Estimation estimation;                      // with the regimes
  int units = 0, periods = 0, candidates = 0;
  double level = 0.95, critical_ratio = missing_value, ssr_linear = missing_value;
};

ThresholdModel threshold_model(const Context& context, const ThresholdSpec& spec, const Table& table,
                               const Panel* panel, Diagnostics& notes);

}  // namespace panelist
