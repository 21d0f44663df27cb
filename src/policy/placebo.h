// SPDX-License-Identifier: Apache-2.0
// Does the two-way coefficient of a policy find effects where there was none?
//
//   b of y ~ 1{t >= first_i} + controls | effects
//   in time   the start k steps earlier, on rows before the true start (all of units never treated), of units seen before the moved
//             one too: b should be zero
//   in space  first_i handed around among the units, cohorts keep their sizes; b* of each draw
//             p = (1 + #{|b*| >= |b|}) / (B + 1), and of b* >= b and b* <= b; ties from (1 - 1e-10)|b| on
// How: with y' the outcome less effects and controls, b* = z*'W y' / z*'W z*, z* the drawn treatment less both: only z* is
// absorbed anew, in batches. Draw r is the same whoever computes it.
// Errors  those of treatment.h and of event_study.h; policy.no_draws
// Cost    draws absorptions of one column
// Source  Fisher (1935); Abadie, Diamond & Hainmueller (2010) for few treated units; MacKinnon & Webb (2020)
// Agrees  a loop of regressions on the drawn treatments (tests/policy)
#pragma once
#include <cstdint>

#include "policy/event_study.h"

namespace panelist {

struct PlaceboSpec {
  EstimationSpec model;
  TreatmentSpec treatment;
  std::vector<int> shifts = {1, 2, 3};  // steps earlier; those that leave nothing to compare are left out
  int draws = 1000;
};

struct ShiftedStart {
  int steps = 0;
  Coefficient effect{};
  double n = 0;
};

struct Placebo {
  std::string outcome, formula, treatment;
  Coefficient effect{};  // at the true start
  double n = 0;
  Index units = 0, treated_units = 0;
  std::vector<ShiftedStart> earlier;
  std::vector<double> draws;  // b*, missing where undefined
  int undefined = 0;
  double mean = missing_value, sd = missing_value;
  double p_two_sided = missing_value, p_greater = missing_value, p_less = missing_value;
  std::string vcov;
  std::vector<std::string> clusters;
  std::vector<double> n_clusters;
  std::vector<std::pair<std::string, std::string>> warnings;
};
Placebo placebo(const Context& context, const PlaceboSpec& spec, const Table& table, const Panel* panel,
                Diagnostics& notes);

}  // namespace panelist
