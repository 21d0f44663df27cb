// SPDX-License-Identifier: Apache-2.0
// Text that has to fit, figures that are too small for what they show, and what is said of both.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "figure/kinds/labels.h"
#include "figures.h"

namespace panelist {
namespace {

using testing::figure_of;

std::vector<std::string> codes_of(const Figure& figure) {
  std::vector<std::string> codes;
  for (const Diagnostic& remark : remarks_on(figure)) codes.push_back(remark.code);
  return codes;
}

nlohmann::json option_of(const Figure& figure) { return nlohmann::json::parse(chart_option(figure)); }

Table units_over_time(std::size_t units) {
  std::vector<std::string> names;
  std::vector<double> times, values;
  for (std::size_t unit = 0; unit < units; ++unit)
    for (int time = 0; time < 3; ++time) {
      names.push_back("unit " + std::to_string(unit));
      times.push_back(2019 + time);
      values.push_back(static_cast<double>(unit));
    }
  Table table;
  table.set("unit", Column::texts(names));
  table.set("group", Column::texts(names));
  table.set("time", Column::numbers(times, ColumnKind::integer));
  table.set("value", Column::numbers(values));
  return table;
}

TEST(FittedText, BreaksBetweenWordsAndNeverInsideANumber) {
  const FigureStyle style;
  const auto fit = figure::fitted(style, "Invention patents in force per 10,000 persons", 190, 4);
  EXPECT_FALSE(fit.shortened);
  EXPECT_GT(fit.lines, 1U);
  for (const std::string& line : split(fit.text, '\n')) EXPECT_LE(figure::text_pixels(style, line), 190);
  EXPECT_NE(fit.text.find("10,000"), std::string::npos) << fit.text;
}

TEST(FittedText, BreaksChineseBetweenLettersAndKeepsMarksAndNumbersTogether) {
  const FigureStyle style;
  const auto fit = figure::fitted(style, "每万人有效发明专利拥有量（10,000人），2015年起", 110, 5);
  EXPECT_FALSE(fit.shortened) << fit.text;
  EXPECT_NE(fit.text.find("10,000"), std::string::npos) << fit.text;
  for (const std::string& line : split(fit.text, '\n')) {
    EXPECT_FALSE(line.starts_with("，")) << fit.text;
    EXPECT_FALSE(line.starts_with("）")) << fit.text;
  }
}

TEST(FittedText, EndsInAnEllipsisWhereLinesRunOut) {
  const FigureStyle style;
  const auto words = figure::fitted(style, "one two three four five six seven eight", 60, 2);
  EXPECT_TRUE(words.shortened);
  EXPECT_EQ(words.lines, 2U);
  EXPECT_TRUE(words.text.ends_with("…"));
  const auto letters = figure::fitted(style, std::string(300, 'w'), 60, 2);
  EXPECT_TRUE(letters.shortened);
  EXPECT_LE(figure::text_pixels(style, letters.text), 60);
}

TEST(FigureRemarks, ALongAxisNameIsShortenedAndSaysSo) {
  Figure figure = figure_of("trend", testing::two_groups(8));
  EXPECT_TRUE(remarks_on(figure).empty());
  for (int i = 0; i < 40; ++i) figure.x_label += " and more words";
  EXPECT_EQ(codes_of(figure), std::vector<std::string>{"figure.shortened"});
  EXPECT_EQ(chart_option(figure).find("remarks"), std::string::npos);
}

TEST(FigureRemarks, TooManyRowsAreThinnedAndTheHeightNamedIsEnough) {
  for (const char* kind : {"heat_map", "panel_map", "rank_flow"}) {
    Figure figure = figure_of(kind, units_over_time(30));
    figure.style.height_mm = 30;
    const std::vector<Diagnostic> remarks = remarks_on(figure);
    ASSERT_EQ(remarks.size(), 1U) << kind;
    EXPECT_EQ(remarks[0].code, "figure.crowded");
    EXPECT_NE(remarks[0].message.find("of 30 names"), std::string::npos) << remarks[0].message;
    const std::string& hint = remarks[0].hint;
    ASSERT_TRUE(hint.starts_with("height = ")) << hint;
    figure.style.height_mm = std::stod(hint.substr(9));
    EXPECT_TRUE(remarks_on(figure).empty()) << kind << ": " << hint;
  }
}

TEST(FigureRemarks, LinesBeyondWhatColoursAndDashesTellApartAreCounted) {
  Figure figure = figure_of("density", testing::two_groups(60));
  std::vector<std::string> groups;
  for (int row = 0; row < 60; ++row) groups.push_back("group " + std::to_string(row % 20));
  figure.data.set("group", Column::texts(groups));
  EXPECT_EQ(codes_of(figure), std::vector<std::string>{"figure.crowded"});
  EXPECT_NE(remarks_on(figure)[0].message.find("20 lines"), std::string::npos);
}

TEST(FigureRemarks, ALegendWithoutRoomNamesTheFirstGroups) {
  Figure figure = figure_of("binned_scatter", testing::two_groups(60));
  std::vector<std::string> groups;
  for (int row = 0; row < 60; ++row)
    groups.push_back("a rather long name of group " + std::to_string(row % 6));
  figure.data.set("group", Column::texts(groups));
  figure.style.width_mm = 50;
  figure.style.height_mm = 40;
  EXPECT_EQ(codes_of(figure), std::vector<std::string>{"figure.crowded"});
  const auto option = option_of(figure);
  EXPECT_LT(option["legend"]["data"].size(), 6U);
  EXPECT_GE(option["legend"]["data"].size(), 1U);
  EXPECT_LT(option["grid"]["top"].get<double>(), 0.4 * figure.style.pixels(40));
}

TEST(FigureRemarks, OnePointAloneIsSaid) {
  EXPECT_EQ(codes_of(figure_of("trend", testing::two_groups(1))),
            std::vector<std::string>{"figure.one_point"});
  EXPECT_TRUE(codes_of(figure_of("coefficients", testing::with_terms().take({0}))).empty());
}

TEST(ChartStyle, GroupsKeepTheColoursOfTheStudy) {
  Figure figure = figure_of("trend", testing::two_groups(8));
  figure.groups = {"elsewhere", "control", "treated"};
  const auto option = option_of(figure);
  EXPECT_EQ(option["series"][0]["name"], "control");
  EXPECT_EQ(option["series"][1]["name"], "treated");
  EXPECT_EQ(option["legend"]["data"].dump(), R"(["control","treated"])");
  EXPECT_EQ(option["series"][0]["itemStyle"]["color"], figure::colour(figure.style, 1));
  EXPECT_EQ(option["series"][1]["itemStyle"]["color"], figure::colour(figure.style, 2));
}

TEST(ChartStyle, AxesWithoutNamesTakeThoseOfTheirKind) {
  Figure figure = figure_of("marginal_effects", testing::intervals("x", {0, 1, 2}));
  figure.x_label = figure.y_label = "";
  EXPECT_EQ(option_of(figure)["xAxis"]["name"], "Moderator");
  figure.lang = "zh";
  EXPECT_EQ(option_of(figure)["xAxis"]["name"], "调节变量");
}

TEST(ChartStyle, EndsOfAColourScaleHaveEqualDecimalsAndATrueMinus) {
  Figure figure = figure_of("heat_map", testing::panel("unit", "value"));
  std::vector<double> values(figure.data.rows(), 0.0131);
  values[0] = -0.829;
  figure.data.set("value", Column::numbers(values));
  EXPECT_EQ(option_of(figure)["visualMap"]["text"].dump(), R"(["0.013","−0.829"])");
}

TEST(Coefficients, TheLineAtZeroStandsWhereAllEstimatesArePositive) {
  Figure figure = figure_of("coefficients", testing::with_terms());
  figure.data.set("low", Column::numbers({1, 1, 1, 1}));
  figure.data.set("estimate", Column::numbers({2, 2, 2, 2}));
  figure.data.set("high", Column::numbers({3, 3, 3, 3}));
  const auto option = option_of(figure);
  EXPECT_EQ(option["xAxis"]["scale"], false);
  EXPECT_EQ(option["series"][2]["markLine"]["data"][0]["xAxis"], 0.0);
}

TEST(Map, RegionsWithoutDataHaveAKey) {
  Figure figure = figure_of("map", testing::named_values("region"));
  figure.map = testing::squares;
  const auto titles = [](const Figure& map) { return option_of(map)["title"].dump(); };
  EXPECT_EQ(titles(figure).find("No data"), std::string::npos);
  figure.data = figure.data.take({0, 1});
  EXPECT_NE(titles(figure).find("No data"), std::string::npos);
}

TEST(SpecCurve, ChoicesStandUnderTheNamesOfTheirGroups) {
  Figure figure = figure_of("spec_curve", testing::intervals("place", {1, 2}));
  figure.data.set("choices", Column::texts({"vcov: hc1; controls: LP", "vcov: dk(2); controls: LP"}));
  figure.data.set("main", Column::numbers({0, 1}));
  const auto option = option_of(figure);
  std::vector<std::string> names;
  for (const auto& name : option["yAxis"][1]["data"])
    names.push_back(name.is_object() ? "# " + name["value"].get<std::string>() : name.get<std::string>());
  EXPECT_EQ(names, (std::vector<std::string>{"# vcov", "hc1", "dk(2)", "# controls", "LP"}));
  const auto& marks = option["series"].back();
  EXPECT_EQ(marks["data"].size(), 4U);
  EXPECT_EQ(marks["data"][2]["value"].dump(), "[2.0,2]");  // the main one, in a colour of its own
  EXPECT_EQ(marks["markLine"]["data"][0]["xAxis"], 2.0);
}

TEST(SpecCurve, PlainChoicesOfOnePlaceAreAGroup) {
  Figure figure = figure_of("spec_curve", testing::intervals("place", {1, 2}));
  figure.data.set("choices", Column::texts({"hc1; LP", "dk(2); none"}));
  EXPECT_EQ(option_of(figure)["yAxis"][1]["data"].size(), 5U);  // two and two, an empty line between
}

TEST(SpecCurve, TenThousandSpecificationsAreThinnedWithoutAWarning) {
  std::vector<double> places(10'000);
  for (std::size_t i = 0; i < places.size(); ++i) places[i] = static_cast<double>(i);
  Figure figure = figure_of("spec_curve", testing::intervals("place", places));
  std::vector<std::string> choices;
  std::vector<double> main(places.size(), 0);
  main[17] = 1;
  for (std::size_t i = 0; i < places.size(); ++i)
    choices.push_back("controls: set " + std::to_string(i % 5) + "; vcov: " + (i % 2 == 0 ? "hc1" : "dk(2)"));
  figure.data.set("choices", Column::texts(choices));
  figure.data.set("main", Column::numbers(main));
  EXPECT_TRUE(remarks_on(figure).empty());
  const auto option = option_of(figure);
  EXPECT_LE(option["series"].back()["data"].size(), 2U * 401);
  EXPECT_EQ(option["xAxis"][0]["max"], 10'001);
  EXPECT_EQ(option["series"].back()["markLine"]["data"].size(), 1U);
  EXPECT_NE(option["xAxis"][0]["name"].get<std::string>().find("10000"), std::string::npos);
}

TEST(MarginalEffects, CountsOfTheModeratorStandAtTheFoot) {
  Figure figure = figure_of("marginal_effects", testing::intervals("x", {0, 1, 2}));
  EXPECT_FALSE(option_of(figure)["yAxis"].is_array());
  figure.data.set("count", Column::numbers({3, 10, 2}));
  const auto option = option_of(figure);
  EXPECT_EQ(option["series"][0]["type"], "bar");
  EXPECT_EQ(option["yAxis"][1]["max"], 50.0);
  Drawing drawing;
  EXPECT_NE(drawing.svg(figure).find("<path"), std::string::npos);
}

TEST(GroupedBars, StandBesideEachOther) {
  Figure figure = figure_of("grouped_bars", testing::grouped_values());
  for (const auto& series : option_of(figure)["series"]) EXPECT_FALSE(series.contains("stack"));
  figure.kind = "bars";
  for (const auto& series : option_of(figure)["series"]) EXPECT_EQ(series["stack"], "all");
}

TEST(Drawing, NumbersOfAxesBearATrueMinus) {
  Drawing drawing;
  const std::string svg = drawing.svg(figure_of("event_study", testing::intervals("time", {-2, -1, 0, 1})));
  EXPECT_NE(svg.find(">−"), std::string::npos);
  EXPECT_EQ(svg.find(">-"), std::string::npos);
}

}  // namespace
}  // namespace panelist
