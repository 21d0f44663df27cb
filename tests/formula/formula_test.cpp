// SPDX-License-Identifier: Apache-2.0
#include "formula/formula.h"

#include <gmock/gmock.h>

#include <random>

namespace panelist {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const FormulaSets sets = {{"controls", {"LP", "log(LF)"}},
                          {"all", {"{controls}", "UL"}},
                          {"round", {"{round}"}},
                          {"bad", {"a +"}},
                          {"fe", {"province", "year"}}};

std::vector<std::string> read(const std::string& text) {
  Diagnostics diagnostics;
  std::vector<std::string> texts;
  for (const auto& formula :
       parse_formula(text, Span{"study.toml", 50, 50 + text.size()}, sets, diagnostics)) {
    texts.push_back(formula.text);
  }
  EXPECT_EQ(diagnostics.size(), 0u) << text << ": "
                                    << (diagnostics.size() > 0 ? diagnostics.items()[0].message : "");
  return texts;
}

Formula one(const std::string& text) {
  Diagnostics diagnostics;
  const auto formulas = parse_formula(text, Span{"study.toml", 50, 50 + text.size()}, sets, diagnostics);
  EXPECT_EQ(formulas.size(), 1u) << text << ": "
                                 << (diagnostics.size() > 0 ? diagnostics.items()[0].message : "");
  return formulas.empty() ? Formula() : formulas[0];
}

std::vector<Diagnostic> mistakes(const std::string& text) {
  Diagnostics diagnostics;
  EXPECT_TRUE(parse_formula(text, Span{"study.toml", 50, 50 + text.size()}, sets, diagnostics).empty())
      << text;
  EXPECT_TRUE(diagnostics.has_errors()) << text;
  return diagnostics.items();
}

// "code@text pointed at" of each mistake.
std::vector<std::string> places(const std::string& text) {
  std::vector<std::string> result;
  for (const auto& mistake : mistakes(text)) {
    EXPECT_GE(mistake.span.begin, 50u);
    EXPECT_LE(mistake.span.end, 50 + text.size());
    result.push_back(mistake.code + "@" +
                     text.substr(mistake.span.begin - 50, mistake.span.end - mistake.span.begin));
  }
  return result;
}

std::vector<std::string> names(const std::vector<FormulaTerm>& terms) {
  std::vector<std::string> result;
  for (const auto& term : terms) result.push_back(term.text);
  return result;
}

TEST(FormulaText, IsCanonical) {
  EXPECT_THAT(read("y~x1+x2|fe1+fe2|e~z1+z2"), ElementsAre("y ~ x1 + x2 | fe1 + fe2 | e ~ z1 + z2"));
  EXPECT_THAT(read("log( y ) ~ I( x ^ 2 )+x^2"), ElementsAre("log(y) ~ I(x^2) + x^2"));
  EXPECT_THAT(read("人均GDP ~ 数字贸易 + `城镇 化率` | 省份 + 年份"),
              ElementsAre("人均GDP ~ 数字贸易 + `城镇 化率` | 省份 + 年份"));
  EXPECT_THAT(read("NQP ~ DT@pca + `NQP[Human capital]`"),
              ElementsAre("NQP ~ DT@pca + `NQP[Human capital]`"));
  EXPECT_THAT(read("y ~ 1"), ElementsAre("y ~ 1"));
  EXPECT_THAT(read("y ~ 1 | fe"), ElementsAre("y ~ 1 | fe"));
  EXPECT_THAT(read("y - L.y ~ x"), ElementsAre("y-L.y ~ x"));
}

TEST(FormulaText, ReadsBackAsItself) {
  for (const std::string text :
       {"y ~ x", "y ~ 0 + x", "y ~ a:b + i(year,ref=2014):treat | province^year | e ~ z + L.e",
        "y ~ poly(x,3) + offset(log(n))", "y ~ x | p[t] + q[[t,u]]", "y ~ i(region,ref='North East')",
        "y ~ 1 | f", "y ~ x | e ~ z", "y ~ L2.x + F.x + D.x", "y ~ ifelse(x>1,1,0)"}) {
    EXPECT_THAT(read(text), ElementsAre(text));
  }
}

TEST(FormulaText, TermsCarryNoBackquotes) {
  const Formula formula = one("y ~ `NQP[Human capital]`:`a b` | `省 份`");
  EXPECT_THAT(names(formula.regressors), ElementsAre("NQP[Human capital]:a b"));
  EXPECT_EQ(formula.effects[0].text, "省 份");
  EXPECT_EQ(formula.text, "y ~ `NQP[Human capital]`:`a b` | `省 份`");
}

TEST(FormulaReading, InstrumentsInEverySpelling) {
  const std::string wanted = "y ~ x | e ~ z1 + z2";
  EXPECT_THAT(read("y ~ x | e ~ z1 + z2"), ElementsAre(wanted));
  EXPECT_THAT(read("y ~ x | 0 | e ~ z1 + z2"), ElementsAre(wanted));
  EXPECT_THAT(read("y ~ x + [e ~ z1 + z2]"), ElementsAre(wanted));
  EXPECT_THAT(read("y ~ [e ~ z1 + z2] + x"), ElementsAre(wanted));
  EXPECT_THAT(read("y ~ x + (e = z1 + z2)"), ElementsAre(wanted));
}

TEST(FormulaReading, Effects) {
  EXPECT_THAT(read("y ~ x | a^b + c:d"), ElementsAre("y ~ x | a^b + c^d"));
  EXPECT_THAT(read("y ~ x | 0"), ElementsAre("y ~ x"));
  EXPECT_THAT(read("y ~ x | {fe}"), ElementsAre("y ~ x | province + year"));
  const Formula formula = one("y ~ x | f[t] + g[[t]] + h^k");
  ASSERT_EQ(formula.effects.size(), 3u);
  EXPECT_TRUE(formula.effects[0].intercept);
  EXPECT_EQ(formula.effects[0].slopes[0].text(), "t");
  EXPECT_FALSE(formula.effects[1].intercept);
  EXPECT_THAT(formula.effects[2].factors, ElementsAre("h", "k"));
}

TEST(FormulaReading, SetsExpandAndTermsKnowTheirSet) {
  const Formula formula = one("NQP ~ DT + {all} | province");
  EXPECT_THAT(names(formula.regressors), ElementsAre("DT", "LP", "log(LF)", "UL"));
  EXPECT_EQ(formula.regressors[0].set, "");
  EXPECT_EQ(formula.regressors[1].set, "all");
  EXPECT_EQ(formula.regressors[3].span.begin, 50u + 11u);
  EXPECT_THAT(read("y ~ {controls}:post"), ElementsAre("y ~ LP:post + log(LF):post"));
}

TEST(FormulaReading, ProductsInterceptsAndDuplicates) {
  EXPECT_THAT(read("y ~ a*b"), ElementsAre("y ~ a + b + a:b"));
  EXPECT_THAT(read("y ~ (a + b):c"), ElementsAre("y ~ a:c + b:c"));
  EXPECT_THAT(read("y ~ a*b*c"), ElementsAre("y ~ a + b + a:b + c + a:c + b:c + a:b:c"));
  EXPECT_THAT(read("y ~ x + x + a:b + b:a | f + f"), ElementsAre("y ~ x + a:b | f"));
  EXPECT_FALSE(one("y ~ 0 + x").intercept);
  EXPECT_FALSE(one("y ~ x - 1").intercept);
  EXPECT_FALSE(one("y ~ -1 + x").intercept);
  EXPECT_TRUE(one("y ~ x + 1").intercept);
}

TEST(FormulaReading, LagsAndCategories) {
  EXPECT_THAT(names(one("y ~ l(x,1) + L2.x + f(x) + d(x)").regressors),
              ElementsAre("L.x", "L2.x", "F.x", "D.x"));
  EXPECT_THAT(names(one("y ~ l(x, 0:2)").regressors), ElementsAre("x", "L.x", "L2.x"));
  const Formula formula = one("y ~ i(year, treat, ref = 2014) + i(region, ref='West') + i(k, ref=-1)");
  const auto& first = formula.regressors[0].factors;
  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[0].kind, FormulaFactor::Kind::categories);
  EXPECT_EQ(first[0].reference, "2014");
  EXPECT_EQ(first[1].expression.text(), "treat");
  EXPECT_EQ(formula.regressors[1].factors[0].reference, "West");
  EXPECT_EQ(formula.regressors[2].factors[0].reference, "-1");
}

TEST(FormulaReading, StepwiseGivesSeveral) {
  EXPECT_THAT(read("y ~ x + sw(a, b + c)"), ElementsAre("y ~ x + a", "y ~ x + b + c"));
  EXPECT_THAT(read("y ~ sw0(a, b)"), ElementsAre("y ~ 1", "y ~ a", "y ~ b"));
  EXPECT_THAT(read("y ~ x + csw(a, {controls})"), ElementsAre("y ~ x + a", "y ~ x + a + LP + log(LF)"));
  EXPECT_THAT(read("y ~ x + csw0(a, b) | f"), ElementsAre("y ~ x | f", "y ~ x + a | f", "y ~ x + a + b | f"));
  EXPECT_THAT(read("y ~ sw(a, b) | sw0(f)"), ElementsAre("y ~ a", "y ~ a | f", "y ~ b", "y ~ b | f"));
  EXPECT_THAT(read("sw(y1, log(y2)) ~ x"), ElementsAre("y1 ~ x", "log(y2) ~ x"));
}

TEST(FormulaReading, NamesEveryColumn) {
  EXPECT_THAT(columns_of(one("log(y) ~ a:L.b + i(c) + offset(d) | e^f[g] | h ~ j")),
              ElementsAre("a", "b", "c", "d", "e", "f", "g", "h", "j", "y"));
}

TEST(FormulaErrors, PointInsideTheFormula) {
  EXPECT_THAT(places("y ~ x + | f"), ElementsAre("formula.syntax@|"));
  EXPECT_THAT(places("y ~ x + {contrls}"), ElementsAre("formula.unknown_set@{contrls}"));
  EXPECT_THAT(places("y ~ a / b"), ElementsAre("formula.syntax@/"));
  EXPECT_THAT(places("y ~ x | f | g"), ElementsAre("formula.syntax@g"));
  EXPECT_THAT(places("y ~ 国内 + lgo(人口)"), ElementsAre("expression.unknown_function@lgo"));
  EXPECT_THAT(places("y ~ x + {bad}"), ElementsAre("formula.syntax@{bad}"));
  EXPECT_THAT(places("y ~ {round}"), ElementsAre("formula.syntax@{round}"));
  EXPECT_THAT(places("y ~ x | log(f)"), ElementsAre("formula.syntax@log"));
  EXPECT_THAT(places("y ~ x, z"), ElementsAre("formula.syntax@,"));
  EXPECT_THAT(places("y ~ x + 2"), ElementsAre("formula.syntax@2"));
}

TEST(FormulaErrors, SeveralAreCollected) {
  EXPECT_THAT(places("y ~ a / b + lgo(x) + {nope} | log(f) + g | e ~"),
              ElementsAre("formula.syntax@/", "expression.unknown_function@lgo", "formula.unknown_set@{nope}",
                          "formula.syntax@log", "formula.empty@~"));
}

TEST(FormulaErrors, WhatIsEmptyOrDoubledIsSaid) {
  EXPECT_THAT(places(""), ElementsAre("formula.empty@"));
  EXPECT_THAT(places("y x"), ElementsAre("formula.syntax@y x"));
  EXPECT_THAT(places("~ x"), ElementsAre("formula.empty@~ x"));
  EXPECT_THAT(places("y ~ 0"), ElementsAre("formula.empty@y ~ 0"));
  EXPECT_THAT(places("y ~ x | | e ~ z"), ElementsAre("formula.empty@|"));
  EXPECT_THAT(places("y ~ x + y"), ElementsAre("formula.duplicate_outcome@y"));
  EXPECT_THAT(places("y ~ x + e | e ~ z"), ElementsAre("formula.duplicate_endogenous@e"));
  EXPECT_THAT(places("y ~ x ~ z"), ElementsAre("formula.syntax@~"));
  EXPECT_THAT(places("y ~ x | 0 | d ~ d"), ElementsAre("formula.endogenous_instrument@d"));
  EXPECT_THAT(places("y ~ x | 0 | d + e ~ z + e"), ElementsAre("formula.endogenous_instrument@e"));
}

TEST(FormulaErrors, SuggestTheNearestName) {
  EXPECT_EQ(mistakes("y ~ {contrls}")[0].hint, "did you mean `{controls}`?");
  Diagnostics diagnostics;
  check_columns(one("NQP ~ DTI2 | provice"), {"NQP", "DTI", "province"}, diagnostics);
  ASSERT_EQ(diagnostics.size(), 2u);
  EXPECT_EQ(diagnostics.items()[0].message, "unknown variable `DTI2`");
  EXPECT_EQ(diagnostics.items()[0].hint, "did you mean `DTI`?");
  EXPECT_EQ(diagnostics.items()[1].hint, "did you mean `province`?");
}

TEST(FormulaErrors, GrowthIsBounded) {
  std::string stars = "y ~ a0";
  for (int i = 1; i < 40; ++i) stars += "*a" + std::to_string(i);
  mistakes(stars);
  std::string steps = "y ~ x";
  for (int i = 0; i < 40; ++i) steps += "+sw0(a" + std::to_string(i) + ")";
  mistakes(steps);
  mistakes("y ~ " + std::string(100000, '('));
  mistakes("y ~ x | " + std::string(100000, '['));
}

TEST(FormulaRobustness, RandomTextsNeverCrashTheParsers) {
  const std::vector<std::string> alphabet = {
      "y",  "x",    "~",   "~",     "|",        "+",       "-",    "*",        "/",          ":",
      "^",  "(",    ")",   "[",     "]",        "{",       "}",    ",",        "=",          "==",
      "<",  ">=",   "`",   "'",     "\"",       "L.",      "D.",   "L2.",      "F.",         "l(",
      "d(", "i(",   "sw(", "csw0(", "poly(",    "offset(", "log(", "mean(",    "by=",        "ref=",
      "1",  "0",    "2.5", "1e5",   "and ",     "or ",     "not ", "in ",      "is ",        "missing",
      "NA", "省份", "（",  "\xff",  "\xe7\x9c", " ",       " ",    "controls", "{controls}", ".",
      "@",  "%",    "&",   "!"};
  std::mt19937 random(7);
  std::size_t read_well = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string text = round % 2 == 0 ? "y ~ " : "";
    const std::size_t length = random() % 12;
    for (std::size_t i = 0; i < length; ++i) text += alphabet[random() % alphabet.size()];
    Diagnostics diagnostics;
    for (const auto& formula : parse_formula(text, Span{"f", 0, text.size()}, sets, diagnostics)) {
      ++read_well;
      Diagnostics again;
      const auto back = parse_formula(formula.text, Span{}, {}, again);
      ASSERT_EQ(back.size(), 1u) << text << " became " << formula.text;
      EXPECT_EQ(back[0].text, formula.text);
    }
    const Expression expression = parse_expression(text, Span{"e", 0, text.size()}, diagnostics);
    if (!expression.empty()) {
      Diagnostics again;
      EXPECT_EQ(parse_expression(expression.text(), Span{}, again).text(), expression.text());
    }
    for (const auto& item : diagnostics.items()) {
      EXPECT_LE(item.span.begin, item.span.end) << text;
      EXPECT_LE(item.span.end, text.size()) << text;
    }
  }
  EXPECT_GT(read_well, 20u);
}

}  // namespace
}  // namespace panelist
