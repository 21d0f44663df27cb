// SPDX-License-Identifier: Apache-2.0
#include "shape/threshold.h"

#include <limits>

#include "base/random.h"
#include "oracle.h"

namespace panelist {
namespace {

ThresholdSpec spec_of(int count, const std::string& formula = "y ~ x + z | unit + year") {
  ThresholdSpec spec;
  spec.model = shape_model(formula);
  spec.x = "x";
  spec.by = "q";
  spec.count = count;
  spec.trim = 0.1;
  return spec;
}

ThresholdModel model_on(const Table& table, const ThresholdSpec& spec, int threads = 1) {
  const Panel panel = make_panel(table, {"unit", "year"});
  Diagnostics notes;
  Context context;
  context.threads = threads;
  return threshold_model(context, spec, table, spec.model.frame.panel.empty() ? nullptr : &panel, notes);
}

ThresholdModel found(int count) { return model_on(shape_oracle().table, spec_of(count)); }
double expected(const std::string& quantity) { return shape_oracle().at("threshold", quantity); }

TEST(Thresholds, SumsOfSquaresAndFAreThoseOfABruteForceSearch) {
  const ThresholdModel model = found(3);
  EXPECT_EQ(model.candidates, expected("candidates"));
  EXPECT_EQ(model.units, 25);
  EXPECT_EQ(model.periods, 8);
  expect_close(model.ssr_linear, expected("ssr 0"), "without thresholds");
  for (int count = 1; count <= 3; ++count) {
    const ThresholdTest& test = model.tests[static_cast<std::size_t>(count - 1)];
    expect_close(test.ssr, expected("ssr " + std::to_string(count)), "ssr");
    expect_close(test.f, expected("f " + std::to_string(count)), "f");
  }
}

TEST(Thresholds, OneHasTheLikelihoodRatiosOfTheSearch) {
  const ThresholdModel model = found(1);
  const ThresholdEstimate& threshold = model.thresholds.at(0);
  EXPECT_EQ(threshold.value, expected("one"));
  expect_close(model.critical_ratio, expected("critical"), "critical");
  EXPECT_NEAR(model.critical_ratio, 7.35, 0.005);  // Hansen's table
  EXPECT_EQ(threshold.low, expected("one low"));
  EXPECT_EQ(threshold.high, expected("one high"));
  for (const int i : {1, 20, 60, 155}) {
    EXPECT_EQ(threshold.at[static_cast<std::size_t>(i - 1)], expected("at " + std::to_string(i)));
    EXPECT_NEAR(threshold.ratio[static_cast<std::size_t>(i - 1)], expected("ratio " + std::to_string(i)),
                1e-7);
  }
}

TEST(Thresholds, TwoAreRefinedAndTheirRegimesEstimated) {
  const ThresholdModel model = found(2);
  EXPECT_EQ(model.thresholds[0].value, expected("two first"));
  EXPECT_EQ(model.thresholds[1].value, expected("two second"));
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(model.thresholds[k].low, expected("two " + std::to_string(k + 1) + " low"));
    EXPECT_EQ(model.thresholds[k].high, expected("two " + std::to_string(k + 1) + " high"));
  }
  for (std::size_t r = 0; r < 3; ++r) {
    const std::string regime = "regime " + std::to_string(r + 1);
    expect_close(model.regimes[r].coefficient.estimate, expected(regime + " estimate"), regime);
    expect_close(model.regimes[r].coefficient.std_error, expected(regime + " std_error"), regime);
    EXPECT_EQ(model.regimes[r].n, expected(regime + " n"));
  }
  EXPECT_EQ(model.regimes[1].term, "x (0.3489 < q <= 0.6899)");
}

// Clustered draws tell the two planted thresholds from a third, whatever the number of threads.
TEST(Thresholds, BootstrapFindsAsManyAsThereAre) {
  ThresholdSpec spec = spec_of(3);
  spec.bootstrap = 199;
  const ThresholdModel model = model_on(shape_oracle().table, spec);
  EXPECT_EQ(model.tests[0].p_value, 0);
  EXPECT_EQ(model.tests[1].p_value, 0);
  EXPECT_GT(model.tests[2].p_value, 0.1);
  EXPECT_EQ(model.tests[0].replicates, 199);
  const ThresholdModel again = model_on(shape_oracle().table, spec, 3);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(model.tests[k].p_value, again.tests[k].p_value);
    EXPECT_EQ(model.tests[k].critical_5, again.tests[k].critical_5);
  }
}

// y = x + jump x 1{q > 0.4} + unit + e on 20 units and 6 years.
Table simulated(std::uint64_t replicate, double jump) {
  Random random(11, "threshold panels", replicate);
  std::vector<std::string> unit;
  std::vector<double> year, x, q, y;
  for (int u = 0; u < 20; ++u) {
    const double effect = random.normal();
    for (int t = 0; t < 6; ++t) {
      unit.push_back("u" + std::to_string(10 + u));
      year.push_back(2000 + t);
      x.push_back(random.normal() + 1);
      q.push_back(random.uniform());
      y.push_back(x.back() * (1 + (q.back() > 0.4 ? jump : 0)) + effect + random.normal());
    }
  }
  Table table;
  table.set("unit", Column::texts(unit));
  table.set("year", Column::numbers(year, ColumnKind::integer));
  table.set("x", Column::numbers(x));
  table.set("q", Column::numbers(q));
  table.set("y", Column::numbers(y));
  return table;
}

TEST(Thresholds, IntervalsOfTheLikelihoodRatioHoldThePlantedOne) {
  int held = 0, near = 0;
  constexpr int panels = 400;
  for (int r = 0; r < panels; ++r) {
    const ThresholdModel model =
        model_on(simulated(static_cast<std::uint64_t>(r), 1.0), spec_of(1, "y ~ x | unit"));
    const ThresholdEstimate& threshold = model.thresholds[0];
    // A threshold is known up to the next observed value.
    const auto at = std::upper_bound(threshold.at.begin(), threshold.at.end(), 0.4);
    const double planted = at == threshold.at.begin() ? *at : *(at - 1);
    held += threshold.low <= planted && planted <= threshold.high;
    near += std::abs(threshold.value - 0.4) < 0.1;
  }
  EXPECT_GT(held, 0.93 * panels);  // conservative for large jumps (Hansen 1999, section 3.2)
  EXPECT_GT(near, 0.9 * panels);
}

TEST(Thresholds, BootstrapRejectsAsOftenAsItSaysWithoutOne) {
  int rejected = 0;
  constexpr int panels = 300;
  for (int r = 0; r < panels; ++r) {
    ThresholdSpec spec = spec_of(1, "y ~ x | unit");
    spec.bootstrap = 99;
    spec.seed = static_cast<std::uint64_t>(r);
    rejected += model_on(simulated(static_cast<std::uint64_t>(r), 0.0), spec).tests[0].p_value <= 0.05;
  }
  EXPECT_GT(rejected, 0.02 * panels);
  EXPECT_LT(rejected, 0.11 * panels);
}

struct Refused {
  std::string code;
  std::function<void(Table&, ThresholdSpec&)> change;
};

TEST(Thresholds, NameWhatTheyCannotDo) {
  const std::vector<Refused> all = {
      {"shape.unbalanced_panel",
       [](Table& table, ThresholdSpec&) {
         std::vector<double> z = table.at("z").values();
         z[3] = missing_value;
         table.set("z", Column::numbers(z));
       }},
      {"shape.empty_regime", [](Table&, ThresholdSpec& spec) { spec.count = 3, spec.trim = 0.3; }},
      {"shape.empty_regime", [](Table&, ThresholdSpec& spec) { spec.trim = 0.6; }},
      {"shape.constant_moderator",
       [](Table& table, ThresholdSpec&) {
         table.set("q", Column::numbers(std::vector<double>(table.rows(), 1)));
       }},
      {"shape.too_few_units",
       [](Table&, ThresholdSpec& spec) {
         spec.model.frame.where = expression_of("unit in ('u01', 'u02', 'u03')");
       }},
      {"shape.unknown_term", [](Table&, ThresholdSpec& spec) { spec.x = "w"; }},
      {"shape.unweighted_only",
       [](Table&, ThresholdSpec& spec) { spec.model.frame.weights = expression_of("1 + 0 * z"); }},
      {"shape.least_squares_only",
       [](Table&, ThresholdSpec& spec) { spec.model.formula = formula_of("y ~ z | unit | x ~ w"); }},
      {"shape.not_in_data", [](Table&, ThresholdSpec& spec) { spec.by = "region"; }},
      {"shape.no_panel",
       [](Table&, ThresholdSpec& spec) {
         spec.model.frame.panel = {};
         spec.model.formula = formula_of("y ~ x + z");
         spec.model.vcov = vcov_of("hc1");
       }},
  };
  for (const Refused& one : all) {
    Table table = shape_oracle().table;
    ThresholdSpec spec = spec_of(1);
    one.change(table, spec);
    EXPECT_EQ(code_of([&] { model_on(table, spec); }), one.code);
  }
}

}  // namespace
}  // namespace panelist
