// SPDX-License-Identifier: Apache-2.0
// Invented designs with known effects: bias, coverage, bands; and bad input.
#include <algorithm>
#include <cmath>
#include <functional>

#include "policy_data.h"

namespace panelist {
namespace {

double growing(int start, int year) { return 0.4 * (year - start + 1) + 0.1 * (start - 4); }

double mean_effect(const PolicyPanel& data, int relative) {
  const std::vector<double>&first = data.table.at("first").values(), &year = data.table.at("year").values();
  double sum = 0, count = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    if (first[i] == 0 || static_cast<int>(year[i] - first[i]) != relative) continue;
    sum += growing(static_cast<int>(first[i]), static_cast<int>(year[i]));
    count += 1;
  }
  return sum / count;
}

EventStudySpec invented_spec(const std::string& method) {
  return event_spec(policy_model("y ~ 1 | unit + year", "cluster(unit)"), method);
}

const EventTime& at(const EventEffects& effects, int time) {
  for (const EventTime& one : effects.times)
    if (one.time == time) return one;
  throw std::runtime_error("no such time");
}

TEST(EventStudy, RobustEstimatorsFindEffectsThatGrowAndDifferWithoutNoise) {
  StaggeredDesign design;
  design.noise = 0;
  design.effect = growing;
  const PolicyPanel data = staggered_panel(design, 1);
  for (const std::string method : {"sun_abraham", "imputation", "callaway_santanna"}) {
    const EventEffects effects = effects_of(invented_spec(method), data);
    for (const int time : {0, 1, 2})
      EXPECT_NEAR(at(effects, time).estimate, mean_effect(data, time), 1e-9) << method;
    for (const EventTime& time : effects.times) {
      if (time.time < 0) {
        EXPECT_NEAR(time.estimate, 0, 1e-9) << method;
      }
    }
  }
}

// The static two-way coefficient is not a mean of these effects.
TEST(EventStudy, TheTwoWayCoefficientIsBiasedWhereEffectsGrow) {
  StaggeredDesign design;
  design.noise = 0;
  design.effect = growing;
  const PolicyPanel data = staggered_panel(design, 1);
  const double mean = effects_of(invented_spec("imputation"), data).att.estimate;
  const double two_way = effects_of(invented_spec("twfe"), data).att.estimate;
  EXPECT_LT(two_way, 0.9 * mean);
}

TEST(EventStudy, IntervalsOfRobustEstimatorsCoverTheTruth) {
  StaggeredDesign design;
  design.effect = growing;
  constexpr int draws = 300;
  for (const std::string method : {"sun_abraham", "imputation", "callaway_santanna"}) {
    int covered = 0;
    double sum = 0;
    for (int draw = 0; draw < draws; ++draw) {
      const PolicyPanel data = staggered_panel(design, static_cast<std::uint64_t>(100 + draw));
      const EventTime one = at(effects_of(invented_spec(method), data), 1);
      const double truth = mean_effect(data, 1);
      sum += one.estimate - truth;
      covered += one.conf_low <= truth && truth <= one.conf_high ? 1 : 0;
    }
    // 95 % of 300 less or more 3.5 standard deviations of a share; the imputation's interval is conservative.
    EXPECT_GE(covered, 0.905 * draws) << method;
    EXPECT_LE(covered, 0.995 * draws) << method;
    EXPECT_NEAR(sum / draws, 0, 0.07) << method;
  }
}

TEST(EventStudy, BandsAreWiderThanIntervalsAndHoldAllTimesAtOnce) {
  StaggeredDesign design;
  design.effect = growing;
  EventStudySpec spec = invented_spec("callaway_santanna");
  spec.window = {-3, 2};
  spec.band = true;
  spec.band_draws = 1000;
  int covered = 0;
  constexpr int draws = 300;
  for (int draw = 0; draw < draws; ++draw) {
    const PolicyPanel data = staggered_panel(design, static_cast<std::uint64_t>(100 + draw));
    bool all = true;
    for (const EventTime& time : effects_of(spec, data).times) {
      if (time.reference) continue;
      EXPECT_LT(time.band_low, time.conf_low);
      const double truth = time.time < 0 ? 0 : mean_effect(data, time.time);
      all = all && time.band_low <= truth && truth <= time.band_high;
    }
    covered += all ? 1 : 0;
  }
  EXPECT_GE(covered, 0.9 * draws);
  EXPECT_LE(covered, 0.995 * draws);
}

TEST(EventStudy, BandsAreTheSameInEveryRun) {
  StaggeredDesign design;
  design.effect = growing;
  EventStudySpec spec = invented_spec("twfe");
  spec.band = true;
  const PolicyPanel data = staggered_panel(design, 3);
  EXPECT_EQ(effects_of(spec, data).band_factor, effects_of(spec, data).band_factor);
  EXPECT_GT(effects_of(spec, data).band_factor, 2.3);
}

TEST(EventStudy, ASwitchingColumnAndAColumnOfStartsSayTheSame) {
  const PolicyPanel data = reference_panel();
  EventStudySpec spec =
      event_spec(policy_model("y ~ treated + x | unit + year", "cluster(unit)"), "imputation");
  const EventEffects by_start = effects_of(spec, data);
  spec.treatment = {"", "treated"};
  const EventEffects by_switch = effects_of(spec, data);
  spec.model = policy_model("y ~ x | unit + year", "cluster(unit)");
  const EventEffects without = effects_of(spec, data);
  EXPECT_EQ(by_start.att.estimate, without.att.estimate);
  EXPECT_EQ(by_switch.att.estimate, without.att.estimate);
  EXPECT_EQ(by_switch.att.std_error, without.att.std_error);
}

std::string code_of(const EventStudySpec& spec, const PolicyPanel& data) {
  try {
    effects_of(spec, data);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

std::vector<std::string> warnings_of(const EventStudySpec& spec, const PolicyPanel& data) {
  Diagnostics notes;
  const EventStudy study = event_study(Context{}, spec, data.table, &data.panel, notes);
  std::vector<std::string> codes;
  for (const auto& [code, message] : study.warnings) codes.push_back(code);
  for (const EventEffects& effects : study.methods)
    for (const auto& [code, message] : effects.warnings) codes.push_back(code);
  return codes;
}

PolicyPanel changed(PolicyPanel data, const std::string& column, std::size_t row, double value) {
  std::vector<double> values = data.table.at(column).values();
  values[row] = value;
  data.table.set(column, Column::numbers(values));
  return data;
}

// Rows of the panel for which `keep` holds.
PolicyPanel some_rows(const PolicyPanel& data, const std::function<bool(double first, double year)>& keep) {
  std::vector<bool> kept;
  const std::vector<double>&first = data.table.at("first").values(), &year = data.table.at("year").values();
  for (std::size_t i = 0; i < first.size(); ++i) kept.push_back(keep(first[i], year[i]));
  return policy_panel(data.table.filter(kept));
}

PolicyPanel growing_panel() {
  StaggeredDesign design;
  design.effect = growing;
  return staggered_panel(design, 1);
}

bool has_code(const std::vector<std::pair<std::string, std::string>>& warnings, const std::string& code) {
  return std::any_of(warnings.begin(), warnings.end(), [&](const auto& one) { return one.first == code; });
}

// Its dummies add up to its units' effects: the one that a regression drops is a reference by accident.
TEST(EventStudy, ACohortWithoutRowsAtTheReferenceTakesNoPartInSunAbraham) {
  StaggeredDesign design;
  design.noise = 0;
  design.effect = [](int start, int) { return start == 6 ? 7.0 : 1.0; };
  const PolicyPanel whole = staggered_panel(design, 1);
  const PolicyPanel data =
      some_rows(whole, [](double first, double year) { return first != 6 || year != 5; });
  const EventEffects effects = effects_of(invented_spec("sun_abraham"), data);
  EXPECT_NEAR(effects.att.estimate, 1, 1e-9);
  for (const EventTime& time : effects.times) {
    EXPECT_NEAR(time.estimate, time.time < 0 ? 0 : 1, 1e-9) << time.time;
  }
  EXPECT_TRUE(has_code(effects.warnings, "policy.cells_not_identified"));
  EXPECT_FALSE(
      has_code(effects_of(invented_spec("sun_abraham"), whole).warnings, "policy.cells_not_identified"));
}

TEST(EventStudy, TrendsOfUnitsNeedASecondReferenceInSunAbraham) {
  const PolicyPanel data = growing_panel();
  EventStudySpec spec = invented_spec("sun_abraham");
  spec.model = policy_model("y ~ 1 | unit[year] + year", "cluster(unit)");
  EXPECT_EQ(code_of(spec, data), "policy.nothing_identified");
}

// Changes since an earlier time than the reference are estimates; the change since itself is none.
TEST(EventStudy, AMovedBaseOfCallawaySantannaIsNoEstimateOfItsTime) {
  StaggeredDesign design;
  design.effect = growing;
  const PolicyPanel data =
      some_rows(staggered_panel(design, 1), [](double, double year) { return year != 5; });
  const PolicyPanel others = some_rows(data, [](double first, double) { return first != 6; });
  const EventEffects effects = effects_of(invented_spec("callaway_santanna"), data);
  const EventEffects without = effects_of(invented_spec("callaway_santanna"), others);
  EXPECT_NEAR(at(effects, -2).estimate, at(without, -2).estimate, 1e-12);
  EXPECT_TRUE(has_code(effects.warnings, "policy.base_moved"));
  EXPECT_FALSE(has_code(without.warnings, "policy.base_moved"));
}

TEST(EventStudy, RowsWhoseTreatmentIsNotKnownAreLeftOut) {
  const PolicyPanel data = growing_panel();
  std::vector<double> treated = data.table.at("treated").values();
  const std::vector<double>&first = data.table.at("first").values(), &year = data.table.at("year").values();
  std::size_t blanks = 0;
  for (std::size_t i = 0; i < treated.size(); ++i)
    if (first[i] == 6 && (year[i] == 5 || year[i] == 8)) {
      treated[i] = missing_value;
      blanks += year[i] == 5 ? 1 : 0;
    }
  PolicyPanel gaps = data;
  gaps.table.set("treated", Column::numbers(treated));
  EventStudySpec spec = invented_spec("imputation");
  spec.treatment = {"", "treated"};
  Diagnostics notes;
  const EventStudy study = event_study(Context{}, spec, gaps.table, &gaps.panel, notes);
  EXPECT_EQ(study.methods.at(0).n, static_cast<double>(treated.size() - blanks));
  const auto said = std::find_if(notes.items().begin(), notes.items().end(), [](const Diagnostic& one) {
    return one.code == "policy.treatment_unknown";
  });
  ASSERT_NE(said, notes.items().end());
  EXPECT_EQ(said->message.substr(0, std::to_string(blanks).size() + 1), std::to_string(blanks) + " ");
}

TEST(EventStudy, AModelWithoutEffectsOfUnitsOrTimesIsNoDifferenceInDifferences) {
  const PolicyPanel data = growing_panel();
  const auto warns = [&](const std::string& formula) {
    EventStudySpec spec = invented_spec("twfe");
    spec.model = policy_model(formula, "cluster(unit)");
    Diagnostics notes;
    return has_code(event_study(Context{}, spec, data.table, &data.panel, notes).warnings,
                    "policy.no_two_way_effects");
  };
  EXPECT_TRUE(warns("y ~ 1 | year"));
  EXPECT_TRUE(warns("y ~ 1 | unit"));
  EXPECT_FALSE(warns("y ~ 1 | unit + year"));
  EXPECT_FALSE(warns("y ~ 1 | first + year"));
  EXPECT_FALSE(warns("y ~ i(year) | unit"));
}

TEST(EventStudy, BadTreatmentsAreNamed) {
  const PolicyPanel data = reference_panel();
  EventStudySpec spec = event_spec(policy_model("y ~ x | unit + year", "cluster(unit)"), "twfe");
  EXPECT_EQ(code_of(spec, changed(data, "first", 3, 2009)), "policy.cohort_changes");
  EventStudySpec other = spec;
  other.treatment = {"", "treated"};
  EXPECT_EQ(code_of(other, changed(data, "treated", 9, 0)), "policy.not_absorbing");
  EXPECT_EQ(code_of(other, changed(data, "treated", 9, 0.5)), "policy.not_zero_one");
  other.treatment = {"", ""};
  EXPECT_EQ(code_of(other, data), "policy.missing_treatment");
  other = spec;
  other.methods = {"sunab"};
  EXPECT_EQ(code_of(other, data), "policy.unknown_method");
  other = spec;
  other.reference = 0;
  EXPECT_EQ(code_of(other, data), "policy.reference");
  other.reference = -9;
  EXPECT_EQ(code_of(other, data), "policy.reference");
  other = spec;
  other.window = {1, 4};
  EXPECT_EQ(code_of(other, data), "policy.window");
  other = spec;
  other.model = policy_model("y ~ x | unit + year", "cluster(unit)", "year >= 2009");
  EXPECT_EQ(code_of(other, data), "policy.nothing_before");
  other.model = policy_model("y ~ x | unit + year", "cluster(unit)", "first == 2004");
  EXPECT_EQ(code_of(other, data), "policy.no_control");
  other.model = policy_model("y ~ x | unit + year", "cluster(unit)", "first == 0");
  EXPECT_EQ(code_of(other, data), "policy.nobody_treated");
}

TEST(EventStudy, FewTreatedUnitsAndMissingControlsAreSaid) {
  using ::testing::Contains;
  const PolicyPanel data = reference_panel();
  EventStudySpec spec =
      event_spec(policy_model("y ~ x | unit + year", "cluster(unit)", "first == 0 or unit == 1"), "twfe");
  EXPECT_THAT(warnings_of(spec, data), Contains("policy.one_treated_unit"));
  spec.model = policy_model("y ~ x | unit + year", "cluster(unit)", "first != 2006 or unit == 9");
  EXPECT_THAT(warnings_of(spec, data), Contains("policy.cohort_of_one"));
  spec.model = policy_model("y ~ x | unit + year", "cluster(unit)", "first > 0");
  EXPECT_THAT(warnings_of(spec, data), Contains("policy.second_reference"));
  spec.methods = {"sun_abraham"};
  EXPECT_THAT(warnings_of(spec, data), Contains("policy.no_never_treated"));
  spec.methods = {"callaway_santanna"};
  EXPECT_THAT(warnings_of(spec, data), Contains("policy.controls_unused"));
  spec.methods = {"imputation"};
  EXPECT_THAT(warnings_of(spec, data), Contains("policy.not_imputed"));
  spec.window = {-2, 2};
  EXPECT_THAT(warnings_of(spec, data), Contains("policy.window_ends"));
}

TEST(EventStudy, ChoicesThatNoEstimatorReadsAreSaid) {
  using ::testing::Contains;
  using ::testing::Not;
  const PolicyPanel data = reference_panel();
  EventStudySpec spec = event_spec(policy_model("y ~ x | unit + year", "cluster(unit)"), "twfe");
  EXPECT_THAT(warnings_of(spec, data), Not(Contains("policy.choice_unused")));
  const auto with = [&](void (*choose)(EventStudySpec&)) {
    EventStudySpec changed = spec;
    choose(changed);
    return warnings_of(changed, data);
  };
  for (const auto choose : {+[](EventStudySpec& one) { one.adjust = "dr"; },
                            +[](EventStudySpec& one) { one.shares = "estimated"; },
                            +[](EventStudySpec& one) { one.bootstrap = "mammen"; },
                            +[](EventStudySpec& one) { one.control = "not_yet"; },
                            +[](EventStudySpec& one) { one.control = "last"; }})
    EXPECT_THAT(with(choose), Contains("policy.choice_unused"));
  spec.methods = {"twfe", "callaway_santanna"};
  EXPECT_THAT(with([](EventStudySpec& one) { one.adjust = "dr"; }), Not(Contains("policy.choice_unused")));
  EXPECT_THAT(with([](EventStudySpec& one) { one.shares = "estimated"; }), Contains("policy.choice_unused"));
}

TEST(EventStudy, CovariancesThatDoNotEnterAreSaid) {
  using ::testing::Contains;
  using ::testing::Not;
  const PolicyPanel data = reference_panel();
  for (const std::string method : {"imputation", "callaway_santanna"}) {
    for (const std::string vcov : {"iid", "hc1", "cluster(unit, year)"}) {
      const EventStudySpec spec = event_spec(policy_model("y ~ 1 | unit + year", vcov), method);
      EXPECT_THAT(warnings_of(spec, data), Contains("policy.own_clusters")) << method << vcov;
      EXPECT_EQ(effects_of(spec, data).vcov, "cluster(unit)");
    }
    const EventStudySpec spec = event_spec(policy_model("y ~ 1 | unit + year", "cluster(unit)"), method);
    EXPECT_THAT(warnings_of(spec, data), Not(Contains("policy.own_clusters"))) << method;
  }
}

TEST(EventStudy, UnitsTreatedThroughoutAreLeftOut) {
  const PolicyPanel data = reference_panel();
  EventStudySpec spec = event_spec(policy_model("y ~ x | unit + year", "cluster(unit)"), "twfe");
  std::vector<double> first = data.table.at("first").values();
  for (std::size_t row = 0; row < 10; ++row) first[row] = 1999;
  PolicyPanel early = data;
  early.table.set("first", Column::numbers(first));
  EXPECT_THAT(warnings_of(spec, early), ::testing::Contains("policy.always_treated"));
  EXPECT_EQ(effects_of(spec, early).n, 390);
}

// What counts are the rows of the sample: the first cohort starts with it.
TEST(EventStudy, UnitsTreatedInAllRowsOfTheSampleAreLeftOut) {
  const EventStudySpec spec =
      event_spec(policy_model("y ~ x | unit + year", "cluster(unit)", "year >= 2004"), "imputation");
  const EventStudySpec without = event_spec(
      policy_model("y ~ x | unit + year", "cluster(unit)", "year >= 2004 and first != 2004"), "imputation");
  const PolicyPanel data = reference_panel();
  EXPECT_THAT(warnings_of(spec, data), ::testing::Contains("policy.always_treated"));
  EXPECT_EQ(effects_of(spec, data).att.estimate, effects_of(without, data).att.estimate);
}

TEST(EventStudy, StartsAfterTheDataAreNoTreatment) {
  const PolicyPanel data = reference_panel();
  std::vector<double> first = data.table.at("first").values();
  PolicyPanel later = data;
  for (double& start : first)
    if (start == 0) start = 2030;
  later.table.set("first", Column::numbers(first));
  const EventStudySpec spec = event_spec(policy_model("y ~ x | unit + year", "cluster(unit)"), "sun_abraham");
  EXPECT_EQ(effects_of(spec, later).att.estimate, effects_of(spec, data).att.estimate);
}

}  // namespace
}  // namespace panelist
