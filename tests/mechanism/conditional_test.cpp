// SPDX-License-Identifier: Apache-2.0
#include "mechanism/conditional_mediation.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "mechanism/channel_effects.h"
#include "mechanism/mediation/bootstrap.h"
#include "mechanism/mediation/moderated_equations.h"
#include "mechanism/multiplicity.h"
#include "path_oracle.h"

namespace panelist {
namespace {

ConditionalSpec spec_of(const std::string& stage, const std::string& formula = "y ~ x + z | unit + year") {
  ConditionalSpec spec;
  spec.mediation.total = model_of(formula, "cluster(unit)");
  spec.mediation.total.frame.panel = {"unit", "year"};
  spec.mediation.x = "x";
  spec.mediation.mediators = {"m1"};
  spec.moderator = "q";
  spec.stage = stage;
  return spec;
}

ConditionalMediation run(const ConditionalSpec& spec, const PathOracle& oracle) {
  Diagnostics notes;
  return mediate_at(Context{}, spec, oracle.table, &oracle.panel, notes);
}

void expect_effect(const PathOracle& oracle, const std::string& name, const IndirectEffect& effect) {
  expect_close(effect.estimate, oracle.at(name + " estimate"), name);
  expect_close(effect.delta_se, oracle.at(name + " delta_se"), name);
}

TEST(ConditionalMediation, EffectsDifferenceAndIndexAreThoseOfR) {
  const PathOracle oracle;
  for (const bool weighted : {false, true})
    for (const std::string stage : {"first", "second", "both"}) {
      ConditionalSpec spec = spec_of(stage);
      if (weighted) spec.mediation.total.frame.weights = expression_of("w");
      const ConditionalMediation result = run(spec, oracle);
      const ConditionalPath& path = result.paths.at(0);
      const std::string name = stage + (weighted ? " weighted" : "");
      ASSERT_EQ(path.effects.size(), 3U);
      expect_close(path.effects[0].value, oracle.at("moderator,low"), name);
      expect_close(path.effects[2].value, oracle.at("moderator,high"), name);
      expect_effect(oracle, name + ",low", path.effects[0].effect);
      expect_effect(oracle, name + ",mean", path.effects[1].effect);
      expect_effect(oracle, name + ",high", path.effects[2].effect);
      expect_effect(oracle, name + ",high less low", *path.difference);
      EXPECT_EQ(path.index.has_value(), stage != "both");
      if (path.index) expect_effect(oracle, name + ",index", *path.index);
      EXPECT_TRUE(result.added);
      EXPECT_FALSE(result.direct_moves);
      EXPECT_TRUE(std::isnan(path.effects[0].effect.sobel_se));
    }
}

// Units drawn as R drew them: a product that one equation alone has included.
TEST(ConditionalMediation, ResampledEffectsAreThoseOfR) {
  const PathOracle oracle;
  const ConditionalSpec spec = spec_of("first");
  const ModeratedEquations equations = moderated_equations(spec, oracle.table, &oracle.panel);
  Diagnostics notes;
  const Estimation mediator =
      estimate_model(Context{}, equations.base.mediators[0], equations.base.table, &oracle.panel, notes);
  const Estimation outcome =
      estimate_model(Context{}, equations.base.outcome, equations.base.table, &oracle.panel, notes);
  const PathSystem system{{&mediator, &outcome}, {{0, "x"}, {0, "x:q"}, {1, "m1"}}};
  const auto widest = frame_of(Context{}, equations.widest, equations.base.table, &oracle.panel, notes);
  const ResampledSystem resampled = resampled_system(widest, system, spec.mediation);
  const ClusterPlan plan = plan_clusters(*widest, oracle.table, "unit");
  const ThetaOf fast = theta_by_products(Context{}, resampled, plan).value();
  const ThetaOf slow = theta_by_refits(Context{}, resampled, plan);
  for (std::size_t r = 0; r < oracle.draws.size(); ++r) {
    const Vector theta = fast(oracle.draws[r]);
    const std::string name = "draw " + std::to_string(r + 1) + ",index";
    expect_close(theta(1) * theta(2), oracle.at(name), name);
    EXPECT_LT((theta - slow(oracle.draws[r])).cwiseAbs().maxCoeff(), 1e-9);
  }
}

TEST(ConditionalMediation, IntervalsAndCurveGoWithTheEffects) {
  const PathOracle oracle;
  ConditionalSpec spec = spec_of("both");
  spec.mediation.bootstrap = 300;
  spec.mediation.draws = 2000;
  const ConditionalPath path = run(spec, oracle).paths.at(0);
  for (const ConditionalEffect& at : path.effects) {
    EXPECT_LT(at.effect.bootstrap->percentile_low, at.effect.estimate);
    EXPECT_GT(at.effect.bootstrap->percentile_high, at.effect.estimate);
    EXPECT_TRUE(std::isfinite(at.effect.bootstrap->bca_low));
    EXPECT_LT(at.effect.monte_carlo->low, at.effect.estimate);
  }
  ASSERT_EQ(path.curve.size(), 41U);
  const double middle = path.curve[20].value;
  spec.at = {middle};
  const ConditionalPath alone = run(spec, oracle).paths.at(0);
  EXPECT_NEAR(alone.effects[0].effect.estimate, path.curve[20].estimate, 1e-12);
  EXPECT_NEAR(alone.effects[0].effect.bootstrap->percentile_low, path.curve[20].low, 1e-12);
  EXPECT_FALSE(alone.difference.has_value());
}

// Without a product nothing moves; with W centred at a value, a0 b0 is the effect there.
TEST(ConditionalMediation, EffectAtAValueIsThatOfTheModeratorCentredThere) {
  const PathOracle oracle;
  PathOracle centred;
  std::vector<double> moved = oracle.table.at("q").values();
  for (double& value : moved) value -= 1.7;
  centred.table.set("q", Column::numbers(moved));
  for (const std::string stage : {"first", "second", "both"}) {
    ConditionalSpec here = spec_of(stage), there = spec_of(stage);
    here.at = {1.7, 2.2};
    there.at = {0.0, 0.5};
    const ConditionalPath a = run(here, oracle).paths.at(0), b = run(there, centred).paths.at(0);
    EXPECT_NEAR(a.effects[0].effect.estimate, b.first[0].estimate * b.second[0].estimate, 1e-10);
    EXPECT_NEAR(a.effects[1].effect.delta_se, b.effects[1].effect.delta_se, 1e-9);
    EXPECT_NEAR(a.difference->estimate, b.difference->estimate, 1e-10);
  }
}

TEST(ConditionalMediation, AProductInTheFormulaMovesTheDirectEffectToo) {
  const PathOracle oracle;
  const ConditionalMediation result = run(spec_of("first", "y ~ x * q + z | unit + year"), oracle);
  EXPECT_TRUE(result.direct_moves);
  EXPECT_FALSE(result.added);
  const auto& names = result.outcome_model.fit->names;
  EXPECT_NE(std::find(names.begin(), names.end(), "x:q"), names.end());
  EXPECT_EQ(result.mediator_models[0].fit->names.size(), 4U);
  EXPECT_EQ(result.paths[0].first.size(), 2U);
}

TEST(ConditionalMediation, SeveralMediatorsEachHaveTheirEffects) {
  const PathOracle oracle;
  ConditionalSpec spec = spec_of("second");
  spec.mediation.mediators = {"m1", "m3"};
  const ConditionalMediation result = run(spec, oracle);
  ASSERT_EQ(result.paths.size(), 2U);
  EXPECT_EQ(result.paths[1].second[1].term, "m3:q");
  EXPECT_NE(result.paths[0].index->estimate, result.paths[1].index->estimate);
}

std::string code_of(const ConditionalSpec& spec, const PathOracle& oracle) {
  try {
    run(spec, oracle);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "none";
}

TEST(ConditionalMediation, RefusesWhatIsNoModerator) {
  PathOracle oracle;
  const auto with = [](const std::string& moderator) {
    ConditionalSpec spec = spec_of("first");
    spec.moderator = moderator;
    return spec;
  };
  oracle.table.set("one", Column::numbers(std::vector<double>(oracle.table.rows(), 1)));
  EXPECT_EQ(code_of(with("x"), oracle), "mechanism.moderator_in_path");
  EXPECT_EQ(code_of(with("m1"), oracle), "mechanism.moderator_in_path");
  EXPECT_EQ(code_of(with("y"), oracle), "mechanism.moderator_in_path");
  EXPECT_EQ(code_of(with("one"), oracle), "mechanism.constant_moderator");
  EXPECT_EQ(code_of(with("unit"), oracle), "mechanism.text_moderator");
  EXPECT_EQ(code_of(spec_of("second", "y ~ x * q + z | unit"), oracle), "mechanism.moderated_stage");
  EXPECT_EQ(code_of(spec_of("first", "y ~ z | unit | x ~ w"), oracle), "mechanism.moderated_instrument");
  // The moderator is x in other words: its product with x is there, itself is not.
  std::vector<double> twice = oracle.table.at("x").values();
  for (double& value : twice) value = 2 * value;
  oracle.table.set("twice", Column::numbers(twice));
  EXPECT_EQ(code_of(with("twice"), oracle), "none");
  // A moderator fixed within units lies in the effects; its product does not.
  std::vector<double> fixed;
  for (std::size_t row = 0; row < oracle.table.rows(); ++row)
    fixed.push_back(oracle.table.at("unit").text_at(row) < "u09" ? 0 : 1);
  oracle.table.set("fixed", Column::numbers(fixed));
  EXPECT_EQ(code_of(with("fixed"), oracle), "none");
  // x moves in the units where the moderator is zero alone: no product is left.
  std::vector<double> x = oracle.table.at("x").values();
  for (std::size_t row = 0; row < x.size(); ++row)
    if (fixed[row] == 1) x[row] = 0;
  oracle.table.set("x", Column::numbers(x));
  EXPECT_EQ(code_of(with("fixed"), oracle), "mechanism.term_dropped");
}

TEST(ConditionalMediation, SaysWhichValuesLieOutsideTheData) {
  const PathOracle oracle;
  ConditionalSpec spec = spec_of("first");
  spec.at = {2, 50};
  Diagnostics notes;
  mediate_at(Context{}, spec, oracle.table, &oracle.panel, notes);
  ASSERT_FALSE(notes.items().empty());
  EXPECT_EQ(notes.items().back().code, "mechanism.value_outside");
}

TEST(ChannelEffects, AreRegressionsOnOneSampleWithCorrectedP) {
  const PathOracle oracle;
  MediationSpec spec = spec_of("first").mediation;
  spec.mediators = {"m1", "m2", "m3"};
  Diagnostics notes;
  const Mediation mediation = mediate(Context{}, spec, oracle.table, &oracle.panel, notes);
  const ChannelEffects channels =
      channel_effects(Context{}, spec, "holm", oracle.table, &oracle.panel, notes);
  ASSERT_EQ(channels.effects.size(), 3U);
  std::vector<double> p;
  for (std::size_t j = 0; j < 3; ++j) {
    EXPECT_EQ(channels.effects[j].effect.estimate, mediation.paths[j].a.estimate);
    p.push_back(channels.effects[j].effect.p_value);
  }
  const std::vector<double> expected = corrected(p, "holm");
  for (std::size_t j = 0; j < 3; ++j) EXPECT_EQ(channels.effects[j].corrected_p, expected[j]);
  EXPECT_EQ(channels.total_effect.estimate, mediation.total_effect.estimate);
}

TEST(ChannelEffects, AndModeratedLinksSayHowManyRowsTheMediatorsCost) {
  const PathOracle oracle;
  const ConditionalSpec spec = spec_of("first");
  Table gaps = oracle.table;
  std::vector<double> m1 = gaps.at("m1").values();
  m1[3] = missing_value;
  gaps.set("m1", Column::numbers(m1));
  const auto costs = [&](const Table& table) {
    Diagnostics channels, moderated;
    channel_effects(Context{}, spec.mediation, "holm", table, &oracle.panel, channels);
    mediate_at(Context{}, spec, table, &oracle.panel, moderated);
    const auto said = [](const Diagnostic& note) { return note.code == "mechanism.fewer_rows"; };
    return std::count_if(channels.items().begin(), channels.items().end(), said) +
           std::count_if(moderated.items().begin(), moderated.items().end(), said);
  };
  EXPECT_EQ(costs(oracle.table), 0);
  EXPECT_EQ(costs(gaps), 2);
}

TEST(ConditionalMediation, SaysThatTheBootstrapDrawsOneOfTwoClusters) {
  const PathOracle oracle;
  const auto says = [&](const std::string& vcov, int replicates) {
    ConditionalSpec spec = spec_of("first");
    spec.mediation.total = model_of("y ~ x + z | unit + year", vcov);
    spec.mediation.total.frame.panel = {"unit", "year"};
    spec.mediation.bootstrap = replicates;
    Diagnostics parallel, moderated;
    mediate(Context{}, spec.mediation, oracle.table, &oracle.panel, parallel);
    mediate_at(Context{}, spec, oracle.table, &oracle.panel, moderated);
    const auto said = [](const Diagnostic& note) { return note.code == "mechanism.one_way_drawn"; };
    return std::count_if(parallel.items().begin(), parallel.items().end(), said) +
           std::count_if(moderated.items().begin(), moderated.items().end(), said);
  };
  EXPECT_EQ(says("cluster(unit, year)", 20), 2);
  EXPECT_EQ(says("cluster(unit, year)", 0), 0);
  EXPECT_EQ(says("cluster(unit)", 20), 0);
}

}  // namespace
}  // namespace panelist
