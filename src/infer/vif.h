// SPDX-License-Identifier: Apache-2.0
// Variance inflation: VIF_j = 1/(1 - R2_j), R2_j of regressor j on the others (with the constant or after absorption
// of the effects, as the regressors were used). Sorted descending, as Stata's estat vif prints.
// Source  Marquardt (1970)
#pragma once
#include <string>
#include <vector>

#include "estimate/fit.h"

namespace panelist {

struct VifRow {
  std::string term;
  double vif = missing_value;
  double tolerance = missing_value;  // 1/VIF
};
struct Vif {
  std::vector<VifRow> rows;
  double mean = missing_value;
};
Vif variance_inflation(const Context& context, const Fit& fit);

}  // namespace panelist
