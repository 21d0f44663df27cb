// SPDX-License-Identifier: Apache-2.0
// Fit + Vcov -> standard errors, tests, intervals. p is computed once, here; everything else reads it.
//
//   statistic = b / se;  p = 2 P(T_df >= |t|);  interval = b -+ t_(1-(1-level)/2, df) se
//   wald F = b_S' V_SS^-1 b_S / q,  df1 = q (rank of V_SS), df2 = vcov.df;  infinity: chi2 = q F
//   cr2: q > 1 restrictions by Hotelling's T2, F = (eta - q + 1)/eta times that, df2 = eta - q + 1; without any p where
//   that is not positive: the note says so. eta in details
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "infer/vcov.h"

namespace panelist {

struct Coefficient {
  std::string term;
  std::string set;
  double estimate, std_error, statistic, p_value, conf_low, conf_high;
};

// Values that a test does not reject: an interval, two rays, the whole line, nothing; one ray, or several intervals.
struct ConfidenceSet {
  std::string form;                              // "interval" "two rays" "line" "empty"; "ray" "union"
  std::vector<std::pair<double, double>> parts;  // in order; infinite ends where it has none
};

struct TestResult {
  std::string name;
  double statistic = missing_value;
  double df1 = missing_value;  // df of a chi2, first df of an F
  double df2 = missing_value;  // NaN: chi2 (or z when df1 is NaN too)
  double p_value = missing_value;
  std::vector<std::pair<std::string, double>> critical;  // "10%" -> 16.38
  std::string note;
  std::vector<std::pair<std::string, double>> details;  // further numbers by name: "reps" -> 9999
  std::optional<ConfidenceSet> set;
  std::vector<std::pair<std::string, std::string>> warnings;  // code, message: go to those of the estimation
};

struct Inference {
  std::vector<Coefficient> coefficients;
  TestResult f;  // Wald/df1 of all terms but the intercept
  double level = 0.95;
};
Inference infer(const Fit& fit, const Vcov& vcov, double level = 0.95);

// H0: the named terms are zero. Unknown terms throw infer.unknown_term with the nearest.
TestResult wald_test(const Fit& fit, const Vcov& vcov, const std::vector<std::string>& terms);
// H0: R b = 0, a restriction a row. When R V R' is singular df1 is its rank and the note says so; at rank 0 the
// statistic is missing.
TestResult restrictions_test(const Fit& fit, const Vcov& vcov, const Matrix& restrictions);
// A linear combination "DT - L.DT", "2*x1 + x2 = 1" of the coefficients (numbers and terms, + - * and parentheses;
// terms that are no plain names in backquotes).
struct LinearCombination {
  std::string expression;
  double estimate, std_error, statistic, p_value, conf_low, conf_high;
};
LinearCombination linear_combination(const Fit& fit, const Vcov& vcov, std::string_view expression,
                                     double level = 0.95);

}  // namespace panelist
