// SPDX-License-Identifier: Apache-2.0
// Reference sets: every row of an expected.csv is either compared or named as left to a later issue; a row that is
// neither fails the test.
#pragma once
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "formula/formula.h"
#include "infer/estimation.h"
#include "table/read.h"

namespace panelist {

inline std::string reference_path(const std::string& name) {
  return std::string(PANELIST_SOURCE_DIR) + "/tests/reference/" + name;
}

// Fields as text, by the heading. The sets hold no quoted fields.
using ReferenceRow = std::map<std::string, std::string>;
inline std::vector<ReferenceRow> reference_rows(const std::string& name) {
  std::ifstream file(reference_path(name));
  std::string line;
  std::getline(file, line);
  const std::vector<std::string> heading = split(line, ',');
  std::vector<ReferenceRow> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> fields = split(line, ',');
    ReferenceRow row;
    for (std::size_t i = 0; i < heading.size(); ++i) row[heading[i]] = i < fields.size() ? fields[i] : "";
    rows.push_back(row);
  }
  return rows;
}

// Half a unit of the last digit printed: a recorded number says no more than that.
inline double half_last_digit(const std::string& text) {
  const std::size_t e = text.find_first_of("eE");
  const std::string mantissa = text.substr(0, e);
  const double exponent = e == std::string::npos ? 0 : std::stod(text.substr(e + 1));
  const std::size_t point = mantissa.find('.');
  const double decimals = point == std::string::npos ? 0 : static_cast<double>(mantissa.size() - point - 1);
  return 0.5 * std::pow(10.0, exponent - decimals);
}

inline void expect_reference(double value, const std::string& expected, double relative,
                             const std::string& what) {
  const double number = std::stod(expected);
  const double tolerance = std::max(relative * std::abs(number), half_last_digit(expected));
  EXPECT_NEAR(value, number, tolerance * (1 + 1e-9)) << what;
}

// Stata keeps these data as single-precision numbers, which the csv prints with 7 to 9 digits: the nearest float is
// what Stata computed with.
inline Table read_single_precision(const std::string& name) {
  Table table = read_table(reference_path(name));
  const std::vector<std::string> names = table.names();
  for (const std::string& column : names) {
    if (table.at(column).is_text()) continue;
    std::vector<double> values = table.at(column).values();
    for (double& value : values) value = static_cast<double>(static_cast<float>(value));
    table.set(column, Column::numbers(std::move(values), table.at(column).kind()));
  }
  return table;
}

struct ModelRequest {
  std::string formula;
  std::string vcov = "iid";
  std::string ssc = "stata";
  std::string weights = "";
  WeightType weight_type = WeightType::analytic;
  std::string where = "";
  PanelKeys panel = {};
  bool vif = false;
  std::string family = "";  // or the method
  std::string exposure = "";
  bool margins = false;
  Information information = Information::of_family;
  bool drop_singletons = true;
  int threads = 1;
  std::vector<std::string> tests = {};
  double level = 0.95;
};

inline Estimation estimate_request(const Table& table, const ModelRequest& request) {
  Context context;
  context.threads = request.threads;
  Diagnostics diagnostics;
  EstimationSpec spec;
  spec.method = request.family;
  spec.margins = request.margins;
  spec.estimate.information = request.information;
  spec.frame.drop_singletons = request.drop_singletons;
  const auto formulas = parse_formula(request.formula, {}, {}, diagnostics);
  spec.vcov = parse_vcov(request.vcov, {}, diagnostics);
  spec.small_sample = parse_small_sample(request.ssc, {}, diagnostics);
  if (!request.weights.empty()) spec.frame.weights = parse_expression(request.weights, {}, diagnostics);
  if (!request.where.empty()) spec.frame.where = parse_expression(request.where, {}, diagnostics);
  if (!request.exposure.empty()) spec.frame.exposure = parse_expression(request.exposure, {}, diagnostics);
  diagnostics.throw_first_error();
  spec.formula = formulas.at(0);
  spec.frame.weight_type = request.weight_type;
  spec.frame.panel = request.panel;
  spec.vif = request.vif;
  spec.level = request.level;
  for (const std::string& written : request.tests) spec.tests.push_back(read_test_request(written));
  if (request.panel.empty()) return estimate_model(context, spec, table, nullptr, diagnostics);
  const Panel panel = make_panel(table, request.panel);
  return estimate_model(context, spec, table, &panel, diagnostics);
}

inline const Coefficient& coefficient_of(const Estimation& estimation, const std::string& term) {
  for (const Coefficient& one : estimation.inference.coefficients)
    if (one.term == term) return one;
  throw Error("internal.test", "no term " + term);
}

inline const TestResult* find_test(const Estimation& estimation, const std::string& name) {
  for (const TestResult& test : estimation.iv.tests)
    if (test.name == name) return &test;
  return nullptr;
}

inline Index position_of(const Fit& fit, const std::string& term) {
  for (std::size_t j = 0; j < fit.names.size(); ++j)
    if (fit.names[j] == term) return static_cast<Index>(j);
  throw Error("internal.test", "no term " + term);
}

// Weighted sum of squares of the outcome as the frame has it, with the weights the fit used.
inline double outcome_squares(const Fit& fit) {
  const Vector squares = fit.frame->outcome.cwiseAbs2();
  return fit.weights.size() > 0 ? fit.weights.dot(squares) : squares.sum();
}

inline double gaussian_log_likelihood(double rss, double n) {
  return -n / 2 * (1 + std::log(2 * M_PI) + std::log(rss / n));
}

using Computed = std::map<std::string, double>;  // "kind name name2" -> value

inline void add_test(Computed& computed, const std::string& prefix, const std::string& statistic,
                     const std::string& p, const std::string& df, const TestResult* test) {
  if (test == nullptr) return;
  computed[prefix + statistic] = test->statistic;
  computed[prefix + p] = test->p_value;
  computed[prefix + df] = test->df1;
}

// Coefficients, standard errors, statistics, p-values, limits and covariances of all terms by the set's names.
inline void add_coefficients(Computed& computed, const Estimation& estimation,
                             const std::map<std::string, std::string>& our_name) {
  for (const auto& [theirs, ours] : our_name) {
    const Coefficient& one = coefficient_of(estimation, ours);
    computed["coef " + theirs + " "] = one.estimate;
    computed["se " + theirs + " "] = one.std_error;
    computed["t " + theirs + " "] = one.statistic;
    computed["p " + theirs + " "] = one.p_value;
    computed["ll " + theirs + " "] = one.conf_low;
    computed["ul " + theirs + " "] = one.conf_high;
    for (const auto& [their_other, our_other] : our_name)
      computed["vcov " + theirs + " " + their_other] =
          estimation.vcov.matrix(position_of(*estimation.fit, ours), position_of(*estimation.fit, our_other));
  }
}

}  // namespace panelist
