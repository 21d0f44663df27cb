// SPDX-License-Identifier: Apache-2.0
#include "mechanism/group_difference.h"

#include <gmock/gmock.h>

#include "base/distribution.h"
#include "mechanism/group_difference/stacked_frame.h"
#include "mechanism/group_difference/tests.h"
#include "panels.h"
#include "table/read.h"

namespace panelist {
namespace {

GroupDifferenceSpec spec_of(const std::string& formula, const std::string& by, const std::string& vcov,
                            const std::vector<std::string>& tests = {}) {
  GroupDifferenceSpec spec;
  spec.model = model_of(formula, vcov);
  spec.term = "x";
  spec.by = by;
  spec.tests = tests;
  return spec;
}

GroupDifference run(const GroupDifferenceSpec& spec, const InventedPanel& data, int threads = 1,
                    Diagnostics* notes = nullptr) {
  Context context;
  context.threads = threads;
  Diagnostics unread;
  return group_difference(context, spec, data.table, &data.panel, notes != nullptr ? *notes : unread);
}

double detail(const GroupDifference& result, const std::string& method, const std::string& name) {
  return GroupDifference::detail(*result.test(method), name);
}

std::vector<std::string> codes_of(const Diagnostics& notes) {
  std::vector<std::string> codes;
  for (const Diagnostic& item : notes.items()) codes.push_back(item.code);
  return codes;
}

InventedPanel two_sides() {
  InventedPanel data = invented_panel(30, 6, true);
  std::vector<double> side = data.table.at("side").values();
  for (double& value : side) value = value > 0;
  data.table.set("side", Column::numbers(side));
  return data;
}

// Published Stata output and R (tests/reference/group_difference_nlsw88).
TEST(GroupDifference, GivesThePublishedWageGap) {
  InventedPanel data;
  data.table =
      read_table(std::string(PANELIST_SOURCE_DIR) + "/tests/reference/group_difference_nlsw88/nlsw88.csv");
  GroupDifferenceSpec spec =
      spec_of("wage ~ ttl_exp + married + south + hours + tenure + age + I(age^2) + i(industry)", "race",
              "iid", {"interaction_term", "disjoint"});
  spec.term = "ttl_exp";
  Diagnostics notes;
  const GroupDifference result = [&] {
    GroupDifferenceSpec without_others = spec;
    without_others.model.frame.where = expression_of("race != 3");
    return group_difference(Context{}, without_others, data.table, nullptr, notes);
  }();
  ASSERT_EQ(result.groups.size(), 2U);
  double white = 0, black = 0;
  for (const GroupEstimate& group : result.groups)
    (group.n > 1000 ? white : black) = group.coefficient.estimate;
  EXPECT_NEAR(white, 0.251, 5e-4);
  EXPECT_NEAR(black, 0.269, 5e-4);
  const TestResult& test = *result.test("interaction_term");
  EXPECT_NEAR(std::sqrt(test.statistic), 0.018184 / 0.058552, 2e-5);
  EXPECT_NEAR(test.p_value, 0.75616, 5e-6);
}

TEST(GroupDifference, TheInteractedModelHasTheGroupsOwnCoefficients) {
  const InventedPanel data = two_sides();
  GroupDifferenceSpec spec = spec_of("y ~ x + z + m1 | unit + year", "side", "cluster(unit)");
  spec.model.frame.weights = expression_of("w");
  const GroupDifference result = run(spec, data);
  const Context context;
  Diagnostics unsaid;
  const InteractedModel model = interacted_model({context, spec, result, data.table, &data.panel, unsaid});
  for (const GroupEstimate& group : result.groups) {
    const Fit& own = *group.estimation.fit;
    for (std::size_t j = 0; j < own.names.size(); ++j) {
      const auto found =
          std::find(model.fit.names.begin(), model.fit.names.end(), stacked_term(group.group, own.names[j]));
      ASSERT_NE(found, model.fit.names.end());
      EXPECT_NEAR(model.fit.coefficients(found - model.fit.names.begin()),
                  own.coefficients(static_cast<Index>(j)), 1e-10);
    }
  }
  EXPECT_EQ(model.fit.n, result.groups[0].n + result.groups[1].n);
}

// Without effects the interacted regression can be written as a formula.
TEST(GroupDifference, InteractionIsTheFormulaWithEverythingInteracted) {
  const InventedPanel data = two_sides();
  const GroupDifference result =
      run(spec_of("y ~ x + z", "side", "hc1", {"interaction", "interaction_term"}), data);
  const auto wald_of = [&](const std::string& formula) {
    Diagnostics notes;
    const Estimation all =
        estimate_model(Context{}, model_of(formula, "hc1"), data.table, &data.panel, notes);
    return wald_test(*all.fit, all.vcov, {"x:side"});
  };
  const TestResult full = wald_of("y ~ x + z + side + x:side + z:side");
  EXPECT_NEAR(result.test("interaction")->statistic, full.statistic, 1e-9 * full.statistic);
  EXPECT_NEAR(result.test("interaction")->p_value, full.p_value, 1e-10);
  const TestResult term = wald_of("y ~ x + z + side + x:side");
  EXPECT_NEAR(result.test("interaction_term")->statistic, term.statistic, 1e-9 * term.statistic);
  EXPECT_NEAR(result.test("interaction_term")->p_value, term.p_value, 1e-10);
}

TEST(GroupDifference, SuestIsTheDisjointTestUpToItsFactor) {
  const InventedPanel data = two_sides();
  GroupDifferenceSpec spec = spec_of("y ~ x + z | unit + year", "side", "cluster(unit)");
  spec.model = model_of("y ~ x + z | unit + year", "cluster(unit)", "none");
  const GroupDifference result = run(spec, data);
  EXPECT_FALSE(result.overlapping);
  const double z = result.test("disjoint")->statistic;
  // Without small-sample factors the groups' variances are bare sums; suest carries G/(G - 1) of all 30 units.
  EXPECT_NEAR(result.test("suest")->statistic, z * z * 29 / 30, 1e-10 * z * z);
  EXPECT_NEAR(result.test("disjoint")->p_value, normal_two_sided(z), 1e-15);
  EXPECT_NEAR(result.difference,
              result.groups[0].coefficient.estimate - result.groups[1].coefficient.estimate, 0);
}

TEST(GroupDifference, FlagsClustersInBothGroups) {
  InventedPanel data = two_sides();
  std::vector<double> late = data.table.at("year").values();
  for (double& value : late) value = value >= 2003;
  data.table.set("late", Column::numbers(late));
  Diagnostics notes;
  const GroupDifference result = run(spec_of("y ~ x + z | unit", "late", "cluster(unit)"), data, 1, &notes);
  EXPECT_TRUE(result.overlapping);
  EXPECT_EQ(result.test("disjoint"), nullptr);
  EXPECT_NE(result.test("suest"), nullptr);
  ASSERT_GT(notes.size(), 0U);
  EXPECT_EQ(notes.items()[0].code, "mechanism.overlapping_clusters");
}

TEST(GroupDifference, TestsMoreThanTwoGroupsTogether) {
  const InventedPanel data = invented_panel(30, 6, true);
  const GroupDifference result = run(spec_of("y ~ x + z | unit + year", "side", "cluster(unit)"), data);
  ASSERT_EQ(result.groups.size(), 3U);
  EXPECT_EQ(result.groups[2].group, "2");
  EXPECT_EQ(result.find("interaction")->joint->df1, 2);
  EXPECT_GT(result.find("interaction")->joint->p_value, 0);
  EXPECT_LE(result.find("interaction")->joint->p_value, 1);
}

TEST(GroupDifference, SortsNumbersByValueAndHonoursWhere) {
  InventedPanel data = invented_panel(30, 6, false);
  std::vector<double> side = data.table.at("side").values();
  for (double& value : side) value = value == 0 ? 10 : value == 1 ? 9 : -1;
  data.table.set("side", Column::numbers(side));
  GroupDifferenceSpec spec = spec_of("y ~ x + L.z | unit", "side", "cluster(unit)");
  spec.model.frame.where = expression_of("side > 0 and year >= 2001");
  const GroupDifference result = run(spec, data);
  ASSERT_EQ(result.groups.size(), 2U);
  EXPECT_EQ(result.groups[0].group, "9");
  EXPECT_EQ(result.groups[1].group, "10");
  // The lag of 2001 lies outside where and is still there.
  EXPECT_EQ(result.groups[0].n, 50);
}

TEST(GroupDifference, PermutationDoesNotDependOnThreads) {
  const InventedPanel data = two_sides();
  GroupDifferenceSpec spec = spec_of("y ~ x + z | unit + year", "side", "cluster(unit)", {"permutation"});
  spec.replicates = 200;
  const GroupDifference one = run(spec, data, 1), four = run(spec, data, 4);
  EXPECT_EQ(one.test("permutation")->p_value, four.test("permutation")->p_value);
  EXPECT_EQ(detail(one, "permutation", "p_one_sided"), detail(four, "permutation", "p_one_sided"));
  EXPECT_EQ(detail(one, "permutation", "reps"), 200);
  EXPECT_GE(one.test("permutation")->p_value, 1.0 / 201);
  EXPECT_LE(detail(one, "permutation", "p_one_sided"), 0.5);
}

TEST(GroupDifference, PermutationFindsALargeDifference) {
  InventedPanel data = two_sides();
  std::vector<double> y = data.table.at("y").values();
  for (std::size_t i = 0; i < y.size(); ++i)
    if (data.table.at("side").values()[i] > 0) y[i] += 3 * data.table.at("x").values()[i];
  data.table.set("y", Column::numbers(y));
  GroupDifferenceSpec spec =
      spec_of("y ~ x + z | unit + year", "side", "cluster(unit)", {"permutation", "suest"});
  spec.replicates = 199;
  const GroupDifference result = run(spec, data);
  EXPECT_EQ(detail(result, "permutation", "p_two_sided"), 1.0 / 200);
  EXPECT_LT(result.test("suest")->p_value, 1e-6);
}

TEST(GroupDifference, StackedScoresStandInWhereUnitsCannotBePermuted) {
  InventedPanel data = two_sides();
  std::vector<double> late = data.table.at("year").values();
  for (double& value : late) value = value >= 2003;
  data.table.set("late", Column::numbers(late));
  Diagnostics notes;
  const GroupDifference result =
      run(spec_of("y ~ x + z", "late", "cluster(unit)", {"permutation"}), data, 1, &notes);
  EXPECT_EQ(result.test("permutation"), nullptr);
  ASSERT_NE(result.test("suest"), nullptr);
  EXPECT_GT(result.test("suest")->p_value, 0);
  EXPECT_THAT(codes_of(notes),
              testing::IsSupersetOf({"mechanism.overlapping_clusters", "mechanism.test_left_out"}));
}

TEST(GroupDifference, InstrumentedTermsAreCompared) {
  const InventedPanel data = two_sides();
  GroupDifferenceSpec spec =
      spec_of("y ~ z | unit | x ~ m2", "side", "cluster(unit)", {"interaction", "interaction_term", "suest"});
  const GroupDifference result = run(spec, data);
  EXPECT_NE(result.test("interaction"), nullptr);
  EXPECT_NE(result.test("interaction_term"), nullptr);
  EXPECT_GT(result.test("suest")->p_value, 0);
}

TEST(GroupDifference, RefusesUnknownTestsAndSingleGroups) {
  const InventedPanel data = two_sides();
  const auto code_of = [&](const GroupDifferenceSpec& spec) -> std::string {
    try {
      run(spec, data);
    } catch (const Error& error) {
      return error.diagnostic().code;
    }
    return "none";
  };
  EXPECT_EQ(code_of(spec_of("y ~ x", "side", "hc1", {"welch"})), "mechanism.unknown_test");
  GroupDifferenceSpec one = spec_of("y ~ x", "side", "hc1");
  one.model.frame.where = expression_of("side == 1");
  EXPECT_EQ(code_of(one), "mechanism.one_group");
}

// Six groups, four clusters: five differences have a covariance of rank three at most. A plain solve gives any number.
TEST(GroupDifference, AJointTestWithTooFewClustersHasTheRankAsItsDegreesOfFreedom) {
  InventedPanel data = invented_panel(36, 4, false);
  std::vector<double> side(data.table.rows());
  for (std::size_t row = 0; row < side.size(); ++row)
    side[row] = static_cast<double>(data.panel.unit[row] % 6);
  data.table.set("side", Column::numbers(side));
  Diagnostics notes;
  const GroupDifference result =
      run(spec_of("y ~ x", "side", "cluster(year)", {"interaction", "interaction_term"}), data, 1, &notes);
  for (const std::optional<TestResult>& test :
       {result.find("interaction")->joint, result.find("interaction_term")->joint}) {
    ASSERT_TRUE(test.has_value());
    EXPECT_LT(test->df1, 5);
    EXPECT_GE(test->df1, 1);
    EXPECT_EQ(test->df2, 3);
    EXPECT_GT(test->statistic, 0);
    EXPECT_GT(test->p_value, 0);
    EXPECT_LT(test->p_value, 1);
    EXPECT_NE(test->note.find("rank"), std::string::npos) << test->note;
  }
  EXPECT_EQ(std::count_if(notes.items().begin(), notes.items().end(),
                          [](const Diagnostic& item) { return item.code == "mechanism.deficient_test"; }),
            2);
}

TEST(GroupDifference, AJointTestOfFullRankIsThatOfTheTermsThemselves) {
  InventedPanel data = two_sides();
  Diagnostics notes;
  const GroupDifference result =
      run(spec_of("y ~ x", "side", "cluster(unit)", {"interaction"}), data, 1, &notes);
  ASSERT_NE(result.test("interaction"), nullptr);
  EXPECT_EQ(result.test("interaction")->df1, 1);
  EXPECT_TRUE(std::none_of(notes.items().begin(), notes.items().end(),
                           [](const Diagnostic& item) { return item.code == "mechanism.deficient_test"; }));
}

}  // namespace
}  // namespace panelist
