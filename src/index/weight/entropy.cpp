// SPDX-License-Identifier: Apache-2.0
#include "index/column_sums.h"
#include "index/weight/weight.h"

namespace panelist {
namespace {

// With p = z/S: e = -(1/ln N) sum p ln p = (ln S - sum z ln z/S)/ln N. A column of zeros holds no information: e = 1.
double entropy_of(double sum, double sum_log, Index rows) {
  if (rows < 2 || !(sum > 0)) return 1;
  const double total = std::log(sum) - sum_log / sum;
  return std::clamp(total / std::log(static_cast<double>(rows)), 0.0, 1.0);
}

}  // namespace

WeightingOutput entropy_weights_of_sums(const WeightingSums& sums) {
  Vector e(sums.z.size());
  for (Index j = 0; j < e.size(); ++j) e(j) = entropy_of(sums.z(j), sums.z_log(j), sums.rows);
  return {shares_of(Vector::Ones(e.size()) - e), e};
}

WeightingOutput entropy_weights(const WeightingInput& input) {
  WeightingSums sums{input.z.rows(), Vector::Zero(input.z.cols()), Vector::Zero(input.z.cols()),
                     input.system};
  for (Index j = 0; j < input.z.cols(); ++j)
    for (Index first = 0; first < input.z.rows(); first += rows_per_block) {
      const Index count = std::min(rows_per_block, input.z.rows() - first);
      const ColumnSums block = sums_of(input.z.col(j).segment(first, count));
      sums.z(j) += block.z;
      sums.z_log(j) += block.z_log;
    }
  return entropy_weights_of_sums(sums);
}

}  // namespace panelist
