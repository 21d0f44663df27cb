// SPDX-License-Identifier: Apache-2.0
#include "formula/expression.h"

#include <gmock/gmock.h>

#include <cmath>

#include "formula/sample_panel.h"

namespace panelist {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::NanSensitiveDoubleEq;
using testing::Pointwise;

constexpr double na = missing_value;

Expression parsed(const std::string& text) {
  Diagnostics diagnostics;
  Expression expression = parse_expression(text, Span{"study.toml", 100, 100 + text.size()}, diagnostics);
  EXPECT_EQ(diagnostics.size(), 0u) << text << ": "
                                    << (diagnostics.size() > 0 ? diagnostics.items()[0].message : "");
  return expression;
}

Diagnostics mistakes(const std::string& text) {
  Diagnostics diagnostics;
  EXPECT_TRUE(parse_expression(text, Span{"study.toml", 100, 100 + text.size()}, diagnostics).empty())
      << text;
  EXPECT_TRUE(diagnostics.has_errors()) << text;
  return diagnostics;
}

// The text that a mistake points at.
std::string pointed(const std::string& text, const Diagnostic& diagnostic) {
  return text.substr(diagnostic.span.begin - 100, diagnostic.span.end - diagnostic.span.begin);
}

std::vector<double> numbers(const std::string& text, const Table& table, const Panel* panel = nullptr) {
  Diagnostics notes;
  return evaluate(parsed(text), {table, panel}, notes).values();
}

std::vector<std::string> texts(const std::string& text, const Table& table, const Panel* panel = nullptr) {
  Diagnostics notes;
  const Column column = evaluate(parsed(text), {table, panel}, notes);
  std::vector<std::string> cells;
  for (std::size_t row = 0; row < column.size(); ++row) cells.push_back(column.text_at(row));
  return cells;
}

Error failure(const std::string& text, const Table& table, const Panel* panel = nullptr) {
  Diagnostics notes;
  try {
    evaluate(parsed(text), {table, panel}, notes);
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << text << " does not fail";
  return Error("", "");
}

#define EXPECT_NUMBERS(text, table, ...)                                                                \
  EXPECT_THAT(numbers(text, table), Pointwise(NanSensitiveDoubleEq(), std::vector<double> __VA_ARGS__)) \
      << (text)

Table abc() {
  Table table;
  table.set("a", Column::numbers({1, 2, 3, na}));
  table.set("b", Column::numbers({2, 0, -1, 5}));
  table.set("g", Column::texts({"东", "西", "东", ""}));
  return table;
}

TEST(ExpressionText, DropsSpacesAndNeedlessBrackets) {
  EXPECT_EQ(parsed("log( x )").text(), "log(x)");
  EXPECT_EQ(parsed("(a + b) * c").text(), "(a+b)*c");
  EXPECT_EQ(parsed("(a * b) + c").text(), "a*b+c");
  EXPECT_EQ(parsed("a - (b - c)").text(), "a-(b-c)");
  EXPECT_EQ(parsed("(a ^ b) ^ c").text(), "(a^b)^c");
  EXPECT_EQ(parsed("a ^ (b ^ c)").text(), "a^b^c");
  EXPECT_EQ(parsed("-(a ^ 2)").text(), "-a^2");
  EXPECT_EQ(parsed("(-a) ^ 2").text(), "(-a)^2");
  EXPECT_EQ(parsed("2014 <= year <= 2022 and not (x > 1 or y is missing)").text(),
            "2014<=year<=2022 and not (x>1 or y is missing)");
  EXPECT_EQ(parsed("p not in ( '西藏' , \"it's\")").text(), "p not in ('西藏',\"it's\")");
}

TEST(ExpressionText, PrintsLagsOneWay) {
  EXPECT_EQ(parsed("l(x,1)").text(), "L.x");
  EXPECT_EQ(parsed("l(x)").text(), "L.x");
  EXPECT_EQ(parsed("f(x, 2)").text(), "F2.x");
  EXPECT_EQ(parsed("l(x,-1)").text(), "F.x");
  EXPECT_EQ(parsed("d(x)").text(), "D.x");
  EXPECT_EQ(parsed("L2.x").text(), "L2.x");
  EXPECT_EQ(parsed("L.log(x)").text(), "L.log(x)");
  EXPECT_EQ(parsed("l(a + b, 1)").text(), "L.(a+b)");
  EXPECT_EQ(parsed("L.`国内 生产`").label(), "L.国内 生产");
}

TEST(ExpressionText, PutsBackquotesOnlyWhereTheBareNameWouldNotBeRead) {
  EXPECT_EQ(parsed("`gdp`").text(), "gdp");
  EXPECT_EQ(parsed("`NQP[Human capital]` + 1").text(), "`NQP[Human capital]`+1");
  EXPECT_EQ(parsed("`NQP[Human capital]` + 1").label(), "NQP[Human capital]+1");
  EXPECT_EQ(parsed("`L.x`").text(), "`L.x`");
  EXPECT_EQ(parsed("`and`").text(), "`and`");
  EXPECT_EQ(parsed("DT@pca + 人均GDP").text(), "DT@pca+人均GDP");
}

TEST(ExpressionText, ReadsBackAsItself) {
  for (const std::string text :
       {"a+b*c^2", "-a^-b", "mean(x,by=(u,t))", "ifelse(a>1,NA,'x')", "not a and b or c", "(a or b) and c",
        "d(x,2)", "x is not missing", "a%b/c", "(a<b)+1", "min(a,b)"}) {
    EXPECT_EQ(parsed(text).text(), text);
    EXPECT_EQ(parsed(parsed(text).text()).text(), text);
  }
}

TEST(Expression, KnowsItsColumnsAndWhetherItNeedsAPanel) {
  EXPECT_THAT(parsed("L.gdp / 人口 + mean(x, by=u)").columns(), ElementsAre("gdp", "u", "x", "人口"));
  EXPECT_TRUE(parsed("1 + L.gdp").uses_panel());
  EXPECT_TRUE(parsed("d(gdp, 2)").uses_panel());
  EXPECT_FALSE(parsed("log(gdp)").uses_panel());
}

TEST(ExpressionValues, FollowPrecedence) {
  const Table table = abc();
  EXPECT_NUMBERS("1 + 2 * a", table, {3, 5, 7, na});
  EXPECT_NUMBERS("-a ^ 2", table, {-1, -4, -9, na});
  EXPECT_NUMBERS("2 ^ 3 ^ 0", table, {2, 2, 2, 2});
  EXPECT_NUMBERS("b % 2", table, {0, 0, 1, 1});
  EXPECT_NUMBERS("7 - 2 - 1", table, {4, 4, 4, 4});
}

TEST(ExpressionValues, ComparisonsWithMissingAreFalse) {
  const Table table = abc();
  EXPECT_NUMBERS("a > 1", table, {0, 1, 1, 0});
  EXPECT_NUMBERS("a != 1", table, {0, 1, 1, 0});
  EXPECT_NUMBERS("1 < a <= 2", table, {0, 1, 0, 0});
  EXPECT_NUMBERS("g == '东'", table, {1, 0, 1, 0});
  EXPECT_NUMBERS("g not in ('东')", table, {0, 1, 0, 0});
  EXPECT_NUMBERS("a in (1, 3)", table, {1, 0, 1, 0});
  EXPECT_NUMBERS("a is missing", table, {0, 0, 0, 1});
  EXPECT_NUMBERS("g is not missing", table, {1, 1, 1, 0});
  EXPECT_NUMBERS("a == NA", table, {0, 0, 0, 0});
}

TEST(ExpressionValues, LogicKeepsMissingWhereItDecides) {
  const Table table = abc();
  EXPECT_NUMBERS("a and 1", table, {1, 1, 1, na});
  EXPECT_NUMBERS("a and 0", table, {0, 0, 0, 0});
  EXPECT_NUMBERS("a or 1", table, {1, 1, 1, 1});
  EXPECT_NUMBERS("not a", table, {0, 0, 0, na});
}

TEST(ExpressionValues, FunctionsOfRows) {
  const Table table = abc();
  EXPECT_NUMBERS("ifelse(b > 0, a, NA)", table, {1, na, na, na});
  EXPECT_NUMBERS("min(a, b)", table, {1, 0, -1, na});
  EXPECT_NUMBERS("max(a, b, 2)", table, {2, 2, 3, na});
  EXPECT_NUMBERS("round(2.5) + floor(-0.5) + abs(-1)", table, {3, 3, 3, 3});
  EXPECT_NUMBERS("round(a / 3, 2)", table, {0.33, 0.67, 1, na});
  EXPECT_NUMBERS("pow(a, 2) - I(a^2)", table, {0, 0, 0, na});
  EXPECT_THAT(texts("ifelse(a == 1, 'one', g)", table), ElementsAre("one", "西", "东", ""));
  EXPECT_THAT(texts("ifelse(a == 1, NA, g)", table), ElementsAre("", "西", "东", ""));
}

TEST(ExpressionValues, AggregatesPassOverMissing) {
  Table table;
  table.set("u", Column::texts({"b", "a", "b", "a", "c", ""}));
  table.set("x", Column::numbers({1, 2, 3, na, na, 7}));
  EXPECT_NUMBERS("mean(x, by=u)", table, {2, 2, 2, 2, na, na});
  EXPECT_NUMBERS("sum(x, by=u)", table, {4, 2, 4, 2, na, na});
  EXPECT_NUMBERS("count(x, by=u)", table, {2, 1, 2, 1, 0, na});
  EXPECT_NUMBERS("count(by=u)", table, {2, 2, 2, 2, 1, na});
  EXPECT_NUMBERS("sd(x)", table,
                 {2.6299556396765835, 2.6299556396765835, 2.6299556396765835, 2.6299556396765835,
                  2.6299556396765835, 2.6299556396765835});
  EXPECT_NUMBERS("p50(x)", table, {2.5, 2.5, 2.5, 2.5, 2.5, 2.5});
  EXPECT_NUMBERS("max(x, by=(u, x))", table, {1, 2, 3, na, na, na});
  EXPECT_NUMBERS("rank(x)", table, {1, 2, 3, na, na, 4});
  EXPECT_NUMBERS("rank(u == 'a')", table, {2.5, 5.5, 2.5, 5.5, 2.5, 2.5});
}

TEST(ExpressionValues, SharesOfOneYearInEachUnit) {
  const Table table = sample_panel();
  EXPECT_THAT(numbers("mean(ifelse(year == 2011, gdp, NA), by=province)", table),
              Pointwise(NanSensitiveDoubleEq(), std::vector<double>{11, 11, 11, 21, 21, na, na}));
}

TEST(ExpressionValues, LagsRunOnPanelTime) {
  const Table table = sample_panel();  // the third unit has 2010 and 2012 only
  const Panel panel = make_panel(table, {"province", "year"});
  const auto is = [&](const std::string& text, const std::vector<double>& wanted) {
    EXPECT_THAT(numbers(text, table, &panel), Pointwise(NanSensitiveDoubleEq(), wanted)) << text;
  };
  is("gdp", {10, 11, 12, 21, 20, 30, 32});
  is("L.gdp", {na, 10, 11, 20, na, na, na});
  is("L2.gdp", {na, na, 10, na, na, na, 30});
  is("F.gdp", {11, 12, na, na, 21, na, na});
  is("D.gdp", {na, 1, 1, 1, na, na, na});
  is("D2.gdp", {na, na, 0, na, na, na, na});
  is("d(gdp, 2)", {na, na, 2, na, na, na, 2});
  is("first(gdp, by=province)", {10, 10, 10, 20, 20, 30, 30});
  is("last(gdp, by=province)", {12, 12, 12, 21, 21, 32, 32});
  EXPECT_THAT(texts("L.province", table, &panel), ElementsAre("", "北京", "北京", "上海", "", "", ""));
}

TEST(ExpressionValues, WinsorMovesAndTrimRemoves) {
  Table table;
  std::vector<double> x(100);
  for (int i = 0; i < 100; ++i) x[i] = i + 1;
  table.set("x", Column::numbers(x));
  EXPECT_DOUBLE_EQ(numbers("winsor(x, 0.05)", table)[0], 5.5);
  EXPECT_DOUBLE_EQ(numbers("winsor(x, 0.05)", table)[99], 95.5);
  EXPECT_TRUE(std::isnan(numbers("trim(x, 0.05)", table)[0]));
  EXPECT_DOUBLE_EQ(numbers("trim(x, 0.05)", table)[50], 51);
  EXPECT_EQ(failure("winsor(x, 1)", table).diagnostic().code, "expression.arguments");
}

TEST(ExpressionValues, ProvincesHaveRegions) {
  Table table;
  table.set("p", Column::texts({"北京", "Henan", "四川省", "Atlantis", ""}));
  EXPECT_THAT(texts("region_cn(p, 'east12')", table), ElementsAre("East", "Central", "West", "", ""));
  EXPECT_THAT(failure("region_cn(p, 'east99')", table).diagnostic().hint, HasSubstr("east12"));
}

TEST(ExpressionValues, DatesCompareWithTexts) {
  Table table;
  table.set("day", Column::numbers({0, 18443, na}, ColumnKind::date));
  EXPECT_NUMBERS("day >= '2020-06-30'", table, {0, 1, 0});
  EXPECT_NUMBERS("day == '1970-01-01'", table, {1, 0, 0});
}

TEST(ExpressionWarnings, LogOfNonPositiveIsCountedWithTheFirstRows) {
  const Table table = sample_panel();
  const Panel panel = make_panel(table, {"province", "year"});
  Diagnostics notes;
  evaluate(parsed("log(gdp - 20)"), {table, &panel}, notes);
  ASSERT_EQ(notes.size(), 1u);
  const Diagnostic& warning = notes.items()[0];
  EXPECT_EQ(warning.code, "expression.domain");
  EXPECT_EQ(warning.severity, Severity::warning);
  EXPECT_EQ(warning.message, "log of a non-positive number in `log(gdp-20)`: 4 rows are missing");
  EXPECT_THAT(warning.notes, ElementsAre("province 北京, year 2010", "province 北京, year 2011",
                                         "province 北京, year 2012", "and 1 more"));
}

TEST(ExpressionWarnings, BranchesNotTakenAreSilent) {
  const Table table = abc();
  Diagnostics notes;
  const Column column = evaluate(parsed("ifelse(b > 0, log(b), 0)"), {table}, notes);
  EXPECT_EQ(notes.size(), 0u);
  EXPECT_DOUBLE_EQ(column.values()[1], 0);
  evaluate(parsed("a / b"), {table}, notes);
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_EQ(notes.items()[0].message, "division by zero in `a/b`: 1 row is missing");
  EXPECT_THAT(notes.items()[0].notes, ElementsAre("row 2"));
}

TEST(ExpressionErrors, PointInsideTheText) {
  const std::string text = "gdp + * 2";
  const auto found = mistakes(text);
  EXPECT_EQ(found.items()[0].code, "expression.syntax");
  EXPECT_EQ(pointed(text, found.items()[0]), "*");
  const std::string chinese = "国内 + lgo(人口)";
  EXPECT_EQ(pointed(chinese, mistakes(chinese).items()[0]), "lgo");
}

TEST(ExpressionErrors, SeveralAreCollected) {
  const auto found = mistakes("lgo(x) + log(x, y) + mean()");
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found.items()[0].code, "expression.unknown_function");
  EXPECT_EQ(found.items()[0].hint, "did you mean `log`?");
  EXPECT_EQ(found.items()[1].code, "expression.arguments");
  EXPECT_EQ(found.items()[2].code, "expression.arguments");
}

TEST(ExpressionErrors, HabitsOfOtherLanguagesGetAHint) {
  EXPECT_EQ(mistakes("year = 2014").items()[0].hint, "write `==`");
  EXPECT_EQ(mistakes("a & b").items()[0].hint, "write `and`");
  EXPECT_EQ(mistakes("a || b").items()[0].hint, "write `or`");
  EXPECT_EQ(mistakes("!a").items()[0].hint, "write `not`");
  EXPECT_EQ(mistakes("a ** 2").items()[0].hint, "write `^` for powers");
  EXPECT_EQ(mistakes("log（x）").items()[0].message, "`（` does not belong here");
  EXPECT_EQ(mistakes("2020人口 + 1").items()[0].hint, "write it in backquotes");
}

TEST(ExpressionErrors, UnknownColumnsNameTheNearest) {
  Diagnostics diagnostics;
  check_columns(parsed("DTI2 + log(gpd) + year"), {"DTI", "gdp", "year"}, diagnostics);
  ASSERT_EQ(diagnostics.size(), 2u);
  EXPECT_EQ(diagnostics.items()[0].code, "formula.unknown_column");
  EXPECT_EQ(diagnostics.items()[0].message, "unknown variable `DTI2`");
  EXPECT_EQ(diagnostics.items()[0].hint, "did you mean `DTI`?");
  EXPECT_EQ(diagnostics.items()[1].span.begin, 111u);
  EXPECT_EQ(failure("gpd + 1", sample_panel()).diagnostic().code, "formula.unknown_column");
}

TEST(ExpressionErrors, TextsAreNoNumbers) {
  const Table table = abc();
  EXPECT_EQ(failure("g + 1", table).diagnostic().code, "expression.type");
  EXPECT_EQ(failure("g == 1", table).diagnostic().code, "expression.type");
  EXPECT_EQ(failure("g and 1", table).diagnostic().code, "expression.type");
  EXPECT_EQ(failure("ifelse(a > 1, 'x', 1)", table).diagnostic().code, "expression.type");
  EXPECT_EQ(failure("L.a", table).diagnostic().code, "expression.no_panel");
}

TEST(ExpressionErrors, DepthIsBounded) {
  mistakes(std::string(100000, '('));
  mistakes(std::string(100000, '-') + "x");
  std::string sum = "x";
  for (int i = 0; i < 100000; ++i) sum += "+x";
  mistakes(sum);
}

TEST(ExpressionWarnings, NotOfAMissingComparisonIsSaid) {
  Table table;
  table.set("x", Column::numbers({1, missing_value, -1}));
  table.set("z", Column::numbers({1, 0, 1}));
  const auto notes_of = [&](const std::string& text, std::vector<bool> expected) {
    Diagnostics mistakes, notes;
    const Expression expression = parse_expression(text, Span{}, mistakes);
    EXPECT_EQ(evaluate_condition(expression, {table, nullptr}, notes), expected) << text;
    return notes;
  };
  const Diagnostics said = notes_of("not (x > 0)", {false, true, true});
  ASSERT_EQ(said.size(), 1U);
  EXPECT_EQ(said.items()[0].code, "expression.not_of_missing");
  EXPECT_NE(said.items()[0].message.find("holds in 1 row "), std::string::npos);
  EXPECT_EQ(notes_of("not (x in (1, 2))", {false, true, true}).size(), 1U);
  // z decides, or nothing that is missing is compared.
  EXPECT_EQ(notes_of("not (x > 0 and z > 0)", {false, true, true}).size(), 0U);
  EXPECT_EQ(notes_of("not (z > 0)", {false, true, false}).size(), 0U);
  EXPECT_EQ(notes_of("not (x is missing)", {true, false, true}).size(), 0U);
  EXPECT_EQ(notes_of("x <= 0", {false, false, true}).size(), 0U);
}

}  // namespace
}  // namespace panelist
