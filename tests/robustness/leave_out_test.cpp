// SPDX-License-Identifier: Apache-2.0
// One level left out at a time, and permutations, against refits.
#include "robustness/leave_out.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "robustness/permutation.h"

namespace panelist {
namespace {

constexpr int units = 8, years = 6;

Table panel_table() {
  Random random(4, "leave out", 0);
  std::map<std::string, std::vector<double>> columns;
  std::vector<std::string> names;
  for (int unit = 0; unit < units; ++unit)
    for (int year = 0; year < years; ++year) {
      names.push_back(std::string(1, static_cast<char>('A' + unit)));
      columns["year"].push_back(2010 + year);
      columns["x"].push_back(random.normal() + unit);
      columns["c"].push_back(random.normal());
      columns["y"].push_back(0.5 * columns["x"].back() + unit + random.normal() + (unit == 3 ? year : 0));
    }
  Table table(names.size());
  table.set("unit", Column::texts(names));
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  return table;
}

EstimationSpec model() {
  Diagnostics problems;
  EstimationSpec spec;
  spec.formula = parse_formula("y ~ x + c | unit + year", {}, {}, problems).at(0);
  spec.vcov = parse_vcov("cluster(unit)", {}, problems);
  spec.frame.panel = {"unit", "year"};
  return spec;
}

TEST(LeaveOut, GivesTheRefitWithoutEachLevel) {
  const Table table = panel_table();
  const Panel panel = make_panel(table, {"unit", "year"});
  Diagnostics notes;
  for (const auto& [by, condition, count] :
       {std::tuple("", "unit != 'D'", 8U), std::tuple("year", "year != 2013", 6U)}) {
    const LeaveOut result = leave_out({}, {model(), "x", by}, table, &panel, notes);
    ASSERT_EQ(result.levels.size(), count);
    EstimationSpec own = model();
    own.frame.where = parse_expression(condition, {}, notes);
    const Estimation refit = estimate_model({}, own, table, &panel, notes);
    const LeftOut& one = result.levels[3];
    EXPECT_EQ(one.level, count == 8 ? "D" : "2013");
    EXPECT_EQ(one.coefficient.estimate, refit.inference.coefficients[0].estimate);
    EXPECT_EQ(one.coefficient.p_value, refit.inference.coefficients[0].p_value);
    EXPECT_EQ(one.n, refit.fit->n);
    EXPECT_DOUBLE_EQ(one.change, one.coefficient.estimate - result.coefficient.estimate);
    for (const LeftOut& other : result.levels) {
      EXPECT_LE(other.coefficient.estimate, result.levels[result.highest].coefficient.estimate);
      EXPECT_GE(other.coefficient.estimate, result.levels[result.lowest].coefficient.estimate);
      EXPECT_LE(std::abs(other.change), std::abs(result.levels[result.most_influential].change));
    }
  }
}

TEST(LeaveOut, SaysWhatCannotBeLeftOut) {
  Table table = panel_table();
  table.set("one", Column::numbers(std::vector<double>(table.rows(), 1)));
  const Panel panel = make_panel(table, {"unit", "year"});
  Diagnostics notes;
  try {
    leave_out({}, {model(), "x", "one"}, table, &panel, notes);
    ADD_FAILURE();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "robustness.one_level");
  }
}

TEST(Placebo, ValuesChangePlacesWithinTheirPeriod) {
  const Table table = panel_table();
  const Panel panel = make_panel(table, {"unit", "year"});
  Diagnostics notes;
  PermutationSpec spec;
  spec.model = model();
  spec.term = "x";
  spec.rows = true;
  spec.draws = 40;
  const Permutation result = permute_term({}, spec, table, &panel, notes);
  EXPECT_EQ(result.within, "year");
  // The first draw by hand: rows in the frame's order, permuted inside each year.
  std::vector<Level> stratum;
  for (std::size_t row = 0; row < table.rows(); ++row) stratum.push_back(static_cast<Level>(row % years));
  const std::vector<Level> from = permuted_groups({}, stratum, 0);
  std::vector<double> x;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    EXPECT_EQ(static_cast<std::size_t>(from[row]) % years, row % years);
    x.push_back(table.at("x").values()[static_cast<std::size_t>(from[row])]);
  }
  Table moved = table;
  moved.set("x", Column::numbers(x));
  const Estimation refit = estimate_model({}, model(), moved, &panel, notes);
  EXPECT_NEAR(result.randomisation.statistics(0), refit.inference.coefficients[0].estimate, 1e-9);
  Index as_large = 1;
  for (const double one : result.randomisation.statistics)
    if (std::abs(one) >= std::abs(result.randomisation.statistic)) ++as_large;
  EXPECT_DOUBLE_EQ(result.randomisation.p_two_sided, static_cast<double>(as_large) / 41);
}

TEST(Placebo, SaysWhichTermsKeepTheValuesOfTheVariable) {
  const Table table = panel_table();
  const Panel panel = make_panel(table, {"unit", "year"});
  PermutationSpec spec;
  spec.model = model();
  spec.term = "x";
  spec.draws = 9;
  Diagnostics problems, quiet, notes;
  permute_term({}, spec, table, &panel, quiet);
  EXPECT_EQ(quiet.items().size(), 0U);
  spec.model.formula = parse_formula("y ~ x + I(x^2) | unit + year", {}, {}, problems).at(0);
  permute_term({}, spec, table, &panel, notes);
  ASSERT_EQ(notes.items().size(), 1U);
  EXPECT_EQ(notes.items().front().code, "robustness.term_elsewhere");
  EXPECT_NE(notes.items().front().message.find("x^2"), std::string::npos);
}

TEST(Placebo, PathsChangePlacesAmongUnits) {
  const Table table = panel_table();
  const Panel panel = make_panel(table, {"unit", "year"});
  Diagnostics notes;
  PermutationSpec spec;
  spec.model = model();
  spec.term = "x";
  spec.draws = 20;
  const Permutation result = permute_term({}, spec, table, &panel, notes);
  EXPECT_EQ(result.within, "");
  EXPECT_EQ(result.randomisation.statistics.size(), 20);
  EXPECT_LE(result.low, result.median);
  EXPECT_LE(result.median, result.high);
}

}  // namespace
}  // namespace panelist
