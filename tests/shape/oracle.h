// SPDX-License-Identifier: Apache-2.0
// The panel of tests/reference/shapes_r and what base R computed from it.
#pragma once
#include <gmock/gmock.h>

#include "infer/estimation.h"
#include "reference_data.h"
#include "table/read.h"

namespace panelist {

inline Formula formula_of(const std::string& text) {
  Diagnostics diagnostics;
  std::vector<Formula> formulas = parse_formula(text, Span{}, {}, diagnostics);
  diagnostics.throw_first_error();
  return formulas.at(0);
}

inline Expression expression_of(const std::string& text) {
  Diagnostics diagnostics;
  Expression expression = parse_expression(text, Span{}, diagnostics);
  diagnostics.throw_first_error();
  return expression;
}

inline VcovSpec vcov_of(const std::string& text) {
  Diagnostics diagnostics;
  const VcovSpec vcov = parse_vcov(text, Span{}, diagnostics);
  diagnostics.throw_first_error();
  return vcov;
}

struct ShapeOracle {
  std::map<std::string, double> expected;
  Table table;
  Panel panel;
  ShapeOracle() {
    const testing::ReferenceTable file = testing::read_reference("shapes_r/expected.csv");
    const std::vector<std::string> cases = file.text("case"), quantities = file.text("quantity");
    const std::vector<double> values = file.numbers("value");
    for (std::size_t i = 0; i < cases.size(); ++i) expected[cases[i] + "," + quantities[i]] = values[i];
    table = read_table(std::string(PANELIST_SOURCE_DIR) + "/tests/reference/shapes_r/panel.csv");
    panel = make_panel(table, {"unit", "year"});
  }
  [[nodiscard]] double at(const std::string& of, const std::string& quantity) const {
    return expected.at(of + "," + quantity);
  }
  [[nodiscard]] Estimation estimate(const EstimationSpec& spec) const {
    Diagnostics notes;
    return estimate_model(Context{}, spec, table, &panel, notes);
  }
};

inline const ShapeOracle& shape_oracle() {
  static const ShapeOracle made;
  return made;
}

inline EstimationSpec shape_model(const std::string& formula, const std::string& vcov = "cluster(unit)",
                                  const std::string& small_sample = "k=none,g=none,df=min") {
  Diagnostics diagnostics;
  EstimationSpec spec;
  spec.formula = formula_of(formula);
  spec.vcov = vcov_of(vcov);
  spec.small_sample = parse_small_sample(small_sample, Span{}, diagnostics);
  diagnostics.throw_first_error();
  spec.frame.panel = {"unit", "year"};
  return spec;
}

inline void expect_close(double value, double expected, const std::string& what) {
  EXPECT_NEAR(value, expected, 1e-8 * std::max(1.0, std::abs(expected))) << what;
}

// The code of the error that `step` throws, "" without one.
inline std::string code_of(const std::function<void()>& step) {
  try {
    step();
  } catch (const Error& error) {
    return error.diagnostic().code;
  }
  return "";
}

}  // namespace panelist
