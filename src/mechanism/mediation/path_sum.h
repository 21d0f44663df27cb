// SPDX-License-Identifier: Apache-2.0
// Effects as sums of products of coefficients: a b, a d b, a_1 b_1 - a_2 b_2, (a_0 + a_1 w) b.
//
//   f(theta) = sum_t weight_t prod_{i in factors_t} theta_i      theta: coefficients of all equations, covariance V
//   delta    se^2 = f'(theta)' V f'(theta)
//   Sobel    the same with the diagonal of V alone; Aroian adds the products of variances of each a b, Goodman
//            subtracts them; both are missing where a product has another number of factors than two
#pragma once
#include "mechanism/mediation.h"

namespace panelist {

struct PathProduct {
  double weight = 1;
  std::vector<Index> factors;  // positions in theta
};
using PathSum = std::vector<PathProduct>;

double value_of(const PathSum& sum, const Vector& theta);
Vector gradient_of(const PathSum& sum, const Vector& theta);
// first less second.
PathSum difference_of(const PathSum& first, const PathSum& second);
// Estimate with Sobel's and the delta method's errors.
IndirectEffect effect_of(const PathSum& sum, const Vector& theta, const Matrix& covariance);
// f of every row of draws of theta.
Vector values_of(const PathSum& sum, const Matrix& draws);

}  // namespace panelist
