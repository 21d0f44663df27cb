// SPDX-License-Identifier: Apache-2.0
#include "index/weight/weight.h"

namespace panelist {
namespace {

double weight_of(const Indicator& indicator) {
  if (!indicator.weight.has_value() || !std::isfinite(*indicator.weight))
    throw Error("index.weights_required", "`" + indicator.code + "` has no weight, and the method is `given`",
                "give every indicator a weight, or choose another method", "indicator " + indicator.code);
  if (*indicator.weight < 0)
    throw Error("index.negative_weight", "the weight of `" + indicator.code + "` is negative",
                "turn the indicator's direction instead", "indicator " + indicator.code);
  return *indicator.weight;
}

WeightingOutput weights_given_to(const IndexSystem& system) {
  Vector weights(static_cast<Index>(system.indicators.size()));
  for (Index j = 0; j < weights.size(); ++j)
    weights(j) = weight_of(system.indicators[static_cast<std::size_t>(j)]);
  const double sum = weights.sum();
  if (!(sum > 0))
    throw Error("index.weights_required", "the weights of index `" + system.name + "` are all zero",
                "give at least one indicator a positive weight", "index " + system.name);
  return {weights / sum};
}

}  // namespace

WeightingOutput given_weights(const WeightingInput& input) { return weights_given_to(input.system); }

WeightingOutput given_weights_of_sums(const WeightingSums& sums) { return weights_given_to(sums.system); }

}  // namespace panelist
