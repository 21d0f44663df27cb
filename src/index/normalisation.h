// SPDX-License-Identifier: Apache-2.0
// The catalog of normalisations. Each learns parameters from the reference rows of one column and applies them to
// any rows: the reference decides what is pooled (all rows, a year, a unit, a base period, an earlier run).
//
//   minmax      + (x - min)/(max - min); - (max - x)/(max - min); = and ~: 1 - d/max d, d the distance to the target
//               or the interval. Fixed goalposts stand for min and max and cap.
//   zscore      (y - mean y)/sd y, y = x, -x or -d; sd over n - 1
//   rank        (r - 1)/(n - 1), ties share their mean rank
//   percentile  share of the other reference rows that are worse
//   borda       number of reference rows that are worse
//   target      + (x - min)/(a - min), - (max - x)/(max - a), at most 1; a the indicator's target
//   max         + x/max, - min/x; cells above zero
//   none        y
// Shapes  columns of n rows; parameters by column
// Errors  index.target_required index.interval_required index.not_positive
// Source  OECD and JRC (2008), Handbook on constructing composite indicators
#pragma once
#include "index/index.h"

namespace panelist {

struct ColumnScale {
  double min = missing_value, max = missing_value;  // goalposts in the indicator's own unit
  double centre = 0, spread = 1;  // of y; of a target or an interval: spread is the largest distance
  std::vector<double> ordered{};  // the reference y, ascending (ranks)
  bool constant = false;          // the reference does not vary: every cell becomes 0
};

struct Normalisation {
  std::string_view name, summary;
  ColumnScale (*learn)(const Vector& reference, const Indicator&) = nullptr;
  Vector (*apply)(const ColumnScale&, const VectorView& x, const Indicator&) = nullptr;
  bool unit_range = false;   // [0, 1] on the reference
  bool by_extremes = false;  // learns the same from the smallest and the largest value alone
};
const std::vector<Normalisation>& normalisations();
const Normalisation* find_normalisation(std::string_view name);
std::vector<std::string> normalisation_names();

}  // namespace panelist
