// SPDX-License-Identifier: Apache-2.0
// Oster's bounds against the published formulas in R, and their own consistency.
#include "robustness/oster.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/text.h"
#include "table/read.h"

namespace panelist {
namespace {

using Row = std::map<std::string, std::string>;

std::string path_of(const std::string& name) {
  return std::string(PANELIST_SOURCE_DIR) + "/tests/reference/oster/" + name;
}

std::vector<Row> expected_rows() {
  std::ifstream file(path_of("expected.csv"));
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> heading = split(line, ',');
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> fields = split(line, ',');
    rows.emplace_back();
    for (std::size_t i = 0; i < heading.size(); ++i)
      rows.back()[heading[i]] = std::string(trim(fields.at(i)));
  }
  return rows;
}

double number(const Row& row, const std::string& name) {
  const std::string& text = row.at(name);
  return text == "NA" ? missing_value : std::stod(text);
}

OsterSpec spec_of(const Row& row) {
  Diagnostics problems;
  OsterSpec spec;
  spec.term = "x";
  const std::string formula =
      row.at("case") == "effects" ? "y ~ x + c1 + c2 + c3 | unit" : "y ~ x + c1 + c2 + c3";
  spec.model.formula = parse_formula(formula, {}, {}, problems).at(0);
  spec.model.vcov = parse_vcov("hc1", {}, problems);
  if (row.at("case") == "weights") spec.model.frame.weights = parse_expression("w", {}, problems);
  if (row.at("case") == "kept") spec.kept = {"c1"};
  spec.delta = number(row, "delta_given");
  spec.beta = number(row, "beta_given");
  spec.r_max = number(row, "r_max_given");
  if (row.at("times") != "NA") spec.times = number(row, "times");
  return spec;
}

TEST(Oster, GivesTheNumbersOfThePublishedFormulas) {
  const Table table = read_table(path_of("sample.csv"));
  const std::vector<Row> rows = expected_rows();
  ASSERT_EQ(rows.size(), 10U);
  for (const Row& row : rows) {
    Diagnostics notes;
    const Oster found = oster_bounds({}, spec_of(row), table, nullptr, notes);
    const auto near = [&](double value, const std::string& name) {
      const double wanted = number(row, name);
      EXPECT_NEAR(value, wanted, 1e-9 * std::max(1.0, std::abs(wanted))) << row.at("case") << " " << name;
    };
    near(found.short_coefficient.estimate, "b0");
    near(found.full_coefficient.estimate, "b");
    near(found.short_r2, "r0");
    near(found.full_r2, "r");
    near(found.r_max, "r_max");
    near(found.delta, "delta");
    near(found.adjusted, "adjusted");
    EXPECT_EQ(static_cast<double>(found.roots.size()), number(row, "roots")) << row.at("case");
    EXPECT_EQ(found.same_direction, row.at("on") == "TRUE") << row.at("case");
  }
}

TEST(Oster, DeltaOfTheAdjustedEffectIsTheDeltaAssumed) {
  const OsterMoments moments{1.5, 1.0, 10, 8, 100, 40};
  for (const double delta : {0.3, 0.9, 1.0, 1.4, 3.0})
    for (const double root : oster_roots(moments, delta))
      EXPECT_NEAR(oster_delta(moments, root), delta, 1e-9) << delta;
}

TEST(Oster, RefusesAModelWithoutControlsAndAnR2BelowTheModels) {
  const Table table = read_table(path_of("sample.csv"));
  Diagnostics problems, notes;
  OsterSpec spec;
  spec.term = "x";
  spec.model.formula = parse_formula("y ~ x", {}, {}, problems).at(0);
  spec.model.vcov = parse_vcov("iid", {}, problems);
  const auto code = [&] {
    try {
      oster_bounds({}, spec, table, nullptr, notes);
    } catch (const Error& error) {
      return error.diagnostic().code;
    }
    return std::string();
  };
  EXPECT_EQ(code(), "robustness.no_controls");
  spec.model.formula = parse_formula("y ~ x + c1", {}, {}, problems).at(0);
  spec.r_max = 0.1;
  EXPECT_EQ(code(), "robustness.r_max");
}

}  // namespace
}  // namespace panelist
