// SPDX-License-Identifier: Apache-2.0
#include "absorb/engine/factor_wear.h"

#include <algorithm>

#include "absorb/engine/level_order.h"

namespace panelist::engine {
namespace {

constexpr int steps_of_grace = 10;
// Rows at which old and new weights are compared, and the spread of their ratio that wears factors out.
constexpr Index weights_sampled = 1000;
constexpr double worn_ratio = 10.0;

std::vector<double> sampled(const double* w, Index n) {
  std::vector<double> sample;
  const Index step = std::max<Index>(1, n / weights_sampled);
  for (Index i = 0; i < n; i += step) sample.push_back(weight_of(w, static_cast<std::size_t>(i)));
  return sample;
}

}  // namespace

void FactorWear::before_reweight(const double* w, Index n) {
  if (!stale_) factored_at_ = sampled(w, n);
}

bool FactorWear::after_reweight(const double* w, Index n) {
  stale_ = true;
  std::vector<double> ratio = sampled(w, n);
  for (std::size_t i = 0; i < ratio.size(); ++i) ratio[i] /= factored_at_[i];
  std::sort(ratio.begin(), ratio.end());
  const std::size_t tail = ratio.size() / 100;
  return ratio[ratio.size() - 1 - tail] > worn_ratio * ratio[tail];
}

void FactorWear::watch(const Outcome& outcome) {
  if (steps_when_new_ == 0) steps_when_new_ = outcome.iterations;
  const bool slow = 2 * outcome.iterations > 3 * steps_when_new_ + steps_of_grace;
  worn_out_ = stale_ && (slow || !outcome.converged);
}

void FactorWear::renewed() {
  steps_when_new_ = 0;
  stale_ = worn_out_ = false;
}

}  // namespace panelist::engine
