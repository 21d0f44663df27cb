// SPDX-License-Identifier: Apache-2.0
// Methods of group differences against base R with explicit matrices (tests/reference/group_differences_r).
#include <gmock/gmock.h>

#include <fstream>

#include "group_oracle.h"
#include "mechanism/group_difference/unit_coefficients.h"
#include "mechanism/multiplicity.h"

namespace panelist {
namespace {

std::string pair_name(const GroupDifference& result, const GroupPair& pair) {
  return result.groups[pair.first].group + " - " + result.groups[pair.second].group;
}

class MethodsAgainstR : public testing::TestWithParam<Case> {};

TEST_P(MethodsAgainstR, PairsAndTheJointTestAgree) {
  const Case& one = GetParam();
  const GroupDifference result = oracle().compare(spec_of(one));
  ASSERT_NE(result.find(one.method), nullptr) << one.name;
  const DifferenceTests& tests = *result.find(one.method);
  for (std::size_t p = 0; p < result.pairs.size(); ++p) {
    const std::string pair = pair_name(result, result.pairs[p]);
    const TestResult& test = tests.pairs.at(p);
    const double chi2 = one.method == "disjoint" ? test.statistic * test.statistic : test.statistic;
    expect_close(result.pairs[p].difference, oracle().at(one.name, pair + " difference"), pair);
    expect_close(GroupDifference::detail(test, "std_error"), oracle().at(one.name, pair + " std_error"),
                 pair);
    expect_close(chi2, oracle().at(one.name, pair + " statistic"), pair);
    expect_close(test.p_value, oracle().at(one.name, pair + " p"), pair);
  }
  if (result.groups.size() < 3) return;
  expect_close(tests.joint->statistic, oracle().at(one.name, "joint statistic"), "joint");
  expect_close(tests.joint->p_value, oracle().at(one.name, "joint p"), "p of joint");
}

INSTANTIATE_TEST_SUITE_P(Suest, MethodsAgainstR,
                         testing::Values(Case{"suest side cluster", "suest", "side", "cluster(unit)"},
                                         Case{"suest side weighted", "suest", "side", "cluster(unit)",
                                              "y ~ x + z | unit + year", "w"},
                                         Case{"suest side hc1", "suest", "side", "hc1", "y ~ x + z"},
                                         Case{"suest late cluster", "suest", "late", "cluster(unit)"},
                                         Case{"suest late two-way", "suest", "late", "cluster(unit, year)"},
                                         Case{"suest rich cluster", "suest", "rich", "cluster(unit)"},
                                         Case{"suest rich nw", "suest", "rich", "nw(2)"},
                                         Case{"suest rich dk", "suest", "rich", "dk(2)"},
                                         Case{"suest side conley", "suest", "side",
                                              "conley(lat, lon, 600km)"},
                                         Case{"disjoint side cluster", "disjoint", "side", "cluster(unit)"}));

const std::string instrumented = "y ~ 1 | unit + year | x ~ z + w";
INSTANTIATE_TEST_SUITE_P(
    SuestOfOtherEstimators, MethodsAgainstR,
    testing::Values(
        Case{"suest side iv", "suest", "side", "cluster(unit)", instrumented},
        Case{"suest rich iv", "suest", "rich", "cluster(unit)", instrumented},
        Case{"suest side logit", "suest", "side", "cluster(unit)", "late ~ x + z", "", "fixest", "logit"},
        Case{"suest rich logit hc1", "suest", "rich", "hc1", "late ~ x + z", "", "fixest", "logit"}));

class OneModelAgainstR : public testing::TestWithParam<Case> {};

TEST_P(OneModelAgainstR, TheStackedRegressionAgrees) {
  const Case& one = GetParam();
  const GroupDifference result = oracle().compare(spec_of(one));
  ASSERT_NE(result.find(one.method), nullptr) << one.name;
  const DifferenceTests& tests = *result.find(one.method);
  const TestResult& test = result.groups.size() > 2 ? *tests.joint : tests.pairs.front();
  expect_close(test.statistic, oracle().at(one.name, "f"), "f");
  expect_close(test.p_value, oracle().at(one.name, "p"), "p");
  expect_close(GroupDifference::detail(tests.pairs.front(), "difference"),
               oracle().at(one.name, "difference"), "difference");
  expect_close(GroupDifference::detail(tests.pairs.front(), "std_error"), oracle().at(one.name, "std_error"),
               "std_error");
}

const std::string both = "y ~ x + z | unit + year";
INSTANTIATE_TEST_SUITE_P(
    Interactions, OneModelAgainstR,
    testing::Values(Case{"interaction side", "interaction", "side", "cluster(unit)", both, "", "none"},
                    Case{"interaction rich", "interaction", "rich", "cluster(unit)", both, "", "none"},
                    Case{"interaction late", "interaction", "late", "cluster(unit)", both, "", "none"},
                    Case{"slopes side", "interaction_slopes", "side", "cluster(unit)", both, "", "none"},
                    Case{"slopes rich", "interaction_slopes", "rich", "cluster(unit)", both, "", "none"},
                    Case{"term side", "interaction_term", "side", "cluster(unit)", both, "", "none"},
                    Case{"term rich", "interaction_term", "rich", "cluster(unit)", both, "", "none"}));

TEST(GroupMethods, TheChowTestOfAllCoefficientsAgreesWithR) {
  for (const std::string by : {"side", "rich", "late"}) {
    const GroupDifference result =
        oracle().compare(spec_of({by, "chow", by, "cluster(unit)", both, "", "none"}));
    const TestResult& test = *result.find("chow")->joint;
    expect_close(test.statistic, oracle().at("interaction " + by, "chow f"), by);
    expect_close(test.p_value, oracle().at("interaction " + by, "chow p"), by);
  }
}

TEST(GroupMethods, CorrectionsOfPairsAreThoseOfR) {
  for (const std::string name : {"holm", "hochberg", "bonferroni", "sidak", "bh", "by"}) {
    GroupDifferenceSpec spec = spec_of({"", "suest", "side", "cluster(unit)"});
    spec.correction = name;
    const GroupDifference result = oracle().compare(spec);
    for (std::size_t p = 0; p < result.pairs.size(); ++p)
      expect_close(GroupDifference::detail(result.find("suest")->pairs[p], "p_adjusted"),
                   oracle().at("suest side cluster", pair_name(result, result.pairs[p]) + " " + name), name);
  }
}

TEST(Multiplicity, AgreesWithRsPAdjust) {
  const std::vector<double> p = {.001, .04, .012, .3, .012, .9};
  for (const std::string name : {"holm", "hochberg", "bonferroni", "sidak", "bh", "by"}) {
    const std::vector<double> corrected_p = corrected(p, name);
    for (std::size_t i = 0; i < p.size(); ++i)
      expect_close(corrected_p[i], oracle().at("adjust", name + " " + std::to_string(i + 1)), name);
  }
  EXPECT_EQ(corrected(p, "none"), p);
  EXPECT_EQ(corrected(p, "benjamini-hochberg"), corrected(p, "bh"));
}

TEST(Multiplicity, MissingValuesStayMissingAndDoNotCount) {
  const std::vector<double> with = corrected({0.01, missing_value, 0.04}, "bonferroni");
  EXPECT_EQ(with[0], 0.02);
  EXPECT_TRUE(std::isnan(with[1]));
  EXPECT_EQ(with[2], 0.08);
  EXPECT_TRUE(corrected({}, "holm").empty());
}

TEST(GroupMethods, UnitsThatChangeGroupAreCounted) {
  for (const std::string by : {"rich", "late"}) {
    Diagnostics notes;
    const GroupDifference result = oracle().compare(spec_of({by, "suest", by, "cluster(unit)"}), &notes);
    ASSERT_EQ(result.shared.size(), 1U);
    EXPECT_EQ(result.shared[0].name, "unit");
    EXPECT_TRUE(result.shared[0].units);
    EXPECT_EQ(static_cast<double>(result.shared[0].levels), oracle().at("shared " + by, "units"));
    EXPECT_EQ(static_cast<double>(result.shared[0].shared), oracle().at("shared " + by, "in several"));
    EXPECT_EQ(notes.items().front().code, "mechanism.overlapping_clusters");
    EXPECT_THAT(notes.items().front().message,
                testing::HasSubstr(std::to_string(result.shared[0].shared) + " of 24 units of `unit`"));
  }
}

TEST(GroupMethods, SharedUnitsAreSaidWithoutClustersToo) {
  Diagnostics notes;
  GroupDifferenceSpec spec = spec_of({"", "disjoint", "rich", "hc1"});
  const GroupDifference result = oracle().compare(spec, &notes);
  EXPECT_TRUE(result.overlapping);
  EXPECT_EQ(result.test("disjoint"), nullptr);
  EXPECT_NE(result.test("suest"), nullptr);
  EXPECT_EQ(notes.items().front().code, "mechanism.units_in_both_groups");
  EXPECT_EQ(notes.items().back().code, "mechanism.test_left_out");
}

TEST(GroupMethods, ZOfSeparateEstimatesIsLeftOutWherePeriodsOrPlacesTieTheGroups) {
  for (const std::string vcov : {"dk(2)", "conley(lat, lon, 600km)"}) {
    const GroupDifference result = oracle().compare(spec_of({"", "disjoint", "side", vcov}));
    EXPECT_FALSE(result.overlapping);
    EXPECT_EQ(result.find("disjoint"), nullptr);
    ASSERT_NE(result.find("suest"), nullptr);
    ASSERT_EQ(result.left_out.size(), 1U);
    EXPECT_EQ(result.left_out[0].first, "disjoint");
  }
}

// With whole clusters in each group the adjusted scores give the groups' own variances back.
TEST(GroupMethods, StackedAdjustedScoresAreTheGroupsOwnVariances) {
  for (const std::string vcov : {"cr2(unit)", "cr3(unit)", "hc2", "hc3"}) {
    GroupDifferenceSpec spec = spec_of({"", "suest", "side", vcov});
    spec.tests = {"disjoint", "suest"};
    const GroupDifference result = oracle().compare(spec);
    for (std::size_t p = 0; p < result.pairs.size(); ++p)
      expect_close(GroupDifference::detail(result.find("suest")->pairs[p], "std_error"),
                   GroupDifference::detail(result.find("disjoint")->pairs[p], "std_error"), vcov);
  }
}

// Eight units, seventy assignments: the whole distribution.
TEST(GroupMethods, PermutationOfFewUnitsTakesEveryAssignmentAndAgreesWithR) {
  std::ifstream file(folder_of_groups + "eight_units.txt");
  std::string units, unit;
  while (file >> unit) units += (units.empty() ? "'" : ", '") + unit + "'";
  GroupDifferenceSpec spec = spec_of({"", "permutation", "side", "cluster(unit)", "y ~ x + z"});
  spec.model.frame.where = expression_of("unit in (" + units + ")");
  const GroupDifference result = oracle().compare(spec);
  const TestResult& test = *result.test("permutation");
  expect_close(result.difference, oracle().at("permutation", "difference"), "difference");
  EXPECT_EQ(GroupDifference::detail(test, "reps"), oracle().at("permutation", "assignments"));
  EXPECT_EQ(GroupDifference::detail(test, "enumerated"), 1);
  expect_close(test.p_value, oracle().at("permutation", "p two-sided"), "two-sided");
  expect_close(GroupDifference::detail(test, "p_one_sided"), oracle().at("permutation", "p one-sided"),
               "one-sided");
}

// The oracle lists every draw of four units a side; 20,000 drawn ones stray from it by at most five standard errors.
TEST(GroupMethods, BootstrapOfFewUnitsIsWithinItsErrorOfEveryDrawListed) {
  std::ifstream file(folder_of_groups + "eight_units.txt");
  std::string units, unit;
  while (file >> unit) units += (units.empty() ? "'" : ", '") + unit + "'";
  GroupDifferenceSpec spec = spec_of({"", "bootstrap", "side", "cluster(unit)", "y ~ x + z"});
  spec.model.frame.where = expression_of("unit in (" + units + ")");
  spec.replicates = 20000;
  const GroupDifference result = oracle().compare(spec);
  const TestResult& test = *result.test("bootstrap");
  EXPECT_EQ(GroupDifference::detail(test, "failed"), 0);
  const double error = oracle().at("bootstrap", "error") / std::sqrt(20000.0);
  EXPECT_NEAR(GroupDifference::detail(test, "std_error"), oracle().at("bootstrap", "std_error"), 5 * error);
  EXPECT_NEAR(test.statistic, result.difference / oracle().at("bootstrap", "std_error"),
              5 * error / oracle().at("bootstrap", "std_error") * std::abs(test.statistic));
}

TEST(GroupMethods, DrawnPermutationsCountTheObservedOne) {
  GroupDifferenceSpec spec = spec_of({"", "permutation", "side", "cluster(unit)", "y ~ x + z"});
  spec.replicates = 99;
  const GroupDifference result = oracle().compare(spec);
  for (const TestResult& test : result.find("permutation")->pairs) {
    const double two = GroupDifference::detail(test, "p_two_sided");
    EXPECT_EQ(two, test.p_value);
    EXPECT_NEAR((two * 100 - 1) / 99, GroupDifference::detail(test, "p_two_sided_share"), 1e-12);
    EXPECT_GE(GroupDifference::detail(test, "p_one_sided_plus_one"), 0.01);
  }
  const TestResult& joint = *result.find("permutation")->joint;
  EXPECT_GT(joint.p_value, 0);
  EXPECT_LE(joint.p_value, 1);
  EXPECT_GT(joint.statistic, 0);
}

// Units taken zero, one or several times.
TEST(GroupMethods, CrossProductsAndRefitsGiveTheSameCoefficients) {
  const GroupDifferenceSpec spec = spec_of({"", "bootstrap", "side", "cluster(unit)"});
  const GroupDifference result = oracle().compare(spec_of({"", "suest", "side", "cluster(unit)"}));
  const ModelFrame& frame = *result.groups[0].estimation.fit->frame;
  const ClusterPlan plan = plan_clusters(frame, oracle().table, "unit");
  const auto accept = [](const CoefficientOf&) { return true; };
  const auto refuse = [](const CoefficientOf&) { return false; };
  const CoefficientOf fast = unit_coefficients(Context{}, spec, frame, plan, accept);
  const CoefficientOf slow = unit_coefficients(Context{}, spec, frame, plan, refuse);
  for (const std::vector<int>& counts : std::vector<std::vector<int>>{
           {1, 1, 1, 1, 1, 1, 1, 1}, {0, 2, 1, 0, 3, 1, 1, 0}, {1, 0, 1, 0, 1, 0, 1, 0}})
    expect_close(fast(counts), slow(counts), "counts");
  expect_close(fast({1, 1, 1, 1, 1, 1, 1, 1}), result.groups[0].coefficient.estimate, "whole group");
}

TEST(GroupMethods, BootstrapIsNearTheStackedScoresAndDoesNotDependOnThreads) {
  for (const std::string by : {"side", "rich"}) {
    GroupDifferenceSpec spec = spec_of({"", "bootstrap", by, "cluster(unit)", "y ~ x + z"});
    spec.tests = {"suest", "bootstrap"};
    spec.replicates = 2000;
    const GroupDifference result = oracle().compare(spec);
    const TestResult &boot = *result.test("bootstrap"), &suest = *result.test("suest");
    const double se = GroupDifference::detail(suest, "std_error");
    // Twenty-four clusters: scores and draws differ in the second order, a sixth of it here.
    EXPECT_NEAR(GroupDifference::detail(boot, "std_error"), se, 0.35 * se) << by;
    EXPECT_LT(GroupDifference::detail(boot, "percentile_low"), result.difference);
    EXPECT_GT(GroupDifference::detail(boot, "percentile_high"), result.difference);
    EXPECT_EQ(GroupDifference::detail(boot, "failed"), 0);
    Context four;
    four.threads = 4;
    Diagnostics unread;
    const GroupDifference again = group_difference(four, spec, oracle().table, &oracle().panel, unread);
    EXPECT_EQ(again.test("bootstrap")->p_value, boot.p_value);
  }
}

TEST(GroupMethods, EveryMethodOfTheCatalogIsOfferedAndNamed) {
  for (const DifferenceMethod& method : difference_methods()) {
    EXPECT_EQ(find_difference_method(method.name), &method);
    EXPECT_FALSE(method.words.empty() || method.en.empty() || method.zh.empty() || method.source.empty());
    GroupDifferenceSpec spec = spec_of({"", std::string(method.name), "side", "cluster(unit)"});
    spec.replicates = 50;
    const GroupDifference result = oracle().compare(spec);
    ASSERT_NE(result.find(method.name), nullptr) << method.name;
    EXPECT_TRUE(result.find(method.name)->joint.has_value()) << method.name;
  }
}

// --- families and instruments
TEST(GroupMethods, FamiliesAreComparedToo) {
  GroupDifferenceSpec spec = spec_of({"", "suest", "side", "cluster(unit)", "late ~ x + z"});
  spec.model.method = "logit";
  spec.tests = {"disjoint", "suest", "interaction", "bootstrap"};
  spec.replicates = 30;
  const GroupDifference result = oracle().compare(spec);
  const TestResult& suest = *result.test("suest");
  const TestResult& interaction = *result.test("interaction");
  // The model with everything interacted separates: its coefficients are the groups' own.
  expect_close(GroupDifference::detail(interaction, "difference"), result.difference, "difference");
  EXPECT_NEAR(GroupDifference::detail(suest, "std_error") / GroupDifference::detail(interaction, "std_error"),
              1, 0.05);
  EXPECT_NE(result.test("bootstrap"), nullptr);
}

TEST(GroupMethods, EstimatorsThatAreNotOneModelAreLeftOutByName) {
  GroupDifferenceSpec spec = spec_of({"", "interaction", "side", "cluster(unit)", "y ~ x + z"});
  spec.model.method = "fd";
  spec.tests = {"interaction", "interaction_term", "chow", "permutation", "bootstrap", "suest"};
  Diagnostics notes;
  const GroupDifference result = oracle().compare(spec, &notes);
  EXPECT_EQ(result.left_out.size(), 5U);
  ASSERT_EQ(result.tests.size(), 1U);
  EXPECT_EQ(result.tests[0].method, "suest");
  EXPECT_GT(result.test("suest")->p_value, 0);
}

}  // namespace
}  // namespace panelist
