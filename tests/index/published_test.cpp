// SPDX-License-Identifier: Apache-2.0
// Published values of tests/reference/entropy_example are traced to the conventions that made them.
#include "index/published.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "example.h"

namespace panelist {
namespace {

// Values of the reference printed to `digits` digits, as a paper prints them.
Table printed(const std::string& variant, const std::string& quantity, const std::string& column,
              int digits) {
  Table table;
  std::vector<std::string> codes, values;
  const nlohmann::json& numbers = example_results()["variants"][variant][quantity];
  for (std::size_t j = 0; j < 5; ++j) {
    codes.push_back(fmt::format("x{}", j + 1));
    values.push_back(fmt::format("{:.{}f}", numbers[j].get<double>(), digits));
  }
  table.set("code", Column::texts(codes));
  table.set(column, Column::texts(values));
  return table;
}

Diagnosis diagnose_table(const Example& example, const Table& table) {
  return which_conventions(Context{}, example.system,
                           published_from(table, example.system, example.panel, example.rows), example.table,
                           example.panel, example.rows);
}

TEST(PublishedIndex, FindsTheConventionsOfEveryVariantOfTheReference) {
  const Example example;
  const std::map<std::string, std::string> made_by = {
      {"pooled_0ln0", "entropy, minmax, pool all, zeros limit"},
      {"pooled_shift_0.0001", "entropy, minmax, pool all, zeros 0.0001"},
      {"pooled_shift_0.001", "entropy, minmax, pool all, zeros 0.001"},
      {"pooled_shift_0.01", "entropy, minmax, pool all, zeros 0.01"},
      {"pooled_smooth_0.01", "entropy, minmax, pool all, zeros smooth:0.01"},
      {"pooled_k_lnT_BUG", "entropy, minmax, pool all, zeros limit, 1e-10 on the shares, k = 1/ln T"}};
  for (const auto& [variant, what] : made_by) {
    const Diagnosis diagnosis = diagnose_table(example, printed(variant, "w", "weight", 8));
    ASSERT_FALSE(diagnosis.matches.empty());
    EXPECT_TRUE(
        std::any_of(diagnosis.matches.begin(), diagnosis.matches.end(),
                    [&](const ConventionMatch& match) { return match.reproduces && match.what == what; }))
        << variant << " " << diagnosis.matches[0].what;
    EXPECT_FALSE(diagnosis.matches.back().reproduces);
    EXPECT_EQ(diagnosis.entropy_above_one, variant == "pooled_k_lnT_BUG") << variant;
  }
}

TEST(PublishedIndex, NamesEntropiesAboveOne) {
  const Example example;
  const Diagnosis diagnosis = diagnose_table(example, printed("pooled_k_lnT_BUG", "e", "entropy", 4));
  EXPECT_TRUE(diagnosis.entropy_above_one);
  EXPECT_THAT(diagnosis.matches[0].what, testing::HasSubstr("k = 1/ln T"));
}

TEST(PublishedIndex, FindsATurnedDirection) {
  Example example;
  Example turned;
  turned.system.indicators[4].direction = '+';
  const IndexResult result = turned.build();
  Table table;
  std::vector<std::string> codes, weights;
  for (const IndicatorResult& indicator : result.indicators) {
    codes.push_back(indicator.indicator.code);
    weights.push_back(fmt::format("{:.5f}", indicator.weight));
  }
  table.set("code", Column::texts(codes));
  table.set("weight", Column::texts(weights));
  const Diagnosis diagnosis = diagnose_table(example, table);
  EXPECT_EQ(diagnosis.matches[0].what, "entropy, minmax, pool all, zeros limit, `x5` turned");
}

TEST(PublishedIndex, ComparesScoresByUnitAndTime) {
  const Example example;
  Table table;
  std::vector<std::string> regions, years, scores;
  const nlohmann::json& expected = example_results()["variants"]["pooled_shift_0.01"]["score"];
  for (std::size_t i = 0; i < 12; ++i) {
    regions.push_back(example.table.at("region").text_at(i));
    years.push_back(example.table.at("year").text_at(i));
    scores.push_back(fmt::format("{:.7f}", expected[example.key(i)].get<double>()));
  }
  table.set("region", Column::texts(regions));
  table.set("year", Column::texts(years));
  table.set("score", Column::texts(scores));
  const Diagnosis diagnosis = diagnose_table(example, table);
  EXPECT_TRUE(diagnosis.matches[0].reproduces);
  EXPECT_EQ(diagnosis.matches[0].what, "entropy, minmax, pool all, zeros 0.01, scores of the shifted cells");
}

TEST(PublishedIndex, RefusesWhatCannotBeCompared) {
  const Example example;
  Table table;
  table.set("code", Column::texts({"x9"}));
  table.set("weight", Column::texts({"0.2"}));
  EXPECT_THROW(published_from(table, example.system, example.panel, example.rows), Error);
  EXPECT_THROW(published_from(example.table, example.system, example.panel, example.rows), Error);
}

// The weights of a result as a paper prints them: by code or label, as shares or per cent.
Table weights_table(const IndexResult& result, const std::string& form) {
  std::vector<std::string> codes, values;
  for (const IndicatorResult& indicator : result.indicators) {
    codes.push_back(form == "label" ? indicator.indicator.label : indicator.indicator.code);
    values.push_back(form == "%"     ? fmt::format("{:.2f}%", 100 * indicator.weight)
                     : form == "100" ? fmt::format("{:.2f}", 100 * indicator.weight)
                                     : fmt::format("{:.4f}", indicator.weight));
  }
  Table table;
  table.set("code", Column::texts(codes));
  table.set("weight", Column::texts(values));
  return table;
}

TEST(PublishedIndex, ReadsPerCentAndLabels) {
  Example example;
  for (Indicator& indicator : example.system.indicators) indicator.label = "label of " + indicator.code;
  const IndexResult built = example.build();
  const int plain = diagnose_table(example, weights_table(built, "")).tried;
  for (const char* form : {"%", "100", "label"}) {
    const Diagnosis diagnosis = diagnose_table(example, weights_table(built, form));
    EXPECT_EQ(diagnosis.matches.at(0).what, "entropy, minmax, pool all, zeros limit") << form;
    EXPECT_TRUE(diagnosis.matches[0].reproduces) << form;
    EXPECT_FALSE(diagnosis.matches.back().reproduces) << form;
    EXPECT_EQ(diagnosis.tried, plain);
  }
}

TEST(PublishedIndex, RefusesTextAndEmptyColumns) {
  const Example example;
  Table table = weights_table(example.build(), "");
  table.set("weight", Column::texts({"0.2", "a fifth", "0.2", "0.2", "0.2"}));
  EXPECT_THROW(published_from(table, example.system, example.panel, example.rows), Error);
  table.set("weight", Column::texts({"", "", "", "", ""}));
  EXPECT_THROW(published_from(table, example.system, example.panel, example.rows), Error);
}

TEST(PublishedIndex, TriesTheIndexAsBuiltAndFillsItsCells) {
  Example example;
  example.conventions.winsor = 0.1;
  example.conventions.method = "sd";
  example.conventions.normalise = "rank";
  Published published =
      published_from(weights_table(example.build(), ""), example.system, example.panel, example.rows);
  published.index = example.conventions;
  Diagnosis diagnosis =
      which_conventions(Context{}, example.system, published, example.table, example.panel, example.rows);
  EXPECT_EQ(diagnosis.matches.at(0).what, "as built");
  EXPECT_TRUE(diagnosis.matches[0].reproduces);
  example.conventions = {};
  example.conventions.impute = "mean";
  int cell = 0;
  example.replace("x1", [&](double x) { return cell++ == 3 ? missing_value : x; });
  published = published_from(weights_table(example.build(), ""), example.system, example.panel, example.rows);
  published.index = example.conventions;
  diagnosis =
      which_conventions(Context{}, example.system, published, example.table, example.panel, example.rows);
  EXPECT_GT(diagnosis.tried, 100);
  EXPECT_TRUE(diagnosis.matches.at(0).reproduces);
}

}  // namespace
}  // namespace panelist
