// SPDX-License-Identifier: Apache-2.0
// Which specifications a curve has: counts, drawn subsets, own samples, errors, threads.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "base/random.h"
#include "robustness/specification_curve.h"

namespace panelist {
namespace {

Table table_with(int controls, bool gaps = false) {
  Random random(9, "choices", 0);
  std::map<std::string, std::vector<double>> columns;
  for (int row = 0; row < 120; ++row) {
    columns["unit"].push_back(row / 6);
    columns["year"].push_back(row % 6);
    double y = random.normal();
    for (int c = 0; c < controls; ++c) {
      columns["c" + std::to_string(c)].push_back(random.normal());
      y += 0.2 * columns["c" + std::to_string(c)].back();
    }
    columns["x"].push_back(random.normal());
    columns["y"].push_back(y + 0.3 * columns["x"].back());
  }
  if (gaps) columns["c0"][11] = columns["c1"][30] = columns["c1"][31] = missing_value;
  Table table(120);
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  return table;
}

SpecificationCurveSpec spec_with(int controls) {
  Diagnostics problems;
  std::string text = "y ~ x";
  for (int c = 0; c < controls; ++c) text += " + c" + std::to_string(c);
  SpecificationCurveSpec spec;
  spec.main.formula = parse_formula(text + " | unit", {}, {}, problems).at(0);
  spec.main.vcov = parse_vcov("hc1", {}, problems);
  spec.main.frame.panel = {"unit", "year"};
  spec.term = "x";
  for (const FormulaTerm& term : spec.main.formula.regressors)
    if (term.text != "x") spec.controls.push_back(term);
  return spec;
}

SpecificationCurve curve_of(const SpecificationCurveSpec& spec, const Table& table,
                            const Context& context = {}) {
  const Panel panel = make_panel(table, {"unit", "year"});
  Diagnostics notes;
  return specification_curve(context, spec, table, &panel, notes);
}

std::string code_of(const SpecificationCurveSpec& spec, const Table& table) {
  try {
    curve_of(spec, table);
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

TEST(CurveChoices, TooManyAreRefusedWithTheirCountAndDrawnInstead) {
  SpecificationCurveSpec spec = spec_with(18);
  const Table table = table_with(18);
  try {
    curve_of(spec, table);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "robustness.too_many_specifications");
    EXPECT_NE(error.diagnostic().message.find("262144"), std::string::npos);
    EXPECT_NE(error.diagnostic().hint.find("draw"), std::string::npos);
  }
  spec.draw = 200;
  const SpecificationCurve curve = curve_of(spec, table);
  EXPECT_EQ(curve.specifications.size(), 200U);
  EXPECT_EQ(curve.possible, 262144);
  EXPECT_EQ(curve.main, 0U);
  EXPECT_EQ(std::set(curve.control_sets.begin(), curve.control_sets.end()).size(), 200U);
  EXPECT_EQ(curve_of(spec, table).control_sets, curve.control_sets);
}

TEST(CurveChoices, MoreDrawsThanSubsetsAreAllOfThem) {
  SpecificationCurveSpec spec = spec_with(3);
  spec.draw = 500;
  EXPECT_EQ(curve_of(spec, table_with(3)).specifications.size(), 8U);
}

TEST(CurveChoices, ThreadsChangeNoBit) {
  SpecificationCurveSpec spec = spec_with(8);
  const Table table = table_with(8);
  Context three;
  three.threads = 3;
  const SpecificationCurve a = curve_of(spec, table), b = curve_of(spec, table, three);
  for (std::size_t i = 0; i < a.specifications.size(); ++i) {
    EXPECT_EQ(a.specifications[i].estimate, b.specifications[i].estimate);
    EXPECT_EQ(a.specifications[i].std_error, b.specifications[i].std_error);
  }
}

TEST(CurveChoices, SamplesAreCommonOrEachItsOwn) {
  SpecificationCurveSpec spec = spec_with(3);
  const Table table = table_with(3, true);
  for (const Specification& one : curve_of(spec, table).specifications) EXPECT_EQ(one.n, 117);
  spec.own_sample = true;
  const SpecificationCurve curve = curve_of(spec, table);
  for (const Specification& one : curve.specifications) {
    double n = 120;
    for (const std::uint32_t control : curve.control_sets[one.controls])
      n -= control == 0 ? 1 : control == 1 ? 2 : 0;
    EXPECT_EQ(one.n, n);
  }
}

TEST(CurveChoices, ListedSetsAndTheSummaryCount) {
  SpecificationCurveSpec spec = spec_with(3);
  spec.sets = {{"c0"}, {"c0", "c2"}, {}};
  const SpecificationCurve curve = curve_of(spec, table_with(3));
  ASSERT_EQ(curve.specifications.size(), 3U);
  EXPECT_FALSE(curve.has_main());
  EXPECT_EQ(curve.summary.estimated, 3U);
  std::vector<double> estimates;
  for (const Specification& one : curve.specifications) estimates.push_back(one.estimate);
  std::sort(estimates.begin(), estimates.end());
  EXPECT_EQ(curve.summary.median, estimates[1]);
  EXPECT_EQ(curve.summary.lowest, estimates[0]);
  EXPECT_EQ(curve.summary.highest, estimates[2]);
  EXPECT_EQ(curve.summary.positive + curve.summary.negative, 3U);
}

TEST(CurveChoices, AnOutcomeIsNotExplainedByItself) {
  SpecificationCurveSpec spec = spec_with(2);
  Diagnostics problems;
  const Formula others = parse_formula("y ~ x + c0", {}, {}, problems).at(0);
  spec.outcomes = {{"y", others.outcome}, {"c0", parse_expression("c0", {}, problems)}};
  spec.measures = others.regressors;  // x, c0
  const SpecificationCurve curve = curve_of(spec, table_with(2));
  ASSERT_EQ(curve.specifications.size(), 2U * 2 * 4);
  std::size_t refused = 0;
  for (const Specification& one : curve.specifications) {
    const auto& set = curve.control_sets[one.controls];
    const bool own = one.outcome == 1 && (one.measure == 1 || std::count(set.begin(), set.end(), 0U) > 0);
    EXPECT_EQ(one.problem, own ? "robustness.outcome_among_regressors" : "");
    EXPECT_EQ(std::isnan(one.estimate), own);
    refused += own ? 1 : 0;
  }
  EXPECT_EQ(refused, 6U);
  EXPECT_EQ(curve.summary.estimated, 10U);
}

TEST(CurveChoices, MistakesAreNamed) {
  const Table table = table_with(2);
  SpecificationCurveSpec spec = spec_with(2);
  spec.term = "z";
  EXPECT_EQ(code_of(spec, table), "infer.unknown_term");
  spec = spec_with(2);
  spec.controls.push_back(spec.main.formula.regressors.front());
  EXPECT_EQ(code_of(spec, table), "robustness.term_is_a_control");
  spec = spec_with(2);
  spec.sets = {{"c7"}};
  EXPECT_EQ(code_of(spec, table), "robustness.unknown_control");
  spec = spec_with(2);
  spec.controls.clear();
  EXPECT_EQ(code_of(spec, table), "robustness.nothing_varies");
  spec = spec_with(2);
  Diagnostics problems;
  spec.main.frame.where = parse_expression("year > 99", {}, problems);
  EXPECT_EQ(code_of(spec, table), "robustness.nothing_estimated");
}

}  // namespace
}  // namespace panelist
