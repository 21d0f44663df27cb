// SPDX-License-Identifier: Apache-2.0
// Delta standard errors against one long regression of all equations (tests/reference/mediation_stacked).
#include "base/text.h"
#include "mechanism/mediation.h"
#include "panels.h"
#include "reference_data.h"
#include "table/read.h"

namespace panelist {
namespace {

using testing::read_reference;
using testing::ReferenceTable;

// Ways of effects, weights, vcov, preset, mediators.
MediationSpec spec_of_case(const std::vector<std::string>& words) {
  const std::map<std::string, std::string> effects = {{"0", ""}, {"1", " | unit"}, {"2", " | unit + year"}};
  MediationSpec spec;
  spec.total = model_of("y ~ x + z" + effects.at(words[0]),
                        words[2] == "cluster" ? "cluster(unit)" : words[2], words[3]);
  spec.x = "x";
  spec.mediators = {"m1"};
  if (words[4] == "3") spec.mediators = {"m1", "m2", "m3"};
  if (words[1] == "a") spec.total.frame.weights = expression_of("w");
  return spec;
}

const IndirectEffect& effect_of(const Mediation& mediation, const std::string& path) {
  for (const MediationPath& one : mediation.paths)
    if (one.mediator == path) return one.indirect;
  return mediation.total_indirect ? *mediation.total_indirect : mediation.paths[0].indirect;
}

TEST(StackedMediation, DeltaErrorsAreThoseOfOneLongRegression) {
  const Table table = read_table(std::string(PANELIST_SOURCE_DIR) + "/tests/reference/gelbach_r/panel.csv");
  const ReferenceTable expected = read_reference("mediation_stacked/expected.csv");
  for (const std::vector<std::string>& row : expected.rows) {
    Diagnostics notes;
    const Mediation result = mediate(Context{}, spec_of_case(split(row[0], ' ')), table, nullptr, notes);
    const IndirectEffect& effect = effect_of(result, row[1]);
    const double estimate = std::stod(row[2]), error = std::stod(row[3]);
    EXPECT_NEAR(effect.estimate, estimate, 1e-8 * std::abs(estimate)) << row[0] << " " << row[1];
    EXPECT_NEAR(effect.delta_se, error, 1e-8 * error) << row[0] << " " << row[1];
    if (row[4] == "NA") continue;
    // Sobel leaves the covariance of a and b out; delta has twice a b times it.
    const Coefficient *a = nullptr, *b = nullptr;
    for (const MediationPath& path : result.paths)
      if (path.mediator == row[1]) a = &path.a, b = &path.b;
    const double variance =
        effect.sobel_se * effect.sobel_se + 2 * a->estimate * b->estimate * std::stod(row[4]);
    EXPECT_NEAR(effect.delta_se * effect.delta_se, variance, 1e-8 * variance) << row[0];
  }
  EXPECT_EQ(expected.rows.size(), 180U);
}

}  // namespace
}  // namespace panelist
