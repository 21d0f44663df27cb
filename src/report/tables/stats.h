// SPDX-License-Identifier: Apache-2.0
// Rows under the coefficients: a catalog from a name to a label and a value. Adding one = one line in stats.cpp.
#pragma once
#include <functional>
#include <string_view>
#include <vector>

#include "report/build_table.h"

namespace panelist {

// What a statistic of one column is read from.
struct StatSource {
  const Estimation* estimation = nullptr;
  int first_stage = -1;             // >= 0: the column prints this first stage
  bool identification_here = true;  // the identification tests stand in this column
};

struct StatValue {
  double value = missing_value;
  double p = missing_value;      // stars, when it has a p-value
  double below = missing_value;  // in square brackets on a line of its own
  std::string pointer = {};      // where it stands, when not at the row's own pointer
  std::string text = {};         // printed instead of the value: a confidence set
};

struct StatRow {
  std::string name, en, zh;
  CellKind kind = CellKind::statistic;
  int decimals = -1;
  std::string pointer;  // within the column's object in results.json
  std::function<StatValue(const StatSource&)> value;
};
const std::vector<StatRow>& stat_rows();
// Throws output.unknown_stat with the nearest name.
const StatRow& stat_row(std::string_view name);
// Of a test that was asked for: its statistic with stars; of one that draws its p-value and its confidence set.
std::vector<StatRow> rows_of_test(const std::string& written);
// "Wild bootstrap: DT = 0 (webb, type 33)": what is tested and by which of the test's ways.
std::string label_of_drawn_test(const TestKind& kind, const std::string& written, const std::string& lang);
// A confidence set in words: an interval, two rays, the line, empty.
StatValue value_of_set(const ConfidenceSet& set);

// Weighted R-squared around the means of the panel unit (xtreg's within R-squared); overall when the unit is no
// effect of the model.
double r2_xtreg(const Estimation& estimation);
// The panel unit is among the absorbed effects.
bool absorbs_unit(const Estimation& estimation);
// -2 log likelihood + per_parameter * (terms + absorbed): AIC at 2, BIC at log(n).
// Digits of a standard error to which every coefficient is right; NaN when the bound is not known.
double correct_digits(const Fit& fit);
double information_criterion(const Estimation& estimation, double per_parameter);

}  // namespace panelist
