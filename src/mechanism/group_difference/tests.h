// SPDX-License-Identifier: Apache-2.0
// The methods of the catalog, and what they share.
#pragma once
#include "mechanism/group_difference/groups.h"

namespace panelist {

// The model with everything interacted, estimated once for interaction and chow.
struct InteractedModel {
  std::shared_ptr<const ModelFrame> frame;
  Fit fit;
  Vcov vcov;
};

struct Comparison {
  const Context& context;
  const GroupDifferenceSpec& spec;
  const GroupDifference& result;  // groups, pairs and shared levels are there
  const Table& table;
  const Panel* panel;
  Diagnostics& notes;
  std::shared_ptr<const InteractedModel> everything{};  // once it is needed
  std::vector<std::pair<std::string, std::string>> left_out{};

  [[nodiscard]] const std::vector<GroupEstimate>& groups() const { return result.groups; }
};

InteractedModel interacted_model(const Comparison& comparison);

DifferenceTests disjoint_tests(Comparison& comparison);
DifferenceTests suest_tests(Comparison& comparison);
DifferenceTests interaction_tests(Comparison& comparison);
DifferenceTests slopes_tests(Comparison& comparison);
DifferenceTests term_tests(Comparison& comparison);
DifferenceTests chow_tests(Comparison& comparison);
DifferenceTests permutation_tests(Comparison& comparison);
DifferenceTests bootstrap_tests(Comparison& comparison);

// Nothing of the method, and why.
DifferenceTests leave_out(Comparison& comparison, std::string_view method, const std::string& reason);

// Why a frame of other rows cannot be estimated by this method; "" where it can.
std::string why_not_again(const std::string& method);

// Tests from the groups' coefficients and their joint covariance.
enum class Form { z, chi2 };
struct JointCovariance {
  Matrix matrix;                     // K x K, without the factors
  std::vector<double> pair_factors;  // of the rows of each pair; empty: one
  double joint_factor = 1;           // of all rows
};
DifferenceTests tests_of(const Comparison& comparison, std::string_view method,
                         const JointCovariance& covariance, Form form);
// Details of a difference: std_error, t and the interval where it has a variance.
void describe(TestResult& test, double difference, double variance, double level);
// The K - 1 differences of the first from each later group.
Matrix equality_restrictions(std::size_t groups);

// Why z of separate estimates does not hold; "" where it does.
std::string why_not_separate(const GroupDifference& result, const VcovSpec& vcov);
// Clusters of the vcov and units of the panel, and how many have rows in several groups.
std::vector<SharedLevels> shared_levels(const std::vector<GroupEstimate>& groups, const VcovSpec& vcov);

}  // namespace panelist
