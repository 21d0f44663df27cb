// SPDX-License-Identifier: Apache-2.0
// The dense system that is left when the factor with most columns (e) is eliminated level by level.
//
//   S = G_RR - G_Re G_ee^+ G_eR,   G = D'WD,   R = the columns of all other factors in order
//
// The residual of v is then  v1 = v - P_e v,  S a = D_R'W v1,  v~ = (I - P_e)(v1 - D_R a).
#pragma once
#include <vector>

#include "absorb/system/factor_space.h"

namespace panelist {

using FactorSpaces = std::vector<FactorSpace>;

// Position of the factor with most columns; the first of equals.
std::size_t largest_of(const FactorSpaces& spaces, std::size_t count);
// First column of each factor in R; the eliminated one has none (-1). The last entry is the number of columns.
std::vector<Index> reduced_offsets(const FactorSpaces& spaces, std::size_t eliminated, std::size_t count);
// Multiply-adds to build S.
double reduced_cost(const FactorSpaces& spaces, std::size_t eliminated);

struct RowEntry {
  Index column;
  double value;
};
// The entries of one row of D_R.
void entries_of(const FactorSpaces& spaces, const std::vector<Index>& offsets, Index row,
                std::vector<RowEntry>& entries);
// (G_ee^+) of one level, components x components; `weight` is the sum of its weights.
Matrix inverse_of_level(const FactorSpace& space, Index level, double weight);

struct ReducedMatrix {
  Matrix S;
  Vector diagonal;  // of G_RR
};
// Of the first `count` factors.
ReducedMatrix reduced_matrix(const FactorSpaces& spaces, std::size_t eliminated, std::size_t count,
                             const Vector& w);

// Columns of S that are independent of those before them, of the first `count` factors without weights. Where what
// is left of a column is too small for sums of squares to tell, its rows are projected and looked at.
std::vector<Index> independent_in_order(const FactorSpaces& spaces, std::size_t eliminated,
                                        std::size_t count);

// S on its independent columns, factorised.
class DenseSystem {
 public:
  DenseSystem() = default;
  DenseSystem(const Matrix& S, std::vector<Index> kept);
  // h becomes a: zero on dependent columns.
  void solve(Vector& h) const;

 private:
  std::vector<Index> kept_;
  Eigen::LLT<Matrix> factor_{Matrix()};  // made with a matrix: what it says of itself is not set otherwise
};

}  // namespace panelist
