// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/ritz.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace panelist::engine {
namespace {

constexpr int bisections = 40;

struct Tridiagonal {
  std::vector<double> diagonal, square;  // square of the entry to the right
};

// Signs of the pivots of T - shift: whether an eigenvalue lies below.
bool has_eigenvalue_below(const Tridiagonal& T, double shift) {
  double pivot = 1.0;
  for (std::size_t j = 0; j < T.diagonal.size(); ++j) {
    pivot = T.diagonal[j] - shift - (j > 0 ? T.square[j - 1] / pivot : 0.0);
    if (pivot < 0.0) return true;
    if (pivot == 0.0) pivot = 1e-300;
  }
  return false;
}

}  // namespace

double Lanczos::smallest_ritz() const {
  if (alpha_.empty()) return 0.0;
  Tridiagonal T;
  for (std::size_t j = 0; j < alpha_.size(); ++j) {
    T.diagonal.push_back(1.0 / alpha_[j] + (j > 0 ? beta_[j - 1] / alpha_[j - 1] : 0.0));
    T.square.push_back(beta_[j] / (alpha_[j] * alpha_[j]));
  }
  double low = 0.0, high = *std::min_element(T.diagonal.begin(), T.diagonal.end());
  for (int i = 0; i < bisections && low < 0.999 * high; ++i) {
    // Between numbers of different size halve the exponent, not the number.
    const double middle = low > 0.0 ? std::sqrt(low * high) : 1e-3 * high;
    (has_eigenvalue_below(T, middle) ? high : low) = middle;
    if (high < 1e-30) break;
  }
  return high;
}

}  // namespace panelist::engine
