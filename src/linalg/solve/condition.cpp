// SPDX-License-Identifier: Apache-2.0
#include "linalg/solve/condition.h"

namespace panelist {
namespace {

constexpr int power_steps = 12;

// Growth of a fixed start vector under repeated application of `apply`, a symmetric positive matrix.
template <typename Apply>
double largest_eigenvalue(Index size, const Apply& apply) {
  Vector v(size);
  for (Index i = 0; i < size; ++i) v(i) = 1.0 + 0.5 * std::sin(1.0 + 3.0 * static_cast<double>(i));
  v.normalize();
  double growth = 0.0;
  for (int step = 0; step < power_steps; ++step) {
    v = apply(v);
    growth = v.norm();
    v /= growth;
  }
  return growth;
}

}  // namespace

double condition_of_triangle(const Matrix& R) {
  if (R.cols() < 2) return 1.0;
  const Matrix S = R * R.colwise().norm().cwiseInverse().asDiagonal();
  const auto upper = S.triangularView<Eigen::Upper>();
  const double largest =
      largest_eigenvalue(S.cols(), [&](const Vector& v) -> Vector { return S.transpose() * (S * v); });
  const double inverse_smallest = largest_eigenvalue(
      S.cols(), [&](const Vector& v) -> Vector { return upper.solve(upper.transpose().solve(v)); });
  return std::sqrt(largest * inverse_smallest);
}

}  // namespace panelist
