// SPDX-License-Identifier: Apache-2.0
// How long factors of a graph, made under some weights, precondition its solution under others.
//
// Factors of old weights precondition as well as the largest ratio of new to old weights is to the smallest. They are
// renewed when that is large, or when they take half as many steps again as they did when new, or come no further.
#pragma once
#include <vector>

#include "absorb/engine/block_conjugate_gradients.h"

namespace panelist::engine {

class FactorWear {
 public:
  // Weights are about to change, of factors that are there: the first to come are those they were made under.
  void before_reweight(const double* w, Index n);
  // They have changed. True when the factors are to be made anew.
  bool after_reweight(const double* w, Index n);
  // The first solution with the present factors went so.
  void watch(const Outcome& outcome);
  [[nodiscard]] bool worn_out() const { return worn_out_; }
  void renewed();

 private:
  int steps_when_new_ = 0;           // that the factors took at first
  bool stale_ = false;               // factors were made under other weights
  bool worn_out_ = false;            // and have done badly
  std::vector<double> factored_at_;  // those weights, at some rows
};

}  // namespace panelist::engine
