// SPDX-License-Identifier: Apache-2.0
#include "mechanism/correlated_errors.h"

#include "base/text.h"
#include "panels.h"
#include "reference_data.h"
#include "table/read.h"

namespace panelist {
namespace {

using testing::read_reference;
using testing::ReferenceTable;

MediationSpec spec_of(const std::string& formula, const std::vector<std::string>& mediators,
                      const std::string& vcov, const std::string& small_sample = "fixest") {
  MediationSpec spec;
  spec.total = model_of(formula, vcov, small_sample);
  spec.x = "x";
  spec.mediators = mediators;
  return spec;
}

std::vector<CorrelatedErrors> errors_of(const MediationSpec& spec, const Table& table) {
  Diagnostics notes;
  return correlated_errors(Context{}, mediate(Context{}, spec, table, nullptr, notes));
}

const CorrelatedErrors& of_mediator(const std::vector<CorrelatedErrors>& all, const std::string& name) {
  return *std::find_if(all.begin(), all.end(),
                       [&](const CorrelatedErrors& one) { return one.mediator == name; });
}

const IndirectAt& at(const CorrelatedErrors& result, double rho) {
  return *std::find_if(result.curve.begin(), result.curve.end(),
                       [&](const IndirectAt& one) { return std::abs(one.rho - rho) < 1e-12; });
}

// Ways of effects, weights, mediators.
MediationSpec spec_of_case(const std::vector<std::string>& words, const std::string& vcov) {
  const std::map<std::string, std::string> effects = {{"0", ""}, {"1", " | unit"}, {"2", " | unit + year"}};
  MediationSpec spec = spec_of("y ~ x + z" + effects.at(words[0]), {"m1"}, vcov, "none");
  if (words[2] == "3") spec.mediators = {"m1", "m2", "m3"};
  if (words[1] == "a") spec.total.frame.weights = expression_of("w");
  return spec;
}

TEST(CorrelatedErrors, GiveTheFormulaOfResidualsAndItsJackknife) {
  const Table table = read_table(std::string(PANELIST_SOURCE_DIR) + "/tests/reference/gelbach_r/panel.csv");
  const ReferenceTable expected = read_reference("correlated_errors_r/expected.csv");
  for (const std::vector<std::string>& row : expected.rows) {
    const std::vector<std::string> words = split(row[0], ' ');
    const auto number = [&](const char* name) { return std::stod(row[expected.position(name)]); };
    for (const char* vcov : {"hc0", "cluster(unit)"}) {
      const auto all = errors_of(spec_of_case(words, vcov), table);
      const CorrelatedErrors& result = of_mediator(all, row[1]);
      const IndirectAt& point = at(result, number("rho"));
      EXPECT_NEAR(point.estimate, number("estimate"), 1e-8 * std::abs(number("estimate"))) << row[0];
      const double error = number(vcov == std::string("hc0") ? "se_hc0" : "se_cluster");
      EXPECT_NEAR(point.std_error, error, 1e-6 * error) << row[0] << " " << vcov;
      EXPECT_NEAR(result.rho_at_zero, number("at_zero"), 1e-8);
      EXPECT_NEAR(result.residual_product, number("residual_product"), 1e-8);
      EXPECT_NEAR(result.total_product, number("total_product"), 1e-8);
    }
  }
  EXPECT_EQ(expected.rows.size(), 96U);
}

TEST(CorrelatedErrors, OfNoneAreTheMediationItself) {
  const InventedPanel data = invented_panel(30, 5, true);
  for (const char* vcov : {"iid", "hc1", "hc3", "cluster(unit)", "cr2(unit)"}) {
    const MediationSpec spec = spec_of("y ~ x + z | unit + year", {"m1", "m2"}, vcov);
    Diagnostics notes;
    const Mediation mediation = mediate(Context{}, spec, data.table, &data.panel, notes);
    const std::vector<CorrelatedErrors> all = correlated_errors(Context{}, mediation);
    ASSERT_EQ(all.size(), 2U);
    for (std::size_t j = 0; j < 2; ++j) {
      EXPECT_NEAR(at(all[j], 0).estimate, mediation.paths[j].indirect.estimate, 1e-12);
      EXPECT_NEAR(at(all[j], 0).std_error, mediation.paths[j].indirect.delta_se, 1e-12) << vcov;
    }
  }
}

// M = .8 X + e, Y = .4 X + .6 M + u with corr(e, u) = .5: least squares is wrong, ACME(.5) is .48.
TEST(CorrelatedErrors, RecoverAPlantedEffectAtThePlantedCorrelation) {
  Random random(7, "correlated errors", 0);
  std::map<std::string, std::vector<double>> columns;
  for (int row = 0; row < 40000; ++row) {
    const double x = random.normal(), e = random.normal(), other = random.normal();
    const double u = 2 * (0.5 * e + std::sqrt(0.75) * other), m = 0.8 * x + e;
    columns["x"].push_back(x);
    columns["m"].push_back(m);
    columns["y"].push_back(0.4 * x + 0.6 * m + u);
  }
  Table table(40000);
  for (const auto& [name, values] : columns) table.set(name, Column::numbers(values));
  const CorrelatedErrors result = errors_of(spec_of("y ~ x", {"m"}, "hc1"), table).front();
  EXPECT_GT(at(result, 0).estimate, 1.2);
  EXPECT_NEAR(at(result, 0.5).estimate, 0.48, 4 * at(result, 0.5).std_error);
  EXPECT_LT(at(result, 0.5).std_error, 0.02);
}

TEST(CorrelatedErrors, ChangeSignWhereTheEffectIsZero) {
  const InventedPanel data = invented_panel(30, 5, false);
  const CorrelatedErrors result =
      errors_of(spec_of("y ~ x + z | unit", {"m1"}, "cluster(unit)"), data.table).front();
  for (const IndirectAt& point : result.curve)
    EXPECT_EQ(point.estimate > 0, point.rho < result.rho_at_zero) << point.rho;
  EXPECT_GT(result.rho_significant, 0);
  EXPECT_LT(result.rho_significant, result.rho_at_zero);
  EXPECT_GT(at(result, result.rho_significant).low, 0);
}

TEST(CorrelatedErrors, AreOfLeastSquaresOnly) {
  const InventedPanel data = invented_panel(30, 5, false);
  MediationSpec spec = spec_of("y ~ x + z", {"m1"}, "hc1");
  spec.total.formula = formula_of("y ~ z | 0 | x ~ w");
  try {
    errors_of(spec, data.table);
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.diagnostic().code, "mechanism.least_squares_only");
  }
}

}  // namespace
}  // namespace panelist
