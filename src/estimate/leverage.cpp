// SPDX-License-Identifier: Apache-2.0
#include "estimate/leverage.h"

#include "estimate/least_squares_methods.h"

namespace panelist {
namespace {

constexpr Index rows_of_block = 8192;

void check_least_squares(const Fit& fit) {
  if (is_least_squares(fit)) return;
  throw Error("infer.least_squares_only",
              "leverages, and hc2, hc3 and hc4 with them, are defined for least squares, not for `" +
                  fit.method + "`",
              "write hc1, or cluster(a)");
}

// x_i' A x_i
Vector regressors_part(const Context& context, const Fit& fit) {
  Vector part(fit.x.rows());
  const Index rows = part.size();
  for_each_block(context, (rows + rows_of_block - 1) / rows_of_block, [&](std::int64_t block) {
    const Index first = block * rows_of_block, count = std::min(rows_of_block, rows - first);
    const auto x = fit.x.middleRows(first, count);
    part.segment(first, count) = (x * fit.bread).cwiseProduct(x).rowwise().sum();
  });
  return part;
}

}  // namespace

Leverages leverages(const Context& context, const Fit& fit, const LeverageOptions& options) {
  check_least_squares(fit);
  const bool counts = fit.weights.size() > 0 && fit.frame->weight_type == WeightType::frequency;
  Leverages result{regressors_part(context, fit)};
  if (fit.weights.size() > 0 && !counts) result.values.array() *= fit.weights.array();
  if (fit.absorber != nullptr) {
    EffectLeverages effects = effect_leverages(context, *fit.absorber, options);
    if (counts) effects.values.array() /= fit.weights.array();
    result.values += effects.values;
    result.exact = effects.exact;
    result.error = effects.error;
  }
  result.values = result.values.cwiseMin(1.0);
  return result;
}

}  // namespace panelist
