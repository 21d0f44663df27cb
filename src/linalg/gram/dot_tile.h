// SPDX-License-Identifier: Apache-2.0
// Dot products of two columns with two columns over a stretch of rows, four lanes each: the lanes are the same on
// every machine, so the digits are; wide registers only make it faster.
#pragma once
#include "linalg/matrix.h"

namespace panelist {

struct DotTile {
  const double* left[2];
  const double* right[2];
  Index rows;
};
// sum[i][j] += left[i]'right[j]
void add_dot_products(const DotTile& tile, double (&sum)[2][2]);

}  // namespace panelist
