// SPDX-License-Identifier: Apache-2.0
// Regressions that share a frame, an absorption and cross products give what each gives alone.
#include "base/random.h"
#include "reference.h"

namespace panelist {
namespace {

Table panel_table(int units, int periods, bool with_gaps = false) {
  Random random(11, "together", 0);
  std::map<std::string, std::vector<double>> columns;
  for (int row = 0; row < units * periods; ++row) {
    const double unit = row / periods, year = row % periods;
    columns["unit"].push_back(unit);
    columns["year"].push_back(year);
    columns["firm"].push_back(static_cast<double>(random.below(static_cast<std::uint32_t>(units / 3))));
    for (const char* x : {"x1", "x2", "x3"}) columns[x].push_back(random.normal() + std::sin(unit));
    columns["x4"].push_back(columns["x1"].back() + columns["x2"].back());
    columns["w"].push_back(0.5 + random.uniform());
    columns["y"].push_back(columns["x1"].back() - columns["x3"].back() + std::cos(unit + year) +
                           random.normal());
  }
  if (with_gaps) columns["x3"][7] = missing_value;
  columns["y"][20] = missing_value;
  Table table(columns["y"].size());
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  return table;
}

std::vector<EstimationSpec> specs_of(const std::string& formula, const std::string& vcov,
                                     const std::string& weights = "") {
  Diagnostics diagnostics;
  std::vector<EstimationSpec> specs;
  for (const Formula& each : parse_formula(formula, {}, {}, diagnostics)) {
    EstimationSpec spec;
    spec.formula = each;
    spec.vcov = parse_vcov(vcov, {}, diagnostics);
    if (!weights.empty()) spec.frame.weights = parse_expression(weights, {}, diagnostics);
    specs.push_back(spec);
  }
  diagnostics.throw_first_error();
  return specs;
}

double relative_distance(const Matrix& a, const Matrix& b) { return (a - b).norm() / b.norm(); }

void expect_same(const Estimation& together, const Estimation& alone, double tolerance) {
  EXPECT_EQ(together.fit->names, alone.fit->names);
  EXPECT_EQ(together.fit->sets, alone.fit->sets);
  EXPECT_EQ(together.fit->frame->formula, alone.fit->frame->formula);
  EXPECT_EQ(together.fit->n, alone.fit->n);
  ASSERT_EQ(together.fit->dropped.size(), alone.fit->dropped.size());
  for (std::size_t j = 0; j < alone.fit->dropped.size(); ++j) {
    EXPECT_EQ(together.fit->dropped[j].term, alone.fit->dropped[j].term);
    EXPECT_EQ(together.fit->dropped[j].with, alone.fit->dropped[j].with);
  }
  EXPECT_LT(relative_distance(together.fit->coefficients, alone.fit->coefficients), tolerance);
  EXPECT_LT(relative_distance(together.vcov.matrix, alone.vcov.matrix), tolerance);
  EXPECT_NEAR(together.fit->rss, alone.fit->rss, tolerance * alone.fit->rss);
  EXPECT_EQ(together.vcov.k, alone.vcov.k);
  EXPECT_EQ(together.vcov.df, alone.vcov.df);
  EXPECT_NEAR(together.goodness.r2_within, alone.goodness.r2_within, tolerance);
}

// Returns how many share the arrays of the first.
int expect_as_alone(const Table& table, const std::vector<EstimationSpec>& specs, double tolerance) {
  Diagnostics notes;
  const std::vector<Estimation> together = estimate_models({}, specs, table, nullptr, notes);
  EXPECT_EQ(together.size(), specs.size());
  int sharing = 0;
  for (std::size_t i = 0; i < together.size(); ++i) {
    expect_same(together[i], estimate_model({}, specs[i], table, nullptr, notes), tolerance);
    sharing += together[i].fit->absorber == together[0].fit->absorber ? 1 : 0;
  }
  return sharing;
}

TEST(Together, GivesWhatEachGivesAloneToRoundingWhereEffectsAreExact) {
  const Table table = panel_table(30, 6);
  for (const char* vcov : {"iid", "hc1", "hc3", "cluster(unit)"}) {
    for (const char* weights : {"", "w"}) {
      SCOPED_TRACE(std::string(vcov) + " " + weights);
      EXPECT_EQ(expect_as_alone(table, specs_of("y ~ csw(x1, x2, x3) | unit + year", vcov, weights), 1e-12),
                3);
      EXPECT_EQ(expect_as_alone(table, specs_of("y ~ x2 + sw(x1, x3) | unit + year", vcov, weights), 1e-12),
                2);
    }
  }
}

// x4 = x1 + x2; the year's number is absorbed.
TEST(Together, DropsInEachWhatIsCollinearThere) {
  const Table table = panel_table(30, 6);
  EXPECT_EQ(expect_as_alone(table, specs_of("y ~ csw(x1, x4, year, x2, x3) | unit + year", "hc1"), 1e-12), 5);
}

TEST(Together, StaysWithinTheErrorBoundWhereEffectsAreIteratedOn) {
  const Table table = panel_table(6000, 5);
  std::vector<EstimationSpec> specs = specs_of("y ~ csw(x1, x2, x3) | unit + firm + year", "iid");
  for (EstimationSpec& spec : specs) spec.estimate.absorb.tolerance = 1e-13;
  EXPECT_EQ(expect_as_alone(table, specs, 1e-11), 3);
}

// x3 has a gap of its own: the third regression has another sample, so that nothing is shared.
TEST(Together, DoesNotShareWhereTheSampleDiffers) {
  const Table table = panel_table(30, 6, true);
  const std::vector<EstimationSpec> specs = specs_of("y ~ csw(x1, x2, x3) | unit + year", "hc1");
  EXPECT_EQ(expect_as_alone(table, specs, 1e-14), 1);
  EXPECT_EQ(expect_as_alone(table, specs_of("y ~ csw(x1, i(firm)) | unit + year", "hc1"), 1e-14), 1);
}

TEST(Together, SharesAmongSeveralOutcomes) {
  const Table table = panel_table(30, 6);
  for (const char* vcov : {"iid", "hc1", "hc3", "cluster(unit)"})
    for (const char* weights : {"", "w"}) {
      SCOPED_TRACE(std::string(vcov) + " " + weights);
      EXPECT_EQ(expect_as_alone(
                    table, specs_of("c(x4, x3, log(w)) ~ csw(x1, firm) | unit + year", vcov, weights), 1e-12),
                6);
    }
}

TEST(Together, OutcomesWithOtherRowsAreEstimatedOnTheirOwn) {
  const Table table = panel_table(30, 6);
  EXPECT_EQ(expect_as_alone(table, specs_of("c(x3, y) ~ x1 | unit + year", "hc1"), 1e-14), 1);
}

TEST(Together, AnAbsorbedOutcomeIsEstimatedByItself) {
  const Table table = panel_table(30, 6);
  EXPECT_EQ(expect_as_alone(table, specs_of("c(x3, year) ~ x1 | unit + year", "hc1"), 1e-8), 1);
}

TEST(Together, GroupsThatMayShareDoSoAmongThemselves) {
  const Table table = panel_table(30, 6);
  std::vector<EstimationSpec> specs = specs_of("y ~ csw(x1, x2) | unit", "hc1");
  for (const EstimationSpec& spec : specs_of("y ~ csw(x1, x2) | unit + year", "hc1")) specs.push_back(spec);
  EXPECT_EQ(expect_as_alone(table, specs, 1e-12), 2);
}

TEST(Together, AMistakeInOneIsReportedAsItWouldBeAlone) {
  const Table table = panel_table(30, 6);
  Diagnostics notes;
  try {
    estimate_models({}, specs_of("y ~ sw(x1, year) | unit + year", "hc1"), table, nullptr, notes);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "estimate.all_dropped");
  }
}

}  // namespace
}  // namespace panelist
