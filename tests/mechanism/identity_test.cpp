// SPDX-License-Identifier: Apache-2.0
#include "mechanism/identity.h"

#include <gmock/gmock.h>

#include "panels.h"

namespace panelist {
namespace {

using ::testing::HasSubstr;

MediationSpec spec_of(const std::string& formula, const std::vector<std::string>& mediators) {
  MediationSpec spec;
  spec.total = model_of(formula, "cluster(unit)");
  spec.total.frame.panel = {"unit", "year"};
  spec.x = "x";
  spec.mediators = mediators;
  return spec;
}

// The panel with a third mediator, later instruments and counts.
InventedPanel wide_panel(std::uint64_t seed, bool unbalanced) {
  InventedPanel invented = invented_panel(12 + static_cast<int>(seed % 8), 5, unbalanced, seed);
  Random random(seed, "wide panel", 0);
  Table& table = invented.table;
  std::vector<double> m3, w1, w2, counts, events;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const double x = table.at("x").values()[row], m1 = table.at("m1").values()[row];
    m3.push_back(row % 13 == 7 ? missing_value : 0.3 * x - 0.4 * m1 + random.normal());
    w1.push_back(x + random.normal());
    w2.push_back(x - 0.5 * m1 + random.normal());
    events.push_back(std::floor(std::exp(0.3 * x + 0.2 * random.normal()) * 4 * random.uniform()));
    counts.push_back(std::floor(std::exp(0.2 * x + 0.1 * events.back()) * 5 * random.uniform()));
  }
  for (const auto& [name, values] : std::map<std::string, std::vector<double>>{
           {"m3", m3}, {"w1", w1}, {"w2", w2}, {"events", events}, {"counts", counts}})
    table.set(name, Column::numbers(values));
  return invented;
}

Mediation mediation_of(const MediationSpec& spec, const InventedPanel& data, Diagnostics& notes) {
  return mediate(Context{}, spec, data.table, &data.panel, notes);
}

TEST(EffectIdentity, HoldsOnRandomPanelsWithEffectsWeightsClustersAndGaps) {
  const std::vector<std::string> effects = {"", " | unit", " | unit + year"};
  const std::vector<std::vector<std::string>> mediators = {{"m1"}, {"m1", "m2"}, {"m3", "m1", "L.m2"}};
  for (std::uint64_t seed = 1; seed <= 108; ++seed) {
    const InventedPanel data = wide_panel(seed, seed % 2 == 0);
    MediationSpec spec = spec_of("y ~ x + z" + effects[seed % 3], mediators[(seed / 3) % 3]);
    if ((seed / 9) % 3 == 1) spec.total.frame.weights = expression_of("w");
    if ((seed / 9) % 3 == 2) {
      spec.total.frame.weights = expression_of("side + 1");
      spec.total.frame.weight_type = WeightType::frequency;
    }
    Diagnostics notes;
    const EffectIdentity identity = effect_identity(mediation_of(spec, data, notes));
    EXPECT_NEAR(identity.gap(), 0, 1e-9) << seed;
    EXPECT_TRUE(identity.holds) << seed;
    EXPECT_EQ(identity.reason, "");
    for (const Diagnostic& note : notes.items()) EXPECT_NE(note.code, "mechanism.identity");
  }
}

TEST(EffectIdentity, HoldsWithAsManyInstrumentsAsEndogenousVariables) {
  const InventedPanel data = wide_panel(3, false);
  Diagnostics notes;
  EXPECT_TRUE(effect_identity(mediation_of(spec_of("y ~ z | unit | x ~ w1", {"m1"}), data, notes)).holds);
}

std::string reason(MediationSpec spec, const std::string& method) {
  const InventedPanel data = wide_panel(3, true);
  spec.total.method = method;
  Diagnostics notes;
  const EffectIdentity identity = effect_identity(mediation_of(spec, data, notes));
  EXPECT_FALSE(identity.holds);
  for (const Diagnostic& note : notes.items())
    if (note.code == "mechanism.identity") return note.message;
  return "";
}

TEST(EffectIdentity, SaysWhyItFails) {
  EXPECT_THAT(reason(spec_of("counts ~ x + z", {"events"}), "poisson"), HasSubstr("different scales"));
  EXPECT_THAT(reason(spec_of("y ~ z | unit | x ~ w1 + w2", {"m1"}), ""), HasSubstr("more instruments"));
  EXPECT_THAT(reason(spec_of("y ~ x + z", {"m1"}), "re"), HasSubstr("in its own way"));
}

// What the equations share is what makes it hold: with a mediator equation on other rows it fails, by name.
TEST(EffectIdentity, NamesSamplesAndDroppedTermsThatDiffer) {
  const InventedPanel data = wide_panel(4, false);
  Diagnostics notes;
  Mediation mediation = mediation_of(spec_of("y ~ x + z", {"m1"}), data, notes);
  MediationSpec other = spec_of("y ~ x + z", {"m1"});
  other.total.frame.where = expression_of("year > 2000");
  mediation.paths = mediation_of(other, data, notes).paths;
  mediation.mediator_models = mediation_of(other, data, notes).mediator_models;
  EXPECT_THAT(effect_identity(mediation).reason, HasSubstr("different rows"));
  Fit dropped = *mediation.total.fit;
  dropped.dropped.push_back({"z", "collinear", {}});
  mediation.mediator_models.front().fit = std::make_shared<const Fit>(dropped);
  EXPECT_THAT(effect_identity(mediation).reason, HasSubstr("do not drop the same terms (`z`)"));
}

}  // namespace
}  // namespace panelist
