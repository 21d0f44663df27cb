// SPDX-License-Identifier: Apache-2.0
// How the K, the factor and the degrees of freedom of a covariance came about, as sums and products of what is printed.
//
//   K = sum of parameters,  factor = product of factors,  df = what its words say
// Only what enters is listed: kinds without a small-sample factor have no factors, and no K unless their df counts it.
// Cost    one pass over the levels of each effect
// Agrees  the covariance's own k and factor, in every situation (tests/infer/ledger_test.cpp)
#pragma once
#include <string>
#include <vector>

#include "infer/vcov.h"

namespace panelist {

struct Estimation;

// A term of the sum K: "31 province", "-30 province lies in a cluster and counts as one".
struct CountedPart {
  std::string what;
  double count = 0;
};

// "(n-1)/(n-K)", "371/359", 1.0334
struct CountedFactor {
  std::string formula, numbers;
  double value = 1;
};

struct Ledger {
  SmallSample rule;          // as it applies to this fit
  bool rule_enters = false;  // some factor follows it
  bool k_enters = false;     // K stands in a factor or in the degrees of freedom
  std::vector<CountedPart> parameters;
  std::vector<CountedFactor> factors;
  std::vector<CountedFactor>
      factors_of_terms;  // several ways of clustering, g=conventional: one on each term of the sum
  std::string df;        // "G - 1", "n - K", "T - 1"; "" for the normal and for df by coefficient
};
Ledger ledger_of(const Estimation& estimation);

}  // namespace panelist
