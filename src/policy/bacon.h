// SPDX-License-Identifier: Apache-2.0
// Which comparisons the two-way coefficient of a staggered policy is a mean of.
//
//   b = sum_kl s_kl b_kl,  sum s_kl = 1;  b of y ~ treated | unit + time, balanced, no controls
//   b_kl = (mean of k's outcome after less before) - (the same of l), over the times in which l does not change
//   never    l never treated     s = (n_k + n_l)^2 n(1-n) D_k(1-D_k) / V
//   later    l starts later, times before that     s = ((n_k+n_l)(1-D_l))^2 n(1-n) (D_k-D_l)/(1-D_l) (1-D_k)/(1-D_l) / V
//   earlier  l started earlier, times since then    s = ((n_k+n_l) D_l)^2 n(1-n) (D_k/D_l) (D_l-D_k)/D_l / V
//   always   l treated in all times                 as earlier, D_l = 1
// n_k share of units, n = n_k/(n_k + n_l), D_k share of times treated, V variance of treated less unit and time effects.
// Controls and effects of the model do not count: a warning says so.
// Errors  those of treatment.h; policy.unbalanced .weights .no_control
// Source  Goodman-Bacon (2021), J. Econometrics 225(2)
// Agrees  explicit means in base R (tests/reference/policy_r); the weighted sum is the two-way coefficient (tests/policy)
#pragma once
#include "policy/event_study.h"

namespace panelist {

struct BaconSpec {
  EstimationSpec model;
  TreatmentSpec treatment;
};

// Treated cohort k against l.
struct BaconComparison {
  std::string treated, control;  // names of cohorts; "" never treated
  std::string type;              // never, later, earlier, always
  double estimate = missing_value, weight = missing_value;
};

// All comparisons of one type.
struct BaconType {
  std::string type;
  double estimate = missing_value, weight = 0;  // weighted mean, sum of weights
  std::size_t comparisons = 0;
};

struct BaconDecomposition {
  std::string outcome, treatment;
  std::vector<BaconType> types;              // in the order above, those that occur
  std::vector<BaconComparison> comparisons;  // by treated cohort, then control
  double two_way = missing_value;
  double n = 0;
  Index units = 0, times = 0;
  std::vector<std::pair<std::string, std::string>> warnings;
};
BaconDecomposition bacon_decomposition(const Context& context, const BaconSpec& spec, const Table& table,
                                       const Panel* panel, Diagnostics& notes);
std::vector<std::string> bacon_types();

}  // namespace panelist
