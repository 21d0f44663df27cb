// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "scratch.h"

namespace panelist {
namespace {

Table panel_table(const std::string& source, std::vector<std::string> units, std::vector<double> years) {
  Table table;
  table.source = source;
  table.set("unit", Column::texts(units));
  table.set("year", Column::numbers(std::move(years), ColumnKind::integer));
  return table;
}

template <typename Body>
Diagnostic failure_of(Body body) {
  try {
    body();
  } catch (const Error& error) {
    return error.diagnostic();
  }
  return {};
}

TEST(JoinOnKeys, KeepsAllRowsAndReportsTheMatches) {
  Table left = panel_table("left.csv", {"a", "a", "b"}, {2015, 2016, 2015});
  left.set("x", Column::numbers({1, 2, 3}));
  Table right = panel_table("right.csv", {"b", "a", "c"}, {2015, 2015, 2015});
  right.set("y", Column::numbers({30, 10, 40}));
  Diagnostics notes;
  const Table joined = join_on_keys({left, right}, {"unit", "year"}, notes);
  ASSERT_EQ(joined.rows(), 4u);
  EXPECT_EQ(joined.at("unit").text_at(3), "c");
  EXPECT_EQ(joined.at("y").values()[0], 10);
  EXPECT_TRUE(std::isnan(joined.at("y").values()[1]));
  EXPECT_EQ(joined.at("y").values()[2], 30);
  EXPECT_TRUE(std::isnan(joined.at("x").values()[3]));
  EXPECT_EQ(joined.at("year").kind(), ColumnKind::integer);
  ASSERT_EQ(notes.size(), 2u);
  EXPECT_EQ(notes.items()[1].code, "data.join_unmatched_units");
  EXPECT_EQ(notes.items()[0].code, "data.join_matched");
  EXPECT_EQ(notes.items()[0].message, "`right.csv`: 2 of 3 rows matched");
  EXPECT_EQ(notes.items()[0].notes, (std::vector<std::string>{"only in it: c 2015", "not in it: a 2016"}));
}

TEST(JoinOnKeys, ColumnsInBothMustAgreeWhereBothArePresent) {
  Table left = panel_table("left.csv", {"a", "b"}, {2015, 2015});
  left.set("x", Column::numbers({1, missing_value}));
  Table right = panel_table("right.csv", {"a", "b"}, {2015, 2015});
  right.set("x", Column::numbers({1, 2}));
  Diagnostics notes;
  EXPECT_EQ(join_on_keys({left, right}, {"unit", "year"}, notes).at("x").values(),
            (std::vector<double>{1, 2}));
  right.set("x", Column::numbers({1.5, 2}));
  const Diagnostic conflict = failure_of([&] { join_on_keys({left, right}, {"unit", "year"}, notes); });
  EXPECT_EQ(conflict.code, "data.join_conflict");
  EXPECT_EQ(conflict.notes, (std::vector<std::string>{"a 2015: 1 and 1.5"}));
}

TEST(JoinOnKeys, SpreadsTablesThatHaveOneKeyOnly) {
  Table left = panel_table("left.csv", {"a", "a", "b"}, {2015, 2016, 2015});
  Table traits;
  traits.source = "traits.csv";
  traits.set("unit", Column::texts({"b", "a"}));
  traits.set("coast", Column::numbers({0, 1}, ColumnKind::integer));
  Table nation;
  nation.source = "nation.csv";
  nation.set("year", Column::texts({"2015年", "2016年"}));
  nation.set("rate", Column::numbers({5, 6}));
  Diagnostics notes;
  const Table joined = join_on_keys({traits, left, nation}, {"unit", "year"}, notes);
  EXPECT_EQ(joined.at("coast").values(), (std::vector<double>{1, 1, 0}));
  EXPECT_EQ(joined.at("rate").values(), (std::vector<double>{5, 6, 5}));
}

TEST(JoinOnKeys, RefusesDuplicateKeysInOneOfTheTables) {
  const Table left = panel_table("left.csv", {"a", "a"}, {2015, 2015});
  const Table right = panel_table("right.csv", {"a"}, {2015});
  Diagnostics notes;
  const Diagnostic failure = failure_of([&] { join_on_keys({left, right}, {"unit", "year"}, notes); });
  EXPECT_EQ(failure.code, "data.duplicate_keys");
  EXPECT_NE(failure.subject.find("left.csv"), std::string::npos);
}

TEST(JoinOnKeys, WarnsWhenNothingMatches) {
  Diagnostics notes;
  join_on_keys({panel_table("l", {"北京"}, {2015}), panel_table("r", {"Beijing"}, {2015})}, {"unit", "year"},
               notes);
  EXPECT_EQ(notes.items()[0].code, "data.join_no_match");
  EXPECT_EQ(notes.items()[0].severity, Severity::warning);
}

TEST(JoinOnKeys, JoinsTheExampleData) {
  const std::string folder = std::string(PANELIST_SOURCE_DIR) + "/examples/digital-trade/data/";
  const Table economy = read_table(folder + "economy.csv");
  const Table digital = read_table(folder + "digital.csv");
  Diagnostics notes;
  const Table joined = join_on_keys({economy, digital}, {"province", "year"}, notes);
  EXPECT_EQ(joined.columns(), economy.columns() + digital.columns() - 2);
  EXPECT_GE(joined.rows(), economy.rows());
  EXPECT_EQ(notes.items()[0].code, "data.join_matched");
  EXPECT_EQ(make_panel(joined, {"province", "year"}).unit_names.size(), 31u);
}

TEST(WideToLong, TurnsYearHeadingsIntoRows) {
  Table wide;
  wide.set("province", Column::texts({"a", "b"}));
  wide.set("gdp2015", Column::numbers({1, 2}, ColumnKind::integer));
  wide.set("gdp_2016", Column::numbers({1.5, missing_value}));
  wide.set("pop 2016", Column::numbers({7, 8}, ColumnKind::integer));
  wide.set("code12015", Column::numbers({0, 0}, ColumnKind::integer));
  wide.source_rows = {2, 3};
  Diagnostics notes;
  const Table result = wide_to_long(wide, {"province", "year", "value"}, notes);
  EXPECT_EQ(result.names(), (std::vector<std::string>{"province", "code12015", "year", "gdp", "pop"}));
  EXPECT_EQ(result.at("year").values(), (std::vector<double>{2015, 2016, 2015, 2016}));
  EXPECT_EQ(result.at("gdp").values()[1], 1.5);
  EXPECT_EQ(result.at("gdp").kind(), ColumnKind::real);
  EXPECT_TRUE(std::isnan(result.at("pop").values()[0]));
  EXPECT_EQ(result.at("pop").values()[3], 8);
  EXPECT_EQ(result.source_rows, (RowNumbers{2, 2, 3, 3}));
  EXPECT_TRUE(has_code(notes, "data.wide_to_long"));
}

TEST(WideToLong, NamesTheValueOfBareYears) {
  Table wide;
  wide.set("省份", Column::texts({"北京"}));
  wide.set("2016年", Column::numbers({2}));
  wide.set("2015年", Column::numbers({1}));
  Diagnostics notes;
  const Table result = wide_to_long(wide, {"省份", "year", "gdp"}, notes);
  EXPECT_EQ(result.at("gdp").values(), (std::vector<double>{1, 2}));
}

TEST(WideToLong, RefusesLongFilesAndNamesThatAreTaken) {
  Table table;
  table.set("id", Column::texts({"a"}));
  Diagnostics notes;
  EXPECT_EQ(failure_of([&] { wide_to_long(table, {"id", "year", "value"}, notes); }).code, "data.not_wide");
  EXPECT_EQ(failure_of([&] { wide_to_long(table, {"unit", "year", "value"}, notes); }).code,
            "data.unknown_column");
  table.set("x2015", Column::numbers({1}));
  table.set("x", Column::numbers({1}));
  EXPECT_EQ(failure_of([&] { wide_to_long(table, {"id", "year", "value"}, notes); }).code,
            "data.duplicate_column");
}

TEST(ApplyCodebook, SetsLabelsAndWarnsOfUnknownNames) {
  Table table;
  table.set("gdp", Column::numbers({1}));
  const Table codebook = read_table(scratch_file(
      "codebook.csv", "name,label_en,label_zh,unit,source\ngdp,GDP,生产总值,yuan,NBS\ngpd,x,,,\n"));
  Diagnostics notes;
  apply_codebook(table, codebook, notes);
  EXPECT_EQ(table.at("gdp").label, "GDP");
  EXPECT_EQ(table.at("gdp").label_zh, "生产总值");
  EXPECT_EQ(table.at("gdp").unit, "yuan");
  EXPECT_EQ(table.at("gdp").source, "NBS");
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes.items()[0].code, "data.codebook_unknown");
  EXPECT_EQ(notes.items()[0].severity, Severity::warning);
}

const Diagnostic* find_note(const Diagnostics& notes, const std::string& code) {
  for (const Diagnostic& note : notes.items())
    if (note.code == code) return &note;
  return nullptr;
}

TEST(JoinOnKeys, WarnsWhenAFileLacksAKeyAndAColumnLooksLikeIt) {
  Table left = panel_table("a.csv", {"北京", "北京", "河北"}, {2015, 2016, 2015});
  Table right;
  right.source = "b.csv";
  right.set("unit", Column::texts({"北京", "河北"}));
  right.set("yr", Column::numbers({2015, 2015}, ColumnKind::integer));
  Diagnostics notes;
  (void)join_on_keys({left, right}, {"unit", "year"}, notes);
  const Diagnostic* warning = find_note(notes, "data.join_key_renamed");
  ASSERT_NE(warning, nullptr);
  EXPECT_EQ(warning->severity, Severity::warning);
  EXPECT_EQ(warning->message, "`b.csv` has no `year`: its values are repeated for every one");
  EXPECT_NE(warning->hint.find("`yr`"), std::string::npos);
}

TEST(JoinOnKeys, NotesThatATraitIsRepeated) {
  Table left = panel_table("a.csv", {"a", "a", "b"}, {2015, 2016, 2015});
  Table traits;
  traits.source = "traits.csv";
  traits.set("unit", Column::texts({"a", "b"}));
  traits.set("distance", Column::numbers({17.5, 30}));
  Diagnostics notes;
  (void)join_on_keys({left, traits}, {"unit", "year"}, notes);
  const Diagnostic* note = find_note(notes, "data.join_spread");
  ASSERT_NE(note, nullptr);
  EXPECT_EQ(note->severity, Severity::note);
  EXPECT_EQ(find_note(notes, "data.join_key_renamed"), nullptr);
}

TEST(JoinOnKeys, SaysWhenProvincesAreSpelledDifferentlyAndMatchesThemWhenAsked) {
  const Table left = panel_table("a.csv", {"北京", "河北", "四川"}, {2015, 2015, 2015});
  const Table right = panel_table("b.csv", {"北京市", "河北", "Sichuan"}, {2015, 2015, 2015});
  Diagnostics notes;
  EXPECT_EQ(join_on_keys({left, right}, {"unit", "year"}, notes).rows(), 5u);
  const Diagnostic* warning = find_note(notes, "data.join_spelling");
  ASSERT_NE(warning, nullptr);
  EXPECT_EQ(warning->severity, Severity::warning);
  EXPECT_NE(warning->notes.at(0).find("北京市 and 北京"), std::string::npos);
  EXPECT_NE(warning->notes.at(0).find("Sichuan and 四川"), std::string::npos);
  EXPECT_NE(warning->hint.find("units = \"provinces\""), std::string::npos);
  Diagnostics matched;
  const Table joined = join_on_keys({left, right}, {"unit", "year"}, matched, UnitMatch::provinces);
  EXPECT_EQ(joined.rows(), 3u);
  EXPECT_EQ(joined.at("unit").text_at(2), "四川");
  EXPECT_EQ(find_note(matched, "data.join_spelling"), nullptr);
}

TEST(JoinOnKeys, WarnsOfAUnitThatNoOtherFileHas) {
  const Table left = panel_table("a.csv", {"a", "b"}, {2015, 2015});
  const Table right = panel_table("b.csv", {"a", "bb"}, {2015, 2015});
  Diagnostics notes;
  (void)join_on_keys({left, right}, {"unit", "year"}, notes);
  const Diagnostic* warning = find_note(notes, "data.join_unmatched_units");
  ASSERT_NE(warning, nullptr);
  EXPECT_EQ(warning->severity, Severity::warning);
  EXPECT_NE(warning->message.find("bb"), std::string::npos);
  // A missing year of a unit both have is a note only.
  Diagnostics years;
  (void)join_on_keys({left, panel_table("c.csv", {"a", "b", "b"}, {2015, 2015, 2016})}, {"unit", "year"},
                     years);
  EXPECT_EQ(find_note(years, "data.join_unmatched_units"), nullptr);
}

TEST(JoinOnKeys, RefusesTwoSpellingsOfAProvinceInOneFile) {
  const Table left = panel_table("a.csv", {"北京"}, {2015});
  const Table right = panel_table("b.csv", {"北京", "北京市"}, {2015, 2015});
  Diagnostics notes;
  const Diagnostic failure =
      failure_of([&] { join_on_keys({left, right}, {"unit", "year"}, notes, UnitMatch::provinces); });
  EXPECT_EQ(failure.code, "data.duplicate_keys");
}

}  // namespace
}  // namespace panelist
