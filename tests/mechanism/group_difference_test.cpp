// SPDX-License-Identifier: Apache-2.0
#include "mechanism/group_difference.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

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

// Published Stata output and R (tests/reference/group_difference_nlsw88): every row of expected.csv, by two tests, each
// of which asks for every row of its models.
struct WageGap {
  InventedPanel data;
  std::map<std::string, double> expected;
  mutable std::set<std::string> asked;

  WageGap() {
    const std::string folder = std::string(PANELIST_SOURCE_DIR) + "/tests/reference/group_difference_nlsw88/";
    data.table = read_table(folder + "nlsw88.csv");
    std::vector<double> black = data.table.at("race").values();
    for (double& value : black) value = value == 2;
    data.table.set("black", Column::numbers(black));
    const Table rows = read_table(folder + "expected.csv");
    for (std::size_t row = 0; row < rows.rows(); ++row)
      expected[rows.at("model").text_at(row) + ": " + rows.at("quantity").text_at(row)] =
          rows.at("value").values()[row];
    EXPECT_EQ(expected.size(), 28U);
  }

  [[nodiscard]] double at(const std::string& name) const {
    asked.insert(name);
    return expected.at(name);
  }
  // All rows of models whose names begin so have been asked for.
  void expect_all_of(const std::vector<std::string>& models, std::size_t rows) const {
    EXPECT_EQ(asked.size(), rows);
    for (const auto& [name, value] : expected)
      for (const std::string& model : models)
        EXPECT_TRUE(!name.starts_with(model) || asked.contains(name)) << name << " " << value;
  }

  [[nodiscard]] Estimation estimate(const std::string& formula, const std::string& where) const {
    EstimationSpec spec = model_of(formula, "iid");
    spec.frame.where = expression_of(where);
    Diagnostics notes;
    return estimate_model(Context{}, spec, data.table, nullptr, notes);
  }
};

const std::string wage_formula =
    "wage ~ ttl_exp + married + south + hours + tenure + age + I(age^2) + i(industry)";

const Coefficient& coefficient_named(const Estimation& estimation, const std::string& term) {
  for (const Coefficient& one : estimation.inference.coefficients)
    if (one.term == term) return one;
  throw std::runtime_error(term);
}

TEST(GroupDifference, GivesThePublishedPooledModelOfWages) {
  const WageGap gap;
  const Estimation pooled = gap.estimate(wage_formula + " + black + ttl_exp:black", "race != 3");
  const auto at = [&](const std::string& quantity) {
    const std::string same = "same: " + quantity;
    return gap.at(gap.expected.contains(same) ? same : "pooled with black and black*ttl_exp: " + quantity);
  };
  EXPECT_EQ(pooled.fit->n, at("N"));
  EXPECT_NEAR(pooled.goodness.r2, at("R2"), 5e-5);
  EXPECT_NEAR(pooled.goodness.r2_adjusted, at("adj R2"), 5e-5);
  const Coefficient &black = coefficient_named(pooled, "black"),
                    &interaction = coefficient_named(pooled, "ttl_exp:black"),
                    &experience = coefficient_named(pooled, "ttl_exp"),
                    &married = coefficient_named(pooled, "married");
  EXPECT_NEAR(black.estimate, at("b black"), 5e-4);
  EXPECT_NEAR(black.std_error, at("se black"), 5e-4);
  EXPECT_NEAR(interaction.estimate, at("b ttl_exp*black"), 5e-4);
  EXPECT_NEAR(interaction.std_error, at("se ttl_exp*black"), 5e-4);
  EXPECT_NEAR(interaction.statistic, at("t"), 5e-3);
  EXPECT_NEAR(interaction.p_value, at("p"), 5e-4);
  EXPECT_NEAR(experience.estimate, at("b ttl_exp"), 5e-4);
  EXPECT_NEAR(experience.std_error, at("se ttl_exp"), 5e-4);
  EXPECT_NEAR(married.estimate, at("b married"), 5e-4);
  EXPECT_NEAR(married.std_error, at("se married"), 5e-4);
  gap.expect_all_of({"pooled", "same"}, 13);
}

TEST(GroupDifference, GivesThePublishedWageGap) {
  const WageGap gap;
  GroupDifferenceSpec spec = spec_of(wage_formula, "black", "iid", {"interaction_term", "disjoint"});
  spec.term = "ttl_exp";
  spec.model.frame.where = expression_of("race != 3");
  Diagnostics notes;
  const GroupDifference result = group_difference(Context{}, spec, gap.data.table, nullptr, notes);
  ASSERT_EQ(result.groups.size(), 2U);
  for (std::size_t g = 0; g < 2; ++g) {
    const std::string name = g == 0 ? "group white: " : "group black: ";
    const Estimation& own = result.groups[g].estimation;
    EXPECT_EQ(result.groups[g].n, gap.at(name + "N"));
    EXPECT_NEAR(own.goodness.r2_adjusted, gap.at(name + "adj R2"), 5e-4);
    for (const std::string term : {"ttl_exp", "married"}) {
      EXPECT_NEAR(coefficient_named(own, term).estimate, gap.at(name + "b " + term), 5e-4);
      EXPECT_NEAR(coefficient_named(own, term).statistic, gap.at(name + "t " + term), 5e-3);
    }
  }
  const TestResult& test = *result.test("interaction_term");
  const auto in_r = [&](const std::string& quantity) { return gap.at("R 4.2.2 check: " + quantity); };
  // black - white there, first less second here
  EXPECT_NEAR(-detail(result, "interaction_term", "difference"), in_r("b ttl_exp*black"), 5e-7);
  EXPECT_NEAR(detail(result, "interaction_term", "std_error"), in_r("se"), 5e-7);
  EXPECT_NEAR(test.p_value, in_r("p"), 5e-6);
  gap.expect_all_of({"group", "R 4.2.2"}, 15);
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
