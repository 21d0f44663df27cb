// SPDX-License-Identifier: Apache-2.0
#include "index/weight/weight.h"

namespace panelist {
namespace {

// e = -(1/ln N) sum p ln p with 0 ln 0 = 0; a column of zeros holds no information: e = 1.
double entropy_of(const Eigen::Ref<const Vector>& z) {
  const double sum = z.sum();
  if (z.size() < 2 || !(sum > 0)) return 1;
  double total = 0;
  for (const double value : z) {
    const double p = value / sum;
    if (p > 0) total -= p * std::log(p);
  }
  return std::min(1.0, total / std::log(static_cast<double>(z.size())));
}

}  // namespace

WeightingOutput entropy_weights(const WeightingInput& input) {
  Vector e(input.z.cols());
  for (Index j = 0; j < e.size(); ++j) e(j) = entropy_of(input.z.col(j));
  return {shares_of(Vector::Ones(e.size()) - e), e};
}

}  // namespace panelist
