// SPDX-License-Identifier: Apache-2.0
// Wild restricted efficient bootstrap of 2SLS: what a replicate is computed from (private to the room).
//
// Effects and the included regressors that the hypothesis c'b = r leaves alone are taken out of everything. What stays:
//   y, X = [Y2 X1c] (p columns, of unit length), instruments Q with Q'WQ = I (L columns), columns C = [y, Y2, Q]
// Data are made at r by
//   b_r   the structural coefficients under c'b = r: LIML where the equation is over-identified, 2SLS where it is not
//   u1    y - X b_r;  pi of the regression of Y2 on Q and u1;  u2 = Y2 - Q pi;  both combinations of C
//   y* = X* b_r + v u1,  Y2* = Q pi + v u2,  one v a group of the draws, the same in both equations
// so that every sum of a replicate is linear in v, by maps of the columns C that do not depend on r:
//   Q'W(v u)                     L x draws
//   Q_g'W_g [M (v u)]_g by cluster g   rows g L .. g L + L - 1, M takes out what was taken out of C
#pragma once
#include <optional>
#include <vector>

#include "infer/bootstrap/wild_maps.h"

namespace panelist {

struct DrawnColumn {
  Matrix sums;      // L x draws
  ScoreMap scores;  // q = L
};

struct InstrumentColumns {
  Index endogenous = 0;  // K1
  Vector contrast;       // p, for the columns at unit length
  Matrix reached;        // L x (1 + p): Q'W [y X]
  Matrix rest;           // (1 + p) x (1 + p): cross products of what Q leaves of [y X]
  Matrix products;       // G L x L: Q_g'W_g Q_g
  std::vector<DrawnColumn> columns;
  double factor = 1;  // on the squared scores of t

  [[nodiscard]] Index instruments() const { return reached.rows(); }
  [[nodiscard]] bool over_identified() const { return instruments() > contrast.size(); }
};
// Throws usage.not_available and infer.crossing_effects.
InstrumentColumns instrument_columns(const Context& context, const Fit& fit, const SmallSample& rules,
                                     const WildSpec& spec);

// How the data are made, at one r.
struct EfficientProcess {
  double tested = 0;                      // c'b_r
  Matrix design;                          // L x p: Q'W of the part of X* that is not drawn
  Matrix products;                        // G L x p: the same within clusters
  DrawnColumn structural;                 // u1
  std::vector<DrawnColumn> first_stages;  // u2
};
// At c'b = value, or at the estimate when there is none.
EfficientProcess process_at(const InstrumentColumns& columns, std::optional<double> value);

// t*, or the Wald form of Anderson-Rubin's test, of each column of the weights (draws x replicates); missing where a
// replicate has no estimate or no variance.
Vector efficient_t(const InstrumentColumns& columns, const EfficientProcess& process, const Matrix& weights);
Vector efficient_anderson_rubin(const InstrumentColumns& columns, const EfficientProcess& process,
                                const Matrix& weights);

}  // namespace panelist
