// SPDX-License-Identifier: Apache-2.0
// Column statistics and outlier treatment.
//
//   percentile(x, p): Stata's _pctile. With x sorted, n non-missing, h = n p/100: the mean of x_(h) and
//   x_(h+1) when h
//                     is an integer, else x_(ceil h). (1-based order statistics; p = 0 is the minimum, 100
//                     the maximum)
//   winsorise(x, a):  values below percentile 100a move to it, above 100(1-a) move to it; missing stays
//   missing trim(x, a):       such values become missing instead (strictly outside) sd                n - 1
//   in the denominator
#pragma once
#include <string>
#include <vector>

#include "table/table.h"

namespace panelist {

struct Summary {
  std::string name;
  std::size_t n = 0;
  std::size_t missing = 0;
  double mean = missing_value, sd = missing_value, min = missing_value, max = missing_value;
  double p25 = missing_value, p50 = missing_value, p75 = missing_value;
  double skewness = missing_value, kurtosis = missing_value, sum = missing_value;
};

double percentile(std::vector<double> values, double p);
// The same of values that are sorted and have no missing ones: several percentiles for one sort.
double percentile_of_sorted(const std::vector<double>& sorted, double p);
std::vector<double> winsorise(const std::vector<double>& values, double share, std::size_t* moved = nullptr);
std::vector<double> trim_tails(const std::vector<double>& values, double share,
                               std::size_t* removed = nullptr);
Summary summarise(const std::string& name, const std::vector<double>& values);

}  // namespace panelist
