// SPDX-License-Identifier: Apache-2.0
// Every specification of a curve has the numbers of the same model estimated by itself.
#include "robustness/specification_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <tuple>

#include "base/random.h"

namespace panelist {
namespace {

struct Design {
  int units = 30, years = 9;
  bool unbalanced = false, weighted = false, gaps = false;
  std::uint64_t seed = 1;
};

Table panel_of(const Design& design) {
  Random random(design.seed, "specification curve design", 0);
  std::map<std::string, std::vector<double>> columns;
  for (int unit = 0; unit < design.units; ++unit)
    for (int year = 0; year < design.years; ++year) {
      if (design.unbalanced && random.uniform() < 0.2) continue;
      columns["unit"].push_back(unit);
      columns["year"].push_back(2010 + year);
      columns["region"].push_back(unit % 5);
      const double level = std::sin(unit);
      for (const char* x : {"x", "x2", "c1", "c2", "c3", "c4"}) columns[x].push_back(random.normal() + level);
      columns["c4"].back() += 3 * columns["c3"].back();
      columns["c5"].push_back(columns["c1"].back() - columns["c2"].back());
      columns["f"].push_back(1.0 + random.below(3));
      columns["a"].push_back(0.5 + random.uniform());
      columns["y"].push_back(0.4 * columns["x"].back() + 0.3 * columns["c1"].back() - columns["c3"].back() +
                             level + std::cos(year) + random.normal() * (1 + 0.3 * std::abs(level)));
      columns["y2"].push_back(columns["y"].back() + random.normal());
    }
  if (design.gaps) columns["c2"][5] = columns["c1"][40] = columns["x2"][77] = missing_value;
  Table table(columns["y"].size());
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  return table;
}

Formula formula(const std::string& text) {
  Diagnostics problems;
  Formula read = parse_formula(text, {}, {}, problems).at(0);
  problems.throw_first_error();
  return read;
}

Expression expression(const std::string& text) {
  Diagnostics problems;
  return parse_expression(text, {}, problems);
}

VcovSpec vcov(const std::string& text) {
  Diagnostics problems;
  VcovSpec read = parse_vcov(text, {}, problems);
  problems.throw_first_error();
  return read;
}

SpecificationCurveSpec curve_spec(const std::string& model, const std::vector<std::string>& vcovs) {
  SpecificationCurveSpec spec;
  spec.main.formula = formula(model);
  spec.main.vcov = vcov(vcovs.front());
  spec.main.frame.panel = {"unit", "year"};
  spec.term = "x";
  for (const FormulaTerm& term : spec.main.formula.regressors)
    if (term.text != "x") spec.controls.push_back(term);
  for (const std::string& text : vcovs) spec.vcovs.push_back(vcov(text));
  return spec;
}

// The model of a specification by itself.
EstimationSpec alone(const SpecificationCurveSpec& spec, const SpecificationCurve& curve,
                     const Specification& one) {
  std::string text = curve.outcomes[one.outcome] + " ~ " + curve.measures[one.measure];
  for (const std::uint32_t control : curve.control_sets[one.controls])
    text += " + " + curve.controls[control];
  EstimationSpec own = spec.main;
  own.formula = formula(text + " | " + curve.effects[one.effects]);
  own.vcov = vcov(curve.vcovs[one.vcov]);
  if (!curve.samples[one.sample].empty()) own.frame.where = expression(curve.samples[one.sample]);
  return own;
}

void expect_near(double a, double b, const std::string& what) {
  EXPECT_NEAR(a, b, 1e-9 * std::max(1e-3, std::abs(b))) << what;
}

void expect_as_alone(const SpecificationCurveSpec& spec, const Table& table) {
  const Panel panel = make_panel(table, spec.main.frame.panel);
  Diagnostics notes;
  const SpecificationCurve curve = specification_curve({}, spec, table, &panel, notes);
  for (const Specification& one : curve.specifications) {
    const EstimationSpec own = alone(spec, curve, one);
    const std::string what = own.formula.text + ", " + own.vcov.text;
    const Estimation estimation = estimate_model({}, own, table, &panel, notes);
    ASSERT_TRUE(one.estimated()) << what << ": " << one.problem;
    const Coefficient& x = estimation.inference.coefficients.at(estimation.fit->dof.intercept ? 1 : 0);
    ASSERT_EQ(x.term, curve.measures[one.measure]);
    expect_near(one.estimate, x.estimate, what);
    expect_near(one.std_error, x.std_error, what);
    expect_near(one.p_value, x.p_value, what);
    expect_near(one.conf_low, x.conf_low, what);
    expect_near(one.conf_high, x.conf_high, what);
    EXPECT_EQ(one.n, estimation.fit->n) << what;
    EXPECT_EQ(one.df, estimation.vcov.df) << what;
    EXPECT_EQ(one.dropped.size(), estimation.fit->dropped.size()) << what;
  }
}

const std::vector<std::string> kinds = {"iid", "hc0", "hc1", "cluster(unit)", "cluster(region, year)"};

TEST(SpecificationCurve, GivesTheNumbersOfFitForEverySubset) {
  for (const char* effects : {"unit + year", "unit", "unit[year]", "0"}) {
    SpecificationCurveSpec spec = curve_spec(std::string("y ~ x + c1 + c2 + c3 + c4 | ") + effects, kinds);
    expect_as_alone(spec, panel_of({}));
  }
}

TEST(SpecificationCurve, GivesThemOnUnbalancedAndWeightedPanels) {
  for (const WeightType type : {WeightType::analytic, WeightType::probability, WeightType::frequency}) {
    SpecificationCurveSpec spec = curve_spec("y ~ x + c1 + c2 + c3 | unit + year", kinds);
    spec.main.frame.weights = expression(type == WeightType::frequency ? "f" : "a");
    spec.main.frame.weight_type = type;
    expect_as_alone(spec, panel_of({.unbalanced = true, .seed = 7}));
  }
}

TEST(SpecificationCurve, FollowsTheSmallSampleRulesOfEveryPreset) {
  for (const std::string& preset : small_sample_presets()) {
    SpecificationCurveSpec spec = curve_spec("y ~ x + c1 + c2 | unit + year", kinds);
    Diagnostics problems;
    spec.main.small_sample = parse_small_sample(preset, {}, problems);
    expect_as_alone(spec, panel_of({.unbalanced = true, .seed = 3}));
  }
}

TEST(SpecificationCurve, NamesTheLaterOfCollinearControlsAndKeepsTheNumbers) {
  expect_as_alone(curve_spec("y ~ x + c1 + c2 + c5 + c3 | unit + year", kinds), panel_of({}));
  expect_as_alone(curve_spec("y ~ x + c5 + c2 + c1", {"hc1", "cluster(unit)"}), panel_of({}));
}

TEST(SpecificationCurve, EstimatesKindsWithResidualsOfTheirOwnOneByOne) {
  expect_as_alone(curve_spec("y ~ x + c1 + c2 | unit + year", {"hc3", "cr3(unit)", "nw(1)", "dk(2)", "hc1"}),
                  panel_of({}));
}

TEST(SpecificationCurve, CrossesSamplesEffectsOutcomesAndMeasures) {
  SpecificationCurveSpec spec = curve_spec("y ~ x + c1 + c2 | unit + year", {"hc1", "cluster(unit)"});
  spec.samples = {{"", {}}, {"year >= 2013", expression("year >= 2013")}};
  spec.effects = {
      {"unit + year", spec.main.formula.effects}, {"unit", formula("y ~ x | unit").effects}, {"0", {}}};
  spec.outcomes = {{"y", expression("y")}, {"y2", expression("y2")}};
  spec.measures = {formula("y ~ x").regressors.front(), formula("y ~ x2").regressors.front()};
  const Table table = panel_of({});
  expect_as_alone(spec, table);
  const Panel panel = make_panel(table, spec.main.frame.panel);
  Diagnostics notes;
  const SpecificationCurve curve = specification_curve({}, spec, table, &panel, notes);
  EXPECT_EQ(curve.specifications.size(), 4U * 2 * 3 * 2 * 2 * 2);
  ASSERT_TRUE(curve.has_main());
  const Specification& main = curve.specifications[curve.main];
  EXPECT_TRUE(main.main);
  EXPECT_EQ(curve.control_sets[main.controls].size(), 2U);
}

// Controls that all but repeat others, at every distance from rank decisions to clear ones.
Table with_near_copies(Table table, std::uint64_t seed) {
  Random random(seed, "near copies", 0);
  for (const auto& [name, of, share] : {std::tuple("n5", "c1", 1e-5), std::tuple("n7", "c2", 1e-7),
                                        std::tuple("n3", "x", 1e-3), std::tuple("n12", "c3", 1e-13)}) {
    std::vector<double> values = table.at(of).values();
    for (double& value : values) value += share * random.normal();
    table.set(name, Column::numbers(values));
  }
  return table;
}

TEST(SpecificationCurve, GivesThemOverRandomDesigns) {
  const std::vector<std::string> pool = {"c1", "c2", "c3", "c4", "c5", "n3", "n5", "n7", "n12"};
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    Random random(seed, "random designs", 0);
    Design design{12 + static_cast<int>(random.below(20)), 5 + static_cast<int>(random.below(5))};
    design.unbalanced = random.below(2) == 1;
    design.seed = seed;
    const char* const effects[] = {"unit + year", "unit", "unit + year[x2]", "region^year + unit", "0"};
    std::string model = "y ~ x";
    int controls = 0;
    for (const std::string& control : pool)
      if (controls < 5 && random.below(2) == 1) {
        model += " + " + control;
        ++controls;
      }
    if (controls == 0) model += " + c1";
    SpecificationCurveSpec spec =
        curve_spec(model + " | " + effects[random.below(5)], {"hc1", "cluster(unit)", "iid"});
    if (random.below(2) == 1) spec.main.frame.weights = expression("a");
    SCOPED_TRACE("seed " + std::to_string(seed) + ": " + spec.main.formula.text);
    expect_as_alone(spec, with_near_copies(panel_of(design), seed));
  }
}

TEST(SpecificationCurve, EstimatesModelsWithInstrumentsAndFamiliesOneByOne) {
  Diagnostics notes;
  Table table = panel_of({});
  std::vector<double> counts = table.at("y").values();
  for (double& count : counts) count = std::floor(std::exp(0.3 * count));
  table.set("k", Column::numbers(counts));
  const Panel panel = make_panel(table, {"unit", "year"});
  for (const char* model : {"y ~ c1 + c3 | unit | x ~ x2", "k ~ x + c1 + c3 | year"}) {
    SpecificationCurveSpec spec = curve_spec(model, {"cluster(unit)"});
    if (model[0] == 'k') spec.main.method = "poisson";
    const SpecificationCurve curve = specification_curve({}, spec, table, &panel, notes);
    ASSERT_EQ(curve.specifications.size(), 4U);
    EXPECT_EQ(curve.one_by_one, 4U);
    ASSERT_TRUE(curve.has_main());
    const Estimation whole = estimate_model({}, spec.main, table, &panel, notes);
    const Specification& main = curve.specifications[curve.main];
    EXPECT_EQ(main.estimate, whole.inference.coefficients[0].estimate) << model;
    EXPECT_EQ(main.std_error, whole.inference.coefficients[0].std_error) << model;
  }
}

}  // namespace
}  // namespace panelist
