// SPDX-License-Identifier: Apache-2.0
// How many columns of each factor the factors before it already span.
#pragma once
#include <vector>

#include "absorb/system/reduced_system.h"

namespace panelist {

// Rank by weights of one (it does not depend on them): `kept` are the independent columns of R, as of reduced_matrix.
struct ExactDegrees {
  std::vector<FactorDegrees> factors;
  std::vector<Index> kept;
};

ExactDegrees exact_degrees(const std::vector<AbsorbFactor>& factors);
// Two plain factors: connected components.
ExactDegrees two_factor_degrees(const std::vector<AbsorbFactor>& factors, std::size_t eliminated);
// The most that a single earlier factor spans: a lower bound on the redundant columns, exact for one or two plain ones.
std::vector<FactorDegrees> pairwise_degrees(const std::vector<AbsorbFactor>& factors,
                                            const FactorSpaces& spaces);

// Factors with slopes: exact where the system without the largest is small enough, else the pairwise bound.
std::vector<FactorDegrees> sloped_degrees(const std::vector<AbsorbFactor>& factors, Index dense_levels);

}  // namespace panelist
