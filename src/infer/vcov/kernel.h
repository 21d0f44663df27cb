// SPDX-License-Identifier: Apache-2.0
// Weights of autocovariances (private to the room), z = lag / (lags + 1):
//
//   bartlett   1 - z;   parzen  1 - 6 z^2 + 6 z^3 up to z = 1/2, then 2 (1 - z)^3;   truncated  1 up to `lags`
//   qs         25 / (12 pi^2 z^2) [sin(a)/a - cos(a)], a = 6 pi z / 5; no lag is cut off
//
// Source  Newey & West (1987), Econometrica 55(3); Andrews (1991), Econometrica 59(3)
#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "linalg/matrix.h"

namespace panelist {

// At lag 0 one.
double kernel_weight(std::string_view kernel, std::int64_t lag, double lags);
// floor(4 (T/100)^(2/9)), Newey & West (1994), REStud 61(4).
double default_lags(double periods);

// sum over pairs of rows of one series, weight of their distance in time times s_i s_j'. Rows sorted by series and time;
// times in steps.
struct Series {
  std::vector<Level> series;
  std::vector<std::int64_t> time;
  Matrix scores;
};
Matrix autocovariance_meat(const Series& sorted, std::string_view kernel, double lags);

}  // namespace panelist
