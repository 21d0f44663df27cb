// SPDX-License-Identifier: Apache-2.0
// Benefit of the doubt has no common weights: what stands for them is each indicator's mean share of the rows' scores.
#include "index/envelope.h"
#include "index/weight/weight.h"

namespace panelist {

WeightingOutput envelope_weights(const WeightingInput& input) {
  const Envelope envelope =
      benefit_of_the_doubt(input.z, input.z, {input.conventions.share_low, input.conventions.share_high});
  Vector share = Vector::Zero(input.z.cols());
  for (Index i = 0; i < input.z.rows(); ++i)
    if (envelope.score(i) > 0)
      share += envelope.weights.row(i).cwiseProduct(input.z.row(i)).transpose() / envelope.score(i);
  return {shares_of(share)};
}

}  // namespace panelist
