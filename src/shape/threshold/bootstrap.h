// SPDX-License-Identifier: Apache-2.0
// The law of F under H0, by residuals drawn by unit.
#pragma once
#include "shape/threshold/search.h"
#include "shape/threshold/threshold_rows.h"

namespace panelist {

struct ThresholdDraws {
  const ThresholdSearch& search;
  const Residualiser& residual;
  const ThresholdRows& rows;
  const ThresholdSearch::Outcome& outcome;
  const Vector& y;  // residualised
  const ThresholdSearch::Found &null, &found;
  int replicates;
  std::uint64_t seed;
};

// Fills p, critical values and replicates.
void bootstrap_test(const Context& context, const ThresholdDraws& draws, ThresholdTest& test);

}  // namespace panelist
