// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include <nlohmann/json.hpp>

#include "base/diagnostic.h"
#include "figures.h"

namespace panelist {
namespace {

using testing::figure_of;

std::string code_of(const Figure& figure) {
  try {
    chart_option(figure);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

TEST(ChartKinds, EachHasSampleDataAndAnOptionThatIsJson) {
  const std::vector<Figure> figures = testing::one_of_each();
  ASSERT_EQ(figures.size(), chart_kinds().size());
  for (std::size_t i = 0; i < figures.size(); ++i) {
    EXPECT_EQ(figures[i].kind, chart_kinds()[i].name);
    const auto option = nlohmann::json::parse(chart_option(figures[i]));
    EXPECT_FALSE(option["series"].empty()) << figures[i].kind;
    EXPECT_EQ(option["animation"], false);
    EXPECT_EQ(gaps_of(figures[i]), 0U);
  }
}

TEST(ChartKinds, EachNamesAColumnThatItsDataLacks) {
  for (const Figure& figure : testing::one_of_each()) {
    Figure lacking = figure;
    lacking.data = Table();
    lacking.data.set("something", Column::numbers({1, 2}));
    EXPECT_EQ(code_of(lacking), "figure.missing_column") << figure.kind;
  }
}

TEST(ChartKinds, AnUnknownKindNamesTheNearest) {
  try {
    chart_option(figure_of("trends", testing::two_groups(4)));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "figure.unknown_kind");
    EXPECT_EQ(error.diagnostic().hint, "did you mean `trend`?");
  }
}

TEST(ChartKinds, ADensityReachesToTheReferenceBesideIt) {
  Figure figure = figure_of("density", Table());
  figure.data.set("value", Column::numbers({-0.2, -0.1, 0.0, 0.1, 0.2}));
  for (const double reference : {-7.0, 0.05, 9.0}) {
    figure.numbers["reference"] = reference;
    const auto line = nlohmann::json::parse(chart_option(figure))["series"][0];
    EXPECT_EQ(line["markLine"]["data"][0]["xAxis"].get<double>(), reference);
    EXPECT_LE(line["data"].front()[0].get<double>(), reference);
    EXPECT_GE(line["data"].back()[0].get<double>(), reference);
    if (std::abs(reference) > 1) {
      EXPECT_EQ(line["data"][reference < 0 ? 0 : line["data"].size() - 1][1].get<double>(), 0);
    }
  }
}

TEST(ChartKinds, TextWhereNumbersBelongIsAnError) {
  Figure figure = figure_of("trend", testing::two_groups(2));
  figure.data.set("y", Column::texts({"a", "b"}));
  EXPECT_EQ(code_of(figure), "figure.not_numeric");
}

TEST(ChartKinds, RowsWithoutNumbersAreGapsAndAllOfThemAnError) {
  Figure figure = figure_of("trend", testing::two_groups(4));
  figure.data.set("y", Column::numbers({1, missing_value, std::numeric_limits<double>::infinity(), 2}));
  EXPECT_EQ(gaps_of(figure), 2U);
  const auto option = nlohmann::json::parse(chart_option(figure));
  EXPECT_TRUE(option["series"][0]["data"][1][1].is_null());  // treated: rows 0 and 2
  figure.data.set("y", Column::numbers(std::vector<double>(4, missing_value)));
  EXPECT_EQ(code_of(figure), "figure.no_data");
  EXPECT_EQ(code_of(figure_of("bars", testing::named_values("name").take({}))), "figure.no_data");
}

TEST(ChartKinds, AMillionPointsAreBinnedOrRefusedByCount) {
  const Table many = testing::two_groups(1'000'000);
  EXPECT_EQ(code_of(figure_of("trend", many)), "figure.too_many_marks");
  const auto option = nlohmann::json::parse(chart_option(figure_of("binned_scatter", many)));
  EXPECT_EQ(option["series"].back()["data"].size(), 20U);
  EXPECT_EQ(code_of(figure_of("density", many)), "");
}

TEST(BinnedScatter, DotsAreMeansOfEqualCountsAndTiesStayTogether) {
  Figure figure = figure_of("binned_scatter", Table());
  figure.data.set("x", Column::numbers({1, 2, 2, 2, 3, 4}));
  figure.data.set("y", Column::numbers({1, 2, 3, 4, 10, 20}));
  figure.numbers["bins"] = 3;
  const auto option = nlohmann::json::parse(chart_option(figure));
  EXPECT_EQ(option["series"].back()["data"].dump(), "[[1.75,2.5],[3.5,15.0]]");
}

TEST(RankFlow, TiesShareTheSmallerRank) {
  Figure figure = figure_of("rank_flow", Table());
  figure.data.set("unit", Column::texts({"a", "b", "c"}));
  figure.data.set("time", Column::numbers({1, 1, 1}));
  figure.data.set("value", Column::numbers({5, 7, 5}));
  const auto option = nlohmann::json::parse(chart_option(figure));
  EXPECT_EQ(option["series"][0]["data"][0], 2);
  EXPECT_EQ(option["series"][1]["data"][0], 1);
  EXPECT_EQ(option["series"][2]["data"][0], 2);
}

TEST(MissingMap, ShowsSharesByVariableAndTime) {
  Figure figure = figure_of("missing_map", Table());
  figure.data.set("variable", Column::texts({"gdp", "gdp", "gdp", "gdp"}));
  figure.data.set("time", Column::numbers({1, 1, 1, 2}));
  figure.data.set("missing", Column::numbers({1, 0, 0, 1}));
  const auto option = nlohmann::json::parse(chart_option(figure));
  EXPECT_NEAR(option["series"][0]["data"][0][2].get<double>(), 1.0 / 3, 5e-8);  // seven digits
  EXPECT_DOUBLE_EQ(option["series"][0]["data"][1][2].get<double>(), 1);
}

TEST(ChartStyle, GreySeriesDifferByDash) {
  Figure figure = figure_of("trend", testing::two_groups(8));
  figure.style.grey = true;
  const auto option = nlohmann::json::parse(chart_option(figure));
  EXPECT_NE(option["series"][0]["lineStyle"]["type"], option["series"][1]["lineStyle"]["type"]);
  EXPECT_NE(option["series"][0]["lineStyle"]["color"], option["series"][1]["lineStyle"]["color"]);
}

TEST(ChartKinds, ALegendOfSeveralLinesKeepsOffThePlot) {
  Table many;
  many.set("x", Column::numbers({1, 1, 1, 1}));
  many.set("y", Column::numbers({1, 2, 3, 4}));
  many.set("group",
           Column::texts({"the first region", "the second region", "the third region", "the fourth"}));
  Figure wide = figure_of("trend", many), narrow = wide;
  narrow.style.width_mm = 80;
  const auto top = [](const Figure& figure) {
    return nlohmann::json::parse(chart_option(figure))["grid"]["top"].get<double>();
  };
  EXPECT_GT(top(narrow), top(wide) + narrow.style.font_pixels());
}

}  // namespace
}  // namespace panelist
