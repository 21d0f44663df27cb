// SPDX-License-Identifier: Apache-2.0
#include "study/study.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/text.h"

namespace panelist {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string head =
    "study = 1\nvcov = \"cluster(province)\"\n[data]\nfile = \"d.csv\"\npanel = [\"province\", \"year\"]\n";

Diagnostics problems_of(const std::string& text) {
  Diagnostics diagnostics;
  parse_study_text("study.toml", text, diagnostics);
  return diagnostics;
}

Study parsed(const std::string& text) {
  Diagnostics diagnostics;
  Study study = parse_study_text("study.toml", text, diagnostics);
  for (const Diagnostic& item : diagnostics.items()) ADD_FAILURE() << render(item, {study.source});
  return study;
}

std::string marked(const std::string& text, const Diagnostic& diagnostic) {
  return text.substr(diagnostic.span.begin, diagnostic.span.end - diagnostic.span.begin);
}

// The one error of a text: its code and the part of the text it points at.
std::pair<std::string, std::string> only_error(const std::string& text) {
  const Diagnostics diagnostics = problems_of(text);
  if (diagnostics.size() != 1) return {std::to_string(diagnostics.size()) + " problems", ""};
  return {diagnostics.items()[0].code, marked(text, diagnostics.items()[0])};
}

TEST(Study, TheExamplesParseWithoutAComplaint) {
  for (const char* name : {"digital-trade", "one-city", "resilience"}) {
    const std::string path = std::string(PANELIST_SOURCE_DIR) + "/examples/" + name + "/study.toml";
    const Study study = parsed(read_file(path));
    EXPECT_GE(study.tables.size(), 5U) << name;
  }
}

TEST(Study, TablesAreNumberedInFileOrderAndAnIndexTableCountsItsIndices) {
  const Study study =
      parsed(head +
             "[index.A]\nD = [\"+ x\"]\n[index.B]\nD = [\"- y\"]\n[[table]]\nindex = [\"A\", \"B\"]\n"
             "[[table]]\nsummary = [\"x\"]\n[[table]]\ncolumns = [\"x ~ y\"]\n");
  ASSERT_EQ(study.tables.size(), 3U);
  EXPECT_EQ(study.tables[0].number, 1);
  EXPECT_EQ(study.tables[1].number, 3);
  EXPECT_EQ(study.tables[2].number, 4);
  EXPECT_EQ(study.tables[2].id, "regression");
}

TEST(Study, IndicatorTreesKeepOrderDirectionAndPlace) {
  const Study study =
      parsed(head + "[index.N]\n\"新\".\"人力\" = [\"+ edu\", \"- so2\"]\n\"旧\" = [\"= 0.5 debt\"]\n");
  const std::vector<Indicator>& indicators = study.indices.at(0).system.indicators;
  ASSERT_EQ(indicators.size(), 3U);
  EXPECT_EQ(indicators[0].dimension, "新");
  EXPECT_EQ(indicators[0].sub, "人力");
  EXPECT_EQ(indicators[1].direction, '-');
  EXPECT_EQ(indicators[1].code, "so2");
  EXPECT_EQ(indicators[2].direction, '=');
  EXPECT_EQ(indicators[2].target, 0.5);
}

TEST(Study, NamedModelsAndSetsOpenInsideTables) {
  const Study study = parsed(
      head + "[sets]\ncontrols = [\"a\", \"b\"]\n[model]\nmain = \"y ~ x + {controls} | province\"\n" +
      "[[table]]\nof = \"main\"\nvary = [{ winsor = [\"y\"], at = 0.05 }, { where = \"year > 3\" }]\n");
  ASSERT_EQ(study.tables.size(), 1U);
  EXPECT_EQ(study.tables[0].columns.at(0).formula.regressors.size(), 3U);
  EXPECT_EQ(study.tables[0].term, "x");
  EXPECT_EQ(study.tables[0].vary[0].at, 0.05);
  EXPECT_EQ(study.tables[0].vary[1].where.text, "year > 3");
}

TEST(Study, UnknownKeysAreErrorsWithTheNearestLegalOne) {
  const std::string text = head + "wehre = \"year > 2000\"\n";
  const Diagnostics diagnostics = problems_of(text);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics.items()[0].code, "study.unknown_key");
  EXPECT_EQ(marked(text, diagnostics.items()[0]), "wehre");
  EXPECT_EQ(diagnostics.items()[0].hint, "did you mean `where`?");
}

TEST(Study, KeysOfThePanelAreNeitherDerivedNorImputed) {
  EXPECT_EQ(only_error(head + "[derive]\nyear = \"year + 0.5\"\nx2 = \"x^2\"\n"),
            std::pair(std::string("study.derives_key"), std::string("year")));
  EXPECT_EQ(only_error(head + "impute = { province = \"mean\" }\n"),
            std::pair(std::string("study.imputes_key"), std::string("province")));
}

TEST(Study, DecimalsLieBetweenZeroAndFifteen) {
  EXPECT_EQ(only_error("decimals = -1\n" + head).first, "study.decimals");
  EXPECT_EQ(only_error(head + "[[table]]\nsummary = [\"x\"]\ndecimals = 40\n"),
            std::pair(std::string("study.decimals"), std::string("40")));
  EXPECT_EQ(parsed("decimals = 15\n" + head).decimals, 15);
  EXPECT_EQ(parsed("decimals = 0\n" + head).decimals, 0);
}

TEST(Study, UnitsOfFilesMatchExactlyUnlessAsked) {
  EXPECT_EQ(parsed(head).data.units, UnitMatch::exact);
  EXPECT_EQ(parsed(head + "units = \"provinces\"\n").data.units, UnitMatch::provinces);
  EXPECT_EQ(only_error(head + "units = \"towns\"\n").first, "study.unknown_value");
}

TEST(Study, EveryMistakeIsReportedInOneReading) {
  const std::string text =
      "study = 1\nlang = \"fr\"\nseed = \"x\"\n[data]\nfile = \"/abs/d.csv\"\npanel = "
      "[\"u\"]\n[[table]]\nidd = \"a\"\n"
      "columns = [\"y ~ x +\"]\n";
  std::vector<std::string> codes;
  const Diagnostics diagnostics = problems_of(text);
  for (const Diagnostic& item : diagnostics.items()) codes.push_back(item.code);
  EXPECT_THAT(codes, testing::IsSupersetOf({"study.unknown_value", "study.wrong_type", "study.missing_vcov",
                                            "study.absolute_path", "study.panel", "study.unknown_key",
                                            "formula.syntax"}));
}

TEST(Study, ErrorsInsideFormulasPointInsideTheString) {
  const std::string text = head + "[[table]]\ncolumns = [\"y ~ x1 + {contrls} | province\"]\n";
  const auto [code, place] = only_error(text);
  EXPECT_EQ(code, "formula.unknown_set");
  EXPECT_THAT(place, HasSubstr("contrls"));
}

TEST(Study, ExpressionsPointInsideTheString) {
  const std::string text = head + "where = \"year >= (2000\"\n";
  const auto [code, place] = only_error(text);
  EXPECT_EQ(code, "expression.syntax");
}

TEST(Study, ASyntaxErrorEndsReadingWithItsPlace) {
  const std::string text = head + "x = = 1\n";
  const Diagnostics diagnostics = problems_of(text);
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics.items()[0].code, "study.syntax");
  EXPECT_EQ(line_column(text, diagnostics.items()[0].span.begin).line, 6U);
}

TEST(Study, AnUnquotedChineseKeyIsExplained) {
  const Diagnostics diagnostics = problems_of("study = 1\n城镇化率 = 1\n");
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_THAT(diagnostics.items()[0].hint, HasSubstr("in quotes"));
}

TEST(Study, ATableIsExactlyOneThing) {
  EXPECT_EQ(only_error(head + "[[table]]\nid = \"a\"\n").first, "study.table_kind");
  EXPECT_EQ(only_error(head + "[[table]]\nsummary = [\"a\"]\ncolumns = [\"y ~ x\"]\n").first,
            "study.table_kind");
  EXPECT_EQ(only_error(head + "[[table]]\nvary = [{ where = \"a > 1\" }]\n").first, "study.missing_key");
}

TEST(Study, DuplicateIdsAndIndicatorsAreRefused) {
  const std::string table = "[[table]]\nid = \"t\"\nsummary = [\"a\"]\n";
  EXPECT_EQ(only_error(head + table + table).first, "study.duplicate_id");
  EXPECT_EQ(only_error(head + "[index.A]\nD = [\"+ x\", \"- x\"]\n").first, "index.duplicate_indicator");
}

TEST(Study, AnIndicatorWithoutDirectionSaysHow) {
  const Diagnostics diagnostics = problems_of(head + "[index.A]\nD = [\"gdp\"]\n");
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics.items()[0].code, "index.direction");
  EXPECT_THAT(diagnostics.items()[0].hint, HasSubstr("\"+ gdp\""));
}

TEST(Study, AnyBytesAreReadWithoutACrash) {
  const std::string base =
      head + "[index.A]\nD = [\"+ x\"]\n[[table]]\nof = \"main\"\nsplit = [{ by = \"r\" }]\n";
  std::uint32_t state = 12345;
  for (int round = 0; round < 3000; ++round) {
    std::string text = base;
    for (int change = 0; change < 4; ++change) {
      state = state * 1664525U + 1013904223U;
      text[(state >> 8U) % text.size()] = static_cast<char>(state >> 24U);
    }
    Diagnostics diagnostics;
    parse_study_text("study.toml", text, diagnostics);
    for (const Diagnostic& item : diagnostics.items())
      EXPECT_FALSE(render(item, {{"study.toml", text}}).empty());
  }
}

TEST(Study, AFigureShowsOneThing) {
  const std::string index = "[index.A]\nD = [\"+ x\"]\n[[figure]]\n";
  const Study study = parsed(head + index + "title = \"T\"\ntrend = [\"A\"]\nwidth = 80\n");
  ASSERT_EQ(study.figures.size(), 1U);
  EXPECT_EQ(study.figures[0].title, "T");
  EXPECT_EQ(study.figures[0].shows, "trend");
  EXPECT_EQ(study.figures[0].names[0].text, "A");
  EXPECT_EQ(study.figures[0].width, 80);
  const std::pair<std::string, std::string> kind = {"study.figure_kind", "histogram"};
  EXPECT_EQ(only_error(head + index + "histogram = \"x\"\n"), kind);
  EXPECT_THAT(problems_of(head + index + "histogram = {}\n").items()[0].hint, HasSubstr("trend"));
  EXPECT_EQ(only_error(head + index + "title = \"T\"\n").first, "study.figure_kind");
  EXPECT_EQ(only_error(head + index + "trend = \"A\"\ndensity = \"x\"\n").first, "study.figure_kind");
  EXPECT_EQ(only_error(head + index + "trends = [\"A\"]\n").first, "study.unknown_key");
}

TEST(Study, AFigureSaysWhatItLacks) {
  const std::string begin = head + "[[figure]]\n";
  EXPECT_EQ(only_error(begin + "map = \"x\"\n").first, "study.missing_key");
  EXPECT_EQ(only_error(begin + "data = \"d.csv\"\n").first, "study.missing_key");
  EXPECT_EQ(only_error(begin + "ridge = \"x\"\n").first, "study.missing_key");
  EXPECT_EQ(only_error(begin + "binned_scatter = [\"x\"]\n").first, "study.figure_kind");
  EXPECT_EQ(only_error(begin + "density = \"x\"\nwidth = 5\n").first, "study.figure_size");
  EXPECT_EQ(only_error(begin + "data = \"/d.csv\"\nkind = \"trend\"\n").first, "study.absolute_path");
  EXPECT_EQ(only_error(begin + "data = \"d.csv\"\nkind = \"trends\"\n").first, "study.unknown_value");
}

}  // namespace
}  // namespace panelist
