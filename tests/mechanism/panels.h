// SPDX-License-Identifier: Apache-2.0
// Invented panels and models for the tests of mechanisms.
#pragma once
#include "base/random.h"
#include "infer/estimation.h"

namespace panelist {

inline Formula formula_of(const std::string& text) {
  Diagnostics diagnostics;
  std::vector<Formula> formulas = parse_formula(text, Span{}, {}, diagnostics);
  diagnostics.throw_first_error();
  return formulas.at(0);
}

inline EstimationSpec model_of(const std::string& formula, const std::string& vcov,
                               const std::string& small_sample = "fixest") {
  Diagnostics diagnostics;
  EstimationSpec spec;
  spec.formula = formula_of(formula);
  spec.vcov = parse_vcov(vcov, Span{}, diagnostics);
  spec.small_sample = parse_small_sample(small_sample, Span{}, diagnostics);
  diagnostics.throw_first_error();
  return spec;
}

inline Expression expression_of(const std::string& text) {
  Diagnostics diagnostics;
  Expression expression = parse_expression(text, Span{}, diagnostics);
  diagnostics.throw_first_error();
  return expression;
}

// Units a, b, ... with years 2000 .. and two mediators; about one cell in ten is left out when unbalanced.
//   m1 = .8 x + .3 z + u + t,  m2 = -.5 x + z,  y = .4 x + .6 m1 + .3 m2 + .2 z + u + t
struct InventedPanel {
  Table table;
  Panel panel;
};

inline InventedPanel invented_panel(int units, int years, bool unbalanced, std::uint64_t seed = 5) {
  Random random(seed, "invented panel", 0);
  std::vector<std::string> unit;
  std::vector<double> year, x, z, m1, m2, y, w, side;
  for (int u = 0; u < units; ++u) {
    const double effect = random.normal();
    for (int t = 0; t < years; ++t) {
      const bool left_out = random.uniform() < 0.1;
      const double vx = random.normal() + 0.5 * effect, vz = random.normal() + 0.2 * t;
      const double v1 = 0.8 * vx + 0.3 * vz + effect + 0.1 * t + random.normal();
      const double v2 = -0.5 * vx + vz + random.normal();
      const double vy = 0.4 * vx + 0.6 * v1 + 0.3 * v2 + 0.2 * vz + effect + 0.1 * t + random.normal();
      const double weight = 0.5 + random.uniform();
      if (unbalanced && left_out) continue;
      unit.push_back("u" + std::to_string(100 + u));
      year.push_back(2000 + t);
      x.push_back(vx);
      z.push_back(vz);
      m1.push_back(v1);
      m2.push_back(v2);
      y.push_back(vy);
      w.push_back(weight);
      side.push_back(u % 3);
    }
  }
  InventedPanel result;
  result.table.set("unit", Column::texts(unit));
  result.table.set("year", Column::numbers(year, ColumnKind::integer));
  for (const auto& [name, values] : std::map<std::string, std::vector<double>>{
           {"x", x}, {"z", z}, {"m1", m1}, {"m2", m2}, {"y", y}, {"w", w}, {"side", side}})
    result.table.set(name, Column::numbers(values));
  result.panel = make_panel(result.table, {"unit", "year"});
  return result;
}

}  // namespace panelist
