// SPDX-License-Identifier: Apache-2.0
// Gaussian kernel density: f(x) = 1/(n h) sum phi((x - x_i)/h), h = 0.9 min(sd, IQR/1.34) n^(-1/5) (Silverman 1986,
// 3.31; when the IQR is zero, of the sd alone), at 256 points from 3h below the smallest to 3h above the largest value.
// Above 10,000 values they are first put on 4,096 points, each shared by its two neighbours (Wand 1994).
// Agrees with  the formula and bw.nrd0 in R to 1e-10 (tests/reference/kernel_density); R's density() puts the values on 512
//              points first and is off by 0.07 % (precip) to 5 % (islands, very uneven) of the highest point
#pragma once
#include <vector>

namespace panelist::figure {

struct Density {
  std::vector<double> x, y;  // empty when there are no two different values
  double bandwidth = 0;
};
Density kernel_density(std::vector<double> values);

}  // namespace panelist::figure
