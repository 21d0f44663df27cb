// SPDX-License-Identifier: Apache-2.0
#include "cli/arguments.h"

#include <gtest/gtest.h>

#include "base/diagnostic.h"

namespace panelist::cli {
namespace {

Command command() {
  Command command;
  command.name = "fit";
  command.usage = "DATA FORMULA";
  command.options = {{"vcov", "V", ""}, {"level", "95", ""}, {"tests", "LIST", ""}, {"json", "", ""}};
  command.least_arguments = 1;
  command.most_arguments = 2;
  return command;
}

// The code of the error that these words cause, "" for none.
std::string code_of(const std::vector<std::string>& words) {
  try {
    const Arguments arguments(command(), words);
    return "";
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
}

std::string hint_of(const std::vector<std::string>& words) {
  try {
    const Arguments arguments(command(), words);
    return "";
  } catch (const Error& error) {
    return error.diagnostic().hint;
  }
}

TEST(Arguments, ReadsValuesAfterASpaceAndAfterAnEqualsSign) {
  const Arguments arguments(command(), {"d.csv", "--vcov", "iid", "--level=90", "y ~ x"});
  EXPECT_EQ(arguments.positional(), (std::vector<std::string>{"d.csv", "y ~ x"}));
  EXPECT_EQ(arguments.text("vcov"), "iid");
  EXPECT_EQ(arguments.number("level", 95), 90);
  EXPECT_FALSE(arguments.has("json"));
}

TEST(Arguments, SuggestsTheNearestOption) {
  EXPECT_EQ(code_of({"d", "--vocv", "iid"}), "usage.unknown_option");
  EXPECT_EQ(hint_of({"d", "--vocv", "iid"}), "did you mean `--vcov`?");
  EXPECT_EQ(code_of({"d", "-v"}), "usage.unknown_option");
}

TEST(Arguments, RefusesWhatIsMissingRepeatedOrTooMuch) {
  EXPECT_EQ(code_of({"d", "--vcov"}), "usage.missing_value");
  EXPECT_EQ(code_of({"d", "--json=yes"}), "usage.unexpected_value");
  EXPECT_EQ(code_of({"d", "--json", "--json"}), "usage.repeated_option");
  EXPECT_EQ(code_of({}), "usage.missing_argument");
  EXPECT_EQ(code_of({"a", "b", "c"}), "usage.unexpected_argument");
  EXPECT_EQ(code_of({"a", "--help", "b", "c"}), "");
}

TEST(Arguments, TakesNegativeNumbersAndWordsAfterTwoDashesAsArguments) {
  const Arguments arguments(command(), {"-1.5", "--", "--vcov"});
  EXPECT_EQ(arguments.positional(), (std::vector<std::string>{"-1.5", "--vcov"}));
}

TEST(Arguments, ChecksTheTypeOfValues) {
  const Arguments arguments(command(), {"d", "--level", "high"});
  EXPECT_THROW(static_cast<void>(arguments.number("level", 95)), Error);
  EXPECT_THROW(static_cast<void>(arguments.integer("level", 95, 0)), Error);
  EXPECT_THROW(static_cast<void>(arguments.choice("level", {"low", "middle"})), Error);
  EXPECT_EQ(arguments.choice("vcov", {"first", "second"}), "first");
}

TEST(Arguments, SplitsListsOutsideOfBracketsAndQuotes) {
  const Arguments arguments(command(), {"d", "--tests", "wald(a, b), lincom(`x,y` - 2*z),vif"});
  EXPECT_EQ(arguments.list("tests"), (std::vector<std::string>{"wald(a, b)", "lincom(`x,y` - 2*z)", "vif"}));
  EXPECT_TRUE(arguments.list("vcov").empty());
}

TEST(Commands, EachHasAnExampleAndOptionsInWords) {
  for (const Command& each : commands()) {
    EXPECT_FALSE(each.examples.empty()) << each.name;
    EXPECT_FALSE(each.summary.empty()) << each.name;
    EXPECT_NE(each.run, nullptr) << each.name;
    for (const Option& option : each.options) EXPECT_FALSE(option.summary.empty()) << option.name;
  }
}

}  // namespace
}  // namespace panelist::cli
