// SPDX-License-Identifier: Apache-2.0
// Event studies against explicit means and matrices in base R, and against fixest.
#include <cmath>

#include "policy_data.h"

namespace panelist {
namespace {

constexpr const char* base_r = "policy_r/expected.csv";
constexpr const char* fixest = "policy_fixest/expected.csv";

void expect_near(double value, double expected, const std::string& name) {
  EXPECT_NEAR(value, expected, 1e-8 * std::max(1.0, std::abs(expected))) << name;
}

// Every number of the reference that begins with `estimate` and a time, its standard error, the ATT and the test.
void compare(const EventEffects& effects, const std::map<std::string, double>& expected,
             const std::string& estimate = "b", const std::string& error = "se") {
  int compared = 0;
  for (const EventTime& time : effects.times) {
    const std::string key = estimate + std::to_string(time.time);
    if (!expected.contains(key) || time.reference) continue;
    expect_near(time.estimate, expected.at(key), key);
    const std::string of_error = error == "_se" ? key + error : error + std::to_string(time.time);
    expect_near(time.std_error, expected.at(of_error), of_error);
    ++compared;
  }
  EXPECT_GE(compared, 5);
  expect_near(effects.att.estimate, expected.at("att"), "att");
  expect_near(effects.att.std_error, expected.at("att_se"), "att_se");
  ASSERT_TRUE(effects.pre_trend.has_value());
  expect_near(effects.pre_trend->statistic, expected.at("pre"), "pre");
  expect_near(effects.pre_trend->p_value, expected.at("pre_p"), "pre_p");
}

EventStudySpec with_control(EventStudySpec spec, const std::string& control) {
  spec.control = control;
  return spec;
}

TEST(EventReference, TwoWayAgreesWithExplicitRegressions) {
  const PolicyPanel data = reference_panel();
  for (const bool unbalanced : {false, true}) {
    EventStudySpec spec = event_spec(
        policy_model("y ~ x | unit + year", "cluster(unit)", unbalanced ? "kept == 1" : ""), "twfe");
    spec.window = {-4, 5};
    compare(effects_of(spec, data), expected_of(base_r, unbalanced ? "twfe_unbalanced" : "twfe"));
  }
}

TEST(EventReference, SunAbrahamAgreesWithExplicitRegressions) {
  const PolicyPanel data = reference_panel();
  const EventStudySpec all = event_spec(policy_model("y ~ x | unit + year", "cluster(unit)"), "sun_abraham");
  compare(effects_of(all, data), expected_of(base_r, "sun_abraham"));
  const EventStudySpec kept =
      event_spec(policy_model("y ~ x | unit + year", "cluster(unit)", "kept == 1"), "sun_abraham");
  compare(effects_of(kept, data), expected_of(base_r, "sun_abraham_unbalanced"));
}

TEST(EventReference, SunAbrahamAgainstTheLastCohortAgreesWithExplicitRegressions) {
  const PolicyPanel data = reference_panel();
  const EventStudySpec spec =
      event_spec(policy_model("y ~ x | unit + year", "cluster(unit)", "first > 0"), "sun_abraham");
  const EventEffects effects = effects_of(spec, data);
  compare(effects, expected_of(base_r, "sun_abraham_last"));
  EXPECT_EQ(effects.control, "last");
}

TEST(EventReference, SharesOfSunAbrahamCanBeEstimated) {
  const PolicyPanel data = reference_panel();
  EventStudySpec spec = event_spec(policy_model("y ~ x | unit + year", "cluster(unit)"), "sun_abraham");
  spec.shares = "estimated";
  compare(effects_of(spec, data), expected_of(base_r, "sun_abraham_shares"));
  spec.model = policy_model("y ~ x | unit + year", "cluster(group)", "kept == 1", "w");
  compare(effects_of(spec, data), expected_of(base_r, "sun_abraham_shares_group"));
}

// A unit is drawn with its cohort, so that estimated shares can only add.
TEST(EventReference, EstimatedSharesAddVariance) {
  const PolicyPanel data = reference_panel();
  EventStudySpec spec = event_spec(policy_model("y ~ x | unit + year", "cluster(unit)"), "sun_abraham");
  const EventEffects known = effects_of(spec, data);
  spec.shares = "estimated";
  const EventEffects estimated = effects_of(spec, data);
  EXPECT_EQ(estimated.att.estimate, known.att.estimate);
  EXPECT_GT(estimated.att.std_error, known.att.std_error);
  // Times of one cohort alone have no shares.
  EXPECT_NEAR(estimated.times.back().std_error, known.times.back().std_error, 1e-12);
}

TEST(EventReference, ImputationWithSlopesAgreesWithExplicitRegressions) {
  const PolicyPanel data = reference_panel();
  const auto check = [&](const std::string& name, const std::string& formula, const std::string& vcov,
                         const std::string& where, const std::string& weights) {
    const EventEffects effects =
        effects_of(event_spec(policy_model(formula, vcov, where, weights), "imputation"), data);
    const std::map<std::string, double> expected = expected_of(base_r, name);
    int compared = 0;
    for (const EventTime& time : effects.times) {
      if (time.time < 0) continue;
      expect_near(time.estimate, expected.at("b" + std::to_string(time.time)), name);
      expect_near(time.std_error, expected.at("se" + std::to_string(time.time)), name);
      ++compared;
    }
    EXPECT_GE(compared, 5);
    expect_near(effects.att.estimate, expected.at("att"), name);
    expect_near(effects.att.std_error, expected.at("att_se"), name);
  };
  check("imputation_trend", "y ~ x | unit[year] + year", "cluster(unit)", "", "");
  check("imputation_trend", "y ~ x | unit + unit[[year]] + year", "cluster(unit)", "", "");
  check("imputation_trend_weighted", "y ~ x | unit[year] + year", "cluster(group)", "kept == 1", "w");
  check("imputation_slope", "y ~ 1 | unit[x] + year", "cluster(unit)", "", "");
}

TEST(EventReference, ImputationAgreesWithExplicitRegressions) {
  const PolicyPanel data = reference_panel();
  const auto check = [&](const std::string& name, const std::string& vcov, const std::string& where,
                         const std::string& weights) {
    EventStudySpec spec = event_spec(policy_model("y ~ x | unit + year", vcov, where, weights), "imputation");
    spec.window = {-4, 6};
    compare(effects_of(spec, data), expected_of(base_r, name));
  };
  check("imputation", "cluster(unit)", "", "");
  check("imputation_group", "cluster(group)", "", "");
  check("imputation_unbalanced", "cluster(unit)", "kept == 1", "");
  check("imputation_weighted", "cluster(unit)", "", "w");
}

TEST(EventReference, CallawaySantannaAgreesWithExplicitMeans) {
  const PolicyPanel data = reference_panel();
  const auto check = [&](const std::string& name, const std::string& vcov, const std::string& where,
                         const std::string& control) {
    const EventStudySpec spec = with_control(
        event_spec(policy_model("y ~ 1 | unit + year", vcov, where), "callaway_santanna"), control);
    const EventEffects effects = effects_of(spec, data);
    const std::map<std::string, double> expected = expected_of(base_r, name);
    compare(effects, expected, "event", "_se");
    for (const GroupTimeEffect& cell : effects.cells) {
      if (cell.relative == -1) continue;
      expect_near(cell.effect.estimate, expected.at("att_" + cell.cohort + "_" + cell.time),
                  cell.effect.term);
      expect_near(cell.effect.std_error, expected.at("se_" + cell.cohort + "_" + cell.time),
                  cell.effect.term);
    }
    for (const EffectGroup& group : effects.groups) {
      const std::string overall = group.by == "cohort" ? "cohorts" : group.by;
      expect_near(group.overall.estimate, expected.at(overall), overall);
      expect_near(group.overall.std_error, expected.at(overall + "_se"), overall);
      if (group.by == "dynamic") continue;
      for (const Coefficient& one : group.effects) {
        expect_near(one.estimate, expected.at(group.by + one.term), group.by + one.term);
        expect_near(one.std_error, expected.at(group.by + one.term + "_se"), group.by + one.term);
      }
    }
  };
  check("callaway_santanna", "cluster(unit)", "", "never");
  check("callaway_santanna_not_yet", "cluster(unit)", "", "not_yet");
  check("callaway_santanna_group", "cluster(group)", "", "never");
  check("callaway_santanna_unbalanced", "cluster(unit)", "kept == 1", "never");
}

TEST(EventReference, CallawaySantannaWithCovariatesAgreesWithExplicitInfluence) {
  const PolicyPanel data = reference_panel();
  const auto check = [&](EventStudySpec spec, const std::string& name) {
    const EventEffects effects = effects_of(spec, data);
    const std::map<std::string, double> expected = expected_of(base_r, name);
    compare(effects, expected, "event", "_se");
    std::size_t cells = 0;
    for (const GroupTimeEffect& cell : effects.cells) {
      if (cell.relative == -1) continue;
      expect_near(cell.effect.estimate, expected.at("att_" + cell.cohort + "_" + cell.time), name);
      if (spec.bootstrap.empty())
        expect_near(cell.effect.std_error, expected.at("se_" + cell.cohort + "_" + cell.time), name);
      ++cells;
    }
    EXPECT_EQ(cells, 27U);
    return effects;
  };
  for (const std::string adjust : {"regression", "ipw", "dr"}) {
    EventStudySpec spec =
        event_spec(policy_model("y ~ x | unit + year", "cluster(unit)"), "callaway_santanna");
    spec.adjust = adjust;
    check(spec, "adjusted_" + adjust);
    spec.model = policy_model("y ~ x | unit + year", "cluster(group)", "kept == 1", "w");
    spec.control = "not_yet";
    check(spec, "adjusted_" + adjust + "_weighted");
  }
  check(event_spec(policy_model("y ~ 1 | unit + year", "cluster(unit)", "", "w"), "callaway_santanna"),
        "callaway_santanna_weighted");
  // Eight clusters: all 256 sign changes on both sides.
  EventStudySpec drawn =
      event_spec(policy_model("y ~ x | unit + year", "cluster(block)"), "callaway_santanna");
  drawn.adjust = "dr";
  drawn.bootstrap = "rademacher";
  drawn.band = true;
  const EventEffects effects = check(drawn, "multipliers");
  EXPECT_EQ(effects.bootstrap_draws, 256);
  expect_near(effects.band_factor, expected_of(base_r, "multipliers").at("band"), "band");
}

void compare_fixest(const EventEffects& effects, const std::string& name, const std::string& prefix) {
  const std::map<std::string, double> expected = expected_of(fixest, name);
  int compared = 0;
  for (const EventTime& time : effects.times) {
    const std::string key = prefix + "::" + std::to_string(time.time);
    if (!expected.contains(key)) continue;
    expect_near(time.estimate, expected.at(key), key);
    expect_near(time.std_error, expected.at(key + "_se"), key);
    ++compared;
  }
  EXPECT_GE(compared, 8);
  if (expected.contains("ATT")) {
    expect_near(effects.att.estimate, expected.at("ATT"), "ATT");
    expect_near(effects.att.std_error, expected.at("ATT_se"), "ATT_se");
  }
}

TEST(EventReference, TwoWayAndSunAbrahamAgreeWithFixest) {
  const PolicyPanel data = reference_panel();
  for (const std::string name : {"balanced", "unbalanced", "weighted"}) {
    const EstimationSpec model =
        policy_model("y ~ x | unit + year", "cluster(unit)", name == "unbalanced" ? "kept == 1" : "",
                     name == "weighted" ? "w" : "");
    compare_fixest(effects_of(event_spec(model, "sun_abraham"), data), "sunab_" + name, "year");
    EventStudySpec two_way = event_spec(model, "twfe");
    two_way.window = {-4, 5};
    compare_fixest(effects_of(two_way, data), "twfe_" + name, "r");
  }
}

TEST(EventReference, EffectsOfCohortsAgreeWithFixest) {
  const PolicyPanel data = reference_panel();
  const EventEffects effects =
      effects_of(event_spec(policy_model("y ~ x | unit + year", "cluster(unit)"), "sun_abraham"), data);
  const std::map<std::string, double> expected = expected_of(fixest, "sunab_balanced_cohort");
  ASSERT_EQ(effects.groups.at(0).effects.size(), 3U);
  for (const Coefficient& one : effects.groups.at(0).effects) {
    expect_near(one.estimate, expected.at("cohort::" + one.term), one.term);
    expect_near(one.std_error, expected.at("cohort::" + one.term + "_se"), one.term);
  }
}

PolicyPanel carbon_panel() {
  Table table =
      read_table(std::string(PANELIST_SOURCE_DIR) + "/tests/reference/policy_fixest/carbon_digital.csv");
  const std::vector<double> policy = table.at("Policy").values(), year = table.at("year").values();
  std::vector<double> did;
  for (std::size_t i = 0; i < year.size(); ++i) did.push_back(policy[i] * (year[i] >= 2014 ? 1 : 0));
  table.set("did", Column::numbers(did));
  return policy_panel(std::move(table), "prov_name", "year");
}

EventEffects carbon_effects(const PolicyPanel& data, const std::string& controls, const std::string& method) {
  EventStudySpec spec = event_spec(
      policy_model("digeco ~ did" + controls + " | prov_name + year", "cluster(prov_name)"), method);
  spec.model.frame.panel = {"prov_name", "year"};
  spec.treatment = {"", "did"};
  return effects_of(spec, data);
}

// Standard errors of base R count every dummy among the parameters; fixest's leave out the units', nested in clusters.
TEST(EventReference, CarbonPilotsReproduceRegressionsOnDummies) {
  const PolicyPanel data = carbon_panel();
  const EventEffects plain = carbon_effects(data, "", "twfe");
  EXPECT_NEAR(plain.att.estimate, 0.0393906250, 5e-11);
  EXPECT_NEAR(plain.att.std_error, expected_of(fixest, "carbon").at("did_se"), 1e-10);
  const double parameters = 30 + 12 - 1 + 1, nested = 30 - 1;
  EXPECT_NEAR(plain.att.std_error * std::sqrt((360 - parameters + nested) / (360 - parameters)), 0.018691339,
              5e-10);
  const EventEffects controlled = carbon_effects(data, " + lnedu + lnfdi + lnpgdp + lnpwage + gov", "twfe");
  EXPECT_NEAR(controlled.att.estimate, 0.0285141516, 5e-11);
  EXPECT_NEAR(controlled.att.std_error, expected_of(fixest, "carbon_controls").at("did_se"), 1e-10);
  compare_fixest(plain, "carbon_event", "r");
}

// One cohort, a balanced panel, no controls: all four are the same differences of means.
TEST(EventReference, MethodsAgreeWhereThereIsOneCohort) {
  const PolicyPanel data = carbon_panel();
  const EventEffects first = carbon_effects(data, "", "twfe");
  for (const std::string method : {"sun_abraham", "callaway_santanna"}) {
    const EventEffects other = carbon_effects(data, "", method);
    ASSERT_EQ(other.times.size(), first.times.size());
    for (std::size_t i = 0; i < first.times.size(); ++i)
      EXPECT_NEAR(other.times[i].estimate, first.times[i].estimate, 1e-10) << method;
  }
  EXPECT_NEAR(carbon_effects(data, "", "imputation").att.estimate, first.att.estimate, 1e-10);
}

}  // namespace
}  // namespace panelist
