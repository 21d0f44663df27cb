// SPDX-License-Identifier: Apache-2.0
// The tests of equal coefficients, one function each. Pairwise tests compare the first two groups.
#pragma once
#include "mechanism/group_difference/groups.h"

namespace panelist {

struct Comparison {
  const Context& context;
  const GroupDifferenceSpec& spec;
  const std::vector<GroupEstimate>& groups;
};

// The model with everything interacted, estimated once for interaction and joint.
struct InteractedModel {
  std::shared_ptr<const ModelFrame> frame;
  Fit fit;
  Vcov vcov;
};
InteractedModel interacted_model(const Comparison& comparison);
// Wald of equal coefficients in the groups listed (positions).
TestResult interaction_test(const Comparison& comparison, const InteractedModel& model,
                            const std::vector<std::size_t>& groups);
TestResult suest_test(const Comparison& comparison);
// Nothing when the interacted term cannot be estimated.
std::optional<TestResult> interaction_term_test(const Comparison& comparison, const Groups& groups,
                                                const Table& table, const Panel* panel);
PermutationTest permutation_test(const Comparison& comparison, const Groups& groups, const Table& table,
                                 const Panel* panel, Diagnostics& notes);
// Some level of a clustering variable has rows in two groups.
bool clusters_overlap(const std::vector<GroupEstimate>& groups);

}  // namespace panelist
