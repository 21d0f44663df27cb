// SPDX-License-Identifier: Apache-2.0
// Panels of tests of policies: that of the reference, and invented ones.
#pragma once
#include <map>

#include "base/random.h"
#include "policy/event_study.h"
#include "reference_data.h"
#include "table/read.h"

namespace panelist {

struct PolicyPanel {
  Table table;
  Panel panel;
};

inline PolicyPanel policy_panel(Table table, const std::string& unit = "unit",
                                const std::string& time = "year") {
  PolicyPanel out{std::move(table), {}};
  out.panel = make_panel(out.table, {unit, time});
  return out;
}

inline PolicyPanel reference_panel() {
  return policy_panel(read_table(std::string(PANELIST_SOURCE_DIR) + "/tests/reference/policy_r/panel.csv"));
}

inline EstimationSpec policy_model(const std::string& formula, const std::string& vcov,
                                   const std::string& where = "", const std::string& weights = "") {
  Diagnostics mistakes;
  EstimationSpec spec;
  spec.formula = parse_formula(formula, {}, {}, mistakes).at(0);
  spec.vcov = parse_vcov(vcov, {}, mistakes);
  spec.small_sample = parse_small_sample("fixest", {}, mistakes);
  if (!where.empty()) spec.frame.where = parse_expression(where, {}, mistakes);
  if (!weights.empty()) spec.frame.weights = parse_expression(weights, {}, mistakes);
  spec.frame.panel = {"unit", "year"};
  mistakes.throw_first_error();
  return spec;
}

inline EventStudySpec event_spec(EstimationSpec model, const std::string& method) {
  EventStudySpec spec;
  spec.model = std::move(model);
  spec.treatment.cohort = "first";
  spec.methods = {method};
  return spec;
}

inline EventEffects effects_of(const EventStudySpec& spec, const PolicyPanel& data) {
  Diagnostics notes;
  return event_study(Context{}, spec, data.table, &data.panel, notes).methods.at(0);
}

// case -> name -> value of an expected.csv.
inline std::map<std::string, double> expected_of(const std::string& path, const std::string& wanted) {
  const testing::ReferenceTable table = testing::read_reference(path);
  const std::vector<std::string> cases = table.text("case"), names = table.text("name");
  const std::vector<double> values = table.numbers("value");
  std::map<std::string, double> out;
  for (std::size_t i = 0; i < cases.size(); ++i)
    if (cases[i] == wanted) out[names[i]] = values[i];
  return out;
}

// A staggered design: y = unit + time + effect(cohort, time) + noise of size `noise`, with an AR(1) part.
struct StaggeredDesign {
  int units = 60, years = 10;
  double noise = 1;
  std::vector<int> cohorts = {4, 6, 8, 0};  // years of start, 0 never, units in turn
  double (*effect)(int start, int year) = nullptr;
};

inline PolicyPanel staggered_panel(const StaggeredDesign& design, std::uint64_t seed) {
  Random random(seed, "staggered panel", 0);
  std::vector<double> unit, year, first, treated, y;
  for (int u = 0; u < design.units; ++u) {
    const int start = design.cohorts[static_cast<std::size_t>(u) % design.cohorts.size()];
    const double level = random.normal();
    double shock = random.normal();
    for (int t = 1; t <= design.years; ++t) {
      shock = 0.5 * shock + random.normal();
      const bool on = start > 0 && t >= start;
      unit.push_back(u);
      year.push_back(t);
      first.push_back(start);
      treated.push_back(on ? 1 : 0);
      y.push_back(level + 0.3 * t + (on ? design.effect(start, t) : 0.0) + design.noise * shock);
    }
  }
  Table table;
  for (const auto& [name, values] : std::map<std::string, std::vector<double>>{
           {"unit", unit}, {"year", year}, {"first", first}, {"treated", treated}, {"y", y}})
    table.set(name, Column::numbers(values, name == "y" ? ColumnKind::real : ColumnKind::integer));
  return policy_panel(std::move(table));
}

}  // namespace panelist
