// SPDX-License-Identifier: Apache-2.0
// Outliers of a column: learned on reference rows, applied to any rows.
//
//   winsor a   values beyond the percentiles 100a and 100(1-a) move to them (before the rule below)
//   skew       as long as |skewness| > 2 and kurtosis > 3.5 (sample-corrected, kurtosis over that of the normal law) the
//              largest value (the smallest under negative skewness) moves to the next, up to `points` times; when that
//              does not do, the moves are undone and the column becomes ln(x - min + a), a = (max - min)/100,
//              mirrored under negative skewness
//   log        ln x
//   boxcox     (x^lambda - 1)/lambda, lambda of the largest profile likelihood in [-2, 2]
// Direction is kept by all of them.
// Errors  index.not_positive (log, boxcox); index.unknown_convention
// Source  Becker et al. (2022) COINr for the rule of skewness; Box and Cox (1964)
#pragma once
#include "index/index.h"

namespace panelist {

struct ColumnTreatment {
  double low = -std::numeric_limits<double>::infinity();  // values move into [low, high]
  double high = std::numeric_limits<double>::infinity();
  std::string transform{};  // "", "log", "boxcox", "log_range", "log_range_mirrored"
  double shift = 0;         // log_range: ln(x + shift) or -ln(shift - x)
  double lambda = 1;
  int points = 0;  // moved by the rule of skewness
};

struct OutlierRule {
  std::string_view name, summary;
  ColumnTreatment (*learn)(const Vector& reference, const Indicator&, const IndexConventions&) = nullptr;
};
const std::vector<OutlierRule>& outlier_rules();
std::vector<std::string> outlier_rule_names();

ColumnTreatment learn_treatment(const Vector& reference, const Indicator&, const IndexConventions&);
Vector treated(const ColumnTreatment& treatment, const Vector& x);
bool treats(const IndexConventions& conventions);
// Fixed goalposts and targets in the transformed unit.
Indicator treated_goalposts(const ColumnTreatment& treatment, Indicator indicator);

struct Shape {
  double skewness = 0, kurtosis = 0;
};
Shape shape_of(const Vector& x);
// The lambda of the largest profile likelihood.
double box_cox_lambda(const Vector& x);

}  // namespace panelist
