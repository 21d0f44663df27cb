// SPDX-License-Identifier: Apache-2.0
#include "base/diagnostic.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace panelist {
namespace {

using testing::HasSubstr;

const SourceText study{"study.toml", "title = \"数字\"\ncolumns = [\"NQP ~ DT + DTI2\"]\n"};

Span span_of(std::string_view word) {
  const std::size_t at = study.text.find(word);
  return {study.name, at, at + word.size()};
}

TEST(Diagnostic, DrawsTheCaretUnderTheWord) {
  const Diagnostic diagnostic{
      "formula.unknown_column", Severity::error,      "unknown variable `DTI2`", span_of("DTI2"), "",
      {"not in provinces.csv"}, "did you mean `DTI`?"};
  const std::string text = render(diagnostic, {study});
  EXPECT_THAT(text, HasSubstr("error[formula.unknown_column]: unknown variable `DTI2`\n"));
  EXPECT_THAT(text, HasSubstr("study.toml:2:24\n"));
  EXPECT_THAT(text, HasSubstr("2 │ columns = [\"NQP ~ DT + DTI2\"]\n"));
  EXPECT_THAT(text, HasSubstr("│ " + std::string(23, ' ') + "^^^^\n"));
  EXPECT_THAT(text, HasSubstr("= help: did you mean `DTI`?\n"));
}

TEST(Diagnostic, CaretCountsWideCharactersTwice) {
  const Diagnostic diagnostic{"study.value", Severity::error, "m", span_of("字"), "", {}, ""};
  EXPECT_THAT(render(diagnostic, {study}), HasSubstr("│ " + std::string(11, ' ') + "^^\n"));
  EXPECT_EQ(line_column(study.text, study.text.find("字")).column, 11U);
}

TEST(Diagnostic, JsonHasPlaceAndHint) {
  const Diagnostic diagnostic{"study.unknown_key", Severity::warning, "m", span_of("columns"), "", {}, "h"};
  const std::string json = render_json(diagnostic, {study});
  EXPECT_THAT(json, HasSubstr("\"line\":2,\"column\":1"));
  EXPECT_THAT(json, HasSubstr("\"severity\":\"warning\""));
}

TEST(Diagnostic, LongLinesAreCutAroundTheMark) {
  const SourceText wide{"w", std::string(5000, 'x') + "MARK" + std::string(5000, 'y')};
  const Diagnostic diagnostic{"study.value", Severity::error, "m", {"w", 5000, 5004}, "", {}, ""};
  const std::string text = render(diagnostic, {wide});
  EXPECT_LT(text.size(), 1000U);
  EXPECT_THAT(text, HasSubstr("MARK"));
}

TEST(Diagnostic, ExitCodesFollowTheContract) {
  const auto exit_of = [](std::string code, const std::string& file) {
    return exit_code_of({std::move(code), Severity::error, "", {file, 0, 1}, "", {}, ""});
  };
  EXPECT_EQ(exit_of("usage.unknown_option", ""), 2);
  EXPECT_EQ(exit_of("formula.syntax", "<formula>"), 2);
  EXPECT_EQ(exit_of("formula.syntax", "study.toml"), 3);
  EXPECT_EQ(exit_of("formula.unknown_column", "<formula>"), 4);
  EXPECT_EQ(exit_of("formula.unknown_column", "study.toml"), 3);
  EXPECT_EQ(exit_of("study.unknown_key", "study.toml"), 3);
  EXPECT_EQ(exit_of("data.duplicate_keys", ""), 4);
  EXPECT_EQ(exit_of("estimate.no_rows", ""), 5);
  EXPECT_EQ(exit_of("data.no_rows", "<formula>"), 5);
  EXPECT_EQ(exit_of("output.disk_full", ""), 6);
  EXPECT_EQ(exit_of("internal.bug", ""), 70);
}

TEST(Nearest, FindsTheTypoAndNothingFarAway) {
  const std::vector<std::string> names = {"DTI", "NQP", "population", "城镇化率"};
  EXPECT_EQ(nearest("DTI2", names), "DTI");
  EXPECT_EQ(nearest("popluation", names), "population");
  EXPECT_EQ(nearest("城镇化", names), "城镇化率");
  EXPECT_EQ(nearest("xyz", names), "");
}

}  // namespace
}  // namespace panelist
