// SPDX-License-Identifier: Apache-2.0
// Is a coefficient the same in two groups?
//
//   disjoint   z = (b1 - b2)/sqrt(se1^2 + se2^2); only when no cluster has rows in both groups (Cov = 0)
//   interaction       every term and effect interacted with the group, on the union of the groups' samples:
//                     coefficients are the groups' own, F = Wald of b1 = b2 under the vcov of the one model
//   interaction_term  only the term (and the group's own intercept) interacted; for an instrumented term its
//                     instruments are interacted too
//   suest      stacked scores: V of (b1, b2) from joint cluster sums, factor G/(G-1) or n/(n-1), chi2(1); iid is
//              taken as robust
//   joint      more than two groups: all equal, in the interaction form; the pairwise tests compare the first two
//   permutation  units' membership permuted keeping group sizes, on the rows of the first two groups;
//              two-sided (1 + #{|d*| >= |d|})/(1 + B), one-sided #{d* >= d}/B folded to the smaller of p, 1 - p
//              (units = first cluster of the vcov, else the panel's units, else rows; rows also when a unit has
//              rows in both groups)
// Groups are the values of `by` in the rows of [where], sorted (numbers by value).
// A joint test whose covariance is singular has the rank as its first df, and the warning mechanism.deficient_test.
// Errors  mechanism.unknown_term mechanism.unknown_test mechanism.one_group
// Source  Clogg, Petkova & Haritou (1995) for disjoint; Efron & Tibshirani (1993) for permutation
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "infer/estimation.h"

namespace panelist {

struct PermutationTest {
  int replicates = 0;
  double p_one_sided, p_two_sided;
};

struct GroupEstimate {
  std::string group;
  Estimation estimation;
  Coefficient coefficient;
  double n;
};

struct GroupDifference {
  std::string term;
  std::vector<GroupEstimate> groups;  // sorted by name
  double difference;                  // first - second
  std::optional<TestResult> disjoint, interaction, interaction_term, suest;
  std::optional<TestResult> joint;  // more than two groups: all equal (interaction form)
  std::optional<PermutationTest> permutation;
  bool overlapping = false;  // some cluster has rows in both groups
};

struct GroupDifferenceSpec {
  EstimationSpec model;
  std::string term;
  std::string by;                  // column
  std::vector<std::string> tests;  // empty: disjoint (when they are), interaction, suest
  int permutations = 1000;
  std::uint64_t seed = 1;
};

GroupDifference group_difference(const Context& context, const GroupDifferenceSpec& spec, const Table& table,
                                 const Panel* panel, Diagnostics& notes);

// From estimations already made on disjoint groups: z and p of the difference of one term.
TestResult disjoint_difference(const Coefficient& first, const Coefficient& second);

}  // namespace panelist
