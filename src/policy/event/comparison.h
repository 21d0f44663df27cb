// SPDX-License-Identifier: Apache-2.0
// One difference in differences: mean change of treated units less that of controls, adjusted for covariates.
//
//   D change, w weight, G 1 for treated units, x covariates with a constant; estimate = m_G - m_C
//   none        m_G = sum_G w D / sum_G w,  m_C the same of controls
//   regression  D - x'b in place of D, b by least squares on controls;  m_C = 0
//   ipw         m_C with weights v = w p/(1 - p), p the logit of G on x
//   dr          D - x'b in place of D, and those weights
// part_i is unit i's part of the error of the estimate, sum_i part_i ~ estimate - truth, of b and p too:
//   r = D or D - x'b, m_x weighted means of x, B = (sum_C w x x')^-1, H = (sum w p(1-p) x x')^-1
//   G  w (r - m_G)/sum_G w;   C  -v (r - m_C)/sum v  (0 of regression)
//   b  -(m_x of G - m_x of C under v)' B w r x on controls (regression: m_x of G alone)
//   p  -(sum_C v (r - m_C) x/sum v)' H w (G - p) x
// Not estimated: without treated or control units; where controls do not determine b; where a control's p reaches 0.999
// or the logit does not converge (no overlap).
// Source  Sant'Anna & Zhao (2020), J. Econometrics 219(1); Callaway & Sant'Anna (2021), J. Econometrics 225(2)
#pragma once
#include <string>
#include <vector>

#include "linalg/matrix.h"

namespace panelist {

enum class Adjustment { none, regression, ipw, dr };

struct ComparisonSample {
  Vector change, weight, treated;  // by unit; treated 0 or 1
  Matrix covariates;               // without the constant; no column under `none`
};

struct Comparison {
  enum class State { estimated, nobody, undetermined, no_overlap };
  State state = State::nobody;
  double estimate = 0;
  Vector parts;
};

Comparison compare_changes(const ComparisonSample& sample, Adjustment adjustment);

}  // namespace panelist
