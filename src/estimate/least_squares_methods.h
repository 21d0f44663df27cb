// SPDX-License-Identifier: Apache-2.0
// Methods that are least squares on the columns of their fit: fitted values are a fixed matrix times the outcome, and what
// holds of leverages holds of them. Random effects estimate the matrix.
#pragma once
#include "estimate/fit.h"

namespace panelist {

inline bool is_least_squares(const Fit& fit) {
  return fit.method == "ols" || fit.method == "be" || fit.method == "be_wls" || fit.method == "fd";
}

}  // namespace panelist
