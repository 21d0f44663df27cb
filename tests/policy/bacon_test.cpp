// SPDX-License-Identifier: Apache-2.0
#include "policy/bacon.h"

#include <cmath>

#include "policy_data.h"

namespace panelist {
namespace {

BaconSpec bacon_spec(const std::string& where = "") {
  return {policy_model("y ~ 1 | unit + year", "cluster(unit)", where), {"first", ""}};
}

BaconDecomposition decomposed(const BaconSpec& spec, const PolicyPanel& data) {
  Diagnostics notes;
  return bacon_decomposition(Context{}, spec, data.table, &data.panel, notes);
}

double two_way_coefficient(const PolicyPanel& data) {
  Diagnostics notes;
  EstimationSpec spec = policy_model("y ~ treated | unit + year", "iid");
  return estimate_model(Context{}, spec, data.table, &data.panel, notes).fit->coefficients[0];
}

TEST(Bacon, EveryComparisonAgreesWithExplicitMeans) {
  const BaconDecomposition found = decomposed(bacon_spec(), reference_panel());
  const std::map<std::string, double> expected = expected_of("policy_r/expected.csv", "bacon");
  ASSERT_EQ(found.comparisons.size(), 9U);
  for (const BaconComparison& one : found.comparisons) {
    const std::string pair = one.treated + "_" + (one.control.empty() ? "0" : one.control);
    EXPECT_NEAR(one.estimate, expected.at("estimate_" + pair), 1e-10) << pair;
    EXPECT_NEAR(one.weight, expected.at("weight_" + pair), 1e-12) << pair;
  }
  EXPECT_NEAR(found.two_way, expected.at("twfe"), 1e-10);
}

double any_effect(int start, int year) { return 0.3 * (year - start) * (start % 3) - 0.1 * start; }

// Random designs, some with units treated throughout and some without any that never is.
TEST(Bacon, WeightsSumToOneAndTheWeightedSumIsTheTwoWayCoefficient) {
  const std::vector<std::vector<int>> designs = {
      {4, 6, 8, 0}, {3, 0}, {2, 5, 9}, {1, 4, 0}, {1, 4, 7}, {2, 2, 3, 10, 0, 0}, {5, 11, 0}};
  for (std::size_t d = 0; d < designs.size(); ++d)
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      StaggeredDesign design;
      design.cohorts = designs[d];
      design.units = 12 + 7 * static_cast<int>(seed);
      design.effect = any_effect;
      const PolicyPanel data = staggered_panel(design, seed);
      const BaconDecomposition found = decomposed(bacon_spec(), data);
      double weights = 0, sum = 0;
      for (const BaconComparison& one : found.comparisons) {
        EXPECT_GT(one.weight, 0);
        weights += one.weight;
        sum += one.weight * one.estimate;
      }
      EXPECT_NEAR(weights, 1, 1e-12) << d;
      EXPECT_NEAR(sum, two_way_coefficient(data), 1e-9) << d;
      double of_types = 0;
      for (const BaconType& type : found.types) of_types += type.weight;
      EXPECT_NEAR(of_types, 1, 1e-12);
    }
}

TEST(Bacon, AnUnbalancedPanelIsRefused) {
  try {
    decomposed(bacon_spec("kept == 1"), reference_panel());
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "policy.unbalanced");
  }
}

TEST(Bacon, ControlsThatDoNotCountAreSaid) {
  BaconSpec spec = bacon_spec();
  spec.model = policy_model("y ~ x | unit + year", "cluster(unit)");
  const BaconDecomposition found = decomposed(spec, reference_panel());
  ASSERT_EQ(found.warnings.size(), 1U);
  EXPECT_EQ(found.warnings[0].first, "policy.controls_unused");
}

}  // namespace
}  // namespace panelist
