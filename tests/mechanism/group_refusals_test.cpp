// SPDX-License-Identifier: Apache-2.0
// Groups that cannot be compared, or not by every method.
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
  EXPECT_EQ(notes.items().back().code, "mechanism.no_variance");
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

}  // namespace
}  // namespace panelist
