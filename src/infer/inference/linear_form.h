// SPDX-License-Identifier: Apache-2.0
// "x1 - 2*x2 = 0.5" as weights of the coefficients and a constant: weights'b + constant, left less right (private to
// the room). Errors  infer.combination_syntax infer.unknown_term
#pragma once
#include <string_view>

#include "estimate/fit.h"

namespace panelist {

struct LinearForm {
  Vector weights;
  double constant = 0;
  [[nodiscard]] bool is_number() const { return weights.isZero(0); }
};
LinearForm linear_form(const Fit& fit, std::string_view expression);

}  // namespace panelist
