// SPDX-License-Identifier: Apache-2.0
// Groups that cannot be compared, or not by every method.
#include "base/distribution.h"
#include "group_oracle.h"

namespace panelist {
namespace {

std::string code_of(const GroupDifferenceSpec& spec, std::string* message = nullptr) {
  try {
    oracle().compare(spec);
  } catch (const Error& error) {
    if (message != nullptr) *message = error.diagnostic().message;
    return error.diagnostic().code;
  }
  return "none";
}

Oracle with_column(const std::string& name, const std::function<double(std::size_t)>& value) {
  Oracle made = oracle();
  std::vector<double> values;
  for (std::size_t row = 0; row < made.table.rows(); ++row) values.push_back(value(row));
  made.table.set(name, Column::numbers(values));
  return made;
}

TEST(GroupMethods, AGroupWithoutVariationInTheTermIsNamed) {
  const Oracle made = with_column("x", [](std::size_t row) {
    return oracle().table.at("side").text_at(row) == "West" ? 1.0 : oracle().table.at("x").values()[row];
  });
  try {
    made.compare(spec_of({"", "suest", "side", "cluster(unit)"}));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "mechanism.term_dropped");
    EXPECT_THAT(error.diagnostic().message, testing::HasSubstr("in the group `West` of `side`"));
  }
}

TEST(GroupMethods, AGroupOfOneClusterIsNamed) {
  GroupDifferenceSpec spec = spec_of({"", "suest", "late", "cluster(side)", "y ~ x"});
  spec.model.frame.where = expression_of("side == 'East' or late == 0");
  std::string message;
  EXPECT_EQ(code_of(spec, &message), "infer.one_cluster");
  EXPECT_THAT(message, testing::HasSubstr("in the group `1` of `late`"));
}

TEST(GroupMethods, RegressorsThatDifferAmongGroupsAreSaid) {
  const Oracle made = with_column("q", [](std::size_t row) {
    return oracle().table.at("side").text_at(row) == "West" ? 0.0 : oracle().table.at("w").values()[row];
  });
  Diagnostics notes;
  const GroupDifference result =
      made.compare(spec_of({"", "chow", "side", "cluster(unit)", "y ~ x + z + q"}), &notes);
  // x and z are compared in three groups: four restrictions.
  EXPECT_EQ(GroupDifference::detail(*result.find("chow")->joint, "restrictions"), 4);
  EXPECT_EQ(notes.items().front().code, "mechanism.terms_differ");
  EXPECT_THAT(notes.items().front().message, testing::HasSubstr("`q`"));
}

TEST(GroupMethods, PermutationsThatChangeNothingHaveNoP) {
  const Oracle made = with_column("y", [](std::size_t) { return 3.0; });
  Diagnostics notes;
  const GroupDifference result =
      made.compare(spec_of({"", "permutation", "side", "cluster(unit)", "y ~ x"}), &notes);
  for (const TestResult& test : result.find("permutation")->pairs) {
    EXPECT_TRUE(std::isnan(test.p_value));
    EXPECT_THAT(test.note, testing::HasSubstr("every permutation gives the same"));
  }
  EXPECT_TRUE(std::any_of(notes.items().begin(), notes.items().end(),
                          [](const Diagnostic& note) { return note.code == "mechanism.no_variance"; }));
}

// Three periods and two ways of clustering: the covariance as summed has negative eigenvalues.
TEST(GroupMethods, AStackedCovarianceWithNegativeEigenvaluesIsClippedAndSaid) {
  GroupDifferenceSpec spec = spec_of({"", "suest", "side", "cluster(unit, year)", "y ~ x + z"});
  bool clipped = false;
  for (const std::string years : {"year <= 2002", "year >= 2005", "2002 <= year <= 2004"}) {
    spec.model.frame.where = expression_of(years);
    Diagnostics notes;
    const GroupDifference result = oracle().compare(spec, &notes);
    for (const TestResult& test : result.find("suest")->pairs)
      EXPECT_TRUE(std::isnan(test.p_value) || GroupDifference::detail(test, "std_error") > 0);
    for (const Diagnostic& item : notes.items()) clipped = clipped || item.code == "infer.clipped";
  }
  EXPECT_TRUE(clipped);
}

TEST(GroupMethods, AGroupWithNoMoreClustersThanRestrictionsIsNamed) {
  GroupDifferenceSpec spec = spec_of({"", "chow", "side", "cluster(year)", "y ~ x + z + w + lat"});
  spec.model.frame.where = expression_of("year <= 2003");
  Diagnostics notes;
  const GroupDifference result = oracle().compare(spec, &notes);
  EXPECT_LT(result.find("chow")->joint->df1, 8);
  const auto deficient = std::find_if(notes.items().begin(), notes.items().end(), [](const Diagnostic& item) {
    return item.code == "mechanism.deficient_test";
  });
  ASSERT_NE(deficient, notes.items().end());
  EXPECT_THAT(deficient->message, testing::HasSubstr("`East` (4 of `year`)"));
}

TEST(GroupMethods, UnknownCorrectionsAndGivenGroupsAreChecked) {
  GroupDifferenceSpec spec = spec_of({"", "suest", "side", "cluster(unit)"});
  spec.correction = "tukey";
  EXPECT_EQ(code_of(spec), "mechanism.unknown_correction");
  spec.correction = "bh";
  spec.groups = {"West", "East"};
  const GroupDifference result = oracle().compare(spec);
  ASSERT_EQ(result.groups.size(), 2U);
  EXPECT_EQ(result.groups[0].group, "West");
  expect_close(result.difference, -oracle().at("suest side cluster", "East - West difference"), "order");
}

TEST(GroupMethods, EstimationsThatAreThereGiveTheSameNumbers) {
  GroupDifferenceSpec spec = spec_of({"", "suest", "side", "cluster(unit)"});
  const GroupDifference whole = oracle().compare(spec);
  std::vector<Estimation> own;
  for (const GroupEstimate& group : whole.groups) {
    own.push_back(group.estimation);
    spec.groups.push_back(group.group);
  }
  Diagnostics notes;
  const GroupDifference again =
      compare_estimations(Context{}, spec, own, oracle().table, &oracle().panel, notes);
  EXPECT_EQ(again.test("suest")->p_value, whole.test("suest")->p_value);
  EXPECT_EQ(first_term(own.front()), "x");
  spec.groups.resize(1);
  own.resize(1);
  EXPECT_THROW(compare_estimations(Context{}, spec, own, oracle().table, &oracle().panel, notes), Error);
}

// Welch and Satterthwaite from the groups' own degrees of freedom, not the normal law.
TEST(GroupMethods, DifferencesUnderCr2HaveTheDegreesOfFreedomOfTheirGroups) {
  GroupDifferenceSpec spec = spec_of({"", "disjoint", "side", "cr2(unit)", "y ~ x"});
  spec.tests = {"disjoint", "suest"};
  const GroupDifference result = oracle().compare(spec);
  for (std::size_t p = 0; p < result.pairs.size(); ++p) {
    double both = 0, squares = 0;
    for (const std::size_t g : {result.pairs[p].first, result.pairs[p].second}) {
      const GroupEstimate& group = result.groups[g];
      const double variance = group.coefficient.std_error * group.coefficient.std_error;
      both += variance;
      squares += variance * variance / group.estimation.vcov.term_df(1);
    }
    const double df = both * both / squares, t = result.pairs[p].difference / std::sqrt(both);
    for (const char* method : {"disjoint", "suest"}) {
      const TestResult& test = result.find(method)->pairs[p];
      EXPECT_NEAR(test.df2, df, 1e-9 * df) << method;
      EXPECT_NEAR(test.statistic, t * t, 1e-9 * t * t) << method;
      EXPECT_NEAR(test.p_value, t_two_sided(t, df), 1e-12) << method;
    }
  }
  EXPECT_TRUE(std::isnan(result.find("suest")->joint->p_value));
  EXPECT_THAT(result.find("suest")->joint->note, testing::HasSubstr("take interaction"));
}

TEST(GroupMethods, FewClustersInTheGroupsAreSaidAndNotUnderCr2) {
  const auto said = [](const std::string& vcov) {
    Diagnostics notes;
    GroupDifferenceSpec spec = spec_of({"", "disjoint", "side", vcov, "y ~ x"});
    oracle().compare(spec, &notes);
    std::string message;
    for (const Diagnostic& note : notes.items())
      if (note.code == "infer.few_clusters") message = note.message;
    return message;
  };
  EXPECT_THAT(said("cluster(unit)"), testing::HasSubstr("in `East` only "));
  EXPECT_EQ(said("cr2(unit)"), "");
}

}  // namespace
}  // namespace panelist
