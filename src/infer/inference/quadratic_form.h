// SPDX-License-Identifier: Apache-2.0
// Quadratic forms g' V^-1 g with an explicit rank. V is brought to unit diagonal before its rank is decided
// (eigenvalues below 1e-12 of the largest count as zero), so units do not matter. Of more than `most_rank` the largest count.
#pragma once
#include <limits>
#include <string_view>

#include "estimate/fit.h"

namespace panelist {

struct QuadraticForm {
  double value = 0;
  Index rank = 0;
  Matrix directions;  // q x rank: combinations of g that have a variance
};
QuadraticForm scaled_quadratic_form(const Vector& g, const Matrix& V,
                                    Index most_rank = std::numeric_limits<Index>::max());

[[noreturn]] void throw_unknown_term(const Fit& fit, std::string_view term);

}  // namespace panelist
